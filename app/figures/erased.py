"""What stays counted of records that were erased on request: an erasure never moves a count (indicators.md 2.12)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, select

from app.figures.events import talk_counts, visit_counts
from app.figures.tables import BOOKED, ERASED, HEADS

KIND = "erased"  # an anonymous counter as a close books it, beside the kinds of records
Kept = dict[str, list[tuple[str, dict[str, int]]]]  # month → district and counts


def kept_counts(tx: Connection, project_id: str, closes: dict[str, Any]) -> Kept:
    """In an open month the anonymous counters by their type; in a closed one what was booked, to the last."""
    found: Kept = defaultdict(list)
    for row in tx.execute(select(ERASED).where(ERASED.c.project_id == project_id, ERASED.c.kind.in_(("visit", "talk")))).mappings():
        if row["month"] not in closes:
            type_ = row["type"]
            one = visit_counts("IN_PERSON", type_, None) if row["kind"] == "visit" else talk_counts(type_, type_ == "FIRST")
            found[row["month"]].append((row["district"], {name: count * row["count"] for name, count in one.items()}))
    for month, entry in _booked(tx, project_id, closes).items():
        found[month] += entry
    return found


def _booked(tx: Connection, project_id: str, closes: dict[str, Any]) -> Kept:
    gone = select(HEADS.c.id).where(HEADS.c.project_id == project_id, HEADS.c.gone == "erased", HEADS.c.kind.in_(("visit", "stock_move", "talk")))
    rows = tx.execute(select(BOOKED).where(BOOKED.c.project_id == project_id,
                                           (BOOKED.c.kind == KIND) | BOOKED.c.record_id.in_(gone))).all()
    last: dict[tuple[str, str, str], Any] = {}
    for row in sorted(rows, key=lambda one: closes[one.booked_in]["number"]):
        last[row.month, row.kind, row.record_id] = row
    found: Kept = defaultdict(list)
    for row in last.values():
        found[row.month].append((row.district, row.counts))
    return found
