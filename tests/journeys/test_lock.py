"""A locked phone: no key and no content in the page or on its disk, the form as it was when it opens, and no try that costs work."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.records.account import Device
from tests.browser import until
from tests.journeys.demo_day import PASSPHRASES, Day
from tests.journeys.handset import Handset
from tests.journeys.office import Office
from tests.look.look import faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WORDS = "Sygeplejersken ville vide noget om Kvædehaven"
NEW_WORDS = "fire nye ord på en gammel telefon"
HIDDEN = """ms => { const look = state => { Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
                                document.dispatchEvent(new Event('visibilitychange')) }
             look('hidden'); hand.later += ms; look('visible') }"""
# Whether a wrap under a passphrase lies on the phone.
WORDS_KEPT = """async () => {
  const done = request => new Promise(yes => { request.onsuccess = () => yes(request.result) })
  const db = await done(indexedDB.open('raadgiver-device'))
  const facts = db.transaction('facts').objectStore('facts')
  const [wrap] = await done(facts.getAll(IDBKeyRange.bound('wrap:', 'wrap;')))
  db.close()
  return Boolean(wrap.words)
}"""
# The three minutes in a moment.
IDLE = """() => { const real = setTimeout; globalThis.setTimeout = (work, ms) => real(work, ms === 180_000 ? 50 : ms)
           dispatchEvent(new Event('pointerdown')) }"""


def write(phone: Handset) -> None:
    """A visit is being written."""
    phone.cards().first.get_by_role("link", name="Log besøg").click()
    phone.page.get_by_label("Note (frivillig)").fill(WORDS)


def is_locked(phone: Handset) -> None:
    """The owner's initials, and nothing else of anybody."""
    expect(phone.heading("Lås op")).to_be_visible()
    page = phone.page.content()
    until(lambda: phone.page.title() == "Lås op – Rådgiver på hjul", "the title says nothing of what was open")
    assert "SHL" in page and not any(words in page for words in (WORDS, "Signe", "signe@"))


def tries(phone: Handset, passphrase: str) -> None:
    phone.page.get_by_label("Adgangssætning").fill(passphrase)
    phone.button("Lås op").click()


def on_the_disk(profile: Path, words: str) -> list[str]:
    """Files of the browser that hold these words in some form."""
    forms = [words.encode(), words.encode("utf-16-le"), json.dumps(words).encode()]
    return [str(path) for path in profile.rglob("*") if path.is_file() and any(form in path.read_bytes() for form in forms)]


def test_a_phone_out_of_sight_or_left_alone_locks_and_opens_on_the_same_form(new_phone: Callable[..., Handset], day: Day) -> None:
    phone = new_phone("signe")
    day.kill()
    write(phone)
    phone.page.evaluate(HIDDEN, 29_000)
    expect(phone.heading("Log besøg")).to_be_visible()
    phone.page.evaluate(HIDDEN, 31_000)
    is_locked(phone)
    assert faults(phone.page) == []
    tries(phone, "noget helt andet her")
    expect(phone.page.get_by_text("Adgangssætningen passer ikke. Prøv igen.")).to_be_visible()
    assert faults(phone.page) == []
    phone.unlock()
    expect(phone.page.get_by_label("Note (frivillig)")).to_have_value(WORDS)
    phone.page.evaluate(IDLE)
    is_locked(phone)
    phone.kill()
    phone.open()
    is_locked(phone)
    phone.unlock()
    expect(phone.page.get_by_label("Note (frivillig)")).to_have_value(WORDS)
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    phone.show("mere")
    phone.button("Lås").click()
    is_locked(phone)
    phone.close()
    assert on_the_disk(phone.profile, WORDS) == []


def test_a_phone_long_without_the_server_only_writes_and_then_opens_for_who_signs_in(new_phone: Callable[..., Handset], day: Day) -> None:
    phone = new_phone("signe")
    name = phone.cards().first.get_by_role("heading").inner_text()
    phone.context.set_offline(True)
    phone.page.evaluate(HIDDEN, 73 * 3_600_000)
    phone.unlock()
    expect(phone.heading("Kun nye registreringer")).to_be_visible()
    assert faults(phone.page) == []
    for place in ("borgere", "praksisser", "status", "tid"):
        phone.show(place)
        expect(phone.heading("Kun nye registreringer")).to_be_visible()
        assert name not in phone.text()
    phone.link("Log besøg").click()
    phone.page.get_by_role("link", name=name).first.click()
    phone.page.get_by_label("Note (frivillig)").fill(WORDS)
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    before = phone.unsent()
    phone.page.evaluate(HIDDEN, 14 * 24 * 3_600_000)
    is_locked(phone)
    tries(phone, phone.passphrase)
    expect(phone.page.get_by_text("ikke haft kontakt med serveren i 14 dage")).to_be_visible()
    assert phone.unsent() == before and before
    phone.context.set_offline(False)
    phone.button("Ny adgangssætning? Log ind med net").click()
    phone.sign_in("signe", PASSPHRASES["signe"])
    expect(phone.heading("I dag")).to_be_visible(timeout=60_000)
    until(lambda: not phone.outbox(), "what waited is sent", seconds=60)


