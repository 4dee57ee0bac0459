"""Birthe sees who has not been heard from, and shuts a lost phone out."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from app import clock
from app.ledger.ids import new_id
from app.ledger.start import do_again
from app.ledger.tables import ACCESS, DEVICES
from app.sync.devices import reopen, revoke
from tests.world import PASSPHRASE, named

PHONE = named("signes telefon")
SHUT = f"/kontor/telefoner/{PHONE}/spaerring"


def with_phone(world, days=0, unsent=0, offset=0):
    with world.db.write() as tx:
        tx.execute(insert(DEVICES).values(id=PHONE, project_id=world.project_id, user_id=named("signe"), name="Signes telefon",
                                          created_at=clock.now(), seen_at=clock.now() - timedelta(days=days), app_version="1.0.0", unsent=unsent,
                                          clock_offset_s=offset))


def test_a_silent_phone_is_said_in_words(world, birthe):
    with_phone(world, days=6, unsent=12)
    page = birthe.text("/kontor/telefoner")
    assert "6 dage siden" in page and "Tavs i over 5 dage" in page and '<td class="number">12' in page


def test_a_clock_that_is_wrong_by_more_than_ten_minutes_is_said(world, birthe):
    with_phone(world, offset=-1260)
    assert "Uret går 21 minutter for langsomt" in birthe.text("/kontor/telefoner")


def test_everyone_who_works_here_is_listed(birthe):
    page = birthe.text("/kontor/telefoner")
    assert all(name in page for name in ("Signe", "Emre", "Birthe", "Sanne"))


@pytest.fixture
def signe(app):
    """Signe's phone: signed in, and speaking on the line."""
    client = app.test_client()
    assert client.post("/api/session", json={"email": "signe@demo.example", "password": PASSPHRASE}).status_code == 200
    return client


def asked(client, path="/api/sync/v1/pull", **body):
    answer = client.post(path, json=body, headers={"X-Request": new_id(), "X-Device": PHONE})
    return answer.status_code, answer.json.get("error", {}).get("code"), answer.json.get("device")


def test_a_lost_phone_is_shut_out_told_without_signing_in_and_says_when_it_is_empty(world, birthe, signe):
    with_phone(world, unsent=3)
    assert asked(signe)[0] == 200 and asked(signe, "/api/devices/wiped") == (403, "FORBIDDEN", None)
    assert SHUT in birthe.text("/kontor/telefoner")
    assert birthe.post(SHUT, SHUT).status_code == 422 and birthe.post(SHUT, SHUT, how="open").status_code == 422
    assert birthe.post(SHUT, SHUT, how="wipe").status_code == 303
    assert "Skal tømmes" in (page := birthe.text("/kontor/telefoner")) and "Telefonen har ikke været på nettet siden" in page
    assert signe.get("/api/session").status_code == 401  # whoever holds the phone cannot use its sign-in for another one
    assert asked(signe) == asked(signe) == (403, "DEVICE_REVOKED", "wipe")
    assert "Telefonen fik det at vide" in birthe.text("/kontor/telefoner")
    assert [asked(signe, "/api/devices/wiped", unsent=unsent)[0] for unsent in ("3", -1, True, 10**6)] == [400] * 4
    assert [asked(signe, "/api/devices/wiped", unsent=unsent)[0] for unsent in (3, 0)] == [200, 200]  # an answer lost on the way is asked for again
    assert "bekræftet af telefonen" in (page := birthe.text("/kontor/telefoner")) and "3 gik tabt" in page
    assert birthe.get(SHUT).status_code == 404


def test_a_locked_phone_is_let_in_again_or_wiped_after_all(world, birthe, signe):
    with_phone(world)
    for how, standing in (("lock", "lock"), ("open", None), ("lock", "lock"), ("wipe", "wipe")):
        assert birthe.post(SHUT, SHUT, how=how).status_code == 303
        assert asked(signe) == ((403, "DEVICE_REVOKED", standing) if standing else (401, "SIGN_IN", None))
        with world.db.read() as tx:
            assert tx.execute(select(DEVICES.c.revoked_how)).scalar() == standing
            last = tx.execute(select(ACCESS.c.act, ACCESS.c.user_id, ACCESS.c.device_id).order_by(ACCESS.c.number.desc()).limit(1)).one()
        assert last == ({"open": "REOPEN"}.get(how, how.upper()), named("birthe"), PHONE)
    assert revoke(world.db, PHONE, False, clock.now())
    assert asked(signe) == (403, "DEVICE_REVOKED", "wipe")  # the order stands


