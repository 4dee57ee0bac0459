"""Reads a finished week's book with eyes of its own: every value that was written had been seen first, nothing counts twice, nobody lost a seat."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.export import verify_months
from app.ledger.tables import CONFLICTS, FEED, HEAD, OPS, RECORDS
from app.ledger.verify import verify
from app.records import KINDS
from app.records.wire import specs, to_data

Json = Any
NEEDS = {"talk": "TALK_RECORD", "next_step": "STUEGANG"}  # every step of these weeks is one towards the stuegang (INV-02, INV-03)
DAY = "2026-11-25"  # of every talk; no yes of these weeks ends between here and their end
SEATED = {"ENROLLED", "STARTED", "OFFERED"}
SERVERS_OWN = {("enrolment", "status"), ("citizen", "code")}  # the server may give another value than was asked for


def judged(tx: Connection, project_id: str) -> list[str]:
    """Everything that does not hold; empty when all does."""
    return [*verify(tx, project_id), *verify_months(tx), *_effects(tx), *Walk(tx).wrong(), *_seats(tx)]


def _effects(tx: Connection) -> list[str]:
    """Each op changes its record once (I3), and revisions count 1, 2, 3 without a hole."""
    lines = tx.execute(select(FEED.c.op_id, FEED.c.kind, FEED.c.record_id, FEED.c.rev).where(FEED.c.rev.is_not(None)).order_by(FEED.c.seq)).all()
    wrong = [f"op {op_id} had {times} effects" for op_id, times in Counter(line.op_id for line in lines if line.op_id).items() if times > 1]
    revisions: dict[tuple[str, str], list[int]] = {}
    for line in lines:
        revisions.setdefault((line.kind, line.record_id), []).append(line.rev)
    return wrong + [f"{key} has revisions {found}" for key, found in revisions.items() if found != list(range(1, len(found) + 1))]


def _seats(tx: Connection) -> list[str]:
    """No more people have a seat than there are seats (sync.md ch. 8; INV-09)."""
    runs, enrolments = RECORDS["course_run"], RECORDS["enrolment"]
    taken = Counter(tx.execute(select(enrolments.c.course_run_id).where(enrolments.c.deleted.is_(False), enrolments.c.status.in_(SEATED))).scalars())
    return [f"{taken[run.id]} people have {run.seats} seats" for run in tx.execute(select(runs.c.id, runs.c.seats)) if taken[run.id] > run.seats]


class Walk:
    """Goes through the feed and keeps, beside the server, what each record must hold (I5, I6, I16, consent)."""

    def __init__(self, tx: Connection) -> None:
        self.tx, self.found = tx, []  # type: ignore[var-annotated]
        self.state: dict[tuple[str, str], dict[str, Json] | None] = {}
        self.loose: set[tuple[str, str]] = set()  # the server itself has changed these: texts taken out, persons erased
        self.torn: set[tuple[str, str, str]] = set()
        self.events: dict[str, list[dict[str, Json]]] = {}
        self.clashes = {row.op_id: set(row.fields) for row in tx.execute(select(CONFLICTS.c.op_id, CONFLICTS.c.fields))}

    def wrong(self) -> list[str]:
        columns = [column for column in OPS.c if column.name in ("status", "action", "content", "author_id", "device_id", "device_seq")]
        lines = self.tx.execute(select(FEED.c.op_id, FEED.c.kind, FEED.c.record_id, *columns).outerjoin(OPS, OPS.c.op_id == FEED.c.op_id)
                                .where(FEED.c.rev.is_not(None)).order_by(FEED.c.seq))
        for line in lines:
            key = line.kind, line.record_id
            if line.content is None:
                self.loose.add(key)
            elif key not in self.loose:
                getattr(self, f"_{line.action}")(key, line)
        self._compare()
        return self.found

    def _create(self, key: tuple[str, str], line: Any) -> None:
        if self.state.get(key) is not None:
            self.found.append(f"{key} was made twice, by {line.op_id}")
        self.state[key] = {name: value for name, value in line.content["set"].items() if value is not None}
        if key[0] == "consent_event":
            self.events.setdefault(line.content["set"]["citizen_id"], []).append({"id": key[1], **line.content["set"]})
        scope, citizen = NEEDS.get(key[0]), line.content["set"].get("citizen_id")
        if scope and citizen and not _open(self.events.get(citizen, []), scope):
            self.found.append(f"{key[0]} {key[1]} was written down without consent")

    def _update(self, key: tuple[str, str], line: Any) -> None:
        state, fields = self.state.get(key), specs(KINDS[key[0]])
        if state is None:
            self.found.append(f"{line.op_id} changed {key}, which was not there")
            return
        for name, wanted in line.content["set"].items():
            if (key[0], name) in SERVERS_OWN or (*key, name) in self.torn:
                continue
            seen, present = line.content["base"].get(name), state.get(name)
            kept_back = line.status == "conflict" and name in self.clashes.get(line.op_id, {name})  # a card may have given way to a newer one
            if kept_back and (same(present, seen) or fields[name].is_set):
                self.torn.add((*key, name))  # an older card's field, or a mixture that no rule allows
            elif same(present, seen) or same(present, wanted):
                state[name] = wanted
            elif fields[name].is_set:
                added = [value for value in wanted or () if value not in (seen or ())]
                state[name] = [value for value in present or () if value not in (seen or ()) or value in (wanted or ())] + added
            elif not kept_back:
                self.found.append(f"{line.op_id} ({line.status}) wrote {key} {name} unseen: {seen!r} was seen, {present!r} stood there")

    def _delete(self, key: tuple[str, str], line: Any) -> None:
        state, seen = self.state.get(key) or {}, line.content["base"]
        known = [name for name in state if name in seen and (*key, name) not in self.torn and (key[0], name) not in SERVERS_OWN]
        unseen = [name for name in known if not same(seen[name], state[name])]
        if unseen:
            self.found.append(f"{line.op_id} deleted {key} with unseen {unseen}")
        self.state[key] = None

    def _compare(self) -> None:
        """The records hold what the walk says."""
        for head in self.tx.execute(select(HEAD.c.kind, HEAD.c.id, HEAD.c.gone)):
            key = head.kind, head.id
            if key in self.loose or head.gone == "erased":
                continue
            table = RECORDS[head.kind]
            row = self.tx.execute(select(table).where(table.c.id == head.id)).mappings().first()
            real = to_data(KINDS[head.kind], row) if row and not head.gone else None
            mine = self.state.get(key)
            if (real is None) != (mine is None):
                self.found.append(f"{key} is {real}, not {mine}")
            for name in {*(real or {}), *(mine or {})} if real is not None and mine is not None else ():
                if (*key, name) not in self.torn and (head.kind, name) not in SERVERS_OWN and not same(real.get(name), mine.get(name)):
                    self.found.append(f"{key} {name} is {real.get(name)!r}, not {mine.get(name)!r}")


def _open(events: list[dict[str, Json]], scope: str) -> bool:
    """The gate as it stood, by the rules that count here: a yes after the newest no must have known of it, and the newest yes must last."""
    mine = [event for event in events if event["scope"] == scope]
    withdrawn = [event["id"] for event in mine if event["event"] == "WITHDRAWN"]
    yes = [event for event in mine if event["event"] == "GIVEN" and (not withdrawn or event.get("follows_id") == withdrawn[-1])]
    return bool(yes) and (max(yes, key=lambda event: (event["given_on"], mine.index(event))).get("valid_until") or DAY) >= DAY


def same(one: Json, other: Json) -> bool:
    return _plain(one) == _plain(other)


def _plain(value: Json) -> Json:
    if isinstance(value, list):
        return sorted({str(_plain(item)) for item in value}) or None
    if isinstance(value, str) and "T" in value and value[-1] in "Z0":
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return value
    return value
