"""A visit, a stock move or a talk as the figures see it, and what it adds to the indicators that add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.rules.calendar import last_of, month_of
from app.rules.tally import Tally

DONE = ("COMPLETED", "DESK_ONLY")
IN_VAIN = ("NO_TIME", "CLOSED")
ANONYMOUS = "ANONYMOUS"
ON_TIME = timedelta(hours=48)


@dataclass(frozen=True)
class Event:
    """One record with a date. `counts` is what it adds to the indicators; "S7/of" is the denominator of S7."""

    kind: str
    id: str
    rev: int
    day: date
    month: str
    practice_id: str | None
    district: str
    counts: dict[str, int]
    on_time: bool
    booked_in: str  # the month whose close books it
    late: bool
    done: bool = False
    minutes: int = 0
    handed_out: bool = False
    row: Any = None


def visit_event(row: Any, districts: dict[str, str]) -> Event:
    counts = visit_counts(row.mode, row.outcome, row.met_roles)
    return Event(**_common("visit", row, districts, counts), done="P2" in counts, minutes=row.minutes)


def visit_counts(mode: str, outcome: str, met_roles: list[str] | None) -> dict[str, int]:
    """P2, P3 and P5 of one visit (indicators.md 3.1)."""
    if mode != "IN_PERSON":
        return {}
    if outcome in DONE:
        return {"P2": 1, "P5": 1} if "DOCTOR" in (met_roles or ()) else {"P2": 1}
    return {"P3": 1} if outcome in IN_VAIN else {}


def move_event(row: Any, districts: dict[str, str]) -> Event:
    pieces = {"HANDED_OUT": row.quantity, "RETURNED": -row.quantity if row.from_place not in ("DEPOT", "BAG") else 0}
    counts = {"M1": pieces[row.move]} if pieces.get(row.move) else {}
    return Event(**_common("stock_move", row, districts, counts), handed_out=row.move == "HANDED_OUT")


def talk_event(row: Any, districts: dict[str, str], home: str | None, is_first: bool, has_step: bool) -> Event:
    """`home`: the practice that the citizen came from first, where the talk itself has no district."""
    counts = {**talk_counts(row.type, is_first), **({"S7": 1} if has_step and row.type != ANONYMOUS else {})}
    common = _common("talk", row, districts, counts)
    return Event(**common | {"district": row.district or common["district"] or districts.get(home or "", "")})


def talk_counts(type_: str, is_first: bool) -> dict[str, int]:
    """S1, S2 and the denominator of S7 of one talk (indicators.md 3.2)."""
    if type_ == ANONYMOUS:
        return {"S1": 1}
    return {"S1": 1, "S7/of": 1, **({"S2": 1} if is_first else {})}


def tally_event(tally: Tally, counts: dict[str, int]) -> Event:
    """What a citizen's record adds to a month it need not be dated in: a step to that of its due date, a citizen to a half-year's last."""
    row = tally.row
    return Event(tally.kind, row.id, row.rev, last_of(tally.month), tally.month, None, "", counts, False, row.booked_in or tally.month,
                 bool(row.late), row=row)


def _common(kind: str, row: Any, districts: dict[str, str], counts: dict[str, int]) -> dict[str, Any]:
    month = month_of(row.event_date)
    started: datetime = row.occurred_at or row.received_at
    return {"kind": kind, "id": row.id, "rev": row.rev, "day": row.event_date, "month": month, "late": bool(row.late),
            "practice_id": row.practice_id, "district": districts.get(row.practice_id or "", ""), "counts": counts,
            "on_time": row.received_at - started <= ON_TIME, "booked_in": row.booked_in or month, "row": row}
