"""The rows that a close shows for earlier months: deltas of what adds up, old and new of what does not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from app.figures.figure import Figure
from app.figures.ground import Ground
from app.figures.indicators import ADDITIVE
from app.figures.months import open_month, running_month
from app.figures.moves import Move, moves
from app.figures.recount import figures
from app.figures.tables import CORRECTIONS

Shown = dict[str, dict[tuple[str, str], str]]  # closed month → (indicator, district) → basis as last shown


@dataclass(frozen=True)
class Pending:
    """What the close of one month has to book, were it today."""

    moves: list[Move]
    rows: list[dict[str, Any]]  # columns of Correction


def pending(tx: Connection, ground: Ground, month: str, today: date) -> Pending:
    """What has moved in closed months and is to be booked in `month`; worked out once on one ground."""
    asked = "pending", month, today, len(ground.closes)
    if asked not in ground.found:
        ground.found[asked] = _pending(tx, ground, month, today)
    return ground.found[asked]  # type: ignore[no-any-return]


def _pending(tx: Connection, ground: Ground, month: str, today: date) -> Pending:
    everything = moves(tx, ground)
    is_next = month == open_month(ground.closes, running_month(today))
    mine = [move for move in everything if _books(move, month, ground, is_next)]
    others = {move.month for move in everything if move not in mine}
    shown = last_shown(ground, booked_rows(tx, ground.project_id))
    # A month without moves of its own can still move: a practice's history was put right, a late handout moved the stock.
    looked_at = {move.month for move in mine} | ({*ground.closes} - others if is_next else set())
    lines = [*_deltas(mine), *_values(ground, mine, today, {one: shown[one] for one in looked_at if one != month})]
    return Pending(mine, [{**BLANK, "project_id": ground.project_id, "booked_in": month, **line} for line in lines])


BLANK = {"delta": None, "old_value": None, "new_value": None}


def _books(move: Move, month: str, ground: Ground, is_next: bool) -> bool:
    """The month that the ledger stamped books it; what carries no open month goes to the next one in line."""
    stamped_open = move.waits_for is not None and move.waits_for not in ground.closes
    return move.month != month and (move.waits_for == month if stamped_open else is_next)


def _deltas(found: list[Move]) -> list[dict[str, Any]]:
    sums: dict[tuple[str, str, str, str], int] = defaultdict(int)
    records: dict[tuple[str, str, str, str], set[tuple[str, str, str]]] = defaultdict(set)
    for move in found:
        for (indicator, district), delta in move.deltas().items():
            line = (move.month, indicator, district, move.reason)
            sums[line] += delta
            records[line].add(move.key)
    return [{"month": line[0], "indicator": line[1], "district": line[2], "reason": line[3], "delta": delta,
             "records": len(records[line])} for line, delta in sorted(sums.items())]


def _values(ground: Ground, found: list[Move], today: date, before: Shown) -> list[dict[str, Any]]:
    lines = []
    for month, shown in sorted(before.items()):
        here = [move for move in found if move.month == month]
        for figure in moving(figures(ground, month, today)):
            old = shown.get(figure.key)
            if old is not None and old != figure.basis:
                mine = [move for move in here if move.touches(figure.indicator)] or here or found
                reason = Counter(move.reason for move in mine).most_common(1)[0][0] if mine else "WRONG_DATA"
                lines.append({"month": month, "indicator": figure.indicator, "district": figure.district, "reason": reason,
                              "old_value": old, "new_value": figure.basis, "records": len(mine)})
    return lines


def moving(found: Iterable[Figure]) -> list[Figure]:
    """The figures that are shown as old and new: not additive, and not settled for good at the close."""
    return [one for one in found if one.indicator not in ADDITIVE and one.definition.follows_records]


def booked_rows(tx: Connection, project_id: str) -> list[Any]:
    """Every correction row booked so far, in the order of booking."""
    return list(tx.execute(select(CORRECTIONS).where(CORRECTIONS.c.project_id == project_id).order_by(CORRECTIONS.c.id)))


def last_shown(ground: Ground, booked: Iterable[Any]) -> Shown:
    """Closed month → basis of each figure that is not additive, as closed or as last corrected."""
    found = {month: {one.key: one.basis for one in moving(map(Figure.read, close["figures"]))}
             for month, close in ground.closes.items()}
    for row in booked:
        if row.new_value is not None and row.month in found:
            found[row.month][row.indicator, row.district] = row.new_value
    return found
