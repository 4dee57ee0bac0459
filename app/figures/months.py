"""The states of a month: OPEN, READY, CLOSED, FINAL, never back (indicators.md ch. 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from app.figures.ready import readiness
from app.figures.tables import CLOSES, PROJECTS, REPORTS
from app.rules.calendar import first_of, half_of_year, half_year, month_name, month_of, months, next_month, nth_working_day
from app.rules.holidays import DaysOff


@dataclass(frozen=True)
class MonthState:
    """One month of the project. `due_on` is the last day on which it should close."""

    month: str
    state: str  # month_status: OPEN, READY, CLOSED, FINAL
    due_on: date
    closed_at: Any = None
    running: bool = False

    @property
    def name(self) -> str:
        return month_name(self.month)

    @property
    def is_closed(self) -> bool:
        return self.state in ("CLOSED", "FINAL")


def running_month(today: date) -> str:
    return month_of(today)


def closed_months(tx: Connection, project_id: str) -> dict[str, Any]:
    """Month → its close, in the order the months were closed."""
    rows = tx.execute(select(CLOSES).where(CLOSES.c.project_id == project_id).order_by(CLOSES.c.number)).mappings()
    return {row["month"]: dict(row) for row in rows}


def frozen_halves(tx: Connection, project_id: str) -> dict[str, Any]:
    """2026-H1 → when it was frozen. Its six months are final from then on, whatever the calendar or a setting says."""
    return {row.half: row.frozen_at for row in tx.execute(select(REPORTS.c.half, REPORTS.c.frozen_at).where(REPORTS.c.project_id == project_id))}


def closing(tx: Connection, project_id: str, month: str) -> dict[str, Any] | None:
    """The close of one month, or None while it is open."""
    row = tx.execute(select(CLOSES).where(CLOSES.c.project_id == project_id, CLOSES.c.month == month)).mappings().first()
    return dict(row) if row else None


def open_month(closed: dict[str, Any], running: str) -> str:
    """Where a change without a month of its own is booked: after the newest closed month, as the ledger does it."""
    return next_month(max(closed)) if closed else running


def final_on(month: str, project: Any) -> date:
    """The day from which the half-year report can freeze its months (indicators.md 2.9). `project`: its row, or its data."""
    return nth_working_day(first_of(next_month(half_year(month)[1])), project["half_year_report_working_day"] or 20, DaysOff(project["closing_days"]))


def due_on(month: str, project: Any) -> date:
    """The last day on which a month should close (indicators.md 2.3)."""
    return nth_working_day(first_of(next_month(month)), project["month_close_working_day"] or 5, DaysOff(project["closing_days"]))


def states(tx: Connection, project_id: str, today: date) -> list[MonthState]:
    """Every month from the project's first to the running one, newest first."""
    project = tx.execute(select(PROJECTS).where(PROJECTS.c.id == project_id)).mappings().one()
    closed, running, frozen = closed_months(tx, project_id), running_month(today), frozen_halves(tx, project_id)
    found = []
    for month in months(month_of(project["period_from"]), running):
        state = "OPEN"
        if month in closed:
            state = "FINAL" if half_of_year(month) in frozen else "CLOSED"
        elif month < running and readiness(tx, project_id, month).ready:
            state = "READY"
        found.append(MonthState(month, state, due_on(month, project), closed.get(month, {}).get("closed_at"), month == running))
    return found[::-1]
