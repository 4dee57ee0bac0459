"""The second factor: enrolled with a picture, asked for at sign-in and again before what cannot be undone, no code good twice."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select, update

from app import clock
from app.accounts import factors
from app.accounts.people import Unfit, add, forget_factor
from app.accounts.sessions import SESSIONS
from app.ledger.tables import DEVICES
from app.records.codes import code_list
from app.records.project import Project
from app.sync.devices import register
from tests.world import NOW, PASSPHRASE, named

FACTOR, APP, CONFIRM, CODE = "/konto/totrin", "/konto/totrin/kodeapp", "/konto/bekraeft", "/log-ind/kode"
GRAVE = [("POST", "/kontor/maaneder/2026-10/lukning", "/kontor/maaneder/2026-10"),
         ("GET", "/kontor/maaneder/2026-10/fil", "/kontor/maaneder/2026-10"),
         ("GET", "/kontor/maaneder/2026-10/side", "/kontor/maaneder/2026-10"),
         ("POST", "/kontor/telefoner/{phone}/spaerring", "/kontor/telefoner/{phone}/spaerring")]


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """The clock stands still; a test that wants the next code turns it on."""
    waited = [timedelta()]
    monkeypatch.setattr(clock, "now", lambda: NOW + sum(waited, timedelta()))
    return lambda **time: waited.append(timedelta(**time))


@pytest.fixture
def real(world):
    """The project is not made up: coordinators must have a second factor."""
    with world.db.write() as tx:
        tx.execute(update(Project.__table__).values(reference="2026-1"))
    return world


class CodeApp:
    """Somebody's phone with a code app, enrolled by reading the page."""

    def __init__(self, browser, address=APP):
        secret = re.search(r'class="secret"[^>]*>([A-Z2-7 ]+)<', browser.text(address))
        self.totp = pyotp.TOTP(secret[1].replace(" ", ""))
        self.paper = re.findall(r"<li>([a-z2-9-]{19})</li>", browser.post(APP, address, code=self.code()).get_data(as_text=True))

    def code(self):
        return self.totp.at(clock.now())


@pytest.fixture
def enrolled(browser, later):
    """Birthe with her code app, signed out again, half a minute later."""
    birthe = browser("birthe")
    code_app = CodeApp(birthe)
    birthe.post("/log-ud", FACTOR)
    later(seconds=30)
    return code_app


def test_the_picture_says_what_the_words_say(browser):
    page = browser("birthe").text(APP)
    assert '<svg' in page and 'class="qr-code"' in page and "style=" not in page
    assert factors.address("A" * 32, "a@b.example") == ("otpauth://totp/R%C3%A5dgiver%20p%C3%A5%20hjul:a%40b.example?secret=" + "A" * 32
                                                        + "&issuer=R%C3%A5dgiver%20p%C3%A5%20hjul")


def test_birthe_enrols_and_comes_in_with_a_code(browser, enrolled):
    birthe = browser("birthe")
    assert birthe.landed.location == CODE and birthe.get("/kontor/").status_code == 302  # the passphrase alone opens nothing
    assert "Koden passer ikke" in birthe.post(CODE, CODE, code="123 456").get_data(as_text=True)
    assert birthe.post(CODE, CODE, code=f" {enrolled.code()[:3]} {enrolled.code()[3:]}").location == "/kontor/"
    assert birthe.get("/kontor/").status_code == 200


def test_she_comes_to_the_page_she_wanted_after_both_steps(browser, enrolled):
    birthe = browser()
    asked = birthe.post("/log-ind", "/log-ind?naeste=/kontor/besoeg", email="birthe@demo.example", passphrase=PASSPHRASE, naeste="/kontor/besoeg")
    assert asked.location == f"{CODE}?naeste=/kontor/besoeg"
    assert birthe.post(CODE, asked.location, code=enrolled.code(), naeste="/kontor/besoeg").location == "/kontor/besoeg"


