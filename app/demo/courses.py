"""The six courses and their runs: held ones behind us, one of each to come with free seats."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from app.clock import local_date
from app.demo.diary import BEGINS, CATALOGUE, Diary, at
from app.demo.dice import Dice
from app.rules.calendar import working_day_from

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag")
TERMS = ((2, 10), (5, 5), (9, 8))  # when the terms of a year begin
TEACHERS = ("Solveig Kastrup-Dam", "Mikkel Ravnsborg", "Aisha Lindegaard")
CANCELLED = ("C6", 2025, 5)  # the run that was called off


def courses(diary: Diary) -> None:
    """Writes the catalogue, the runs of every term until now, and the next one of each course."""
    dice, begun = Dice("courses"), diary.begun
    for course in json.loads((CATALOGUE / "demo" / "sample_data.json").read_text("utf-8"))["courses"]:
        id_ = dice.id(begun)
        diary.write(begun, "K1", "course", id_, {
            "type": course["type"], "title": course["title"], "seats": course["seats"],
            "session_count": course["sessions"], "session_minutes": course["minutes"]})
        for year in range(BEGINS.year, diary.now.year + 1):
            for month, day in TERMS:
                _held(diary, dice, course, id_, date(year, month, day))
        soon = local_date(diary.now) + timedelta(days=dice.between(9, 30))
        diary.write(max(begun, diary.now - timedelta(days=12)), "K1", "course_run", dice.id(diary.now), _run(course, id_, soon, dice))


def _run(course: dict[str, Any], course_id: str, around: date, dice: Dice) -> dict[str, Any]:
    weekday = WEEKDAYS.index(course["weekday"])
    starts = working_day_from(around + timedelta(days=(weekday - around.weekday()) % 7))
    return {"course_id": course_id, "seats": course["seats"], "starts_on": starts, "place": course["place"],
            "teacher": dice.one_of(TEACHERS), "status": "PLANNED"}


def _held(diary: Diary, dice: Dice, course: dict[str, Any], course_id: str, term: date) -> None:
    """A run of the past: planned five weeks ahead, running when it begins, held when its last session is over."""
    run = _run(course, course_id, term, dice)
    first, id_ = run["starts_on"], dice.id(at(term, 9))
    ends = first + timedelta(weeks=course["sessions"])
    if ends >= local_date(diary.now):
        return
    diary.write(at(working_day_from(first - timedelta(weeks=5)), 11), "K1", "course_run", id_, run)
    if (course["id"], term.year, term.month) == CANCELLED:
        diary.correct(at(working_day_from(first - timedelta(days=4)), 11), "K1", "course_run", id_, {"status": "CANCELLED"}, {"status": "PLANNED"})
        return
    diary.correct(at(first, 16), "K1", "course_run", id_, {"status": "RUNNING"}, {"status": "PLANNED"})
    diary.correct(at(working_day_from(ends), 16), "K1", "course_run", id_, {"status": "HELD"}, {"status": "RUNNING"})
