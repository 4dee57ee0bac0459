"""Courses of the demo: sessions and enrolments by the month, seats never exceeded, a run called off, two sessions moved."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from datetime import date, timedelta

from app.clock import local_date
from tests.demo.filled import TODAY, TOLD_UNTIL, told

SEATED = ("ENROLLED", "STARTED", "OFFERED")


def test_sessions_and_enrolments_are_those_of_the_volumes(demo):
    held = demo.by_month(f"SELECT substr(event_date, 1, 7), count(*) FROM course_session WHERE status = 'HELD' "
                         f"AND event_date <= '{TOLD_UNTIL}' GROUP BY 1")
    places = demo.by_month(f"SELECT substr(event_date, 1, 7), count(*) FROM enrolment WHERE event_date <= '{TOLD_UNTIL}' GROUP BY 1")
    assert held == told("kursusmoeder") and places == told("kursustilmeldinger")
    assert (sum(held.values()), sum(places.values())) == (205, 271)


def test_seats_are_never_exceeded_and_people_have_waited(demo):
    seats, taken, asked = {row.id: row.seats for row in demo.rows("course_run")}, Counter(), Counter()
    for row in demo.rows("enrolment"):
        taken[row.course_run_id] += row.status in (*SEATED, "COMPLETED", "DROPPED_OUT", "NO_SHOW")
        asked[row.course_run_id] += 1
    assert all(taken[run] <= seats[run] for run in taken)
    assert sum(asked[run] > seats[run] for run in asked) >= 2
    statuses = Counter(row.status for row in demo.rows("enrolment"))
    assert all(statuses[one] for one in ("COMPLETED", "DROPPED_OUT", "NO_SHOW", "CANCELLED", "DECLINED", "ENROLLED", "STARTED")), statuses
    started = statuses["COMPLETED"] + statuses["DROPPED_OUT"]
    assert abs(statuses["COMPLETED"] / started - 0.69) < 0.05


def test_attendance_is_as_told_and_makes_the_statuses(demo):
    sessions, enrolments = demo.by_id("course_session"), demo.by_id("enrolment")
    marks = defaultdict(dict)
    for row in demo.rows("attendance_mark"):
        assert sessions[row.session_id].status in ("HELD", "PLANNED") and row.session_id not in marks[row.enrolment_id]
        assert sessions[row.session_id].course_run_id == enrolments[row.enrolment_id].course_run_id
        marks[row.enrolment_id][row.session_id] = row.mark in ("PRESENT", "LATE")
    given = [here for one in marks.values() for here in one.values()]
    assert abs(sum(given) / len(given) - 0.78) < 0.035
    number = Counter(row.course_run_id for row in sessions.values() if row.status == "HELD")
    for id_, row in enrolments.items():
        came = sum(marks[id_].values())
        if row.status == "COMPLETED":
            assert came >= math.ceil(0.75 * number[row.course_run_id])
        elif row.status == "NO_SHOW":
            assert came == 0 and len(marks[id_]) >= 2
        assert came or row.status not in ("STARTED", "DROPPED_OUT")


def test_every_held_session_has_attendance(demo):
    marked = {row.session_id for row in demo.rows("attendance_mark")}
    held = [row for row in demo.rows("course_session") if row.status == "HELD"]
    assert not [row for row in held if row.id not in marked]


def test_one_run_was_called_off_and_two_sessions_moved(demo):
    runs, sessions = demo.by_id("course_run"), demo.rows("course_session")
    assert sum(row.status == "CANCELLED" for row in runs.values()) == 1
    assert {runs[row.course_run_id].status for row in sessions if row.status == "CANCELLED"} == {"CANCELLED"}
    moved = [row for row in sessions if row.status == "MOVED"]
    assert {row.event_date for row in moved} == {date(2026, 5, 14), date(2026, 6, 5)}
    for row in moved:
        again = [other for other in sessions if (other.course_run_id, other.number) == (row.course_run_id, row.number) and other.id != row.id]
        assert len(again) == 1 and again[0].status == "HELD" and again[0].event_date > row.event_date


def test_there_is_a_session_this_week(demo):
    assert any(TODAY <= local_date(row.starts_at) <= TODAY + timedelta(days=6) and row.status == "PLANNED" for row in demo.rows("course_session"))