def test_no_code_is_good_twice_nor_an_older_one_after_it(browser, enrolled, later):
    used = enrolled.code()
    assert browser("birthe").post(CODE, CODE, code=used).status_code == 303
    assert browser("birthe").post(CODE, CODE, code=used).status_code == 422
    later(seconds=30)
    assert browser("birthe").post(CODE, CODE, code=used).status_code == 422  # its step is a neighbour still, and used
    assert browser("birthe").post(CODE, CODE, code=enrolled.code()).status_code == 303


def test_a_code_on_paper_stands_in_once(browser, enrolled):
    assert len(enrolled.paper) == len(set(enrolled.paper)) == 10
    written_by_hand = enrolled.paper[3].upper().replace("-", " ")
    birthe = browser("birthe")
    assert birthe.post(CODE, CODE, code=written_by_hand).status_code == 303
    assert browser("birthe").post(CODE, CODE, code=enrolled.paper[3]).status_code == 422
    assert "Du har 9 papirkoder tilbage" in birthe.text(FACTOR)
    new = re.findall(r"<li>([a-z2-9-]{19})</li>", birthe.post(f"{FACTOR}/papirkoder", FACTOR).get_data(as_text=True))
    assert len(new) == 10 and browser("birthe").post(CODE, CODE, code=enrolled.paper[4]).status_code == 422
    assert browser("birthe").post(CODE, CODE, code=new[0]).status_code == 303


def test_guessing_codes_is_slowed_down(browser, enrolled):
    birthe = browser("birthe")
    answers = [birthe.post(CODE, CODE, code=f"{n:06}").status_code for n in range(11)]
    assert answers == [422] * 10 + [429]
    assert birthe.post(CODE, CODE, code=enrolled.code()).status_code == 429


def test_half_way_in_is_nowhere_and_not_for_long(browser, enrolled, later):
    assert browser().get(CODE).location == "/log-ind"
    birthe = browser("birthe")
    assert birthe.client.get("/api/session").status_code == 401
    later(minutes=10)
    assert birthe.client.get(CODE).location == "/log-ind"


def test_the_line_asks_for_the_code_too(browser, enrolled):
    phone = browser().client
    asked = {"email": "birthe@demo.example", "password": PASSPHRASE}
    for more in ({}, {"code": ""}, {"code": "000000"}):
        refused = phone.post("/api/session", json=asked | more)
        assert (refused.status_code, refused.json["error"]["code"], refused.json["second_factor"]) == (401, "SIGN_IN", True)
    assert phone.post("/api/session", json=asked | {"code": 5}).status_code == 400
    assert "second_factor" not in phone.post("/api/session", json=asked | {"password": "forkert", "code": enrolled.code()}).json
    assert phone.post("/api/session", json=asked | {"code": enrolled.code()}).json["user"]["initials"] == "BST"
    assert phone.get("/api/session").status_code == 200


@pytest.mark.parametrize("method, address, page", GRAVE, ids=["close", "export", "page", "revoke"])
def test_what_cannot_be_undone_asks_again_after_five_minutes(world, browser, enrolled, later, method, address, page):
    phone = register(world.db, world.project_id, world.signe.user_id, "Signes telefon", clock.now())
    address, page = address.format(phone=phone), page.format(phone=phone)
    birthe = browser("birthe")
    birthe.post(CODE, CODE, code=enrolled.code())
    later(minutes=5)

    def act():
        return birthe.get(address) if method == "GET" else birthe.post(address, page, how="lock")
    asked = act()
    assert (asked.status_code, asked.location) == (303, f"{CONFIRM}?naeste={page}")
    with world.db.read() as tx:
        assert tx.execute(select(DEVICES.c.revoked_at)).scalar() is None
    assert birthe.post(CONFIRM, asked.location, code="000000", naeste=page).status_code == 422
    assert birthe.post(CONFIRM, asked.location, code=enrolled.code(), naeste=page).location == page
    assert not (act().location or "").startswith(CONFIRM)


