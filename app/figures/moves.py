"""Finds what moved in months that are closed: each record against what was last booked for it (indicators.md 2.4–2.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from app.figures.events import Event
from app.figures.ground import Ground
from app.figures.indicators import ADDITIVE
from app.figures.tables import BOOKED, CITIZENS, DUPLICATES, FEED, HEADS, MOVES, TALKS, VISITS
from app.records.month import NOBODYS
from app.rules.tally import indicator_of

Key = tuple[str, str, str]  # month, kind, record id
BY_KIND = {"P": ("visit",), "M": ("stock_move",), "D": ("visit", "stock_move")}
DATED = ("visit", "stock_move", "talk")  # stand in the month of their own date


@dataclass(frozen=True)
class Entry:
    """What one record adds to a month: as booked, or as it is now. Nothing at all is an empty entry."""

    district: str = ""
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Move:
    """One record that stands differently in a closed month than it was booked. `waits_for` = the month that books it."""

    key: Key
    before: Entry
    after: Entry
    reason: str
    waits_for: str | None
    event: Event | None

    @property
    def month(self) -> str:
        return self.key[0]

    def touches(self, indicator: str) -> bool:
        """May the figure have moved because of it?"""
        if indicator[0] in BY_KIND:
            return self.key[1] in BY_KIND[indicator[0]]
        counts = self.before.counts.keys() | self.after.counts.keys()
        names = {"S7/of", "S3"} if indicator == "S4" else {name for name in counts if indicator_of(name) == indicator}
        return any(self.before.counts.get(name) != self.after.counts.get(name) for name in names)

    def deltas(self) -> dict[tuple[str, str], int]:
        """(indicator, district) → change."""
        found: dict[tuple[str, str], int] = defaultdict(int)
        for entry, sign in ((self.before, -1), (self.after, 1)):
            for indicator in entry.counts.keys() & ADDITIVE:
                found[indicator, entry.district] += sign * entry.counts[indicator]
        return {key: delta for key, delta in found.items() if delta}


def moves(tx: Connection, ground: Ground) -> list[Move]:
    """Every record of a closed month that is not as last booked, whichever month will book it; worked out once on one ground."""
    asked = "moves", len(ground.closes)
    if asked not in ground.found:
        ground.found[asked] = _moves(tx, ground)
    return ground.found[asked]  # type: ignore[no-any-return]


def _moves(tx: Connection, ground: Ground) -> list[Move]:
    booked = last_booked(tx, ground)
    now = {(event.month, event.kind, event.id): event for event in ground.events if event.month in ground.closes}
    differing = [key for key in sorted(booked.keys() | now.keys())
                 if key not in booked or key not in now or _entry(now[key]) != booked[key]]
    if not differing:
        return []
    why = _Reasons(tx, ground, booked, {key[2] for key in differing})
    kept = [key for key in differing if key in now or not why.erased(key)]  # an erasure moves no count: delta 0
    found = [_move(key, booked, now.get(key), why) for key in kept]
    return [move for move in found if move.before.counts or move.after.counts or move.event]


def last_booked(tx: Connection, ground: Ground) -> dict[Key, Entry]:
    """What each record of each closed month was last booked with."""
    order = {month: close["number"] for month, close in ground.closes.items()}
    rows = tx.execute(select(BOOKED).where(BOOKED.c.project_id == ground.project_id))
    found: dict[Key, tuple[int, Entry]] = {}
    for row in rows:
        key = (row.month, row.kind, row.record_id)
        if key not in found or found[key][0] < order[row.booked_in]:
            found[key] = (order[row.booked_in], Entry(row.district, row.counts))
    return {key: entry for key, (_, entry) in found.items()}


def _entry(event: Event | None) -> Entry:
    return Entry(event.district, event.counts) if event else Entry()


def _move(key: Key, booked: dict[Key, Entry], event: Event | None, why: _Reasons) -> Move:
    return Move(key, booked.get(key, Entry()), _entry(event), why.reason(key, event), why.waits_for(key), event)


class _Reasons:
    """Tells why a record moved (the code list correction_reason)."""

    def __init__(self, tx: Connection, ground: Ground, booked: dict[Key, Entry], ids: set[str]) -> None:
        self.ground, self.booked = ground, booked
        self.here = {(event.kind, event.id): event for event in ground.events if event.id in ids}
        self.elsewhere = {(kind, id_) for _, kind, id_ in booked if id_ in ids}
        self.heads = _rows_by_record(tx, HEADS, HEADS.c.id, ids, ground.project_id)
        lines = _grouped(_rows(tx, FEED, FEED.c.record_id, ids, ground.project_id), "record_id")
        self.first_seq = {key: min(row.seq for row in rows) for key, rows in lines.items()}
        self.unasked = {key for key, rows in lines.items() if max(rows, key=lambda row: row.seq).op_id is None}
        into = tx.execute(select(CITIZENS.c.id, CITIZENS.c.merged_into_id).where(
            CITIZENS.c.project_id == ground.project_id, CITIZENS.c.merged_into_id.is_not(None))).all()
        self.other_codes, self.gathered = {row.id for row in into}, {row.merged_into_id for row in into}
        self.doubles = {id_ for row in _rows(tx, DUPLICATES, DUPLICATES.c.project_id, {ground.project_id}, ground.project_id)
                        if row.settled_how == "SAME" for id_ in (row.first_id, row.second_id)}
        self.tombstones = _tombstones(tx, ground, ids)

    def erased(self, key: Key) -> bool:
        head = self.heads.get(key[1:])
        return key[1] == NOBODYS or bool(head and head.gone == "erased")

    def waits_for(self, key: Key) -> str | None:
        """The month that the ledger wrote on the record, or on its tombstone, when it came or changed too late."""
        found = self.here.get(key[1:]) or self.tombstones.get(key[1:])
        return found.booked_in if found and found.late else None

    def reason(self, key: Key, event: Event | None) -> str:
        dated = key[1] in DATED
        if self._joined(key, event):
            return "DUPLICATE"
        if event is None:
            if key[1:] in self.here:
                return "WRONG_DATE" if dated else "WRONG_DATA"
            return "DUPLICATE" if key[2] in self.doubles else "MISTAKE_DELETED"
        if key in self.booked:
            return "WRONG_DATA"
        if not dated:
            return "LATE_SYNC" if self._is_new(key) else "WRONG_DATA"
        return "WRONG_DATE" if key[1:] in self.elsewhere or not self._is_new(key) else "LATE_SYNC"

    def _joined(self, key: Key, event: Event | None) -> bool:
        """Did it move because two codes were one citizen? The server itself changed it last, and it hangs on the code that was kept."""
        if key[1] == "citizen":
            return bool({key[2]} & (self.other_codes | self.gathered))
        return event is not None and key[2] in self.unasked and getattr(event.row, "citizen_id", None) in self.gathered

    def _is_new(self, key: Key) -> bool:
        """Did the record come after the month was closed?"""
        known = self.first_seq.get(key[2])
        return known is None or known > self.ground.closes[key[0]]["seq"]


def _rows(tx: Connection, table: Any, column: Any, ids: Iterable[str], project_id: str) -> list[Any]:
    wanted = sorted(ids)
    found: list[Any] = []
    for start in range(0, len(wanted), 400):
        found += tx.execute(select(table).where(table.c.project_id == project_id, column.in_(wanted[start:start + 400]))).all()
    return found


def _grouped(rows: list[Any], name: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _rows_by_record(tx: Connection, table: Any, column: Any, ids: set[str], project_id: str) -> dict[tuple[str, str], Any]:
    return {(row.kind, row.id): row for row in _rows(tx, table, column, ids, project_id)}


def _tombstones(tx: Connection, ground: Ground, ids: set[str]) -> dict[tuple[str, str], Any]:
    return {(kind, row.id): row for kind, table in zip(DATED, (VISITS, MOVES, TALKS), strict=True)
            for row in _rows(tx, table, table.c.id, ids, ground.project_id) if row.deleted}
