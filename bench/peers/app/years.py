"""Years of ten teams: the demo's diary told on, one project a team, put down through the ledger's own desk without asking it record by record.

The heads, the chain of hashes, the counter and the closes are the ledger's, so `verify` holds on it. The same words give the same records.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, update

from app import config
from app.clock import local_date
from app.db import Database
from app.demo.diary import BEGINS, Diary, Entry, at
from app.demo.dice import Dice
from app.demo.fill import project_of
from app.demo.people import PEOPLE, hire
from app.demo.tell import tell
from app.export.acts import FILES
from app.export.files import Package, package, zipped
from app.figures.close import freeze
from app.figures.ground import lay_out
from app.ledger.author import Author
from app.ledger.chain import content_hash
from app.ledger.change import Change
from app.ledger.desk import Desk, Line, Standing
from app.ledger.flush import flush, line_digest
from app.ledger.founding import found
from app.ledger.op import Op, read
from app.ledger.tables import BOOK
from app.migrations import migrate
from app.records import KINDS
from app.records.wire import instant_text, specs
from app.rules.calendar import first_of, month_of, months, next_month, nth_working_day

NOW = datetime(2029, 12, 14, 9, tzinfo=UTC)  # five years after the diary begins
AT_A_TIME = 4000
UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
Swap = Callable[[str], str]


def fill(db: Database, teams: int, now: datetime = NOW, packages: int = 1) -> list[str]:
    """`teams` projects as they stand at `now`, each month before the last two closed; their ids. The first one's people can sign in.

    `packages`: how many of the newest closed months have all their files; the older ones have an empty zip.
    """
    told, authors, ids = Diary(now), dict[str, Author](), []
    begun = at(BEGINS, 8)
    for number in range(teams):
        swap = _swapped(number)
        project_id = found(db, project_of(BEGINS.replace(day=1), now), begun, swap(Dice("project").id(begun)))
        if not number:
            authors = hire(db, project_id, begun)
            tell(told, {key: author.user_id for key, author in authors.items()})
        _Team(db, project_id, {key: Author(swap(one.user_id), project_id, one.role) for key, one in authors.items()}, swap).put(told, number)
        _close(db, project_id, swap(authors["K1"].user_id), local_date(now), packages if not number else 0)
        ids.append(project_id)
    with db.write() as tx:
        tx.exec_driver_sql("ANALYZE")
    return ids


def _swapped(number: int) -> Swap:
    """The same record's id in another team."""
    return lambda id_: f"{id_[:-2]}{int(id_[-2:], 16) ^ number:02x}" if number else id_


class _Team:
    """One team's book while it is being written."""

    def __init__(self, db: Database, project_id: str, authors: dict[str, Author], swap: Swap) -> None:
        self.db, self.project_id, self.authors, self.swap, self.dice = db, project_id, authors, swap, Dice(f"years {project_id}")
        self.standings: dict[tuple[str, str], Standing | None] = {}
        self.count = 0

    def put(self, told: Diary, number: int) -> None:
        pending: list[tuple[datetime, str, Entry]] = []
        if number:  # the first team's people came in by the door
            self._write([(at(BEGINS, 8), "K1", self._person(person)) for person in PEOPLE])
        for received, who, entries in told.batches():
            pending += [(received, who, entry) for entry in entries if entry.ends == "accepted"]
            if len(pending) > AT_A_TIME:
                self._write(pending)
                pending = []
        self._write(pending)

    def _person(self, person: Any) -> Entry:
        unswapped = self.swap(self.authors[person.key].user_id)  # twice swapped is as it was
        set_ = {"name": person.name, "initials": person.initials, "role": person.role, **person.more}
        return Entry(at(BEGINS, 8), "K1", Change("user", unswapped, "create", set_))

    def _write(self, changes: list[tuple[datetime, str, Entry]]) -> None:
        with self.db.write() as tx:
            desk = Desk(tx, self.project_id, changes[0][0], lock=False)
            desk.standings = self.standings
            for received, who, entry in changes:
                desk.now = received
                self._take(desk, self.authors[who], self._op(entry))
            flush(desk)

    def _op(self, entry: Entry) -> Op:
        change, self.count = entry.change, self.count + 1
        raw = {"op_id": self.dice.id(entry.received), "device_seq": self.count, "v": KINDS[change.kind].VERSION, "kind": change.kind, "id": change.id,
               "action": change.action, "set": change.set, "made_at": instant_text(change.made_at or entry.received)}
        if change.action != "create":
            raw["base"] = change.base or {}
        return read(json.loads(UUIDS.sub(lambda found: self.swap(found[0]), json.dumps(raw))))

    def _take(self, desk: Desk, author: Author, op: Op) -> None:
        fields = specs(KINDS[op.kind])
        mine = {name: fields[name].read(value) for name, value in op.set.items()}
        standing = self.standings.get(op.key) or Standing(op.kind, op.id, salt=self.dice.id(desk.now)[-12:] * 2)
        before = {name: standing.data.get(name) for name in mine} if standing.rev else None
        data = {name: value for name, value in {**standing.data, **mine}.items() if value is not None}
        self.standings[op.key] = standing
        desk.change(standing, data, author, "office", desk.now)
        line = Line(None, op.kind, op.id, author.user_id, standing.rev, line_digest(standing), changes=standing)
        line.op = {"op_id": op.op_id, "project_id": self.project_id, "author_id": author.user_id, "device_id": "office", "device_seq": op.device_seq,
                   "kind": op.kind, "record_id": op.id, "action": op.action, "status": "accepted", "code": "OK", "first_status": "accepted",
                   "first_code": "OK", "message": "Gemt på serveren.", "fields": None, "content": op.raw, "before": before, "received_at": desk.now,
                   "content_hash": content_hash(op.raw), "handed_over_at": None, "settled_at": None, "settled_by": None, "settled_how": None}
        desk.lines.append(line)


def _close(db: Database, project_id: str, by: str, today: Any, packages: int) -> None:
    """Every month before the last two, as if each had been closed when nothing of it was missing."""
    last = next_month(month_of(today), -2)
    with db.write() as tx:
        ground = lay_out(tx, project_id)
        seq = tx.execute(BOOK.select().where(BOOK.c.project_id == project_id)).one().seq
        for number, month in enumerate(known := months(month_of(BEGINS), last), 1):
            moment = at(nth_working_day(first_of(next_month(month)), 5), 14, 10)
            freeze(tx, ground, month, by, None, moment, seq, number)
            files = package(tx, project_id, month, moment) if number > len(known) - packages else _empty(month, moment)
            tx.execute(insert(FILES).values(project_id=project_id, month=month, name=files.name, sha256=files.sha256, content=files.content))
        tx.execute(update(BOOK).where(BOOK.c.project_id == project_id).values(months=len(known)))


def _empty(month: str, moment: datetime) -> Package:
    return Package(f"RPH_{month}_v1.zip", zipped({"manifest.json": b'{"files": {}}'}, moment), [])


def main(teams: str = "10") -> None:
    """Fills the database that the environment names; prints how fast."""
    db = Database(config.load())
    migrate(db)
    begun = time.perf_counter(), time.process_time()
    ids = fill(db, int(teams))
    with db.read() as tx:
        lines = sum(row.seq for row in tx.execute(BOOK.select()))
    print(json.dumps({"projects": len(ids), "changes": lines, "s": time.perf_counter() - begun[0], "CPU s": time.process_time() - begun[1],
                      "machine load": os.getloadavg()[0]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
