"""How things stood on a day: waiting lists, open questions and marks that nobody has set."""

from datetime import date
from types import SimpleNamespace

import pytest

from app.figures.states import States, _expected, _status_on, _waited
from app.rules.persons import Run

WAITED = [(date(2026, 9, 1), None), (date(2026, 9, 20), "WAITLISTED"), (date(2026, 10, 2), "OFFERED")]  # the day, and what it was before


@pytest.mark.parametrize("day, status", [
    (date(2026, 8, 31), None), (date(2026, 9, 1), "WAITLISTED"), (date(2026, 9, 19), "WAITLISTED"), (date(2026, 9, 30), "OFFERED"),
    (date(2026, 10, 2), "ENROLLED"),
])
def test_a_place_stands_as_it_did_that_day(day, status):
    assert _status_on(WAITED, "ENROLLED", day) == status


@pytest.mark.parametrize("day, waited", [(date(2026, 11, 6), False), (date(2026, 11, 9), True)])
def test_a_question_is_old_after_more_than_five_working_days(day, waited):
    assert _waited(date(2026, 10, 30), day) is waited  # a Friday; Monday to Friday are five


def test_a_mark_is_missed_more_than_a_week_later_and_only_from_the_first_time_on():
    sessions = [SimpleNamespace(id=f"m{day}", event_date=date(2026, 9, day), status="HELD") for day in (1, 8, 15, 22)]
    run = Run(None, sessions)
    marks = list(_expected({"m8": "PRESENT"}, "STARTED", run))
    assert marks == [(date(2026, 9, 15), "PRESENT"), (date(2026, 9, 22), "UNKNOWN"), (date(2026, 9, 29), "UNKNOWN")]
    assert [States.marks_expected(SimpleNamespace(_marks=marks), date(2026, 9, day)) for day in (29, 30)] == [(1, 2), (2, 3)]
    assert [mark for _, mark in _expected({"m8": "LATE", "m15": "UNKNOWN"}, "DROPPED_OUT", run)] == ["LATE", "UNKNOWN"]
    assert list(_expected({"m8": "ABSENT"}, "ENROLLED", run)) == []
