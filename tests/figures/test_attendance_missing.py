"""A month is not ready while a session was held and nobody noted who came."""

from datetime import UTC, datetime, timedelta

import pytest

from app.figures import readiness
from app.ledger.change import Change
from app.ledger.push import write
from app.rules.record_rules import check_character
from tests.world import build, named

RECEIVED = datetime(2026, 11, 2, 9, tzinfo=UTC)
FINE = "Alle afholdte mødegange i måneden har fremmøde."


@pytest.fixture
def october(tmp_path):
    """A run with one citizen; a session held 23.30 local on 31 October, one cancelled, one in November, and a run without anybody."""
    world = build(tmp_path)
    office = [Change("course", named("mestring"), "create", {"type": "COPING", "title": "Mestring", "seats": 10}),
              *(Change("course_run", named(run), "create", {"course_id": named("mestring"), "seats": 10, "starts_on": "2026-10-06"})
                for run in ("efterårshold", "tomt hold"))]
    told(world, world.birthe, office)
    told(world, world.signe, [
        session("sidste", "efterårshold", 4, "2026-10-31T22:30:00Z"), session("aflyst", "efterårshold", 3, "2026-10-20T08:00:00Z", "CANCELLED"),
        session("næste", "efterårshold", 5, "2026-10-31T23:30:00Z"), session("uden nogen", "tomt hold", 1, "2026-10-06T08:00:00Z"),
        Change("citizen", named("borger"), "create", {"code": f"B-2222{check_character('2222')}", "first_practice_id": named("halmtorvet")}),
        Change("enrolment", named("plads"), "create", {"citizen_id": named("borger"), "course_run_id": named("efterårshold"), "status": "STARTED",
                                                       "enrolled_at": "2026-10-01T08:00:00Z"})])
    return world


def told(world, by, changes):
    results = write(world.db, by, changes, RECEIVED)
    assert {one.status for one in results} == {"accepted"}, results


def session(key, run, number, at, status="HELD"):
    return Change("course_session", named(key), "create", {"course_run_id": named(run), "number": number, "starts_at": at, "status": status})


def mark(key, said):
    return Change("attendance_mark", named(key), "create", {"session_id": named("sidste"), "enrolment_id": named("plads"), "mark": said})


def attendance(world, month="2026-10"):
    with world.db.read() as tx:
        return readiness(tx, world.project_id, month).points[-1]


def test_the_session_is_named_until_somebody_says_who_came(october):
    missing = attendance(october)
    assert not missing.holds and missing.sentence == "1 afholdt mødegang i måneden mangler fremmøde."
    assert missing.details == ("Mestring, mødegang 4, 31-10-2026",)
    told(october, october.signe, [mark("ved ikke", "UNKNOWN")])
    assert not attendance(october).holds, "not knowing is no attendance"
    told(october, october.signe, [mark("til stede", "PRESENT")])
    assert attendance(october).sentence == FINE


def test_the_local_date_decides_the_month_of_a_session(october):
    assert attendance(october, "2026-11").details == ("Mestring, mødegang 5, 01-11-2026",)
    assert attendance(october, "2026-09").holds


def test_a_session_that_was_cancelled_after_all_misses_nothing(october):
    write(october.db, october.signe, [Change("course_session", named("sidste"), "update", {"status": "CANCELLED"}, {"status": "HELD"})],
          RECEIVED + timedelta(hours=1))
    assert attendance(october).sentence == FINE
