"""A citizen is erased with a reason, after a look at what goes; each phone's next pull is its proof."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.ledger import access
from app.ledger.change import Change
from app.ledger.ids import new_id
from app.ledger.push import write
from app.ledger.tables import ACCESS, ACCESS_REASONS, RECORDS
from tests.world import NOW, PASSPHRASE, named

CODE = "B-RW425"
RIGHTS, ERASURE = "/kontor/rettigheder", f"/kontor/rettigheder/{named(CODE)}/sletning"
REASON = "Borgeren bad om at blive slettet den 24. november"
BOTH = pytest.mark.parametrize("place", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def citizen(world):
    given = {"citizen_id": named(CODE), "event": "GIVEN", "form": "WRITTEN_PAPER", "given_on": "2026-11-01", "scope": "TALK_RECORD"}
    done = write(world.db, world.signe, [
        Change("citizen", named(CODE), "create", {"code": CODE, "first_practice_id": named("halmtorvet")}),
        Change("consent_event", named("ja"), "create", given),
        Change("talk", named("talk"), "create", {"type": "FIRST", "place": "CLINIC_ROOM", "occurred_at": "2026-11-24T09:00:00Z", "minutes": 30,
                                                 "citizen_id": named(CODE), "note": "Vil tale med chefen først"})], NOW)
    assert {result.status for result in done} == {"accepted"}


class Handset:
    """A phone that pulls a page, and puts it in place or not."""

    def __init__(self, app, who, name):
        self.client, self.cursor = app.test_client(), None
        self.client.post("/api/session", json={"email": f"{who}@demo.example", "password": PASSPHRASE})
        self.client.environ_base["HTTP_X_REQUEST"] = new_id()
        self.client.environ_base["HTTP_X_DEVICE"] = self.client.post("/api/devices", json={"name": name}).json["device_id"]

    def pull(self, **more):
        answer = self.client.post("/api/sync/v1/pull", json={"cursor": self.cursor, **more})
        assert answer.status_code == 200, answer.json
        self.cursor = answer.json["cursor"]
        return answer.json


def states(birthe):
    """phone → what the page says of it."""
    page = re.sub(r"\s+", " ", birthe.text(RIGHTS))
    return dict(re.findall(r'<th scope="row">([^<]+)</th><td>[^<]+</td><td><span class="badge[^"]*">([^<]+)', page))


@BOTH
def test_every_phone_that_had_the_citizen_proves_that_it_has_erased(world, app, birthe, citizen, monkeypatch):
    phones = {name: Handset(app, who, name) for name, who in (("ny", "signe"), ("gammel", "signe"), ("fremmed", "emre"))}
    for phone in phones.values():
        phone.pull()
    later = clock.now() + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert birthe.post(ERASURE, ERASURE, reason=REASON).status_code == 303
    assert states(birthe) == {"ny": "Venter", "gammel": "Venter"} and "2 telefoner mangler" in birthe.text(RIGHTS) and REASON in birthe.text(RIGHTS)
    assert phones["ny"].pull(limit=1)["has_more"]
    phones["ny"].pull(limit=1)
    assert states(birthe)["ny"] == "Venter", "what is on the way is not in place"
    while phones["ny"].pull()["has_more"]:
        pass
    assert states(birthe)["ny"] == "Venter"
    phones["ny"].pull()
    assert states(birthe) == {"ny": "Slettet", "gammel": "Venter"} and "1 telefon mangler" in birthe.text(RIGHTS)
    monkeypatch.setattr(clock, "now", lambda: later + timedelta(minutes=1))
    Handset(app, "signe", "helt ny").pull()
    assert "helt ny" not in states(birthe)
    phones["gammel"].pull()
    phones["gammel"].pull()
    assert "Alle telefoner har slettet" in birthe.text(RIGHTS)


@BOTH
def test_the_preview_counts_and_the_deed_leaves_reason_and_line(world, birthe, citizen):
    page = birthe.text(ERASURE)
    assert CODE in page and "Samtale" in page and "chefen" not in page
    assert birthe.post(ERASURE, ERASURE, reason=REASON).status_code == 303
    with world.db.read() as tx:
        assert tx.execute(select(func.count()).select_from(RECORDS["citizen"])).scalar() == 0
        line = tx.execute(select(ACCESS).where(ACCESS.c.act == "ERASE")).mappings().one()
        assert tx.execute(select(ACCESS_REASONS.c.reason)).scalars().all() == [REASON]
        assert access.verify(tx, world.project_id) == []
    assert (line["user_id"], line["citizen_id"]) == (named("birthe"), named(CODE))
    assert birthe.get(ERASURE).status_code == 404 and "Ingen borger har den kode" in birthe.text(f"{RIGHTS}?borger={CODE}")


@pytest.mark.parametrize(("reason", "said"), [("fordi", "mindst 10"), (f"Borgeren {CODE} bad om det", "uden borgerkode")])
def test_without_a_fit_reason_nothing_is_erased(world, birthe, citizen, reason, said):
    got = birthe.post(ERASURE, ERASURE, reason=reason)
    assert got.status_code == 422 and said in got.get_data(as_text=True)
    with world.db.read() as tx:
        assert tx.execute(select(func.count()).select_from(RECORDS["citizen"])).scalar() == 1


def test_both_grave_acts_ask_for_a_fresh_factor(app):
    asked = {name: getattr(app.view_functions[f"coordinator.{name}"], "asked_on", None) for name in ("erase_citizen", "give_insight")}
    assert asked == {"erase_citizen": "coordinator.erasure_form", "give_insight": "coordinator.insight_form"}
