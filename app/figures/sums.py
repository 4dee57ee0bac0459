"""Checks the identity that must always hold: v1 + corrections = recount (indicators.md 2.7, INV-07)."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, select

from app.figures.corrections import booked_rows
from app.figures.figure import ALL, Figure
from app.figures.ground import Ground, lay_out
from app.figures.indicators import ADDITIVE, BY_ID
from app.figures.moves import moves
from app.figures.tables import BOOKED

Line = tuple[str, str, str]  # month, indicator, district


def broken_sums(tx: Connection, project_id: str) -> list[str]:
    """Where the sums do not hold, in Danish; empty when they do. What waits to be booked counts as a correction."""
    ground = lay_out(tx, project_id)
    closed, deltas, waiting = _closed(ground), _booked(tx, ground), _waiting(tx, ground)
    frozen, found = _frozen(tx, ground), []
    for month in ground.closes:
        now = {key: count for key, count in ground.sums(month).items() if key[0] in ADDITIVE}
        lines = {key for key in (closed | deltas | waiting) if key[0] == month} | {(month, *key) for key in now}
        for line in sorted(lines):
            expected = closed.get(line, 0) + deltas.get(line, 0) + waiting.get(line, 0)
            if expected != now.get(line[1:], 0):
                found.append(f"{' '.join(line)}: v1 + rettelser er {expected}, men optalt er der {now.get(line[1:], 0)}.")
            if closed.get(line, 0) != frozen.get(line, 0):
                found.append(f"{' '.join(line)}: v1 er {closed.get(line, 0)}, men de bogførte poster giver {frozen.get(line, 0)}.")
    return found


def _closed(ground: Ground) -> dict[Line, int]:
    """Line by line; what has no districts is one line without any."""
    return {(month, one.indicator, one.district.replace(ALL, "")): int(one.n or 0) for month, close in ground.closes.items()
            for one in map(Figure.read, close["figures"])
            if one.indicator in ADDITIVE and (one.district != ALL or not BY_ID[one.indicator].by_district)}


def _booked(tx: Connection, ground: Ground) -> dict[Line, int]:
    found: dict[Line, int] = defaultdict(int)
    for row in booked_rows(tx, ground.project_id):
        if row.delta is not None:
            found[row.month, row.indicator, row.district] += row.delta
    return dict(found)


def _waiting(tx: Connection, ground: Ground) -> dict[Line, int]:
    found: dict[Line, int] = defaultdict(int)
    for move in moves(tx, ground):
        for (indicator, district), delta in move.deltas().items():
            found[move.month, indicator, district] += delta
    return dict(found)


def _frozen(tx: Connection, ground: Ground) -> dict[Line, int]:
    """What the records booked at each close add up to."""
    found: dict[Line, int] = defaultdict(int)
    rows = tx.execute(select(BOOKED).where(BOOKED.c.project_id == ground.project_id, BOOKED.c.month == BOOKED.c.booked_in))
    for row in rows:
        for indicator in row.counts.keys() & ADDITIVE:
            found[row.month, indicator, row.district] += row.counts[indicator]
    return dict(found)
