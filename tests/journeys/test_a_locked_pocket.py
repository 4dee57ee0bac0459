"""A locked phone in a pocket: it takes new work down without a key, hands it in with the page closed, and tells nobody what it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.ledger.tables import DEVICES, OPS
from tests.browser import until
from tests.journeys.demo_day import Day
from tests.journeys.handset import Handset
from tests.journeys.test_canary import disk, found_in
from tests.look.look import faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WORD = "kanarielommebog"
# What lies in the postbox: everything but the boxes themselves.
LETTERS = """async () => {
  if (!await caches.has('raadgiver-post')) return []
  const box = await caches.open('raadgiver-post')
  const all = await Promise.all((await box.keys()).map(async (place) => (await box.match(place)).json()))
  return all.map(({ box, ...letter }) => ({ ...letter, waits: box !== null })).sort((a, b) => a.device_seq - b.device_seq)
}"""


def letters(phone: Handset) -> list[dict[str, Any]]:
    return list(phone.page.evaluate(LETTERS))


def ready(phone: Handset) -> Handset:
    """It has a key to write with while it is locked, and one to hand in with."""
    until(lambda: {"capture", "slip", "stops"} <= set(meta(phone)), "the phone is ready to be locked")
    return phone


def meta(phone: Handset) -> dict[str, Any]:
    return dict(phone.page.evaluate("""async () => {
      const done = (request) => new Promise((yes) => { request.onsuccess = () => yes(request.result) })
      const name = (await indexedDB.databases()).map(({ name }) => name).find((name) => name.startsWith('raadgiver-') && name !== 'raadgiver-device')
      const db = await done(indexedDB.open(name))
      const store = db.transaction('meta').objectStore('meta')
      const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())])
      db.close()
      return Object.fromEntries(keys.map((key, i) => [key, values[i]]))
    }"""))


def lock(phone: Handset) -> None:
    phone.show("mere")
    phone.button("Lås").click()
    expect(phone.heading("Lås op")).to_be_visible()


def take_down(phone: Handset, note: str = WORD) -> None:
    """A visit at the day's first stop, on a locked phone."""
    phone.button("Nyt besøg").click()
    expect(phone.heading("Nyt besøg")).to_be_visible()
    phone.chip("Hvor?", "Stop 1").check(force=True)
    phone.chip("Hvem mødte du?", "Læge").check(force=True)
    phone.page.get_by_label("Note (frivillig)").fill(note)
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")


def wake_worker(phone: Handset) -> None:
    """The browser says to the worker that the net is back, with no page of ours open."""
    session = phone.context.new_cdp_session(phone.page)
    found: list[dict[str, Any]] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    until(lambda: phone.page.wait_for_timeout(50) or [one for one in found if one["scopeURL"].startswith(phone.address)], "the worker is known")
    number = next(one["registrationId"] for one in found if one["scopeURL"].startswith(phone.address) and not one["isDeleted"])
    session.send("ServiceWorker.dispatchSyncEvent", {"origin": phone.address, "registrationId": number, "tag": "send", "lastChance": False})
    session.detach()


def booked(day: Day, op_ids: list[str]) -> dict[str, Any]:
    db = day.database
    with db.read() as tx:
        rows = tx.execute(select(OPS).where(OPS.c.op_id.in_(op_ids))).all()
    db.close()
    return {row.op_id: row for row in rows}


def test_a_visit_taken_down_while_locked_arrives_with_the_page_closed(new_phone: Callable[..., Handset], day: Day) -> None:
    phone = ready(new_phone("signe"))
    lock(phone)
    day.kill()
    assert faults(phone.page) == []
    take_down(phone)
    expect(phone.page.get_by_text("1 registrering venter på, at du låser op.")).to_be_visible()
    assert WORD not in phone.page.content()
    (row,) = phone.outbox()
    assert set(row) == {"device_seq", "op_id", "kind", "id", "captured"} and row["op_id"] == letters(phone)[0]["op_id"]
    practice = meta(phone)["stops"]["practices"][0]["id"]
    phone.page.goto("about:blank")
    day.start()
    wake_worker(phone)
    op = until(lambda: booked(day, [row["op_id"]]).get(row["op_id"]), "the server has it")
    assert (op.status, op.content["set"]["note"], op.content["set"]["practice_id"]) == ("accepted", WORD, practice)
    db = day.database
    with db.read() as tx:
        assert op.author_id == tx.execute(select(DEVICES.c.user_id).where(DEVICES.c.id == op.device_id)).scalar()
    db.close()
    phone.page.goto(phone.address)
    expect(phone.page.get_by_text("Serveren har modtaget alt.")).to_be_visible()
    assert [letter["received"] for letter in letters(phone)] == [True]
    phone.unlock()
    until(lambda: not phone.outbox(), "what was handed in is let go of")
    assert letters(phone) == []
    phone.show("")
    expect(phone.page.get_by_role("heading", name="Logget i dag")).to_be_visible()
    assert phone.page.get_by_role("region", name="Logget i dag").get_by_role("listitem").count() == 1, "once, not doubled"
    phone.close()
    assert {name: found for name, content in disk(phone.profile).items() if (found := found_in(content, [WORD]))} == {}
