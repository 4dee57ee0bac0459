"""Follows a run to its end: who waits, who comes, who stops, who gets through."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

from app.demo.courses import called_off_at, held_at
from app.demo.diary import Diary
from app.demo.dice import Dice
from app.demo.place import Place
from app.demo.presence import on_duty, sent
from app.demo.run import Run
from app.rules.calendar import working_day_from

CANCELS, NEVER_COMES, GETS_THROUGH = 0.06, 0.06, 0.69
CAME = {"PRESENT": 88, "LATE": 12}
STAYED_AWAY = {"EXCUSED": 55, "ABSENT": 45}


def attend(diary: Diary, run: Run, places: list[Place]) -> None:
    """`places` in the order in which the server gives the seats out."""
    dice = Dice(f"run {run.id}")
    for place in places[run.seats:]:
        place.status = "WAITLISTED"
    if run.cancelled:
        for place in places:
            _becomes(diary, place, "CANCELLED", called_off_at(run) + timedelta(minutes=30), "K1")
        return
    _before(diary, run, places, dice)
    for place, plan in _plans(run, [place for place in places if place.status == "ENROLLED"], dice):
        _through(diary, place, plan, dice)


def _before(diary: Diary, run: Run, places: list[Place], dice: Dice) -> None:
    """Some cancel. A free seat is offered to the first in line; who waits in vain says no when the run begins."""
    last = max(place.received for place in places).date()
    free, waiting = run.first - last, [place for place in places if place.status == "WAITLISTED"]
    seated = [place for place in places if place.status == "ENROLLED"]
    leave = seated[1:2] if waiting and free > timedelta(days=9) else [place for place in seated if not waiting and dice.chance(CANCELS)]
    for place in leave:
        day = working_day_from(last + timedelta(days=1)) if waiting else working_day_from(place.received.date() + timedelta(days=1))
        if day < run.first:
            _noted(diary, place, "CANCELLED", day)
    for place in waiting:
        if place is waiting[0] and leave:
            _noted(diary, place, "OFFERED", working_day_from(last + timedelta(days=4)))
            _noted(diary, place, "ENROLLED", working_day_from(last + timedelta(days=6)))
        else:
            _noted(diary, place, "DECLINED", working_day_from(run.first + timedelta(days=1)))


def _plans(run: Run, places: list[Place], dice: Dice) -> list[tuple[Place, list[bool | None]]]:
    """By person, did they come to each session? None: they were no longer on the list."""
    number, needed, owed, found = len(run.meetings), math.ceil(0.75 * len(run.meetings)), dice.random.random(), []
    for place in places:
        if dice.chance(NEVER_COMES) and number >= 2:
            found.append((place, [False, False] + [None] * (number - 2)))
            continue
        owed += GETS_THROUGH
        came: list[bool | None]
        if owed >= 1:
            owed -= 1
            missed = set(dice.shuffled(range(number))[:dice.between(0, number - needed)])
            came = [at not in missed for at in range(number)]
        else:
            stays = dice.between(1, max(1, needed - 2))
            away = min(number - stays, 2)
            came = [True] * stays + [False] * away + [None] * (number - stays - away)
        found.append((place, came))
    return found


def _through(diary: Diary, place: Place, came: list[bool | None], dice: Dice) -> None:
    on_list = [(meeting, here) for meeting, here in zip(place.run.meetings, came, strict=True) if here is not None]
    for number, (meeting, here) in enumerate(on_list, 1):
        received, who = held_at(place.run, meeting.held, place.adviser), on_duty(place.adviser, meeting.held)
        diary.write(received, who, "attendance_mark", dice.id(received), {
            "session_id": meeting.moved_id or meeting.id, "enrolment_id": place.id, "mark": dice.pick(CAME if here else STAYED_AWAY)})
        if here and place.status == "ENROLLED":
            _becomes(diary, place, "STARTED", received, who)
        if number == len(on_list):
            _becomes(diary, place, _end(place, [here for _, here in on_list]), received, who)
            place.ended = meeting.held


def _end(place: Place, came: list[bool | None]) -> str:
    if not any(came):
        return "NO_SHOW"
    return "COMPLETED" if sum(map(bool, came)) >= math.ceil(0.75 * len(place.run.meetings)) else "DROPPED_OUT"


def _noted(diary: Diary, place: Place, status: str, day: date) -> None:
    _becomes(diary, place, status, max(sent(day, place.adviser), place.received + timedelta(minutes=1)), on_duty(place.adviser, day))


def _becomes(diary: Diary, place: Place, status: str, received: datetime, who: str) -> None:
    diary.correct(received, who, "enrolment", place.id, {"status": status}, {"status": place.status})
    place.status = status
