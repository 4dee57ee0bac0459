"""Lays out what is counted: practices, visits, talks and stock moves of one project as they are now, read once."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from app.clock import local_date
from app.figures.agreements import Period, agreed_periods
from app.figures.erased import kept_counts
from app.figures.events import ANONYMOUS, Event, move_event, talk_event, tally_event, visit_event
from app.figures.hours import Worked, worked
from app.figures.indicators import BY_ID
from app.figures.months import closed_months
from app.figures.states import States
from app.figures.stock import Move, Shelf, shelf
from app.figures.tables import ANSWERS, BATCHES, CITIZENS, MOVES, PRACTICES, PROJECTS, SESSIONS, STEPS, TALKS, VISITS
from app.rules.calendar import closed_days, month_of
from app.rules.persons import Run, persons, runs
from app.rules.tally import Tally, indicator_of, tallies

Counted = tuple[str, str]
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Clinic:
    """A practice as the figures see it."""

    id: str
    district: str
    agreed: list[Period]
    closed: set[date]
    interval: int


@dataclass
class Ground:
    """Everything a recount needs, in memory: a project of two advisers has a few thousand rows."""

    project_id: str
    target: int
    clinics: dict[str, Clinic]
    events: list[Event]
    shelf: Shelf
    erased: dict[str, list[tuple[str, dict[str, int]]]]  # month → district and counts of records erased on request
    closes: dict[str, Any]  # month → MonthClose row
    sessions: list[tuple[date, str]]  # day and status of every session of a course
    courses: dict[str, Run]
    states: States
    worked: list[Worked]
    answers: list[tuple[date, str]]  # "Blev du hørt?": day and answer
    by_month: dict[str, list[Event]] = field(init=False)
    found: dict[Any, Any] = field(default_factory=dict)  # what was worked out on it: its records do not change, so it need not be twice

    def __post_init__(self) -> None:
        self.by_month = defaultdict(list)
        for event in self.events:
            self.by_month[event.month].append(event)

    def sums(self, month: str) -> dict[Counted, int]:
        """(what is counted, district) → what the records add to it, erased records included."""
        found: dict[Counted, int] = defaultdict(int)
        counted = [(event.district, event.counts) for event in self.by_month.get(month, ())]
        for district, counts in counted + self.erased.get(month, []):
            for name, count in counts.items():
                found[name, district] += count
        return dict(found)

    def counts(self, indicator: str, month: str) -> bool:
        """Is it one of the month's figures? A closed month has those that it was closed with, and no other, ever."""
        close = self.closes.get(month)
        if close is not None and month not in self._closed_with:
            self._closed_with[month] = {one["indicator"] for one in close["figures"]}
        return close is None or indicator in self._closed_with[month]

    @cached_property
    def by_booking(self) -> dict[str, list[Event]]:
        """The month whose close books them → events."""
        return _grouped(self.events, lambda event: event.booked_in)

    @cached_property
    def worked_in(self) -> dict[str, list[Worked]]:
        return _grouped(self.worked, lambda one: month_of(one.day))

    @cached_property
    def _closed_with(self) -> dict[str, set[str]]:
        return {}

    @property
    def districts(self) -> list[str]:
        return sorted({clinic.district for clinic in self.clinics.values()})

    @cached_property
    def visited(self) -> dict[str, list[date]]:
        """Practice → days of completed visits, in order."""
        return self._days(lambda event: event.done)

    @cached_property
    def supplied(self) -> dict[str, list[date]]:
        """Practice → days on which it received material, in order."""
        return self._days(lambda event: event.handed_out)

    def _days(self, wanted: Any) -> dict[str, list[date]]:
        found: dict[str, list[date]] = defaultdict(list)
        for event in self.events:
            if event.practice_id and wanted(event):
                found[event.practice_id].append(event.day)
        return {id_: sorted(days) for id_, days in found.items()}


def _grouped(all_: Iterable[Thing], by: Callable[[Thing], str]) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = defaultdict(list)
    for one in all_:
        found[by(one)].append(one)
    return found


def last_until(days: list[date], day: date) -> date | None:
    """The newest of the ordered days that is not after `day`."""
    at = bisect_right(days, day)
    return days[at - 1] if at else None


