"""The talks in the office: found by the address, told by code, a note only after a reason; all of it in the access log."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.ledger import access
from app.ledger.change import Change
from app.ledger.push import StorageFull, push, write
from app.ledger.tables import ACCESS, ACCESS_REASONS, CONFLICTS
from tests.world import NOW, Phone, named

TALKS = "/kontor/samtaler"
NOTE = "Vil tale med chefen først"


def talked(world, **changed):
    given = {"citizen_id": named("borger"), "scope": "TALK_RECORD", "event": "GIVEN", "form": "WRITTEN_PAPER", "given_on": "2026-11-01"}
    talk = {"type": "FIRST", "place": "CLINIC_ROOM", "occurred_at": "2026-11-24T09:00:00Z", "minutes": 30, "citizen_id": named("borger"),
            "practice_id": named("halmtorvet"), "district": "VESTERBRO", "topics": ["WORK"], "note": NOTE}
    anonymous = {"type": "ANONYMOUS", "place": "PHONE", "occurred_at": "2026-10-06T09:00:00Z", "minutes": 10, "district": "VALBY"}
    results = write(world.db, world.signe, [
        Change("citizen", named("borger"), "create", {"code": "B-RW425", "first_practice_id": named("halmtorvet"), "adviser_id": named("signe")}),
        Change("consent_event", named("ja"), "create", given), Change("talk", named("samtale"), "create", talk),
        Change("talk", named("anonym"), "create", anonymous)], NOW)
    assert {result.status for result in results} == {"accepted"}, [result.message for result in results]


def found(office, query=""):
    """How many the page says there are, and the citizens it names."""
    page = office.text(TALKS + query)
    count = re.search(r"(\d+) samtale", page)
    return int(count[1]) if count else 0, sorted(set(re.findall(r">(B-[A-Z0-9]{5}|Anonym)<", page)))


def test_talks_are_told_by_code_and_their_notes_stay_hidden(world, birthe):
    assert "Her er ingen samtaler endnu" in birthe.text(TALKS)
    talked(world)
    assert found(birthe)[0] == 2
    page = birthe.text(TALKS)
    assert "B-RW425" in page and "Anonym" in page and "Lægerne Halmgården" in page and NOTE not in page and page.count("Begrundet opslag<span") == 1


def test_filters_live_in_the_address(world, birthe):
    talked(world)
    assert found(birthe, "?fra=01-11-2026") == found(birthe, "?type=FIRST") == found(birthe, "?bydel=VESTERBRO") == found(birthe, "?borger=b-rw425")
    assert found(birthe, "?fra=01-11-2026")[0] == found(birthe, "?til=31-10-2026")[0] == 1
    assert found(birthe, f"?raadgiver={named('emre')}")[0] == 0 and "Ingen samtaler passer" in birthe.text(f"{TALKS}?raadgiver={named('emre')}")
    assert "Skriv datoen som dd-mm-åååå" in birthe.text(f"{TALKS}?fra=i+går")


LOOK_UP = f"{TALKS}/{named('samtale')}/opslag"
REASON = "Borgeren har bedt om at få noten rettet"
BOTH = pytest.mark.parametrize("place", ["sqlite", "postgres"], indirect=True)


def logged(world):
    """(act, record, citizen, fields) of every line."""
    with world.db.read() as tx:
        assert access.verify(tx, world.project_id) == []
        return tx.execute(select(ACCESS.c.act, ACCESS.c.record_id, ACCESS.c.citizen_id, ACCESS.c.about)
                          .where(ACCESS.c.act != "SIGN_IN").order_by(ACCESS.c.number)).all()


@BOTH
def test_a_note_is_shown_once_after_a_reason_that_the_log_has_first(world, birthe):
    talked(world)
    assert NOTE not in birthe.text(LOOK_UP)
    response = birthe.post(LOOK_UP, LOOK_UP, reason=f"  {REASON} ")
    page = response.get_data(as_text=True)
    assert response.status_code == 200 and response.headers["Cache-Control"] == "no-store"
    assert NOTE in page and f"»{REASON}«" in page and "<textarea" not in page
    assert [line for line in logged(world) if line.act == "LOOK_UP"] == [("LOOK_UP", named("samtale"), named("borger"), "note")]
    with world.db.read() as tx:
        assert tx.execute(select(ACCESS_REASONS.c.reason)).scalars().all() == [REASON]
    assert NOTE not in birthe.text(LOOK_UP)


@pytest.mark.parametrize(("reason", "said"), [
    ("", "mindst 10"), ("derfor", "mindst 10"), (" ".join(["ord"] * 60), "højst 200"), ("Hun hedder 010190-1234 i systemet", "CPR-nummer"),
    ("Ringede om b-rw425 i går", "uden borgerkode")])
def test_without_a_fit_reason_nothing_is_shown_and_what_was_written_stays(world, birthe, reason, said):
    talked(world)
    response = birthe.post(LOOK_UP, LOOK_UP, reason=reason)
    page = response.get_data(as_text=True)
    assert response.status_code == 422 and said in page and NOTE not in page and (not reason or reason in page)
    assert not [line for line in logged(world) if line.act == "LOOK_UP"]


def test_what_cannot_be_logged_is_not_shown(world, birthe, monkeypatch):
    talked(world)
    birthe.text(LOOK_UP)

    def full(_tx, _author, entries, _now):
        if entries[0].act == "LOOK_UP":
            raise StorageFull
    monkeypatch.setattr(access, "put", full)
    response = birthe.post(LOOK_UP, LOOK_UP, reason=REASON)
    assert response.status_code == 507 and NOTE not in response.get_data(as_text=True)


def test_only_a_citizens_talk_with_a_note_can_be_looked_up(world, birthe):
    talked(world)
    for talk in ("anonym", "findes ikke"):
        assert birthe.get(f"{TALKS}/{named(talk)}/opslag").status_code == 404


def test_each_citizen_on_the_list_is_in_the_log(world, birthe):
    talked(world)
    birthe.text(TALKS)
    birthe.text(f"{TALKS}?type=ANONYMOUS")
    facts = "minutes, occurred_at, place, practice_id, topics, type"
    assert logged(world) == [("LIST", named("samtale"), named("borger"), facts)]


def test_a_talk_that_waits_to_be_settled_is_in_the_log_when_it_is_opened(world, birthe):
    talked(world)
    talk = {"type": "FOLLOW_UP", "place": "PHONE", "occurred_at": "2026-11-24T09:00:00Z", "minutes": 1, "citizen_id": named("borger"), "note": "x"}
    phone = Phone()
    stopped = phone.create("talk", named("standset"), talk)
    for minutes in (25, 20):
        op = phone.update("talk", named("samtale"), {"minutes": minutes}, {"minutes": 30})
        results = push(world.db, world.signe, phone.device_id, [op, stopped], NOW).results
    assert [result.status for result in results] == ["conflict", "duplicate"]
    with world.db.read() as tx:
        conflict = tx.execute(select(CONFLICTS.c.id)).scalar()
    birthe.text(f"/kontor/afklaring/versioner/{conflict}")
    birthe.text(f"/kontor/afklaring/skal-rettes/{stopped['op_id']}")
    assert logged(world) == [("OPEN", named("samtale"), named("borger"), "minutes"),
                             ("OPEN", named("standset"), named("borger"), "citizen_id, minutes, occurred_at, place, type")]
