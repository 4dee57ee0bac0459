"""Ways in that are closed: files that are not for the world, odd methods, markup in records, sessions past their time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.accounts.people import add
from app.accounts.sessions import LASTS, SESSIONS
from app.ledger.change import Change
from app.ledger.ids import new_id
from app.ledger.push import write
from app.ledger.tables import CREDENTIALS
from app.migrations import migrate
from tests.world import NOW, PASSPHRASE, Database, named, settings, visit

MARKUP = "<script>alert(1)</script>\"'><img src=x>"


@pytest.mark.parametrize("address", ["/.git/config", "/static/.git/config", "/static/../pyproject.toml", "/static/%2e%2e/app/house.py", "/static/",
                                     "/static/dist/", "/static/img", "/app/house.py", "/var/demo-secret", "/static/..%2f..%2fetc/passwd"])
def test_only_the_built_files_are_served_and_no_folder_is_listed(browser, address):
    assert browser().get(address).status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND"])
def test_odd_methods_are_refused(browser, method):
    assert browser().client.open("/log-ind", method=method).status_code == 405


def test_markup_in_a_record_is_text_on_every_page(world, browser):
    done = write(world.db, world.signe, [Change("visit", named("besøg"), "create", visit(note=MARKUP))], NOW)
    assert done[0].status == "accepted"
    birthe = browser("birthe")
    for address in ("/kontor/besoeg", f"/kontor/besoeg/{named('besøg')}", f"/kontor/besoeg/{named('besøg')}/rettelse",
                    f"/kontor/praksisser/{named('halmtorvet')}"):
        page = birthe.text(address)
        assert "<script>alert" not in page and "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;&gt;" in birthe.text(f"/kontor/besoeg/{named('besøg')}")


def test_a_session_ends_after_its_longest_time_however_much_it_is_used(browser, monkeypatch):
    signe, begun = browser("signe"), clock.now()
    for hours in range(1, 12):
        monkeypatch.setattr(clock, "now", lambda hours=hours: begun + timedelta(hours=hours))
        assert signe.client.get("/api/session").status_code == 200
    monkeypatch.setattr(clock, "now", lambda: begun + LASTS + timedelta(seconds=1))
    assert signe.client.get("/api/session").status_code == 401


def test_a_token_has_256_random_bits_and_none_comes_twice(browser):
    tokens = [browser("signe").client.get_cookie("session").value for _ in range(5)]
    assert len(set(tokens)) == 5 and all(re.fullmatch(r"[\w-]{43}", token) for token in tokens)


def test_a_cookie_from_before_a_sign_out_or_of_ones_own_making_opens_nothing(browser):
    signe = browser("signe")
    replayed = signe.client.get_cookie("session").value
    signe.post("/log-ud", "/konto/sessioner")
    for token in (replayed, replayed[::-1], "", "a" * 43, named("signe")):
        thief = browser()
        thief.client.set_cookie("session", token)
        assert thief.client.get("/api/session").status_code == 401


def test_another_persons_ids_open_nothing(world, browser):
    signe, emre = browser("signe"), browser("emre")
    with world.db.read() as tx:
        mine = tx.execute(select(SESSIONS.c.id).where(SESSIONS.c.user_id == named("signe"))).scalar()
    assert emre.post(f"/konto/sessioner/{mine}/afslutning", "/konto/sessioner").status_code == 404
    assert emre.post(f"/konto/passkeys/{new_id()}/fjernelse", "/konto/sessioner").status_code == 404
    assert signe.client.get("/api/session").status_code == 200


def test_a_new_house_has_no_accounts(tmp_path):
    db = Database(settings(tmp_path / "ny"))
    (tmp_path / "ny").mkdir()
    migrate(db)
    with db.read() as tx:
        assert tx.execute(select(func.count()).select_from(CREDENTIALS)).scalar() == 0
    add(db, "ny@demo.example", "Ny", "NY", "ADVISER", PASSPHRASE, NOW)
    db.close()
