"""Plans the runs of six courses so that each month has exactly the sessions of volumes.csv."""

from __future__ import annotations

from datetime import date

from app.demo.diary import BEGINS, at
from app.demo.dice import Dice
from app.demo.run import Course, Meeting, Run
from app.demo.volumes import Volume, volumes
from app.rules.calendar import month_of, months

TEACHERS = ("Solveig Kastrup-Dam", "Mikkel Ravnsborg", "Aisha Lindegaard")
# Two sessions lie on days on which nobody works, and are moved: course, (planned, held).
MOVED = {"2026-05": (("C2", ((date(2026, 5, 7), None), (date(2026, 5, 14), date(2026, 5, 21)))),  # Kristi himmelfartsdag
                     ("C5", ((date(2026, 5, 22), None), (date(2026, 5, 29), None), (date(2026, 6, 5), date(2026, 6, 8)),  # Grundlovsdag
                             (date(2026, 6, 12), None))))}
KEPT_FREE = {"C2": ("2026-04", "2026-05"), "C5": ("2026-03", "2026-04", "2026-05")}
CANCELLED = ("C6", date(2025, 6, 11))  # the run that was called off
SMALL, WANTED_SMALL, WANTED, EVERY = 7, 10, 6, 11  # every eleventh run is in a small room, and more want to come


def schedule(courses: list[Course], last_month: str) -> list[Run]:
    """Every run from the beginning; what lies behind does not depend on where it ends."""
    plan = _Schedule(courses)
    for month in months(month_of(BEGINS), last_month):
        for part, volume in enumerate(volumes(month)):
            plan.month(volume, told=part == 0)
    return sorted([*plan.runs, plan.called_off()], key=lambda run: (run.first, run.course.key))


class _Schedule:
    def __init__(self, courses: list[Course]) -> None:
        self.courses, self.dice = courses, Dice("schedule")
        self.runs: list[Run] = []
        self.fixed: list[tuple[date, Run, date]] = []  # meetings whose days are told: planned, run, held
        self.rested = {course.key: 0 for course in courses}  # when a course was last begun

    def month(self, volume: Volume, told: bool) -> None:
        """What runs goes on, week by week; where that is too little, the course that has rested longest begins."""
        for key, days in MOVED.get(volume.month, ()) if told else ():
            run = self._begin(next(course for course in self.courses if course.key == key))
            self.fixed += [(planned, run, held or planned) for planned, held in days]
        fixed = [one for one in self.fixed if one[2] in volume.days]
        slots = {course.key: [day for day in volume.days if day.weekday() == course.weekday] for course in self.courses}
        taken = [(day, run) for run in self.runs if not self._is_fixed(run)
                 for day in slots[run.course.key][:run.course.sessions - len(run.meetings)]]
        taken = sorted(taken, key=lambda one: (one[0], one[1].course.key))[:volume.sessions - len(fixed)]
        while len(taken) < volume.sessions - len(fixed):
            taken += self._another(volume, slots, taken)
        for planned, run, held in sorted([*fixed, *((day, run, day) for day, run in taken)], key=lambda one: one[0]):
            self._meet(run, planned, held)

    def _another(self, volume: Volume, slots: dict[str, list[date]], taken: list[tuple[date, Run]]) -> list[tuple[date, Run]]:
        """A new run in the last weeks that the course has free in the month, so that it goes on in the next."""
        free = {course.key: self._free(course, slots[course.key], taken) for course in self.courses
                if volume.month not in KEPT_FREE.get(course.key, ())}
        course = min((one for one in self.courses if free.get(one.key)), key=lambda one: (self.rested[one.key], one.key))
        fixed = sum(one[2] in volume.days for one in self.fixed)
        number = min(volume.sessions - fixed - len(taken), course.sessions, len(free[course.key]))
        run = self._begin(course)
        return [(day, run) for day in free[course.key][-number:]]

    def _free(self, course: Course, slots: list[date], taken: list[tuple[date, Run]]) -> list[date]:
        """The course's days after what it is running; none while that goes on beyond the month."""
        mine = [run for run in self.runs if run.course is course and len(run.meetings) < course.sessions]
        here = {id(run): [day for day, other in taken if other is run] for run in mine}
        if any(self._is_fixed(run) or len(run.meetings) + len(here[id(run)]) < course.sessions for run in mine):
            return []
        return [day for day in slots if all(day > used for days in here.values() for used in days)]

    def _begin(self, course: Course) -> Run:
        small = len(self.runs) % EVERY == 5
        seats, wanted = (SMALL, WANTED_SMALL) if small else (course.seats, WANTED)
        run = Run(self.dice.id(at(BEGINS, 9)), course, seats, self.dice.one_of(TEACHERS), wanted=wanted)
        self.runs.append(run)
        self.rested[course.key] = len(self.runs)
        return run

    def _is_fixed(self, run: Run) -> bool:
        return any(one[1] is run for one in self.fixed)

    def _meet(self, run: Run, planned: date, held: date) -> None:
        moved = self.dice.id(at(BEGINS, 9)) if held != planned else None
        run.meetings.append(Meeting(self.dice.id(at(BEGINS, 9)), len(run.meetings) + 1, planned, held, moved))

    def called_off(self) -> Run:
        key, first = CANCELLED
        course, dice = next(course for course in self.courses if course.key == key), Dice("called off")
        run = Run(dice.id(at(BEGINS, 9)), course, course.seats, TEACHERS[0], cancelled=True, wanted=3)
        for number in range(course.sessions):
            day = date.fromordinal(first.toordinal() + 7 * number)
            run.meetings.append(Meeting(dice.id(at(BEGINS, 9)), number + 1, day, day))
        return run
