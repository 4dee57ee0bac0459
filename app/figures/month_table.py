"""One month as people read it: as closed, corrections so far, now, with version, time and number of corrections (R12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from app.clock import local_date
from app.figures.corrections import booked_rows, pending
from app.figures.figure import ALL, Figure
from app.figures.ground import Ground, lay_out
from app.figures.indicators import ADDITIVE, BY_ID, Indicator
from app.figures.months import open_month, running_month
from app.figures.recount import by_key, figures


@dataclass(frozen=True)
class TableRow:
    """One figure. `closed` is None in an open month; `change` is the sum of deltas, or "old → new"."""

    closed: Figure | None
    change: str
    now: Figure

    @property
    def definition(self) -> Indicator:
        return self.now.definition

    @property
    def moved(self) -> bool:
        return bool(self.change)


@dataclass(frozen=True)
class MonthTable:
    """A month with everything that every figure carries (R12)."""

    month: str
    version: str  # foreløbig, v1
    as_of: datetime
    rows: list[TableRow]
    corrections: list[dict[str, Any]]  # of this month, booked or to come: columns of Correction and `booked`

    @property
    def is_closed(self) -> bool:
        return self.version == "v1"


def month_table(tx: Connection, project_id: str, month: str, now: datetime, ground: Ground | None = None) -> MonthTable:
    """The month's figures. In a closed month: as closed + corrections = now, for every additive indicator."""
    ground, today = ground or lay_out(tx, project_id), local_date(now)
    present = figures(ground, month, today)
    close = ground.closes.get(month)
    if close is None:
        return MonthTable(month, "foreløbig", now, [TableRow(None, "", figure) for figure in present], [])
    frozen, shown = by_key(map(Figure.read, close["figures"])), by_key(present)
    present += [_nothing(key) for key in frozen if key not in shown]
    pairs = [(frozen.get(figure.key, _nothing(figure.key)), figure) for figure in present]
    rows = [TableRow(closed, _change(closed, now_), now_) for closed, now_ in pairs]
    return MonthTable(month, "v1", close["closed_at"], rows, _corrections(tx, ground, month, today))


def _nothing(key: tuple[str, str]) -> Figure:
    """A line that the other side does not have, as a handout without a practice that came late."""
    return Figure(*key, 0 if key[0] in ADDITIVE else None)


def _corrections(tx: Connection, ground: Ground, month: str, today: date) -> list[dict[str, Any]]:
    booked = [{**row._mapping, "booked": True} for row in booked_rows(tx, ground.project_id) if row.month == month]
    months = {open_month(ground.closes, running_month(today)), running_month(today)} | _stamped(ground)
    coming = [row for open_ in sorted(months - {*ground.closes}) for row in pending(tx, ground, open_, today).rows]
    return booked + [{**row, "booked": False} for row in coming if row["month"] == month]


def _stamped(ground: Ground) -> set[str]:
    return {event.booked_in for event in ground.events if event.late}


def _change(closed: Figure, now: Figure) -> str:
    """+7 for what adds up; 17/18 → 18/18 for what does not; empty when nothing moved."""
    if now.indicator in ADDITIVE:
        delta = int((now.n or 0) - (closed.n or 0))
        return signed(delta) if delta else ""
    return "" if closed.basis == now.basis else f"{closed.basis} → {now.basis}"


def signed(delta: int) -> str:
    """+7, -1: the sign always stands."""
    return f"{delta:+d}"


@dataclass(frozen=True)
class Moved:
    """An earlier month's figure as the export lists it: Som lukket, Rettelser hidtil, Nu (indicators.md 2.6)."""

    month: str
    figure: Figure
    closed: str
    change: str
    now: str


def moved_months(tx: Connection, ground: Ground, rows: list[dict[str, Any]]) -> list[Moved]:
    """Every figure of every closed month that corrections moved: those booked, and `rows` that are being booked.

    Only what may leave the house, and not those about people: figures/outside.py says what may be told of them.
    """
    booked = [dict(row._mapping) for row in booked_rows(tx, ground.project_id)]
    everything = [row for row in booked + [row for row in rows if row not in booked] if _may_be_told(BY_ID[row["indicator"]])]
    found = []
    for month in sorted({row["month"] for row in everything} & {*ground.closes}):
        frozen = by_key(map(Figure.read, ground.closes[month]["figures"]))
        here = [row for row in everything if row["month"] == month]
        for key in sorted({(row["indicator"], district) for row in here for district in _lines(row)}):
            mine = [row for row in here if row["indicator"] == key[0] and key[1] in _lines(row)]
            found.append(_moved(month, frozen.get(key) or Figure(*key, 0), mine))
    return found


def _may_be_told(definition: Indicator) -> bool:
    return definition.external and not definition.people


def _lines(row: dict[str, Any]) -> tuple[str, ...]:
    """A delta stands under its district and adds up in the whole project; old and new stand for themselves."""
    return (row["district"], ALL) if row["delta"] is not None else (row["district"],)


def _moved(month: str, figure: Figure, rows: list[dict[str, Any]]) -> Moved:
    if figure.indicator in ADDITIVE:
        delta = sum(row["delta"] for row in rows)
        before = int(figure.n or 0)
        return Moved(month, figure, str(before), signed(delta), str(before + delta))
    return Moved(month, figure, figure.basis, str(len(rows)), rows[-1]["new_value"])

