"""The desk a batch is worked on: what it reads is laid out once, what it writes goes down together (a unit of work)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select, tuple_

from app.clock import local_date
from app.ledger.author import Author
from app.ledger.tables import AWAITED, BOOK, CONFLICTS, HEAD, MONTHS, OPS, RECORDS, REPORTS
from app.records import KINDS, Record
from app.records.wire import specs, to_data
from app.rules.calendar import half_of_year

Key = tuple[str, str]  # kind, id
CHUNK = 400
COUNTED = {"course_run"}  # whoever takes one of its seats holds it alone


@dataclass
class Standing:
    """Where a record stands: its head and its content in canonical form (none while it is gone)."""

    kind: str
    id: str
    rev: int = 0
    gone: str | None = None
    author_id: str | None = None
    holder_id: str | None = None
    owner_id: str | None = None
    citizen_id: str | None = None
    salt: str = field(default_factory=lambda: os.urandom(12).hex())
    data: dict[str, Any] = field(default_factory=dict)
    envelope: dict[str, Any] = field(default_factory=dict)
    stored: bool = False  # a head row exists
    row_stored: bool = False  # a row in its own table exists
    seq: int = 0


@dataclass
class Line:
    """A line to come in the feed: an op, a change of the server's own, or both."""

    op: dict[str, Any] | None  # StoredOp columns but seq; none for a change without an op of its own
    kind: str
    record_id: str
    author_id: str | None
    rev: int | None = None
    digest: str = ""
    result: Any = None  # the Result that is told the seq
    changes: Standing | None = None
    updates_op: dict[str, Any] | None = None  # a held or quarantined op that found its outcome later


