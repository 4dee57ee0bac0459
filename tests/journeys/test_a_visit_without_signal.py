"""One visit, the whole way: logged with no net, kept through a killed browser, received, seen, counted, disputed and settled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import expect

from app.clock import COPENHAGEN
from tests.browser import until
from tests.journeys.demo_day import Day
from tests.journeys.disagreeing import alike, edit_minutes, settle
from tests.journeys.handset import Handset
from tests.journeys.office import Office, difference, handed_out, table

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
IN_NOVEMBER = datetime(2026, 11, 4, 8, 15, tzinfo=COPENHAGEN)


def test_a_visit_logged_without_signal_reaches_the_office_and_the_months_file(new_phone: Callable[..., Handset], office: Office, day: Day) -> None:
    before = office.file("2026-10")
    signe = new_phone("signe")
    can_be_installed(signe)

    day.kill()
    name, practice = log_with_two_handouts(signe)
    visit = next(row["id"] for row in signe.outbox() if row["kind"] == "visit")
    signe.kill()
    signe.open()
    signe.unlock()
    waits(signe, name)

    day.start()
    received(signe)
    assert name in office.open(f"/besoeg/{visit}")
    office.open("/besoeg")
    assert office.page.locator(f"main a[href='/kontor/besoeg/{visit}']").count() == 1

    next_month(day, signe, office)
    closed = office.file("2026-10")
    assert [row["besoegsid"] for row in table(closed, "02_besoeg.csv")].count(visit) == 1
    assert difference(handed_out(before), handed_out(closed)) == {("PATIENT_FLYER", "da"): 10, ("CARD", "da"): 5}

    emre = new_phone("emre")
    disagree(day, signe, emre, visit, practice)
    assert office.file("2026-10") == closed
    assert "45" in office.open(f"/besoeg/{visit}")


def next_month(day: Day, phone: Handset, office: Office) -> None:
    """A week later everybody signs in again, the phone brings what it has, and October is closed."""
    phone.close()
    day.kill()
    day.turn_to(IN_NOVEMBER)
    day.start()
    phone.open()
    phone.unlock()
    phone.enter_again("signe")
    phone.send()
    office.enter()
    office.close("2026-09", "september 2026")
    office.close("2026-10", "oktober 2026")


def disagree(day: Day, signe: Handset, emre: Handset, visit: str, practice: str) -> None:
    """Both put the same field right without net; whoever comes second sees both versions and chooses."""
    day.kill()
    was = edit_minutes(signe, visit, "30")
    edit_minutes(emre, visit, "45")
    emre.close()
    day.start()
    signe.send()
    emre.open()
    emre.unlock()
    emre.enter_again("emre")
    settle(emre, base=was, mine="45", theirs="30", choice="Du skrev: 45")
    assert "45 min." in alike(signe, emre, visit, practice)


def can_be_installed(phone: Handset) -> None:
    """What Chromium itself says of the app, once its worker is active."""
    worker = "navigator.serviceWorker.getRegistration().then(found => found?.active?.state)"
    until(lambda: phone.page.evaluate(worker) == "activated", "the worker is active")
    devtools = phone.context.new_cdp_session(phone.page)
    assert devtools.send("Page.getAppManifest")["errors"] == []
    assert devtools.send("Page.getInstallabilityErrors") == {"installabilityErrors": []}


def log_with_two_handouts(phone: Handset) -> tuple[str, str]:
    """Three taps, and one for each handout; the practice's name and id."""
    card = phone.cards().nth(1).locator("h3 a")
    name, practice = card.inner_text(), str(card.get_attribute("href")).rpartition("/")[2]
    before = phone.hand()
    card.click()
    phone.link("Log besøg").click()
    phone.button("Folder +10").click()
    phone.button("Visitkort +5").click()
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    after = phone.hand()
    assert (after["taps"] - before["taps"], after["keys"] - before["keys"]) == (3 + 2, 0)
    return name, practice


def waits(phone: Handset, name: str) -> None:
    """Opened cold, with neither server nor browser memory: the day is there, and so is the visit."""
    expect(phone.heading("I dag")).to_be_visible()
    expect(phone.cards()).not_to_have_count(0)
    logged = phone.page.get_by_role("region", name="Logget i dag")
    expect(logged.get_by_role("link", name=name)).to_contain_text("Venter på net")
    expect(phone.page.locator(".state-row")).to_contain_text("venter på net")
    phone.show("status")
    expect(phone.page.get_by_text("Serveren kan ikke spørges lige nu.")).to_be_visible()


def received(phone: Handset) -> None:
    """The server's own count, a receipt for each, and nothing waiting."""
    made = len(phone.outbox())
    phone.enter_again("signe")
    expect(phone.page.locator(".receipt-all")).to_contain_text(f"{made} af {made} modtaget", timeout=20_000)
    expect(phone.page.get_by_text("Der venter ikke noget på telefonen.")).to_be_visible()
    sent = phone.page.get_by_role("region", name=f"Sendt i dag ({made})").get_by_role("listitem")
    for line in sent.all_inner_texts():
        assert "Gemt på serveren · Kvittering " in line
    assert len(sent.all()) == made
