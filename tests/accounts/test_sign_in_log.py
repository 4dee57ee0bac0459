"""Who came in, who tried, and who asked for what is not theirs stands in the access log; a desk that is left alone is shut."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.accounts.sessions import IDLE
from app.ledger import access, history
from app.ledger.tables import ACCESS
from tests.world import PASSPHRASE, named

BOTH = pytest.mark.parametrize("place", ["sqlite", "postgres"], indirect=True)


def lines(world):
    with world.db.read() as tx:
        found = [(row.act, row.user_id, row.record_id, row.about) for row in tx.execute(select(ACCESS).order_by(ACCESS.c.number))]
        assert access.verify(tx, world.project_id) == []
    assert history.read(world.db)["access"][world.project_id][-1]["number"] == len(found)  # anchored at once
    return found


@BOTH
def test_every_way_in_and_every_wrong_try_is_a_line(world, browser):
    someone = browser()
    assert someone.sign_in("signe", "forkert sætning").status_code == 422
    assert someone.sign_in("ingen").status_code == 422
    assert someone.sign_in("signe").status_code == 303
    body = {"email": "signe@demo.example", "password": PASSPHRASE}
    assert someone.client.post("/api/session", json=body).status_code == 200
    assert [(act, record, about) for act, _, record, about in lines(world)] == [
        ("SIGN_IN_WRONG", named("signe"), "192.0.2.7"), ("SIGN_IN_WRONG", None, "192.0.2.7"), ("SIGN_IN", named("signe"), "192.0.2.7"),
        ("SIGN_IN", named("signe"), "192.0.2.7")]
    assert lines(world)[2][1] == named("signe")
    assert "ingen@" not in str(lines(world)) and "forkert" not in str(lines(world))


def test_what_is_not_theirs_is_refused_and_noted(world, browser):
    signe = browser("signe")
    assert signe.get(f"/kontor/rettigheder/{named('x')}/indsigt").status_code == 404
    assert signe.client.post("/api/vault", json={}).status_code == 400  # wrong is not refused
    assert signe.get("/kontor/findes-ikke").status_code == 404
    assert [(act, user, about) for act, user, _, about in lines(world)[1:]] == [
        ("REFUSED", named("signe"), "/kontor/rettigheder/<citizen_id>/indsigt")]


def test_a_forged_phone_is_refused_and_noted(world, browser):
    signe, emre = browser("signe"), browser("emre")
    device = signe.client.post("/api/devices", json={"name": "telefon"}).json["device_id"]
    headers = {"X-Device": device, "X-Request": named("spørgsmål")}
    assert emre.client.post("/api/sync/v1/pull", json={"cursor": None}, headers=headers).status_code == 403
    assert ("REFUSED", named("emre"), None, "/api/sync/v1/pull") in lines(world)


def test_a_desk_left_alone_is_shut_and_a_phone_is_not(world, browser, monkeypatch):
    birthe, signe, begun = browser("birthe"), browser("signe"), clock.now()
    monkeypatch.setattr(clock, "now", lambda: begun + IDLE - timedelta(minutes=1))
    assert birthe.get("/kontor/").status_code == 200
    monkeypatch.setattr(clock, "now", lambda: begun + IDLE + timedelta(minutes=30))
    assert birthe.get("/kontor/").status_code == 200  # it was used meanwhile
    monkeypatch.setattr(clock, "now", lambda: begun + 3 * IDLE)
    assert birthe.get("/kontor/").status_code == 302
    assert signe.client.get("/api/session").status_code == 200


def test_a_browser_clears_its_cache_when_its_owner_leaves_or_it_is_wiped(world, browser, app):
    signe = browser("signe")
    device = signe.client.post("/api/devices", json={"name": "telefon"}).json["device_id"]
    assert signe.post("/log-ud", "/konto/sessioner").headers["Clear-Site-Data"] == '"cache"'
    assert signe.client.delete("/api/session").headers["Clear-Site-Data"] == '"cache"'
    told = {"headers": {"X-Device": device}, "json": {"unsent": 0}}
    refused = signe.client.post("/api/devices/wiped", **told)
    assert refused.status_code == 403 and "Clear-Site-Data" not in refused.headers
    app.extensions["revoke_device"](world.db, device, True, clock.now())
    assert signe.client.post("/api/devices/wiped", **told).headers["Clear-Site-Data"] == '"cache"'