def test_the_last_word_on_a_phone_is_said_again_after_a_restore(world):
    with_phone(world)
    for last in ("lock", "open", "wipe"):
        if last == "open":
            reopen(world.db, PHONE, clock.now(), world.birthe)
        else:
            revoke(world.db, PHONE, last == "wipe", clock.now())
        with world.db.write() as tx:  # as in the copy
            tx.execute(update(DEVICES).values(revoked_at=None if last != "open" else clock.now(), revoked_how=None if last != "open" else "lock"))
        do_again(world.db, world.project_id, clock.now())
        with world.db.read() as tx:
            assert tx.execute(select(DEVICES.c.revoked_how)).scalar() == (None if last == "open" else last)


def test_nobody_learns_from_a_guessed_number(app):
    stranger = app.test_client()
    for number in (new_id(), "ingen telefon", ""):
        answer = stranger.post("/api/sync/v1/pull", json={}, headers={"X-Request": new_id(), "X-Device": number})
        assert (answer.status_code, answer.json["error"]["code"]) == (401, "SIGN_IN")
        assert stranger.post("/api/devices/wiped", json={}, headers={"X-Device": number}).status_code == 403


def test_a_phone_that_comes_back_empty_is_told_to_its_user_and_to_birthe_once(world, app, signe, birthe):
    def registers(client, empty=True):
        return client.post("/api/devices", json={"name": "iPhone", "empty": empty}, headers={"X-Request": new_id()}).json
    first = registers(signe)
    assert first["lost"] == 0
    with world.db.write() as tx:
        tx.execute(update(DEVICES).where(DEVICES.c.id == first["device_id"]).values(unsent=12))
    assert [registers(signe, empty)["lost"] for empty in (False, True)] == [0, 0], "the cookie names the newest number only"
    signe.set_cookie(f"phone-{named('signe')}", first["device_id"], path="/api/devices")
    emre = app.test_client()
    emre.post("/api/session", json={"email": "emre@demo.example", "password": PASSPHRASE})
    emre.set_cookie(f"phone-{named('emre')}", first["device_id"], path="/api/devices")
    assert registers(emre)["lost"] == 0, "not his phone"
    assert "gået tabt" not in birthe.text("/kontor/telefoner")
    assert registers(signe)["lost"] == 12
    assert "12 registreringer kan være gået tabt" in birthe.text("/kontor/telefoner")
    signe.set_cookie(f"phone-{named('signe')}", first["device_id"], path="/api/devices")
    assert registers(signe)["lost"] == 0, "told once"


def test_work_deleted_on_a_phone_by_a_typed_word_is_in_the_log(world, signe):
    with_phone(world)
    assert [asked(signe, "/api/sync/v1/pull", discarded=count)[0] for count in (3, 0, None, True, "3", -1)] == [200] * 6
    with world.db.read() as tx:
        lines = tx.execute(select(ACCESS).where(ACCESS.c.act == "DISCARD")).all()
    assert [(line.user_id, line.device_id, line.about) for line in lines] == [(named("signe"), PHONE, "3 usendte")]


def share(client):
    """(status, the share) as the server gives it to this browser."""
    answer = client.get("/api/devices/recovery", headers={"X-Request": new_id(), "X-Device": PHONE})
    return answer.status_code, answer.json.get("share")


def test_the_server_keeps_one_recovery_share_gives_it_to_no_shut_phone_and_destroys_it_with_a_wipe(world, signe):
    with_phone(world)
    first, other = "A" * 42 + "B", "A" * 42 + "C"
    assert share(signe) == (200, None)
    assert [asked(signe, "/api/devices/recovery", share=wrong)[0] for wrong in (None, 3, "A" * 42, "A" * 44, "A" * 42 + "=")] == [400] * 5
    assert [asked(signe, "/api/devices/recovery", share=one)[0] for one in (first, first, other)] == [200, 200, 403]
    assert share(signe) == (200, first)
    revoke(world.db, PHONE, False, clock.now())
    assert share(signe) == (403, None) and asked(signe, "/api/devices/recovery", share=other)[0] == 403
    reopen(world.db, PHONE, clock.now(), world.birthe)
    assert share(signe) == (200, first), "a finder's wrong tries may have left the owner nothing else"
    revoke(world.db, PHONE, True, clock.now())
    with world.db.read() as tx:
        assert tx.execute(select(DEVICES.c.recovery_share).where(DEVICES.c.id == PHONE)).scalar() is None


def test_a_recovery_share_is_given_to_its_owner_right_after_a_sign_in_only(world, app, signe, monkeypatch):
    with_phone(world)
    asked(signe, "/api/devices/recovery", share="A" * 43)
    emre = app.test_client()
    emre.post("/api/session", json={"email": "emre@demo.example", "password": PASSPHRASE})
    assert share(emre) == (403, None) and share(app.test_client()) == (401, None)
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert share(signe) == (401, None) and asked(signe)[0] == 200
    signe.post("/api/session", json={"email": "signe@demo.example", "password": PASSPHRASE})
    assert share(signe) == (200, "A" * 43)
