"""A passkey opens the notebook: the phone's own finger reader, made of software, gives the secret that unwraps the key, without a net."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, expect

from tests.browser import until
from tests.journeys.demo_day import Day
from tests.journeys.handset import Handset
from tests.journeys.test_lock import HIDDEN, WORDS, is_locked, on_the_disk, tries, write
from tests.look.look import faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
FINGER = {"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
          "isUserVerified": True, "automaticPresenceSimulation": True}
# What lies on the phone in the clear, and which ways the key is wrapped.
FACTS = """async () => {
  const done = request => new Promise(yes => { request.onsuccess = () => yes(request.result) })
  const db = await done(indexedDB.open('raadgiver-device'))
  const store = db.transaction('facts').objectStore('facts')
  const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())])
  db.close()
  const wrap = values[keys.findIndex(key => key.startsWith('wrap:'))]
  return { keys, ways: wrap ? Object.keys(wrap).filter(way => wrap[way]).sort() : [] }
}"""

SLOW_DISK = "() => { IDBFactory.prototype.deleteDatabase = () => new EventTarget() }"


@pytest.fixture
def named_phone(new_phone: Callable[..., Handset], day: Day) -> Handset:
    """Signe's, at the server by its name: a passkey belongs to a name, never to a number."""
    phone = new_phone(address=day.address.replace("127.0.0.1", "localhost"))
    return phone.enter("signe")


def finger(phone: Handset, prf: bool) -> tuple[CDPSession, str]:
    tools = phone.context.new_cdp_session(phone.page)
    tools.send("WebAuthn.enable")
    return tools, tools.send("WebAuthn.addVirtualAuthenticator", {"options": {**FINGER, "hasPrf": prf}})["authenticatorId"]


def facts(phone: Handset) -> dict[str, Any]:
    return dict(phone.page.evaluate(FACTS))


def turn_on(phone: Handset, passphrase: str) -> None:
    phone.show("mere")
    phone.page.get_by_role("link", name="Passkey").click()
    expect(phone.heading("Passkey")).to_be_visible()
    phone.page.get_by_label("Adgangssætning").fill(passphrase)
    phone.button("Slå til").click()


def lock(phone: Handset) -> None:
    phone.show("mere")
    phone.button("Lås").click()
    is_locked(phone)


def test_a_passkey_opens_the_phone_without_a_net_until_it_is_taken_away(named_phone: Handset, day: Day) -> None:
    phone = named_phone
    tools, reader = finger(phone, prf=True)
    day.kill()
    turn_on(phone, "det er ikke den")
    expect(phone.page.get_by_text("Adgangssætningen passer ikke")).to_be_visible()
    assert faults(phone.page) == []
    assert tools.send("WebAuthn.getCredentials", {"authenticatorId": reader})["credentials"] == [], "and nothing was made for nothing"
    turn_on(phone, phone.passphrase)
    expect(phone.page.get_by_text("Slået til", exact=True)).to_be_visible()
    assert facts(phone)["ways"] == ["passkey", "spare", "words"]
    assert faults(phone.page) == []

    phone.today()
    write(phone)
    phone.page.evaluate(HIDDEN, 31_000)
    is_locked(phone)
    expect(phone.button("Lås op med passkey")).to_be_visible()
    assert faults(phone.page) == []
    phone.button("Lås op med passkey").click()
    expect(phone.page.get_by_label("Note (frivillig)")).to_have_value(WORDS)

    phone.page.reload()  # a cold start
    phone.button("Lås op med passkey").click()
    expect(phone.page.get_by_label("Note (frivillig)")).to_have_value(WORDS)
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    lock(phone)
    tools.send("WebAuthn.setUserVerified", {"authenticatorId": reader, "isUserVerified": False})  # a finger that is not hers
    phone.button("Lås op med passkey").click()
    expect(phone.page.get_by_text("Passkeyen åbnede ikke")).to_be_visible()
    is_locked(phone)
    phone.unlock()  # the passphrase goes on working
    expect(phone.page.get_by_text("SHL")).not_to_have_count(0)

    phone.show("passkey")
    phone.button("Slå fra").click()
    expect(phone.button("Slå til")).to_be_visible()
    assert facts(phone)["ways"] == ["spare", "words"]
    until(lambda: tools.send("WebAuthn.getCredentials", {"authenticatorId": reader})["credentials"] == [], "the phone's own list forgets it")
    lock(phone)
    expect(phone.button("Lås op")).to_be_visible()
    expect(phone.button("Lås op med passkey")).to_have_count(0)
    phone.unlock()
    phone.close()
    assert on_the_disk(phone.profile, WORDS) == []


def test_ten_wrong_passphrases_leave_the_passkey_and_an_order_to_empty_takes_it_first(named_phone: Handset, day: Day) -> None:
    phone = named_phone
    finger(phone, prf=True)
    turn_on(phone, phone.passphrase)
    expect(phone.page.get_by_text("Slået til", exact=True)).to_be_visible()
    phone.show("status")
    phone.button("Send nu").click()
    expect(phone.page.get_by_text("Alt er sendt.")).to_be_visible()
    device = next(one for one in json.loads(day.told("device", "list", "--json"))["devices"] if one["name"] == "Linux")["device_id"]
    day.kill()
    lock(phone)
    for number in range(10):
        phone.page.evaluate("hand.later += 600_000")
        tries(phone, f"forkert {number}")
        expect(phone.page.get_by_role("alert")).to_be_visible()
        phone.button("Lås op").wait_for()
    assert facts(phone)["ways"] == ["passkey", "spare"]
    phone.button("Lås op med passkey").click()
    expect(phone.heading("Mere")).to_be_visible()
    phone.page.evaluate(HIDDEN, 15 * 24 * 3_600_000)
    is_locked(phone)
    phone.button("Lås op med passkey").click()
    expect(phone.page.get_by_text("ikke haft kontakt med serveren i 14 dage")).to_be_visible()

    day.start().told("device", "revoke", device, "--wipe")
    phone.page.evaluate(SLOW_DISK)  # the disk never finishes with the notebook itself: what is gone by then went first
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.heading("Telefonen er tømt")).to_be_visible(timeout=20_000)
    until(lambda: not facts(phone)["ways"], "the wraps are gone")
    assert phone.notebook()["lots"], "before the notebook"


def test_a_phone_without_a_finger_reader_or_with_one_that_gives_no_secret_has_no_dead_button(named_phone: Handset) -> None:
    phone = named_phone
    phone.show("mere")
    expect(phone.button("Lås")).to_be_visible()
    offered = phone.page.get_by_role("link", name="Passkey")
    phone.show("passkey")
    expect(phone.page.get_by_text("Telefonens passkeys kan ikke åbne notesbogen")).to_be_visible()
    phone.show("mere")
    expect(offered).to_have_count(0)
    tools, reader = finger(phone, prf=False)
    phone.show("status")
    turn_on(phone, phone.passphrase)
    expect(phone.page.get_by_text("Telefonens passkeys kan ikke åbne notesbogen")).to_be_visible()
    assert facts(phone)["ways"] == ["spare", "words"]
    until(lambda: tools.send("WebAuthn.getCredentials", {"authenticatorId": reader})["credentials"] == [], "it is not left lying")
    phone.show("mere")
    expect(phone.heading("Mere")).to_be_visible()
    expect(offered).to_have_count(0)
    lock(phone)
    expect(phone.button("Lås op med passkey")).to_have_count(0)
