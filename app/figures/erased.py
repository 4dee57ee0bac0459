"""What stays counted of records that were erased on request: an erasure never moves a count (indicators.md 2.12)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, exists, select

from app.figures.events import talk_counts, visit_counts
from app.figures.tables import BOOKED, ERASED, HEADS
from app.records.month import NOBODYS
from app.rules.tally import COUNTED

Kept = dict[str, list[tuple[str, dict[str, int]]]]  # month → district and counts


def kept_counts(tx: Connection, project_id: str, closes: dict[str, Any]) -> Kept:
    """In an open month the anonymous counters by their type; in a closed one what was booked, to the last."""
    found: Kept = defaultdict(list)
    for row in tx.execute(select(ERASED).where(ERASED.c.project_id == project_id, ERASED.c.kind.in_(("visit", "talk", COUNTED)))).mappings():
        if row["month"] not in closes:
            type_ = row["type"]
            one = ({type_: 1} if row["kind"] == COUNTED else visit_counts("IN_PERSON", type_, None) if row["kind"] == "visit"
                   else talk_counts(type_, type_ == "FIRST"))
            found[row["month"]].append((row["district"], {name: count * row["count"] for name, count in one.items()}))
    for month, entry in _booked(tx, project_id, closes).items():
        found[month] += entry
    return found


def _booked(tx: Connection, project_id: str, closes: dict[str, Any]) -> Kept:
    gone = exists().where(HEADS.c.project_id == project_id, HEADS.c.kind == BOOKED.c.kind, HEADS.c.id == BOOKED.c.record_id, HEADS.c.gone == "erased")
    rows = tx.execute(select(BOOKED).where(BOOKED.c.project_id == project_id, (BOOKED.c.kind == NOBODYS) | gone)).all()
    last: dict[tuple[str, str, str], Any] = {}
    for row in sorted(rows, key=lambda one: closes[one.booked_in]["number"]):
        last[row.month, row.kind, row.record_id] = row
    found: Kept = defaultdict(list)
    for row in last.values():
        found[row.month].append((row.district, row.counts))
    return found
