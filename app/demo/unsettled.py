"""What waits for a person to settle it: a conflict, a stopped and a held record, and two visits that may be one."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.clock import local_date
from app.demo.diary import PRESENT, Diary, at
from app.demo.dice import Dice
from app.demo.materials import Depot
from app.demo.visit import Visit
from app.demo.volumes import TOLD_UNTIL
from app.rules.calendar import first_of, month_of

OTHER = {"A1": "A2", "A2": "A1"}


def unsettled(diary: Diary, visits: list[Visit], depot: Depot) -> None:
    """All of it lies in the running month, so that the one before can be closed without a reason."""
    dice, today = Dice("unsettled"), local_date(diary.now)
    here = [visit for visit in visits if visit.done and month_of(visit.day) == month_of(today) and visit.received < diary.now - timedelta(hours=3)]
    if not here or today < PRESENT:
        return
    _conflict(diary, here[len(here) // 2])
    _stopped(diary, here[-1], dice)
    _held(diary, here[0], depot, dice)
    fresh = [visit for visit in here if visit.day > TOLD_UNTIL] or here
    _twin(diary, next((visit for visit in reversed(fresh) if visit.adviser == "A2"), fresh[-1]), dice)


def _conflict(diary: Diary, visit: Visit) -> None:
    """Two phones, one visit: each puts another length, and neither has seen the other's."""
    first, base = visit.received + timedelta(minutes=40), {"minutes": visit.minutes}
    diary.correct(first, visit.adviser, "visit", visit.id, {"minutes": visit.minutes + 5}, base)
    diary.correct(first + timedelta(minutes=35), OTHER[visit.adviser], "visit", visit.id, {"minutes": visit.minutes + 20}, base, ends="conflict")


def _stopped(diary: Diary, visit: Visit, dice: Dice) -> None:
    """An old version of the app let 300 minutes through; the adviser has handed it over."""
    start = at(visit.day, 8, 40)
    diary.write(visit.received + timedelta(minutes=50), visit.adviser, "visit", dice.id(start), {
        "practice_id": visit.practice.id, "occurred_at": start, "minutes": 300, "mode": "PHONE", "purpose": "GP_SPARRING", "met_roles": ["DOCTOR"],
        "outcome": "COMPLETED"}, ends="rejected")


def _held(diary: Diary, visit: Visit, depot: Depot, dice: Dice) -> None:
    """Folders of a visit that has not come yet: the other phone has it."""
    when = max(diary.now - timedelta(days=3), at(first_of(month_of(local_date(diary.now))), 8), visit.received)
    batch = next(one for one in reversed(depot.batches) if one.material == "M1" and one.language == "da" and one.may_go_out(visit.day))
    diary.write(when, visit.adviser, "stock_move", dice.id(when), {
        "batch_id": batch.id, "move": "HANDED_OUT", "quantity": 10, "from_place": "BAG", "to_place": "PRACTICE", "occurred_at": _before(when),
        "practice_id": visit.practice.id, "visit_id": dice.id(_before(when))}, ends="held")


def _before(when: datetime) -> datetime:
    return when - timedelta(minutes=5)


def _twin(diary: Diary, visit: Visit, dice: Dice) -> None:
    """Logged twice, eight minutes apart."""
    start = visit.start + timedelta(minutes=8)
    diary.write(visit.received + timedelta(minutes=20), visit.adviser, "visit", dice.id(start), {
        "practice_id": visit.practice.id, "occurred_at": start, "minutes": visit.minutes + 5, "mode": "IN_PERSON", "purpose": visit.purpose,
        "met_roles": visit.roles, "outcome": visit.outcome, "next_visit_on": visit.next_on}, made=start + timedelta(minutes=visit.minutes + 5))
