"""How it went for those who said yes to being asked: calls at 3, 6 and 12 months, the answers, and the calls that are due."""

from __future__ import annotations

from datetime import date, timedelta

from app.clock import local_date
from app.demo.citizen import Citizen
from app.demo.diary import Diary, at
from app.demo.dice import Dice
from app.demo.place import Place
from app.demo.presence import on_duty, sent
from app.rules.calendar import working_day_from
from app.rules.outcomes import due, in_window

ANSWERED = {"M3": 0.74, "M6": 0.66, "M12": 0.52}
REACHED = {"M3": 0.12, "M6": 0.21, "M12": 0.29}  # in job or education, of those who answered
JOB_OR_EDUCATION = {"JOB": 40, "JOB_PART": 25, "FLEXJOB": 10, "EDUCATION": 25}
ELSE = {"STILL_SICK": 52, "PARTIAL_RETURN": 18, "WELL_UNEMPLOYED": 14, "PLACEMENT": 9, "NEW_SICK": 5, "PENSION": 2}
SILENT = {"UNREACHABLE": 60, "NO_ANSWER": 15, "": 25}
HOURS = {"JOB": {"H30": 70, "H15_29": 30}, "JOB_PART": {"H1_14": 60, "H15_29": 40}, "FLEXJOB": {"H1_14": 60, "H15_29": 40},
         "PARTIAL_RETURN": {"H1_14": 55, "H15_29": 45}}


class _Evenly:
    """Says yes to a share of those who come, as evenly as can be."""

    def __init__(self) -> None:
        self.owed: dict[str, float] = {}

    def __call__(self, name: str, share: float) -> bool:
        self.owed[name] = self.owed.get(name, 0.5) + share
        if self.owed[name] < 1:
            return False
        self.owed[name] -= 1
        return True


def outcomes(diary: Diary, citizens: list[Citizen], places: list[Place]) -> None:
    """Every point that falls due; nobody is called for whom a yes has run out or been taken back."""
    dice, evenly = Dice("outcomes"), _Evenly()
    through = {place.citizen.id: place.ended for place in places if place.status == "COMPLETED"}
    points = sorted((due(citizen.index_on, point).due_on, citizen.code, point, citizen) for citizen in citizens for point in ANSWERED)
    silent: set[tuple[str, str]] = set()
    for day, _, point, citizen in points:
        if not _may(citizen, day):
            continue
        answered = evenly(f"{point} answered", ANSWERED[point])
        reached = answered and evenly(f"{point} reached", REACHED[point])
        asked = working_day_from(day + timedelta(days=dice.between(-8, 24)))
        what = dice.pick(JOB_OR_EDUCATION if reached else ELSE) if answered else dice.pick(SILENT)
        hours, id_ = dice.pick(HOURS[what]) if what in HOURS else None, dice.id(at(day, 9))
        if what and _may(citizen, asked):
            ended = through.get(citizen.id)
            diary.write(max(sent(asked, citizen.adviser), at(asked, 9)), on_duty(citizen.adviser, asked), "outcome", id_, {
                "citizen_id": citizen.id, "point": point, "outcome": what, "source": "CITIZEN", "answered_on": asked, "hours_band": hours,
                "course_completed": ended is not None and ended <= asked})
            if asked <= local_date(diary.now) and what != "UNREACHABLE":
                silent.add((citizen.id, point))
    _calls(diary, citizens, silent)


def _may(citizen: Citizen, day: date) -> bool:
    return all(citizen.may(scope, day) for scope in ("FOLLOW_UP", "EVALUATION"))


def _calls(diary: Diary, citizens: list[Citizen], answered: set[tuple[str, str]]) -> None:
    """Whose number is needed today: their window is open, and they have not answered."""
    today = local_date(diary.now)
    for citizen in citizens:
        window = in_window(citizen.index_on, today)
        if window and citizen.known <= diary.now and (citizen.id, window.point) not in answered and _may(citizen, today):
            diary.calls.append((citizen.adviser, citizen.id))
