"""Finds a time for each talk of a month: after the visits, and never while the adviser is somewhere else."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

from app.demo.citizen import Talk
from app.demo.dice import Dice, shared_out
from app.demo.visit import Visit
from app.demo.visits import LATE_STORY
from app.demo.volumes import Volume

MOST, MOST_ON_A_LONG_DAY = 4, 2  # talks after one visit; where the day has many visits
LATE_TALKS = {("2026-09", "P18"): 9}  # they come with the seven visits that came too late
BUSY = {"P04": 1.6, "P06": 1.3}
BY_PURPOSE = {"PATIENT_TALK": 2.0, "MATERIAL": 0.5, "INTRODUCTION": 0.8}
WALK, RIDE = timedelta(minutes=5), timedelta(minutes=10)
Busy = dict[tuple[str, date], list[tuple[datetime, datetime, str]]]


def talk_times(volume: Volume, visits: list[Visit], dice: Dice) -> list[Talk]:
    """As many talks as the month tells, without citizens yet, in the order of time. `visits`: the month's, futile ones too."""
    places = [visit for visit in visits if visit.done and visit.outcome == "COMPLETED" and visit.practice.status(visit.day) != "CANDIDATE"]
    places = places or [visit for visit in visits if visit.outcome == "COMPLETED"]
    told = [visit for visit in places if (volume.month, visit.practice.number) in LATE_STORY]
    late = sum(LATE_TALKS.get((volume.month, number), 0) for number in {visit.practice.number for visit in told})
    numbers = _numbers(late, told) + _numbers(volume.talks - late, [visit for visit in places if visit not in told])
    busy: Busy = defaultdict(list)
    for visit in visits:
        busy[visit.adviser, visit.day].append((visit.start, visit.start + timedelta(minutes=visit.minutes), visit.practice.number))
    found = [_talk(visit, busy, dice) for visit, number in sorted(numbers, key=lambda one: (one[0].start, one[0].id)) for _ in range(number)]
    return sorted(found, key=lambda talk: (talk.start, talk.id))


def _numbers(total: int, visits: list[Visit]) -> list[tuple[Visit, int]]:
    """Talks by visit; what is too much for one practice goes where it is quiet."""
    parts = shared_out(total, [_weight(visit) for visit in visits])
    on_a_day = Counter((visit.adviser, visit.day) for visit in visits)
    room = [MOST if on_a_day[visit.adviser, visit.day] < 3 else MOST_ON_A_LONG_DAY for visit in visits]
    left = [most - part for most, part in zip(room, parts, strict=True)]
    while left and min(left) < 0 < max(left):
        full, free = left.index(min(left)), left.index(max(left))
        left[full], left[free], parts[full], parts[free] = left[full] + 1, left[free] - 1, parts[full] - 1, parts[free] + 1
    return list(zip(visits, parts, strict=True))


def _weight(visit: Visit) -> float:
    room = 1.0 if visit.practice.data.get("talk_room") else 0.35
    return room * BUSY.get(visit.practice.number, 1.0) * BY_PURPOSE.get(visit.purpose, 1.0)


def _talk(visit: Visit, busy: Busy, dice: Dice) -> Talk:
    minutes = min(60, max(20, 5 * round(dice.lognormal(35, 0.3, 20, 60) / 5)))
    length, here = timedelta(minutes=minutes), busy[visit.adviser, visit.day]
    start = visit.start + timedelta(minutes=visit.minutes) + WALK
    for begins, ends, practice in sorted(here):
        gap = WALK if practice == visit.practice.number else RIDE
        if start < ends + gap and begins < start + length + gap:
            start = ends + gap
    here.append((start, start + length, visit.practice.number))
    return Talk(dice.id(start), visit, start, minutes, max(visit.received, start + length + timedelta(minutes=2)))
