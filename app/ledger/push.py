"""A batch of ops from one device becomes part of the book: one commit, each op able to fail alone (sync.md ch. 4)."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.exc import IntegrityError, OperationalError

from app.db import Database
from app.ledger import epoch
from app.ledger.author import Author
from app.ledger.change import Change, Result
from app.ledger.clerk import Clerk
from app.ledger.desk import COUNTED, Desk
from app.ledger.flush import Restart, flush
from app.ledger.follow_up import follow_up
from app.ledger.ids import new_id
from app.ledger.op import Op, read
from app.ledger.poison import Poisoned, poisonous
from app.ledger.twins import look_ahead
from app.ledger.words import MESSAGES
from app.records import KINDS
from app.records.wire import instant_text

log = structlog.get_logger()
TRIES = 6


class Busy(Exception):
    """The database stayed locked; nothing was stored."""


class StorageFull(Exception):
    """The disk is full; nothing was stored."""


@dataclass
class Pushed:
    """The results in the order of the ops, and the history's head after the commit."""

    results: list[Result]
    head: dict[str, Any]
    durable_through: int


def push(db: Database, author: Author, device_id: str, ops: Sequence[Any], now: datetime) -> Pushed:
    """Works a batch. Raises op.Malformed when an op has no usable op_id, Busy, StorageFull."""
    read_ops = [read(raw) for raw in ops]
    results = _settled(db, author, device_id, read_ops, now)
    with db.read() as tx:
        head, durable = epoch.present_head(tx, author.project_id)
    return Pushed(results, head, durable)


def write(db: Database, author: Author, changes: Sequence[Change], now: datetime, device_id: str = "office") -> list[Result]:
    """The office's changes as ops of their own: same merge, same log, same history. One result a change."""
    ops = [read(_as_op(change, number, now)) for number, change in enumerate(changes)]
    return _settled(db, author, device_id, ops, now)


def _as_op(change: Change, number: int, now: datetime) -> dict[str, Any]:
    op = {"op_id": new_id(), "device_seq": number, "v": KINDS[change.kind].VERSION, "kind": change.kind, "id": change.id,
          "action": change.action, "made_at": instant_text(change.made_at or now)}
    if change.action != "delete":
        op["set"] = change.set
    if change.action != "create":
        op["base"] = change.base or {}
    return op | ({"resolves": change.resolves} if change.resolves else {}) | ({"restores": True} if change.restores else {})


def _settled(db: Database, author: Author, device_id: str, ops: list[Op], now: datetime) -> list[Result]:
    try:
        return worked(db, lambda tx, poison: work(tx, db, author, device_id, ops, now, poison))
    except (Busy, StorageFull):
        raise
    except Exception as error:
        log.error("batch_broke", error=type(error).__name__, ops=len(ops))
        return [_alone(db, author, device_id, op, now) for op in ops]


def worked(db: Database, act: Callable[[Any, frozenset[str]], Any]) -> Any:
    """Runs `act`, again without the op on which the server breaks, a few times."""
    poison: frozenset[str] = frozenset()
    for _ in range(TRIES):
        try:
            return tried(db, lambda tx: act(tx, poison))  # noqa: B023
        except Poisoned as poisoned:
            poison |= {poisoned.op_id}
    raise Poisoned("")


def tried(db: Database, act: Callable[[Any], Any]) -> Any:
    """Runs `act` in one write transaction, again where two writers stood in each other's way."""
    for attempt in range(TRIES):
        try:
            with db.write() as tx:
                return act(tx)
        except (Restart, IntegrityError) as error:
            if isinstance(error, IntegrityError) and attempt == TRIES - 1:
                raise
        except OperationalError as error:
            if "full" in str(error.orig).lower() or "no space" in str(error.orig).lower():
                raise StorageFull from error
        time.sleep(random.random() * 0.02 * 2**attempt)
    raise Busy


def work(tx: Any, db: Database, author: Author, device_id: str, ops: list[Op], now: datetime, poison: frozenset[str]) -> list[Result]:
    """One attempt at a batch within a transaction. Raises Poisoned."""
    desk = Desk(tx, author.project_id, now, lock=not db.is_sqlite, poison=poison)
    desk.lay_out_ops(op.op_id for op in ops)
    refs = {(kind, id_) for op in ops for _, kind, id_ in op.refs()}
    desk.lay_out({*(op.key for op in ops if op.id), *(key for key in refs if key[0] in COUNTED)}, change=True)
    desk.lay_out({("project", author.project_id), *refs})
    look_ahead(desk, author, ops)
    clerk = Clerk(desk, author, device_id)
    results = [_taken(clerk, op) for op in ops]
    touched, waiting = set(desk.touched), [row["op_id"] for row in desk.awaits]
    flush(desk)
    seqs = {op.op_id: result.seq for op, result in zip(ops, results, strict=True) if result.status != "duplicate"}
    for op, result in zip(ops, results, strict=True):
        if result.status == "duplicate" and result.seq is None:  # both deliveries in one batch
            result.seq = seqs.get(op.op_id)
    follow_up(desk, touched, list(dict.fromkeys(waiting)))
    return results


def _taken(clerk: Clerk, op: Op) -> Result:
    with poisonous(op):
        return clerk.take(op)


def _alone(db: Database, author: Author, device_id: str, op: Op, now: datetime) -> Result:
    """The batch could not be stored: each op by itself, the one that is to blame into quarantine."""
    try:
        return worked(db, lambda tx, poison: work(tx, db, author, device_id, [op], now, poison))[0]  # type: ignore[no-any-return]
    except (Busy, StorageFull):
        raise
    except Exception as error:
        log.error("op_refused", kind=op.kind, action=op.action, error=type(error).__name__)
    try:
        return worked(db, lambda tx, _: work(tx, db, author, device_id, [op], now, frozenset({op.op_id})))[0]  # type: ignore[no-any-return]
    except (Busy, StorageFull):
        raise
    except Exception:
        return Result(op.sent_id, "retry", "NOT_PROCESSED", MESSAGES["NOT_PROCESSED"])