def lay_out(tx: Connection, project_id: str) -> Ground:
    """Reads the project. One snapshot: call it inside a single transaction."""
    project = tx.execute(select(PROJECTS).where(PROJECTS.c.id == project_id)).one()
    clinics = _clinics(tx, project_id, project.visit_interval_days or 21)
    districts = {id_: clinic.district for id_, clinic in clinics.items()}
    moves = _live(tx, MOVES, project_id)
    events = [visit_event(row, districts) for row in _live(tx, VISITS, project_id)] + [move_event(row, districts) for row in moves]
    closes = closed_months(tx, project_id)
    events += [event for event in _talks(tx, project_id, districts) if _counted(closes.get(event.month))]
    courses, people = runs(tx, project_id), persons(tx, project_id)
    events += [event for person in people for tally in tallies(person, courses) if (event := _tallied(tally, closes))]
    material = {row.id: row.material_id for row in tx.execute(select(BATCHES).where(BATCHES.c.project_id == project_id))}
    return Ground(project_id, project.practice_target or 20, clinics, events,
                  shelf([_stock(row, material) for row in moves]), kept_counts(tx, project_id, closes), closes,
                  [(row.event_date, row.status) for row in _live(tx, SESSIONS, project_id)], courses,
                  States(tx, project_id, people, courses), worked(tx, project_id), _answers(tx, project_id))


def lay_out_visits(tx: Connection, project_id: str) -> Ground:
    """The practices and their visits alone: enough for the figures of chapter P, and for no other."""
    project = tx.execute(select(PROJECTS).where(PROJECTS.c.id == project_id)).one()
    clinics, closes = _clinics(tx, project_id, project.visit_interval_days or 21), closed_months(tx, project_id)
    districts = {id_: clinic.district for id_, clinic in clinics.items()}
    visits = [visit_event(row, districts) for row in _live(tx, VISITS, project_id)]
    return Ground(project_id, project.practice_target or 20, clinics, visits, Shelf(), kept_counts(tx, project_id, closes), closes, [], {},
                  States(tx, project_id, [], {}), [], [])


def _answers(tx: Connection, project_id: str) -> list[tuple[date, str]]:
    mine = select(ANSWERS.c.answered_on, ANSWERS.c.answer).where(ANSWERS.c.project_id == project_id, ANSWERS.c.deleted.is_(False))
    return [(row.answered_on, row.answer) for row in tx.execute(mine)]


def _talks(tx: Connection, project_id: str, districts: dict[str, str]) -> list[Event]:
    talks = _live(tx, TALKS, project_id)
    citizens = select(CITIZENS.c.id, CITIZENS.c.first_practice_id).where(CITIZENS.c.project_id == project_id)
    steps = select(STEPS.c.talk_id).where(STEPS.c.project_id == project_id, STEPS.c.deleted.is_(False), STEPS.c.step != "NONE")
    home, with_step = {row.id: row.first_practice_id for row in tx.execute(citizens)}, set(tx.execute(steps).scalars())
    first: dict[str, Any] = {}
    for row in sorted((row for row in talks if row.type != ANONYMOUS and row.citizen_id), key=lambda row: (row.event_date, row.occurred_at, row.id)):
        first.setdefault(row.citizen_id, row.id)
    return [talk_event(row, districts, home.get(row.citizen_id), first.get(row.citizen_id) == row.id, row.id in with_step) for row in talks]


def _tallied(tally: Tally, closes: dict[str, Any]) -> Event | None:
    """A closed month counts what it was closed with, and no more."""
    close = closes.get(tally.month)
    known = BY_ID.keys() if close is None else {one["indicator"] for one in close["figures"]}
    counts = {name: count for name, count in tally.counts.items() if indicator_of(name) in known}
    return tally_event(tally, counts) if counts else None


def _counted(close: Any) -> bool:
    """A month that was closed before talks were counted stays without them."""
    return close is None or any(one["indicator"] == "S1" for one in close["figures"])


def stocked(tx: Connection, project_id: str) -> Shelf:
    """The stock alone, without the rest of the project."""
    material = {row.id: row.material_id for row in tx.execute(select(BATCHES).where(BATCHES.c.project_id == project_id))}
    return shelf(_stock(row, material) for row in _live(tx, MOVES, project_id))


def _live(tx: Connection, table: Any, project_id: str) -> list[Any]:
    wanted = select(table).where(table.c.project_id == project_id, table.c.deleted.is_(False), table.c.event_date.is_not(None))
    return list(tx.execute(wanted.order_by(table.c.event_date, table.c.id)))


def _clinics(tx: Connection, project_id: str, interval: int) -> dict[str, Clinic]:
    mine = PRACTICES.c.project_id == project_id
    rows = tx.execute(select(PRACTICES).where(mine, PRACTICES.c.deleted.is_(False)))
    return {row.id: Clinic(row.id, row.district,
                           agreed_periods(row.agreements, row.agreement_status, local_date(row.received_at)),
                           closed_days(row.closures), row.interval_days or interval) for row in rows}


def _stock(row: Any, material: dict[str, str]) -> Move:
    return Move(row.occurred_at or row.received_at, row.id, row.event_date, row.batch_id, material.get(row.batch_id, ""), row.move, row.quantity,
                row.from_place, row.to_place, row.author_id or "")
