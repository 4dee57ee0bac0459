"""A stolen phone, played through: shut out while it has no net, emptied when it is back, and the proof in the office."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Route, expect
from sqlalchemy import select

from app.ledger.tables import RECORDS
from tests.browser import until
from tests.journeys.demo_day import Day
from tests.journeys.handset import Handset
from tests.journeys.office import Office
from tests.look.look import faults

NOTE = "Lægen vil gerne have foldere på tyrkisk"
LEFT = """async () => ({databases: (await indexedDB.databases()).map(({name}) => name), caches: await caches.keys(),
                       workers: (await navigator.serviceWorker.getRegistrations()).length})"""


def test_a_wiped_phone_forgets_all_even_when_it_is_killed_and_the_office_has_its_proof(
        new_phone: Callable[..., Handset], day: Day, office: Office) -> None:
    phone = new_phone("signe")
    device = next(one for one in json.loads(day.told("device", "list", "--json"))["devices"] if one["name"] == "Linux")["device_id"]
    phone.context.set_offline(True)
    phone.cards().first.get_by_role("link", name="Log besøg").click()
    phone.chip("Hvem mødte du?", "Læge").check(force=True)
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    until(lambda: len(phone.outbox()) >= 1, "the visit waits")
    waiting = len(phone.outbox())
    day.told("device", "revoke", device, "--wipe")
    assert "Telefonen har ikke været på nettet siden" in office.open("/telefoner")

    def held(route: Route) -> None:
        route.abort()
    phone.context.route("**/api/devices/wiped", held)  # the net goes again before the proof is sent
    phone.context.set_offline(False)
    expect(phone.heading("Telefonen er tømt")).to_be_visible(timeout=120_000)  # at once, or at its own next try
    assert not faults(phone.page)
    until(lambda: phone.page.evaluate(LEFT) == {"databases": ["raadgiver-device"], "caches": [], "workers": 0}, "nothing is left")
    assert "Telefonen fik det at vide" in (told := office.open("/telefoner")) and "bekræftet af telefonen" not in told
    phone.kill()
    phone.open()  # its next start sends the proof
    expect(phone.heading("Log ind")).to_be_visible()
    until(lambda: "bekræftet af telefonen" in office.open("/telefoner"), "the office has the proof")
    assert f"{waiting} gik tabt" in office.open("/telefoner")
    assert "raadgiver-device" in phone.page.evaluate(LEFT)["databases"] and len(phone.page.evaluate(LEFT)["databases"]) == 1


def test_a_phone_that_was_only_shut_out_keeps_what_waits_and_delivers_it_when_its_owner_is_back(
        new_phone: Callable[..., Handset], day: Day, office: Office) -> None:
    phone = new_phone("signe")
    device = next(one for one in json.loads(day.told("device", "list", "--json"))["devices"] if one["name"] == "Linux")["device_id"]
    phone.context.set_offline(True)
    phone.cards().first.get_by_role("link", name="Log besøg").click()
    phone.chip("Hvem mødte du?", "Læge").check(force=True)
    phone.page.get_by_label("Note (frivillig)").fill(NOTE)
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    until(lambda: len(phone.outbox()) >= 1, "the visit waits")
    before = phone.unsent()
    office.open(f"/telefoner/{device}/spaerring")
    office.page.get_by_label("Lås", exact=True).check(force=True)
    office.page.get_by_role("button", name="Spær telefonen").click()
    phone.context.set_offline(False)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: "Telefonen fik det at vide" in office.open("/telefoner"), "the phone has heard it", seconds=60)
    assert phone.unsent() == before  # sealed as it lay, nothing sent and nothing gone
    phone.kill()
    phone.open()
    assert phone.unsent() == before
    office.open(f"/telefoner/{device}/spaerring")
    office.page.get_by_label("Luk op igen", exact=True).check(force=True)
    office.page.get_by_role("button", name="Gør det").click()
    phone.unlock()
    phone.enter_again("signe")
    until(lambda: not phone.outbox(), "what waited is sent", seconds=60)
    assert delivered(day) == ["SHL"]


def delivered(day: Day) -> list[str]:
    """Whose visits have the note."""
    db, visits, users = day.database, RECORDS["visit"], RECORDS["user"]
    with db.read() as tx:
        found = list(tx.execute(select(users.c.initials).join(visits, visits.c.author_id == users.c.id).where(visits.c.note == NOTE)).scalars())
    db.close()
    return found
