"""/kontor/maalsaetning: targets of the team and its districts beside what was done, month by month; never a person (domain.md 6, 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request
from sqlalchemy import Connection

from app import clock
from app.answers import database
from app.coordinator import desk, words
from app.coordinator.danish import number_words
from app.coordinator.room import room
from app.figures import ALL, BY_ID, Figure
from app.figures.figure import danish
from app.figures.ground import lay_out
from app.figures.hide import veiled
from app.figures.recount import by_key, figures
from app.guards import admit
from app.records.codes import code_list
from app.rules.calendar import last_of, month_of, months, next_month

BACK = 5  # months before the one that is told
BAR, GAP, HEIGHT = 16, 6, 48  # pixels of the small chart


@dataclass(frozen=True)
class Point:
    """One month of one goal."""

    month: str
    figure: Figure | None  # none where the month has no such figure
    target: int | None

    @property
    def actual(self) -> float | None:
        """What may be shown; nothing where it is hidden or there is nothing to divide by."""
        return None if self.figure is None or self.figure.is_hidden else self.figure.value

    @property
    def shown(self) -> str:
        figure = self.figure
        if figure is None:
            return "–"
        if figure.is_hidden:
            return figure.n_mark or figure.of_mark
        return f"{figure.shown} % ({figure.basis})" if figure.definition.share and figure.value is not None else figure.shown

    @property
    def difference(self) -> str:
        """"Nået", "12 under målet", "3,6 procentpoint under målet"."""
        if self.actual is None or self.target is None:
            return "–"
        short = round(self.target - self.actual, 1)
        if short <= 0:
            return "Nået"
        unit = " procentpoint" if self.figure and self.figure.definition.share else ""
        return f"{danish(short, int(bool(unit)))}{unit} under målet"


@dataclass(frozen=True)
class Goal:
    """One target with its months, the oldest first."""

    indicator: str
    district: str  # a code, or ALL
    points: list[Point]

    @property
    def definition(self) -> Any:
        return BY_ID[self.indicator]

    @property
    def now(self) -> Point:
        return self.points[-1]

    @property
    def place(self) -> str:
        return "Hele projektet" if self.district == ALL else words.label("district", self.district, last_of(self.now.month))

    @property
    def bars(self) -> list[tuple[int, int, int, int | None]]:
        """(x, y, height, y of the target) of each month."""
        most = max([1.0, *(point.actual or 0 for point in self.points), *(point.target or 0 for point in self.points)])

        def tall(value: float) -> int:
            return round(HEIGHT * value / most)
        return [(at * (BAR + GAP), HEIGHT - tall(point.actual or 0), tall(point.actual or 0),
                 None if point.target is None else HEIGHT - tall(point.target)) for at, point in enumerate(self.points)]

    @property
    def told(self) -> str:
        return ", ".join(f"{point.shown} (mål {'intet' if point.target is None else number_words(point.target)})" for point in self.points)


@room.get("/maalsaetning")
@admit("COORDINATOR")
def goals() -> Any:
    today = clock.today()
    with database().read() as tx:
        project = desk.project(tx)
        known = months(month_of(project["period_from"]), month_of(min(today, project["period_to"])))
        asked, usual = request.args.get("maaned", ""), next_month(month_of(today), -1)
        month = asked if asked in known else usual if usual in known else known[-1]
        shown = [one for one in (next_month(month, -step) for step in range(BACK, -1, -1)) if one in known]
        found = _goals(tx, project, shown, today)
    return render_template("coordinator/goals.html", goals=found, month=month, months=known[::-1], shown=shown, running=month == month_of(today),
                           limit=project["small_cell_threshold_internal"] or 3, width=len(shown) * (BAR + GAP) - GAP, any=bool(project["targets"]))


def _goals(tx: Connection, project: Any, shown: list[str], today: date) -> list[Goal]:
    """The targets that hold in the newest month, in the order of the figures; the whole project before its districts."""
    targets = {month: _targets(project, month) for month in shown}
    if not targets[shown[-1]]:
        return []
    ground, limit = lay_out(tx, project["id"]), project["small_cell_threshold_internal"] or 3
    done = {month: by_key(veiled(figures(ground, month, today), limit)) for month in shown}
    order = list(code_list("target_indicator").codes)
    keys = sorted(targets[shown[-1]], key=lambda key: (order.index(key[0]), key[1] != ALL, key[1]))
    return [Goal(*key, [Point(month, done[month].get(key), targets[month].get(key)) for month in shown]) for key in keys]


def _targets(project: Any, month: str) -> dict[tuple[str, str], int]:
    """(indicator, district) → the target of a month: the one that holds on its last day."""
    on = last_of(month).isoformat()
    return {(entry["indicator"], entry.get("district") or ALL): int(entry["value"]) for entry in project["targets"] or ()
            if entry["from"] <= on <= (entry.get("to") or "9999-12-31")}
