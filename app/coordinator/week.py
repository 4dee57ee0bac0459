"""Last week in numbers: beside what the practices' intervals ask for, and the average of the eight weeks before it (domain.md 3.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_login import current_user
from sqlalchemy import ColumnElement, Connection, func, select

from app.coordinator.desk import TABLES
from app.coordinator.register import CAME
from app.rules.calendar import week_label

WEEKS = 8
BAR, GAP, HEIGHT = 14, 6, 40  # pixels of the small chart
VISITS, TALKS, ENROLMENTS, MOVES = (TABLES[kind] for kind in ("visit", "talk", "enrolment", "stock_move"))


@dataclass(frozen=True)
class Row:
    """One measure: its number each week, the oldest first and the week that is told last; `href` leads to the week's own records."""

    title: str
    numbers: list[int]
    href: str
    plan: int | None = None

    @property
    def now(self) -> int:
        return self.numbers[-1]

    @property
    def before(self) -> float:
        """The average of the weeks before, one decimal."""
        return round(sum(self.numbers[:-1]) / WEEKS, 1)

    @property
    def bars(self) -> list[tuple[int, int, int]]:
        """(x, y, height) of each week's bar."""
        most = max(*self.numbers, 1)
        return [(at * (BAR + GAP), HEIGHT - (tall := round(HEIGHT * number / most)), tall) for at, number in enumerate(self.numbers)]


@dataclass(frozen=True)
class Week:
    """`mondays`: of the weeks, the oldest first."""

    mondays: list[date]
    rows: list[Row]

    @property
    def labels(self) -> list[str]:
        return [week_label(monday) for monday in self.mondays]

    @property
    def name(self) -> str:
        return f"Uge {self.mondays[-1].isocalendar().week}"

    @property
    def width(self) -> int:
        return len(self.mondays) * (BAR + GAP) - GAP


def week(tx: Connection, clinics: Iterable[Any], today: date) -> Week:
    """The last whole week."""
    monday = today - timedelta(days=today.weekday() + 7)
    mondays = [monday - timedelta(weeks=number) for number in range(WEEKS, -1, -1)]
    asked = sum(7 / clinic.interval for clinic in clinics if clinic.data["agreement_status"] == "AGREED")
    one, first, last = func.count(), f"{monday:%d-%m-%Y}", f"{monday + timedelta(days=6):%d-%m-%Y}"
    visits, talks = (url_for(f"coordinator.{page}", fra=first, til=last) for page in ("visit_list", "talk_list"))
    return Week(mondays, [
        Row("Besøg", _weekly(_by_day(tx, VISITS, one, mondays, VISITS.c.outcome.in_(CAME)), mondays), visits, round(asked)),
        Row("Samtaler", _weekly(_by_day(tx, TALKS, one, mondays), mondays), talks),
        Row("Nye borgere", _weekly(_first_talks(tx, mondays), mondays), talks),
        Row("Tilmeldinger", _weekly(_by_day(tx, ENROLMENTS, one, mondays), mondays), url_for("coordinator.course_list")),
        Row("Uddelte stk.", _weekly(_by_day(tx, MOVES, func.sum(MOVES.c.quantity), mondays, MOVES.c.move == "HANDED_OUT"), mondays),
            url_for("coordinator.stock")),
    ])


def _by_day(tx: Connection, table: Any, sum_: ColumnElement[Any], mondays: list[date], *which: ColumnElement[bool]) -> list[tuple[date, int]]:
    rows = tx.execute(select(table.c.event_date, sum_).where(
        table.c.project_id == current_user.project_id, table.c.deleted.is_(False),
        table.c.event_date.between(mondays[0], mondays[-1] + timedelta(days=6)), *which).group_by(table.c.event_date))
    return [(row[0], row[1]) for row in rows]


def _first_talks(tx: Connection, mondays: list[date]) -> list[tuple[date, int]]:
    first = func.min(TALKS.c.event_date)
    rows = tx.execute(select(first).where(TALKS.c.project_id == current_user.project_id, TALKS.c.deleted.is_(False), TALKS.c.citizen_id.is_not(None))
                      .group_by(TALKS.c.citizen_id).having(first >= mondays[0]))
    return [(row[0] if isinstance(row[0], date) else date.fromisoformat(row[0]), 1) for row in rows]


def _weekly(days: list[tuple[date, int]], mondays: list[date]) -> list[int]:
    found: dict[date, int] = defaultdict(int)
    for day, count in days:
        found[day - timedelta(days=day.weekday())] += count
    return [found[monday] for monday in mondays]
