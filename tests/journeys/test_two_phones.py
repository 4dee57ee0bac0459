"""One adviser with two phones quarrels with nobody but may disagree with herself; two tabs are one notebook."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import until
from tests.journeys.demo_day import Day
from tests.journeys.disagreeing import alike, edit_minutes, settle
from tests.journeys.handset import Handset
from tests.journeys.office import Office, table

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


def newest_visit(phone: Handset) -> tuple[str, str]:
    """The newest visit at the first practice of today: (visit, practice)."""
    practice = str(phone.cards().first.locator("h3 a").get_attribute("href")).rpartition("/")[2]
    phone.show(f"praksis/{practice}")
    return str(phone.page.locator("a[href^='#/besoeg/']:not([href*='/ny/'])").first.get_attribute("href")).rpartition("/")[2], practice


def test_her_second_phone_shows_both_versions_and_she_keeps_the_first(new_phone: Callable[..., Handset], day: Day) -> None:
    first, second = new_phone("signe"), new_phone("signe")
    visit, practice = newest_visit(first)
    day.kill()
    was = edit_minutes(first, visit, "45")
    edit_minutes(second, visit, "60")
    second.context.set_offline(True)
    day.start()
    first.send()
    second.context.set_offline(False)
    second.page.bring_to_front()
    second.show("status")
    second.button("Send nu").click()
    settle(second, base=was, mine="60", theirs="45", choice="På serveren: 45")
    assert "45 min." in alike(first, second, visit, practice)


def test_different_fields_of_one_visit_never_make_a_conflict(new_phone: Callable[..., Handset], day: Day) -> None:
    signe, emre = new_phone("signe"), new_phone("emre")
    visit, practice = newest_visit(signe)
    day.kill()
    edit_minutes(signe, visit, "45")
    emre.show(f"besoeg/{visit}")
    emre.page.get_by_label("Note (frivillig)").fill("Plakaten hænger i venteværelset")
    emre.button("Gem").click()
    emre.says("Gemt på telefonen")
    day.start()
    signe.send()
    emre.send()
    told = alike(signe, emre, visit, practice)
    assert "45 min." in told
    assert "Plakaten hænger i venteværelset" in told


def test_two_tabs_show_one_notebook_and_send_it_once(new_phone: Callable[..., Handset], office: Office, day: Day) -> None:
    phone = new_phone("signe")
    other = phone.context.new_page()
    other.goto(f"{phone.address}/#/status")
    phone.unlock(other)
    expect(other.get_by_text("Der venter ikke noget på telefonen.")).to_be_visible()
    day.kill()
    phone.page.bring_to_front()
    phone.cards().first.get_by_role("button", name="Lukket").click()
    phone.page.get_by_role("dialog").get_by_role("button", name="Lukket").click()
    phone.says("Gemt på telefonen")
    visit = next(row["id"] for row in phone.outbox() if row["kind"] == "visit")
    expect(other.get_by_role("region", name="Venter (")).to_contain_text("Venter på net")
    day.start()
    for page in (phone.page, other):
        page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: not phone.outbox(), "the outbox is empty", seconds=120)
    expect(other.locator(".receipt-all")).to_be_visible()
    assert [row["besoegsid"] for row in table(office.file("2026-10"), "02_besoeg.csv")].count(visit) == 1
