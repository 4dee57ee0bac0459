"""Writes each citizen: the code, what they were told and said yes to, and how they stand as time goes by."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.demo.citizen import Citizen, Talk
from app.demo.diary import Diary, at
from app.demo.dice import Dice
from app.demo.presence import on_duty, sent
from app.rules.calendar import working_day_from

BENEFITS = {"KONTANTHJAELP": 79, "SYGEDAGPENGE": 8, "DAGPENGE": 5, "IN_JOB": 3, "OTHER": 2, "UNKNOWN": 3}
STATES = {"FULL": 66, "PARTIAL": 20, "AT_RISK": 9, "UNKNOWN": 5}
VIA = {"DOCTOR": 58, "CLINIC_STAFF": 16, "MATERIAL": 10, "SELF": 7, "COURSE": 3, "JOBCENTER": 3, "OTHER": 3}
AGES = {"A18_24": 8, "A25_29": 12, "A30_39": 25, "A40_49": 24, "A50_59": 23, "A60": 8}
LANGUAGES = {"": 86, "ar": 4, "so": 2, "tr": 3, "en": 2, "pl": 1, "ur": 1, "fa": 1}
HOW = {"READ_ALOUD": 55, "SCREEN": 27, "PAPER": 18}
TELLS_AGE = 0.6
RESTS_AFTER = timedelta(days=90)


def write_citizens(diary: Diary, talks: list[Talk], people: dict[str, str]) -> None:
    """Everybody with a first talk, in the order in which they came."""
    for talk in talks:
        if talk.kind == "FIRST" and talk.citizen:
            _met(diary, talk.citizen, talk, people)
            _later(diary, talk.citizen, Dice(f"citizen {talk.citizen.code}"))


def _met(diary: Diary, citizen: Citizen, talk: Talk, people: dict[str, str]) -> None:
    """What stands before the first talk: told first, asked next, each purpose by itself."""
    dice, made, who = Dice(f"met {citizen.code}"), talk.start - timedelta(minutes=3), citizen.adviser
    language = dice.pick(LANGUAGES)
    diary.write(talk.received, who, "citizen", citizen.id, {
        "code": citizen.code, "first_practice_id": talk.visit.practice.id, "benefit": dice.pick(BENEFITS), "sickness_state": dice.pick(STATES),
        "came_via": dice.pick(VIA), "adviser_id": people[who], "language": language or None,
        "interpreter": True if language and dice.chance(0.4) else None, "status": "ACTIVE"}, made=made)
    version = next(one["text_version"] for one in citizen.answers)
    diary.write(talk.received, who, "information_given", dice.id(made), {
        "citizen_id": citizen.id, "text_version": version, "language": language or "da", "how": dice.pick(HOW), "given_on": talk.day}, made=made)
    for answer in citizen.answers:
        if answer["event"] != "WITHDRAWN":
            diary.write(talk.received, who, "consent_event", answer["id"], {name: value for name, value in answer.items() if name != "id"}, made=made)
    if citizen.may("EVALUATION", talk.day) and dice.chance(TELLS_AGE):
        diary.correct(talk.received, who, "citizen", citizen.id, {"age_band": dice.pick(AGES)}, {"age_band": None})


def _later(diary: Diary, citizen: Citizen, dice: Dice) -> None:
    """What is taken back, and the end: closed by a talk or by the citizen, or at rest when nobody has come for 90 days."""
    for answer in citizen.answers:
        if answer["event"] == "WITHDRAWN":
            day = date.fromisoformat(answer["given_on"])
            diary.write(_noted(citizen, day), on_duty(citizen.adviser, day), "consent_event", answer["id"],
                        {name: value for name, value in answer.items() if name != "id"})
    last = citizen.talks[-1]
    if citizen.quits:
        _becomes(diary, citizen, "CLOSED", _noted(citizen, citizen.quits), on_duty(citizen.adviser, citizen.quits))
    elif citizen.closed:
        _becomes(diary, citizen, "CLOSED", last.received, last.visit.adviser)
    else:
        day = working_day_from(last.day + RESTS_AFTER)
        _becomes(diary, citizen, "RESTING", _noted(citizen, day), on_duty(citizen.adviser, day))


def _noted(citizen: Citizen, day: date) -> datetime:
    """The day's own sending: not before the server knows the citizen."""
    return max(sent(day, citizen.adviser), at(day, 9), citizen.known)


def _becomes(diary: Diary, citizen: Citizen, status: str, received: datetime, who: str) -> None:
    diary.correct(received, who, "citizen", citizen.id, {"status": status}, {"status": "ACTIVE"})
