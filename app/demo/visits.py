"""Plans two years of visits: as many in each month as volumes.csv says, spread as two people on bicycles would."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.clock import local_date
from app.demo.diary import BEGINS, at
from app.demo.dice import Dice, shared_out
from app.demo.next_visits import with_next_visits
from app.demo.practices import Practice
from app.demo.presence import is_away, sent
from app.demo.visit import Visit
from app.demo.volumes import Volume, volumes
from app.rules.calendar import month_of, months, working_day_from

WEEKDAYS = {0: 18, 1: 24, 2: 22, 3: 24, 4: 12}  # domain.md ch. 5; nobody cycles on Saturdays and Sundays
LATE_STORY = {("2026-09", "P18"): (7, datetime(2026, 10, 13, 8, 2))}  # seven visits, received after the close
SOON = timedelta(days=60)
BEFORE = ("CANDIDATE", "CONTACTED", "INFO_MEETING")
PURPOSES = {"REGULAR": 54, "PATIENT_TALK": 20, "GP_SPARRING": 11, "MATERIAL": 6, "COURSE_INFO": 6, "EVALUATION": 3}
ROLES = {"DOCTOR": 0.46, "SECRETARY": 0.7, "NURSE": 0.25, "MANAGER": 0.12}
NOTES = ("Vil gerne høre om kursus i foråret", "Ny sekretær ved skranken", "Foldere står nu i venteværelset",
         "Ønsker flere visitkort", "Bedst efter frokost", "Spurgte til pjecen på tyrkisk", "Holderen er flyttet til gangen",
         "Vil have kursusprogrammet på mail", "God snak i pausen", "Lægen vil gerne med til næste oplæg")


def plan(practices: dict[str, Practice], now: datetime) -> list[Visit]:
    """Every visit of the months until the one of `now`, in order; those to come are not to be told."""
    found: list[Visit] = []
    for month in months(month_of(BEGINS), month_of(local_date(now))):
        for part, volume in enumerate(volumes(month)):
            found += _Month(volume, practices, Dice(f"visits {month} {part}")).visits()
    return sorted(found, key=lambda visit: (visit.start, visit.id))


def known(visits: list[Visit], now: datetime) -> list[Visit]:
    """Those that the server has by `now`, each with the day of the next one."""
    return with_next_visits([visit for visit in visits if visit.received <= now], local_date(now))


class _Month:
    """The visits of one part of a month."""

    def __init__(self, volume: Volume, practices: dict[str, Practice], dice: Dice) -> None:
        self.volume, self.practices, self.dice = volume, list(practices.values()), dice
        self.taken: set[tuple[str, date]] = set()

    def visits(self) -> list[Visit]:
        chosen: list[tuple[Practice, date, bool]] = []
        for practice, number in self._quotas():
            chosen += [(practice, day, True) for day in self._days(practice, number)]
        while len(chosen) < self.volume.done:  # a practice had too few open days for its share
            chosen.append((*self._free(), True))
        chosen += [(*self._free(), False) for _ in range(self.volume.in_vain)]
        return self._late(self._timed(chosen))

    def _quotas(self) -> list[tuple[Practice, int]]:
        told = {number: story[0] for (month, number), story in LATE_STORY.items() if month == self.volume.month}
        weights = {one.number: self._weight(one) for one in self.practices if one.number not in told}
        visited = [one for one in self.practices if weights.get(one.number)]
        enough = self.volume.done - sum(told.values()) >= len(visited)
        agreed = 1 if enough and len(self.volume.days) > 12 else 0
        parts = shared_out(self.volume.done - sum(told.values()), [weights[one.number] for one in visited], agreed)
        return [*zip(visited, parts, strict=True), *((one, told[one.number]) for one in self.practices if one.number in told)]

    def _weight(self, practice: Practice) -> float:
        """By interval; a practice that will agree soon is introduced to the project."""
        last = self.volume.days[-1]
        share = sum(practice.status(day) == "AGREED" and practice.is_open(day) for day in self.volume.days) / len(self.volume.days)
        if share:
            return share / practice.interval
        soon = practice.status(last + SOON) == "AGREED" and self._open(practice)
        return 0.4 / practice.interval if soon else 0.0

    def _open(self, practice: Practice) -> list[date]:
        """Days with an agreement; before the first one the days on which the project is getting to know it."""
        free = [day for day in self.volume.days if practice.is_open(day) and (practice.number, day) not in self.taken]
        agreed = [day for day in free if practice.status(day) == "AGREED"]
        return agreed or [day for day in free if practice.status(day) in BEFORE]

    def _days(self, practice: Practice, number: int) -> list[date]:
        """Spread over the open days: one in each equal stretch, by the weight of its weekday."""
        free = self._open(practice)
        number = min(number, len(free))
        stretches = [free[len(free) * part // number:len(free) * (part + 1) // number] for part in range(number)]
        chosen = [self.dice.pick({day: WEEKDAYS[day.weekday()] for day in stretch}) for stretch in stretches]
        self.taken |= {(practice.number, day) for day in chosen}
        return chosen

    def _free(self) -> tuple[Practice, date]:
        """Any practice with an agreement, on a day on which it has not been visited."""
        told = {number for month, number in LATE_STORY if month == self.volume.month}
        open_days = {one: self._open(one) for one in self.practices if one.number not in told and self._weight(one)}
        practice = self.dice.one_of([one for one in open_days if open_days[one]])
        day = self.dice.pick({day: WEEKDAYS[day.weekday()] for day in open_days[practice]})
        self.taken.add((practice.number, day))
        return practice, day

    def _timed(self, chosen: list[tuple[Practice, date, bool]]) -> list[Visit]:
        rounds: dict[tuple[date, str], list[tuple[Practice, bool]]] = defaultdict(list)
        for practice, day, done in sorted(chosen, key=lambda one: (one[1], one[0].number, one[2])):
            rounds[day, _who(practice, day)].append((practice, done))
        return [visit for (day, adviser), stops in sorted(rounds.items()) for visit in self._round(day, adviser, stops)]

    def _round(self, day: date, adviser: str, stops: list[tuple[Practice, bool]]) -> list[Visit]:
        """One adviser's day: after the clinics' telephone hour, with a ride between stops; early home on Fridays."""
        gap = (8, 20) if len(stops) > 3 or day.weekday() == 4 else (20, 75)
        start, found = at(day, 9, self.dice.between(10, 40)), []
        for practice, done in self.dice.shuffled(stops):
            visit = self._visit(practice, adviser, day, start, done)
            found.append(visit)
            start = visit.start + timedelta(minutes=visit.minutes + self.dice.between(*gap))
        moment = max(sent(day, adviser), start)
        return [replace(visit, received=moment) for visit in found]

    def _visit(self, practice: Practice, adviser: str, day: date, start: datetime, done: bool) -> Visit:
        dice, known = self.dice, practice.status(day) == "AGREED"
        desk = done and dice.chance(0.07)
        outcome = ("DESK_ONLY" if desk else "COMPLETED") if done else dice.pick({"NO_TIME": 3, "CLOSED": 2})
        roles = [role for role, share in ROLES.items() if dice.chance(share)] or ["SECRETARY"]
        if not done or desk:
            roles = ["NOBODY"] if outcome == "CLOSED" else ["SECRETARY"]
        return Visit(dice.id(start), practice, adviser, day, done, start,
                     (dice.between(5, 10) if desk else dice.lognormal(22, 0.45, 5, 70)) if done else 5, outcome,
                     "INTRODUCTION" if not known else dice.pick(PURPOSES) if done else "REGULAR", roles,
                     dice.one_of(NOTES) if done and known and dice.chance(0.12) else None, start)

    def _late(self, visits: list[Visit]) -> list[Visit]:
        """A few in each month come days after the event; in the story a whole practice's come after the close."""
        told = {id(visit): LATE_STORY[self.volume.month, visit.practice.number][1] for visit in visits
                if visit.done and (self.volume.month, visit.practice.number) in LATE_STORY}
        number = round(self.volume.late * self.volume.done) - len(told)
        early = [visit for visit in visits if visit.done and visit.day.day <= 14 and id(visit) not in told]
        slow = {id(visit) for visit in self.dice.shuffled(early)[:max(0, number)]}
        for visit in visits:
            if id(visit) in told:
                moment = told[id(visit)]
                visit.received = at(moment.date(), moment.hour, moment.minute)
            elif id(visit) in slow:
                visit.received = at(working_day_from(visit.day + timedelta(days=self.dice.between(3, 5))), 8, 12)
        return visits


def _who(practice: Practice, day: date) -> str:
    return "A1" if is_away(practice.adviser, day) else practice.adviser
