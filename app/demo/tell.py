"""Tells two years into the diary: practices, visits and material, courses."""

from __future__ import annotations

from datetime import timedelta

from app.demo.courses import courses
from app.demo.diary import Diary
from app.demo.materials import Depot
from app.demo.practices import practices
from app.demo.visit import Visit
from app.demo.visits import known, plan


def tell(diary: Diary, people: dict[str, str]) -> list[Visit]:
    """Writes two years into the diary; the visits among them. `people` is key → user id."""
    registered = practices(diary, people)
    visits = known(plan(registered, diary.now), diary.now)
    depot = Depot(diary)
    for visit in visits:
        diary.write(visit.received, visit.adviser, "visit", visit.id, {
            "practice_id": visit.practice.id, "occurred_at": visit.start, "minutes": visit.minutes, "mode": "IN_PERSON",
            "purpose": visit.purpose, "met_roles": visit.roles, "outcome": visit.outcome, "note": visit.note,
            "next_visit_on": visit.next_on}, made=visit.start + timedelta(minutes=visit.minutes))
    depot.hand_out(visits)
    depot.settle()
    courses(diary)
    return visits