class Desk:
    """Lays out heads, records and known ops for one transaction. `lock`: PostgreSQL row locks, whole on what will change and
    shared on what it leans on. `poison`: ops on which the server broke in an attempt before this one."""

    def __init__(self, tx: Connection, project_id: str, now: datetime, lock: bool, poison: frozenset[str] = frozenset()) -> None:
        self.tx, self.project_id, self.now, self.lock, self.poison = tx, project_id, now, lock, poison
        self.standings: dict[Key, Standing | None] = {}
        self.known_ops: dict[str, Any] = {}
        self.lines: list[Line] = []
        self.touched: dict[Key, Standing] = {}
        self.gone: dict[Key, Standing] = {}  # erased: only the head is left to write
        self.awaits: list[dict[str, Any]] = []
        self.stops_awaiting: set[str] = set()
        self.conflicts: list[dict[str, Any]] = []
        self.settled: list[dict[str, Any]] = []
        self.duplicates: list[dict[str, Any]] = []
        self.rescoped: set[str] = set()
        self.replaced: list[tuple[str, str]] = []  # (op_id, author): quarantined ops that were corrected
        self.codes: dict[str, str] = {}  # code → the citizen that gets it here
        self.held: dict[tuple[str, Key], str] = {}  # (device, record) → its last op that is held
        self._held_of: set[str] = set()
        self._visits: dict[tuple[str, date, str], dict[str, datetime]] = {}
        book = tx.execute(select(BOOK.c.months).where(BOOK.c.project_id == project_id)).one()
        self.months_at_start: int = book.months
        self.closed = set(tx.execute(select(MONTHS.c.month).where(MONTHS.c.project_id == project_id)).scalars())

    # --- reading -----------------------------------------------------------------------------------------------

    def lay_out(self, keys: Iterable[Key], change: bool = False) -> None:
        """Reads the standings of many records in a few statements. `change`: they are to be written."""
        wanted = sorted({key for key in keys if key not in self.standings and key[1]})
        for kind, keys_of_kind in groupby(wanted, key=lambda key: key[0]):  # a kind at a time: SQLite finds no index for pairs
            ids = [id_ for _, id_ in keys_of_kind]
            for start in range(0, len(ids), CHUNK):
                asked = select(HEAD).where(HEAD.c.project_id == self.project_id, HEAD.c.kind == kind, HEAD.c.id.in_(ids[start:start + CHUNK]))
                if self.lock:
                    asked = asked.order_by(HEAD.c.id).with_for_update(read=not change)
                for row in self.tx.execute(asked):
                    self.standings[row.kind, row.id] = Standing(row.kind, row.id, row.rev, row.gone, row.author_id, row.holder_id,
                                                                row.owner_id, row.citizen_id, row.salt, stored=True, seq=row.seq)
        for key in wanted:
            self.standings.setdefault(key, None)
        self._lay_out_rows(wanted)

    def _lay_out_rows(self, keys: list[Key]) -> None:
        for kind in {k for k, _ in keys if k in KINDS}:
            table, cls = RECORDS[kind], KINDS[kind]
            ids = [i for k, i in keys if k == kind and self.standings[k, i]]
            for start in range(0, len(ids), CHUNK):
                for row in self.tx.execute(select(table).where(table.c.id.in_(ids[start:start + CHUNK]))).mappings():
                    standing = self.standings[kind, row["id"]]
                    assert standing
                    standing.data, standing.row_stored = to_data(cls, row), True
                    standing.envelope = {name: row[name] for name in Record.model_fields}

    def standing(self, kind: str, id_: str) -> Standing | None:
        if (kind, id_) not in self.standings:
            self.lay_out([(kind, id_)], change=kind in COUNTED)
        return self.standings[kind, id_]

    def lay_out_ops(self, op_ids: Iterable[str]) -> None:
        wanted = [i for i in set(op_ids) if i not in self.known_ops]
        for start in range(0, len(wanted), CHUNK):
            for row in self.tx.execute(select(OPS).where(OPS.c.op_id.in_(wanted[start:start + CHUNK]))).mappings():
                self.known_ops[row["op_id"]] = dict(row)

    def held_before(self, device_id: str, key: Key) -> str | None:
        """The last op of this device on this record that is still held: a later one waits for it (I16)."""
        if device_id not in self._held_of:
            self._held_of.add(device_id)
            rows = self.tx.execute(select(OPS.c.op_id, OPS.c.kind, OPS.c.record_id).where(
                OPS.c.project_id == self.project_id, OPS.c.status == "held", OPS.c.device_id == device_id,
                OPS.c.settled_at.is_(None)).order_by(OPS.c.seq))
            self.held = {(device_id, (row.kind, row.record_id)): row.op_id for row in rows} | self.held
        return self.held.get((device_id, key))

    def consent_events(self, citizen_id: str) -> list[dict[str, Any]]:
        """A citizen's consent events in the order they were applied, those of this batch last."""
        found = {row["id"]: row for row in self.consents_stored([citizen_id]).get(citizen_id, ())}
        for standing in self.touched.values():
            if standing.kind == "consent_event" and standing.data.get("citizen_id") == citizen_id and not standing.gone:
                found.setdefault(standing.id, {"id": standing.id, **standing.data})
        return list(found.values())

    def consents_stored(self, citizen_ids: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
        """Citizen → the consent events that lie there, in the order they were applied; a statement for many citizens."""
        table, wanted = RECORDS["consent_event"], sorted(set(citizen_ids))
        same = (HEAD.c.kind == "consent_event") & (HEAD.c.id == table.c.id) & (HEAD.c.project_id == table.c.project_id)
        found: dict[str, list[dict[str, Any]]] = {}
        for start in range(0, len(wanted), CHUNK):
            part = wanted[start:start + CHUNK]
            rows = self.tx.execute(select(table, HEAD.c.seq).join(HEAD, same)
                                   .where(HEAD.c.citizen_id == table.c.citizen_id, HEAD.c.citizen_id.in_(part), HEAD.c.gone.is_(None))
                                   .order_by(HEAD.c.seq)).mappings()
            for row in rows:
                found.setdefault(row["citizen_id"], []).append({"id": row["id"], **to_data(KINDS["consent_event"], row)})
        return found

    def rows_where(self, kind: str, field_: str, value: str) -> list[Standing]:
        """Every live record of a kind whose field holds a value, as it stands with this batch's changes."""
        table = RECORDS[kind]
        ids = self.tx.execute(select(table.c.id).where(table.c.project_id == self.project_id, table.c[field_] == value,
                                                       table.c.deleted.is_(False))).scalars().all()
        keys = [(kind, i) for i in ids]
        self.lay_out(keys)
        found = [self.standings[key] for key in dict.fromkeys([*keys, *(key for key in self.touched if key[0] == kind)])]
        return [s for s in found if s and not s.gone and s.data.get(field_) == value]

    def lay_out_days(self, author_id: str, places: Iterable[tuple[str, date]]) -> None:
        """Reads a person's live visits to many (practice, day) in a few statements."""
        wanted = {(practice_id, day, author_id) for practice_id, day in places} - self._visits.keys()
        days, table = sorted({day for _, day, _ in wanted}), RECORDS["visit"]
        self._visits |= {key: {} for key in wanted}
        for start in range(0, len(days), CHUNK):
            rows = self.tx.execute(select(table.c.id, table.c.practice_id, table.c.event_date, table.c.occurred_at).where(
                table.c.author_id == author_id, table.c.event_date.in_(days[start:start + CHUNK]), table.c.deleted.is_(False)))
            for row in rows:
                if (key := (row.practice_id, row.event_date, author_id)) in wanted:
                    self._visits[key][row.id] = row.occurred_at

    def visits_on(self, practice_id: str, day: date, author_id: str) -> dict[str, datetime]:
        """Id → start of a person's live visits to a practice on a day, with this batch's. Looked at, not locked."""
        key = (practice_id, day, author_id)
        self.lay_out_days(author_id, [(practice_id, day)])
        here = {s.id: s for s in self.touched.values() if s.kind == "visit"}
        stored = {id_: starts for id_, starts in self._visits[key].items() if id_ not in here}
        return stored | {s.id: datetime.fromisoformat(s.data["occurred_at"]) for s in here.values() if not s.gone and s.author_id == author_id
                         and s.data["practice_id"] == practice_id and s.envelope["event_date"] == day}

    def project_period(self) -> tuple[date, date] | None:
        """The days within which an event may lie."""
        project = self.standing("project", self.project_id)
        if not project or project.gone:
            return None
        return date.fromisoformat(project.data["period_from"]), date.fromisoformat(project.data["period_to"])

    def conflict_rows(self, conflict_id: str) -> list[dict[str, Any]]:
        asked = select(CONFLICTS).where(CONFLICTS.c.id == conflict_id, CONFLICTS.c.project_id == self.project_id)
        here = [{"settled_at": None, **c} for c in self.conflicts if c["id"] == conflict_id]
        return [dict(row) for row in self.tx.execute(asked).mappings()] + here

    def open_conflicts(self, kind: str, record_id: str, author_id: str) -> list[dict[str, Any]]:
        rows = self.tx.execute(select(CONFLICTS).where(
            CONFLICTS.c.project_id == self.project_id, CONFLICTS.c.kind == kind, CONFLICTS.c.record_id == record_id,
            CONFLICTS.c.author_id == author_id, CONFLICTS.c.settled_at.is_(None))).mappings()
        settled = {c["conflict_id"] for c in self.settled}
        here = [c for c in self.conflicts if (c["kind"], c["record_id"], c["author_id"]) == (kind, record_id, author_id)]
        return [dict(c) for c in [*rows, *here] if c["id"] not in settled]

    def awaiting(self, keys: Iterable[Key]) -> list[str]:
        """Ids of ops that wait for any of these records."""
        wanted = list({*keys})
        found: list[str] = []
        for start in range(0, len(wanted), CHUNK):
            here = tuple_(AWAITED.c.kind, AWAITED.c.record_id).in_(wanted[start:start + CHUNK])
            found += self.tx.execute(select(AWAITED.c.op_id).where(AWAITED.c.project_id == self.project_id, here)).scalars()
        return found

    # --- writing -----------------------------------------------------------------------------------------------

    def awaits_for(self, op_id: str, keys: Iterable[Key]) -> None:
        """The op waits for these records."""
        self.awaits += [{"op_id": op_id, "kind": kind, "record_id": id_, "project_id": self.project_id} for kind, id_ in dict.fromkeys(keys)]

    def change(self, standing: Standing, data: dict[str, Any] | None, author: Author, device_id: str, made_at: datetime | None) -> None:
        """Puts new content (none = deleted) on a record: rev, month, lateness, holders."""
        standing.author_id = standing.author_id or author.user_id
        standing.rev += 1
        standing.gone = None if data is not None else "deleted"
        if not standing.envelope:  # new, or restored after its tombstone was dropped
            standing.envelope = {"id": standing.id, "project_id": self.project_id, "author_id": standing.author_id, "device_id": device_id,
                                 "made_at": made_at, "received_at": self.now, "clock_offset_s": None, "late": False, "booked_in": None}
        if standing.kind == "user" and standing.data.get("role") != (data or {}).get("role"):
            self.rescoped.add(standing.id)
        before = standing.envelope.get("event_date")
        if data is not None:
            standing.data = data
            self._follow_citizen(standing)
        standing.envelope.update(rev=standing.rev, deleted=data is None, event_date=self._event_date(standing))
        if self.is_late(before, standing.envelope["event_date"]):
            standing.envelope.update(late=True, booked_in=self.open_month())
        self.standings[standing.kind, standing.id] = self.touched[standing.kind, standing.id] = standing

    def _event_date(self, standing: Standing) -> Any:
        event = KINDS[standing.kind].EVENT
        if event is None:
            return None
        moment = standing.data.get(event)
        return local_date(datetime.fromisoformat(moment) if moment else standing.envelope["received_at"])

    def _follow_citizen(self, standing: Standing) -> None:
        if standing.kind == "citizen":
            standing.owner_id, standing.citizen_id = standing.author_id, standing.id
            holder = standing.data.get("adviser_id")
            if holder != standing.holder_id and standing.rev > 1:
                self._hand_over(standing, holder)
            standing.holder_id = holder
        elif parent := self._person_behind(standing):
            standing.citizen_id, standing.owner_id, standing.holder_id = parent.citizen_id, parent.owner_id, parent.holder_id

    def _person_behind(self, standing: Standing) -> Standing | None:
        """The citizen, or the record of a citizen, that a record hangs on."""
        for name, spec in specs(KINDS[standing.kind]).items():
            if spec.shape == "ref" and KINDS[spec.options["kind"]].PERSONAL and standing.data.get(name):
                parent = self.standing(spec.options["kind"], standing.data[name])
                if parent and parent.citizen_id:
                    return parent
        return None

    def _hand_over(self, citizen: Standing, holder: str | None) -> None:
        stored = self.tx.execute(select(HEAD.c.kind, HEAD.c.id).where(HEAD.c.project_id == self.project_id, HEAD.c.citizen_id == citizen.id)).all()
        self.lay_out(((kind, id_) for kind, id_ in stored), change=True)
        for key in {*((kind, id_) for kind, id_ in stored), *(k for k, s in self.touched.items() if s.citizen_id == citizen.id)}:
            other = self.standings[key]
            if other and other is not citizen:
                other.holder_id = holder
                (self.touched if other.row_stored or key in self.touched else self.gone)[key] = other
        self.rescoped |= {person for person in (citizen.holder_id, holder) if person}

    def is_late(self, *days: Any) -> bool:
        """Does any of the dates lie in a closed month?"""
        return any(day is not None and day.isoformat()[:7] in self.closed for day in days)

    @cached_property
    def frozen(self) -> set[str]:
        """The half-years whose report is written for good."""
        return set(self.tx.execute(select(REPORTS.c.half).where(REPORTS.c.project_id == self.project_id)).scalars())

    def is_final(self, *days: Any) -> bool:
        """Does any of the dates lie in a half-year that is frozen?"""
        return any(day is not None and half_of_year(day.isoformat()[:7]) in self.frozen for day in days)

    def open_month(self) -> str:
        """The month in which a late change is booked: the first one after the newest closed month."""
        year, month = map(int, max(self.closed).split("-"))
        return f"{year + month // 12}-{month % 12 + 1:02d}"