def test_twenty_wrong_tries_cost_nothing_but_time_and_the_server_opens(new_phone: Callable[..., Handset], day: Day) -> None:
    phone = new_phone("signe")
    until(lambda: share(day), "the server has the share")
    phone.context.set_offline(True)
    write(phone)
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    phone.show("mere")
    phone.button("Lås").click()
    before = phone.unsent()
    for number in range(10):
        phone.page.evaluate("hand.later += 600_000")
        tries(phone, f"forkert {number}")
        expect(phone.page.get_by_role("alert")).to_be_visible()
        phone.button("Lås op").wait_for()
    for number in range(10):
        tries(phone, f"stadig forkert {number}")
        phone.button("Lås op").wait_for()
    tries(phone, phone.passphrase)
    expect(phone.page.get_by_text("Log ind med net for at åbne.")).to_be_visible()
    assert phone.page.evaluate(WORDS_KEPT) is False, "there is nothing left to guess at"
    assert phone.unsent() == before and before
    phone.context.set_offline(False)
    phone.button("Ny adgangssætning? Log ind med net").click()
    phone.sign_in("signe", PASSPHRASES["signe"])
    expect(phone.heading("I dag")).to_be_visible()
    until(lambda: not phone.outbox(), "what waited is sent", seconds=40)


def change_passphrase(day: Day, phone: Handset, words: str, share: bool = True) -> None:
    """The administrator gives a new one, and she signs in with it on the phone, which is locked; it may not get at the server's share."""
    changed = day.command("user", "passphrase", "--email", "signe@demo.example", "--password-stdin", given=words)
    assert changed.returncode == 0, changed.stderr
    phone.close()
    phone.open()
    if not share:
        phone.context.route("**/api/devices/recovery", lambda route: route.abort())
    phone.button("Ny adgangssætning? Log ind med net").click()
    phone.sign_in("signe", words)


def share(day: Day) -> str | None:
    """What the server keeps for Signe's phone."""
    db, device = day.database, Device.__table__
    with db.read() as tx:
        kept: str | None = tx.execute(select(device.c.recovery_share).where(device.c.name == "Linux")).scalar()
    db.close()
    return kept


def test_a_new_passphrase_opens_the_phone_with_the_servers_share_or_else_with_the_former(new_phone: Callable[..., Handset], day: Day) -> None:
    phone = new_phone("signe")
    until(lambda: share(day), "the server has the share")
    change_passphrase(day, phone, "en helt ny sætning til telefonen")
    expect(phone.heading("I dag")).to_be_visible()
    former = phone.passphrase
    change_passphrase(day, phone, NEW_WORDS, share=False)
    for words in ("det var ikke den", former):
        phone.page.get_by_label("Tidligere adgangssætning").fill(words)
        assert faults(phone.page) == []
        phone.button("Log ind").click()
        expect(phone.button("Logger ind …")).to_have_count(0)
    expect(phone.heading("I dag")).to_be_visible()
    expect(phone.cards()).not_to_have_count(0)
    phone.close()
    phone.open()
    phone.unlock()
    expect(phone.cards()).not_to_have_count(0)


def test_somebody_else_may_use_the_phone_and_sees_a_count_only(new_phone: Callable[..., Handset], day: Day) -> None:
    phone = new_phone("signe")
    phone.context.set_offline(True)
    write(phone)
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    count = len(phone.outbox())
    phone.show("mere")
    phone.button("Lås").click()
    phone.button("Ikke dig? Log ud").click()
    expect(phone.page.get_by_text("fra SHL er ikke sendt. De sendes, når SHL logger ind.")).to_contain_text(str(count))
    phone.context.set_offline(False)
    phone.enter("emre")
    expect(phone.page.get_by_text("Logget i dag")).to_have_count(0)
    phone.show("mere")
    expect(phone.page.get_by_text("Emre")).to_be_visible()


def test_a_locked_phone_hears_that_it_is_to_be_emptied(new_phone: Callable[..., Handset], day: Day, office: Office) -> None:
    phone = new_phone("signe")
    device = next(one for one in json.loads(day.told("device", "list", "--json"))["devices"] if one["name"] == "Linux")["device_id"]
    phone.show("mere")
    phone.button("Lås").click()
    is_locked(phone)
    day.told("device", "revoke", device, "--wipe")
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.heading("Telefonen er tømt")).to_be_visible(timeout=20_000)
    until(lambda: "bekræftet af telefonen" in office.open("/telefoner"), "the office has the proof")
