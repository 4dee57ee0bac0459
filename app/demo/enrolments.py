"""Who gets a seat on which run: as many each month as volumes.csv says, agreed at the end of a talk."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.demo.answers import event
from app.demo.attendance import attend
from app.demo.citizen import Citizen, Talk
from app.demo.courses import called_off_at, planned_at
from app.demo.diary import Diary
from app.demo.dice import Dice
from app.demo.place import Place
from app.demo.run import Run
from app.demo.volumes import Volume

AT_MOST_AHEAD, AT_LEAST_AHEAD = timedelta(days=75), timedelta(days=3)
AGAIN_AFTER = timedelta(days=120)
OUR_OWN = "Kursuslokale"
COURSE_PROVIDER = {"GIVEN": 84, "REFUSED": 16}


def enrolments(diary: Diary, parts: list[tuple[Volume, list[Talk]]], runs: list[Run]) -> list[Place]:
    """Chooses, writes, and follows each run to its end; every place as it ended."""
    chosen, last = dict[Run, list[Place]](), dict[Citizen, datetime]()
    for volume, talks in parts:
        dice = Dice(f"enrolments {volume.month} {volume.days[0]}")
        wishing = iter(dice.shuffled([talk for talk in talks if talk.citizen]))
        found: list[Place] = []
        while len(found) < volume.enrolments and (talk := next(wishing, None)):
            found += _wish(diary, talk, runs, chosen, last, dice)
    for run, places in chosen.items():
        _enrol(diary, places)
        attend(diary, run, sorted(places, key=lambda place: (place.received, place.adviser)))
    return [place for places in chosen.values() for place in places]


def _wish(diary: Diary, talk: Talk, runs: list[Run], chosen: dict[Run, list[Place]], last: dict[Citizen, datetime], dice: Dice) -> list[Place]:
    """One place on the run that needs it most; none when the citizen has just been on one, or none is near."""
    citizen = talk.citizen
    assert citizen
    if citizen in last and talk.start - last[citizen] < AGAIN_AFTER or citizen.quits:
        return []
    open_ = [run for run in runs if _is_open(diary, run, talk, len(chosen.get(run, ())))]
    if not open_:
        return []
    run = min(open_, key=lambda one: (len(chosen.get(one, ())) / one.wanted, one.first, one.course.key))
    place = Place(dice.id(talk.start), citizen, run, talk)
    chosen.setdefault(run, []).append(place)
    last[citizen] = talk.start
    return [place]


def _is_open(diary: Diary, run: Run, talk: Talk, taken: int) -> bool:
    if run.cancelled and (taken >= run.wanted or talk.received >= called_off_at(run) - timedelta(days=2)):
        return False
    most = run.wanted if run.wanted > run.seats else run.seats - 2
    return (planned_at(diary, run) < talk.received and talk.day + AT_LEAST_AHEAD <= run.first <= talk.day + AT_MOST_AHEAD and taken < most
            and talk.received.date() < run.first)


def _enrol(diary: Diary, places: list[Place]) -> None:
    """The phone asks for a seat; the server says when there is none left."""
    for place in places:
        dice = Dice(f"place {place.id}")
        if not place.run.course.place.startswith(OUR_OWN):  # somebody else's house gets the list only with a yes
            answer = event(place.citizen, "COURSE_PROVIDER", dice.pick(COURSE_PROVIDER), place.talk.day, dice)
            place.citizen.answers.append(answer)
            diary.write(place.received, place.adviser, "consent_event", answer["id"], {name: value for name, value in answer.items() if name != "id"})
        diary.write(place.received, place.adviser, "enrolment", place.id, {
            "citizen_id": place.citizen.id, "course_run_id": place.run.id, "status": "ENROLLED", "enrolled_at": place.asked}, made=place.asked)
