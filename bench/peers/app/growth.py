"""W8: what an idle pull and a push cost the server as the book grows. Prints JSON.

The book grows by copies of one real visit under new ids, put down below the ledger: only its size is of interest.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any
from uuid import uuid4

from serve import PASSPHRASE, fill

from app import clock, config, create_app
from app.accounts.sessions import CREDENTIALS
from app.db import Database
from app.ledger.cursor import Cursor
from app.ledger.ids import new_id
from app.ledger.tables import BOOK, FEED, HEAD, OPS, RECORDS

ROUNDS = 30
DAYS = 5 * 365
HEX = "hex(randomblob({}))"
NEW_ID = f"lower({HEX.format(4)} || '-' || {HEX.format(2)} || '-7000-8000-' || {HEX.format(6)})"
VISIT = {"minutes": 20, "mode": "IN_PERSON", "purpose": "REGULAR", "met_roles": ["DOCTOR"], "outcome": "COMPLETED",
         "note": "Pjecer på disken, nye plakater."}


class Line:
    """One signed-in person at the server, without a network between."""

    def __init__(self, app: Any, email: str) -> None:
        self.client = app.test_client()
        self.headers: dict[str, str] = {}
        self.post("/api/session", email=email, password=PASSPHRASE)
        self.headers = {"X-Device": self.post("/api/devices", name="bench")["device_id"]}

    def post(self, path: str, **body: Any) -> Any:
        answer = self.client.post(path, json=body, headers={"X-Request": str(uuid4()), "X-App": "1.0.0", **self.headers})
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code} {answer.get_data(as_text=True)[:300]}")
        return answer.json

    def push(self, practice_id: str) -> None:
        op = {"op_id": new_id(), "device_seq": 1, "v": 1, "kind": "visit", "id": new_id(), "action": "create", "made_at": "2026-01-01T10:00:00Z",
              "set": {**VISIT, "practice_id": practice_id, "occurred_at": clock.now().isoformat()}}
        result = self.post("/api/sync/v1/push", ops=[op], unsent=0)["results"][0]
        if result["status"] != "accepted":
            raise SystemExit(str(result))


def grow(db: Database, count: int, practices: list[str]) -> None:
    """Copies of the newest visit until the book holds `count` more, spread over five years and all practices."""
    with db.write() as tx:
        ask = tx.exec_driver_sql
        seq = tx.execute(BOOK.select()).one().seq
        ask("CREATE TEMP TABLE fresh (n INTEGER PRIMARY KEY, id TEXT, op_id TEXT, practice_id TEXT)")
        ask(f"WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {count}) "
            f"INSERT INTO fresh SELECT n, {NEW_ID}, {NEW_ID}, '' FROM counted")
        for number, practice_id in enumerate(practices):
            ask("UPDATE fresh SET practice_id = ? WHERE n % ? = ?", (practice_id, len(practices), number))
        day = f"date('now', '-' || (fresh.n % {DAYS}) || ' days')"
        moment = f"{day} || ' 09:00:00.000000'"
        changed = {RECORDS["visit"]: {"id": "fresh.id", "practice_id": "fresh.practice_id", "event_date": day, "occurred_at": moment},
                   HEAD: {"id": "fresh.id", "seq": f"{seq} + fresh.n"},
                   FEED: {"seq": f"{seq} + fresh.n", "record_id": "fresh.id", "op_id": "fresh.op_id", "hash": "lower(hex(randomblob(32)))"},
                   OPS: {"seq": f"{seq} + fresh.n", "record_id": "fresh.id", "op_id": "fresh.op_id"}}
        for table, new in changed.items():
            names = [column.name for column in table.columns]
            last = {"feed": "seq", "head": "seq"}.get(table.name, "rowid")
            where = "WHERE kind = 'visit'" if "kind" in names else ""
            values = ", ".join(new.get(name, f"model.{name}") for name in names)
            ask(f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {values} FROM fresh, "
                f"(SELECT * FROM {table.name} {where} ORDER BY {last} DESC LIMIT 1) model")
        hash_ = ask(f"SELECT hash FROM {FEED.name} WHERE seq = {seq + count}").scalar_one()
        ask(f"UPDATE {BOOK.name} SET seq = {seq + count}, hash = ?", (hash_,))
        ask("DROP TABLE fresh")
        ask("ANALYZE")


def cost(act: Callable[[], Any], times: int = ROUNDS) -> float:
    """Milliseconds of this process's CPU, the median of many: what others do on the machine does not count."""
    act()
    taken = []
    for _ in range(times):
        begun = time.process_time()
        act()
        taken.append(time.process_time() - begun)
    return 1000 * median(taken)


def rounds(app: Any, practices: list[str]) -> dict[str, float]:
    line = Line(app, "adviser@bench.example")
    cursor = at_the_end(app)
    idle = cost(lambda: line.post("/api/sync/v1/pull", cursor=cursor, unsent=0))
    return {"idle pull": idle, "push": cost(lambda: line.push(practices[0]))}


def at_the_end(app: Any) -> str:
    """The adviser's cursor at the head, without reading a million records first."""
    db = app.extensions["database"]
    with db.read() as tx:
        book = tx.execute(BOOK.select()).one()
        user = tx.execute(CREDENTIALS.select().where(CREDENTIALS.c.email == "adviser@bench.example")).one()
    return Cursor(book.epoch, book.seq, book.hash.lower(), user.user_id, user.scope_rev).sealed(db.settings.secret_key)


def main(practices: str, *sizes: str) -> None:
    db = Database(config.load())
    at = practices.split(",")
    fill(db, at)
    app = create_app(db.settings)
    Line(app, "adviser@bench.example").push(at[0])
    told: dict[str, Any] = {}
    size = 0
    for wanted in map(int, sizes):
        grow(db, wanted - size, at)
        size = wanted
        told[str(size)] = {"rounds": rounds(app, at)}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
