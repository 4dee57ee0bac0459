"""Before the first record of a real project the app lies on the home screen; the demo, and whoever cannot, is not shut out (domain.md 3.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from app.ledger.change import Change
from app.records.project import INVENTED
from tests.browser import Phone
from tests.journeys.course_day import CourseDay
from tests.journeys.demo_day import PASSPHRASES, Day
from tests.journeys.handset import Handset
from tests.look.look import faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
FIRST = "Læg appen på hjemmeskærmen først"
CANNOT = """(() => {
  addEventListener('beforeinstallprompt', (event) => event.stopImmediatePropagation(), true)
  delete window.onbeforeinstallprompt
})()"""
ON_IT = "Object.defineProperty(navigator, 'standalone', { value: true })"
OFFER = """() =>
  dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: () => { globalThis.asked = true } }))"""


@pytest.fixture
def real(day: Day) -> Iterator[None]:
    """The same day in a project that is not made up."""
    office = CourseDay(day)
    project = office.people["BST"].project_id
    office.put("BST", Change("project", project, "update", {"reference": "2026-12453"}, {"reference": INVENTED}))
    yield
    office.db.close()


def signed_in(phone: Handset) -> Handset:
    phone.sign_in("signe", PASSPHRASES["signe"])
    return phone


def bars(phone: Phone) -> None:
    """Nothing that writes opens; what helps and what leaves does."""
    for place in ("", "samtale/anonym", "borger/ny", "ny/besoeg", "tid"):
        phone.show(place)
        expect(phone.heading(FIRST)).to_be_visible()
    phone.show("hjaelp")
    expect(phone.heading("Hjælp")).to_be_visible()
    phone.show("")
    expect(phone.heading(FIRST)).to_be_visible()


@pytest.mark.usefixtures("real")
def test_nothing_is_written_before_the_app_lies_on_the_home_screen(new_phone: Callable[..., Handset]) -> None:
    phone = signed_in(new_phone())
    expect(phone.heading(FIRST)).to_be_visible()
    bars(phone)
    phone.page.evaluate(OFFER)
    assert faults(phone.page) == []
    expect(phone.page.get_by_text("Kan det ikke lade sig gøre her?")).to_have_count(0)  # the browser can: there is no way round
    phone.button("Læg på hjemmeskærmen").click()
    assert phone.page.evaluate("asked")
    phone.page.evaluate("() => dispatchEvent(new Event('appinstalled'))")
    expect(phone.page.get_by_text("Åbn den derfra.")).to_be_visible()
    assert phone.outbox() == []
    phone.context.add_init_script(ON_IT)
    phone.page.reload()  # as it opens from there
    phone.unlock()
    expect(phone.cards().first).to_be_visible()


@pytest.mark.usefixtures("real")
def test_a_browser_that_cannot_says_what_it_costs_and_asks_once(new_phone: Callable[..., Handset]) -> None:
    phone = new_phone()
    phone.context.add_init_script(CANNOT)
    phone.page.reload()
    signed_in(phone)
    expect(phone.page.get_by_text("Denne browser kan ikke")).to_be_visible()
    phone.page.get_by_text("Kan det ikke lade sig gøre her?").click()
    expect(phone.page.get_by_text("det kan ikke hentes igen")).to_be_visible()
    assert faults(phone.page) == []
    phone.button("Skriv i browseren alligevel").click()
    expect(phone.cards().first).to_be_visible()
    phone.page.reload()
    phone.unlock()
    expect(phone.cards().first).to_be_visible()
    phone.show("samtale/anonym")
    phone.button("Gem").click()
    phone.says("Anonym samtale gemt")


def test_the_demo_asks_nobody(new_phone: Callable[..., Handset]) -> None:
    phone = new_phone("signe")
    expect(phone.heading("I dag")).to_be_visible()
    expect(phone.heading(FIRST)).to_have_count(0)