def test_another_app_takes_a_fresh_code_and_ends_the_first(browser, enrolled, later):
    birthe = browser("birthe")
    birthe.post(CODE, CODE, code=enrolled.code())
    later(minutes=5)
    assert birthe.get(APP).location == f"{CONFIRM}?naeste={FACTOR}"
    birthe.post(CONFIRM, CONFIRM, code=enrolled.code())
    new = CodeApp(birthe)
    later(seconds=30)
    assert browser("birthe").post(CODE, CODE, code=enrolled.code()).status_code == 422
    assert browser("birthe").post(CODE, CODE, code=new.code()).status_code == 303


def test_in_a_project_that_is_made_up_nobody_must(browser):
    birthe = browser("birthe")
    assert birthe.landed.location == "/kontor/"
    assert birthe.get("/kontor/maaneder/2026-10/fil").status_code != 303


def test_in_a_real_project_a_strong_passphrase_opens_the_door_but_not_the_grave_acts(real, browser):
    birthe = browser("birthe")
    assert birthe.get("/kontor/").status_code == 200
    asked = birthe.get("/kontor/maaneder/2026-10/fil")
    assert asked.location.startswith(CONFIRM)
    enrol = birthe.get(asked.location).location
    assert enrol == f"{APP}?naeste=/kontor/maaneder/2026-10"
    CodeApp(birthe, enrol)
    assert not (birthe.get("/kontor/maaneder/2026-10/fil").location or "").startswith(CONFIRM)


@pytest.mark.parametrize("role", code_list("role").codes)
def test_with_a_weak_passphrase_coordinators_and_administrators_enrol_first(real, browser, role):
    add(real.db, "ny@demo.example", "Ny Person", "NP", role, "kun tolv tegn", NOW, named("ny"))
    ny = browser()
    ny.sign_in("ny", "kun tolv tegn")
    pages = ["/konto/sessioner", "/kontor/" if role == "COORDINATOR" else "/adgang"]
    if role not in factors.NEEDED:
        assert [ny.get(page).status_code for page in pages] == [200, 200]
        return
    assert [ny.get(page).location for page in pages] == [FACTOR, FACTOR]
    assert ny.client.post("/api/devices", json={"name": "en telefon"}).status_code == 403
    assert "skal logge ind i to trin" in ny.text(FACTOR)
    CodeApp(ny)
    assert [ny.get(page).status_code for page in pages] == [200, 200]


def test_signe_has_no_page_for_it(browser):
    signe = browser("signe")
    assert [signe.get(page).status_code for page in (FACTOR, APP, CONFIRM)] == [404] * 3
    assert "To trin" not in signe.text("/konto/sessioner")


def test_who_has_lost_everything_starts_over(world, browser, enrolled):
    inside = browser("birthe")
    inside.post(CODE, CODE, code=enrolled.code())
    forget_factor(world.db, " BIRTHE@demo.example")
    assert inside.get("/kontor/").status_code == 302
    assert browser("birthe").landed.location == "/kontor/"
    for email in ("birthe@demo.example", "ingen@demo.example"):
        with pytest.raises(Unfit):
            forget_factor(world.db, email)


def test_the_secret_lies_sealed_for_its_owner_alone(world, browser, enrolled):
    with world.db.read() as tx:
        box = tx.execute(select(factors.AUTHENTICATORS.c.box)).scalar()
        kept = str(tx.execute(select(SESSIONS.c.data)).all()) + repr(tx.execute(select(factors.RECOVERY)).all())
    assert enrolled.totp.secret.encode() not in box and enrolled.totp.secret not in kept and enrolled.paper[0] not in kept
    assert factors.unseal(world.db, world.birthe.user_id, box) == enrolled.totp.secret
    with pytest.raises(InvalidTag):
        factors.unseal(world.db, world.signe.user_id, box)
