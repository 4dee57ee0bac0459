"""Visits planned for the coming two weeks, and how those of the last weeks went: logged, moved, cancelled, arrived at."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from app.clock import local_date
from app.demo.diary import Diary, at
from app.demo.dice import Dice
from app.demo.presence import is_away
from app.demo.visit import Visit
from app.rules.calendar import working_day_from

AHEAD, BACK = timedelta(days=14), timedelta(days=21)


def plans(diary: Diary, visits: list[Visit], people: dict[str, str]) -> None:
    """`visits`: those that the server has. The plan of a next visit is made at the visit before it."""
    today, dice, last = local_date(diary.now), Dice("plans"), dict[str, Visit]()
    for visit in visits:
        before = last.get(visit.practice.number)
        if visit.done and before and before.received < visit.received and visit.day > today - BACK:
            _logged(diary, visit, before.received, people, dice)
        if visit.done:
            last[visit.practice.number] = visit
    coming = sorted((visit for visit in last.values() if visit.next_on and today <= visit.next_on <= today + AHEAD),
                    key=lambda visit: (visit.next_on or today, visit.practice.number))
    for visit in coming:
        _plan(diary, visit, visit.received, people, dice)
    _changed(diary, list(last.values()), people, dice)


def _plan(diary: Diary, visit: Visit, received: datetime, people: dict[str, str], dice: Dice, **more: Any) -> str:
    id_ = dice.id(received)
    diary.write(received, visit.adviser, "planned_visit", id_, {
        "practice_id": visit.practice.id, "planned_on": visit.next_on, "adviser_id": people[visit.practice.adviser], "purpose": "REGULAR",
        "status": "PLANNED", **more})
    return id_


def _logged(diary: Diary, visit: Visit, planned: datetime, people: dict[str, str], dice: Dice) -> None:
    id_ = _plan(diary, visit, planned, people, dice, planned_on=visit.day, purpose=visit.purpose)
    diary.correct(visit.received, visit.adviser, "planned_visit", id_, {"status": "LOGGED", "arrived_at": visit.start, "visit_id": visit.id},
                  {"status": "PLANNED", "arrived_at": None, "visit_id": None})


def _changed(diary: Diary, last: list[Visit], people: dict[str, str], dice: Dice) -> None:
    """One moved, one cancelled, one arrived at and not logged yet: all of the last days."""
    today = local_date(diary.now)
    days = [day for back in range(1, 8) if (day := today - timedelta(days=back)) == working_day_from(day)]
    mine = [visit for visit in last if visit.day < days[-1] and not is_away(visit.practice.adviser, today)]
    for visit, status, day in zip(mine, ("MOVED", "CANCELLED", "ARRIVED"), days[1:], strict=False):
        planned, known = at(day, 8) - timedelta(days=3), at(day, 10)
        if planned <= visit.received:
            continue
        id_ = _plan(diary, visit, planned, people, dice, planned_on=day)
        told: dict[str, dict[str, Any]] = {"MOVED": {"moved_to_on": working_day_from(today + timedelta(days=2))},
                                "ARRIVED": {"arrived_at": at(day, 9, 50)}}
        more = told.get(status, {})
        diary.correct(known, visit.adviser, "planned_visit", id_, {"status": status, **more}, {"status": "PLANNED", **dict.fromkeys(more)})
