"""Mistakes that other servers have made, each put into ours from outside, for one week at a time. A week that lets one live is blind."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import Any

from sqlalchemy import true

import app.figures.ground
import app.ledger.backup
import app.ledger.clerk
import app.ledger.epoch
import app.ledger.follow_up
import app.ledger.history
import app.ledger.pull
import app.ledger.push
import app.ledger.scope
import app.ledger.start
import app.ledger.verdict
import app.rules.consent
import app.sync.door
from app.ledger.ids import new_id

PLANTED: ContextVar[str | None] = ContextVar("planted", default=None)
Wrong = Callable[..., Any]
MISTAKES: dict[str, list[tuple[Any, str, Wrong]]] = {}


def mistake(name: str, *places: tuple[Any, str]) -> Callable[[Wrong], Wrong]:
    """`wrong(right, …)` stands where the right function stood."""
    def take(wrong: Wrong) -> Wrong:
        MISTAKES[name] = [(owner, attribute, wrong) for owner, attribute in places]
        return wrong
    return take


def plant() -> None:
    """Puts all of them in, each asleep until a week asks for it."""
    for name, places in MISTAKES.items():
        for owner, attribute, wrong in places:
            setattr(owner, attribute, _either(name, getattr(owner, attribute), wrong))


def _either(name: str, right: Any, wrong: Wrong) -> Any:
    @wraps(right)
    def chosen(*args: Any, **words: Any) -> Any:
        return wrong(right, *args, **words) if PLANTED.get() == name else right(*args, **words)
    return chosen


@mistake("a delivery is not known again", (app.ledger.clerk.Clerk, "again"))
def _again(_right: Any, clerk: Any, op: Any, _known: Any) -> Any:
    copy = replace(op, op_id=new_id())
    outcome = clerk.work(copy)
    clerk.store(copy, outcome)
    return outcome.result


@mistake("a merge takes mine", (app.ledger.clerk, "merge"))
def _merge(right: Any, fields: Any, _base: Any, mine: Any, theirs: Any) -> Any:
    return right(fields, theirs, mine, theirs)


@mistake("a delete does not look at what it deletes", (app.ledger.clerk, "unseen"))
def _unseen(_right: Any, *_: Any) -> dict[str, Any]:
    return {}


@mistake("the answer goes out before the commit, and there is none", (app.ledger.push, "tried"))
def _tried(right: Any, db: Any, act: Any) -> Any:
    class Lost(Exception): ...
    done: list[Any] = []

    def acted(tx: Any) -> Any:
        done.append(act(tx))
        if isinstance(done[-1], list) and done[-1] and done[-1][0].op_id[-1] in "012":
            raise Lost
        return done[-1]
    try:
        return right(db, acted)
    except Lost:
        return done[-1]


@mistake("a held op is answered but not kept", (app.ledger.clerk.Clerk, "store"))
def _store(right: Any, clerk: Any, op: Any, outcome: Any) -> None:
    if outcome.result.status != "held":
        right(clerk, op, outcome)


@mistake("what is held is never taken up again", (app.ledger.follow_up, "_work"))
def _work(_right: Any, *_: Any) -> set[Any]:
    return set()


@mistake("the cursor is further than the rows", (app.ledger.pull, "_page"))
def _page(right: Any, tx: Any, author: Any, at: Any, limit: int, now: Any) -> Any:
    return right(tx, author, at, limit, now)[:max(1, limit - 1)]


@mistake("a deleted record leaves no trace in the feed", (app.ledger.pull, "_page"))
def _no_tombstones(right: Any, *args: Any) -> Any:
    return [row for row in right(*args) if row.gone != "deleted"]


@mistake("a restore keeps the epoch", (app.ledger.history, "begin_epoch"))
def _begin_epoch(_right: Any, *_: Any, **__: Any) -> None: ...


@mistake("a journal may go before a backup holds it", (app.ledger.epoch, "present_head"))
def _present_head(right: Any, *args: Any) -> Any:
    head, _ = right(*args)
    return head, head["seq"]


@mistake("everybody sees everything", (app.ledger.scope, "seen_by"))
def _seen_by(_right: Any, _author: Any) -> Any:
    return true()


@mistake("a phone keeps what its user may no longer see", (app.ledger.pull, "_as_now"))
def _as_now(right: Any, tx: Any, author: Any) -> Any:
    return replace(right(tx, author), scope_rev=1)


@mistake("a no does not close the gate", (app.ledger.verdict, "is_open"))
def _is_open(_right: Any, *_: Any) -> bool:
    return True


@mistake("a yes never runs out", (app.rules.consent, "runs_out"))
def _runs_out(_right: Any, _event: Any) -> date:
    return date.max


@mistake("a step towards the stuegang asks nobody", (app.ledger.verdict, "needed"))
def _needed(right: Any, kind: str, *args: Any) -> Any:
    return [] if kind == "next_step" else right(kind, *args)


@mistake("the office adds a count to what lies there", (app.figures.ground, "shelf"))
def _shelf(right: Any, moves: Any) -> Any:
    return right(move._replace(from_place="SUPPLIER") if move.move == "COUNT" else move for move in moves)


@mistake("two get the last seat", (app.ledger.clerk, "seat"))
def _seat(_right: Any, *_: Any) -> str:
    return ""


@mistake("work on an erased citizen is taken in", (app.ledger.verdict, "_is_erased"))
def _is_erased(_right: Any, *_: Any) -> bool:
    return False


@mistake("erasures are not done again after a restore", (app.ledger.start, "do_again"), (app.ledger.backup, "do_again"))
def _do_again(_right: Any, *_: Any) -> None: ...


@mistake("an op is booked to whoever wrote the record first", (app.ledger.clerk.Clerk, "store"))
def _booked(right: Any, clerk: Any, op: Any, outcome: Any) -> None:
    author, standing = clerk.author, clerk.desk.standing(*op.key) if op.id else None
    clerk.author = replace(author, user_id=standing.author_id) if standing and standing.author_id else author
    right(clerk, op, outcome)
    clerk.author = author
