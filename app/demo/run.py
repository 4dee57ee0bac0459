"""One course and one run of it before they are written."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime

from app.demo.diary import BEGINS, CATALOGUE, at
from app.demo.dice import Dice

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag")


@dataclass(frozen=True)
class Course:
    """A line of sample_data.json. `keeper` = the adviser who minds its runs."""

    key: str
    id: str
    type: str
    title: str
    sessions: int
    minutes: int
    seats: int
    place: str
    weekday: int
    hour: int
    minute: int

    @property
    def keeper(self) -> str:
        return "A2" if self.place.startswith("Valby") else "A1"

    def starts(self, day: date) -> datetime:
        return at(day, self.hour, self.minute)


@dataclass(eq=False)
class Meeting:
    """A session. It was planned for one day and may have been held on another."""

    id: str
    number: int
    planned: date
    held: date
    moved_id: str | None = None  # the session of the new day, where it was moved


@dataclass(eq=False)
class Run:
    """One run (hold). Its meetings in order; a cancelled run has only plans."""

    id: str
    course: Course
    seats: int
    teacher: str
    meetings: list[Meeting] = field(default_factory=list)
    cancelled: bool = False
    wanted: int = 6  # how many enrol, if they can

    @property
    def first(self) -> date:
        return self.meetings[0].planned

    @property
    def last(self) -> date:
        return self.meetings[-1].held


def the_courses() -> list[Course]:
    dice, found = Dice("courses"), []
    for one in json.loads((CATALOGUE / "demo" / "sample_data.json").read_text("utf-8"))["courses"]:
        hour, minute = map(int, one["time"].split(":"))
        found.append(Course(one["id"], dice.id(at(BEGINS, 9)), one["type"], one["title"], one["sessions"], one["minutes"], one["seats"],
                            one["place"], WEEKDAYS.index(one["weekday"]), hour, minute))
    return found
