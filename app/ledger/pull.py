"""What is new for one person: state, not steps; head, scope and rows out of one snapshot (sync.md ch. 5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from app.db import Database
from app.ledger import cursor as cursors
from app.ledger import epoch, scope
from app.ledger.author import Author
from app.ledger.cursor import Cursor
from app.ledger.tables import BOOK, CONFLICTS, CREDENTIALS, FEED, HEAD, RECORDS
from app.records import KINDS
from app.records.wire import instant_text, to_data

ERASED_KEPT = timedelta(days=60)
MOST_CONFLICTS = 100
CHUNK = 400
Json = Any


class Rewritten(Exception):
    """The cursor names a point of this epoch that the history does not contain: a new epoch is due."""

    def __init__(self, epoch: str) -> None:
        super().__init__(epoch)
        self.epoch = epoch


def pull(db: Database, author: Author, cursor: Json, limit: int, now: datetime) -> dict[str, Json]:
    """One page. Raises cursor.BadCursor, Rewritten."""
    with db.read() as tx:
        author = _as_now(tx, author)
        book = tx.execute(select(BOOK).where(BOOK.c.project_id == author.project_id)).one()
        reset, at = _where(tx, db, author, book, cursor)
        rows = _page(tx, author, at, limit + 1, now)
        more, rows = len(rows) > limit, rows[:limit]
        seq = rows[-1].seq if more else book.seq
        onward = Cursor(book.epoch, seq, _hash_at(tx, book, seq), author.user_id, author.scope_rev, at.reset_from if more else None, staged=more)
        answer = {"changes": _changes(tx, author, rows), "cursor": onward.sealed(db.settings.secret_key), "has_more": more,
                  "head": epoch.told({"epoch": book.epoch, "seq": book.seq, "hash": book.hash}), "durable_through": book.durable_seq,
                  "conflicts": _conflicts(tx, author)}
    return answer | ({"reset": reset} if reset else {})


def _as_now(tx: Connection, author: Author) -> Author:
    """The person's role and scope out of the same snapshot as the rows."""
    users = RECORDS["user"]
    row = tx.execute(select(users.c.role, CREDENTIALS.c.scope_rev).join(CREDENTIALS, CREDENTIALS.c.user_id == users.c.id)
                     .where(users.c.id == author.user_id)).first()
    return Author(author.user_id, author.project_id, row.role, row.scope_rev) if row else author


def _where(tx: Connection, db: Database, author: Author, book: Any, text: Json) -> tuple[str | None, Cursor]:
    """(why everything starts over, from where to read)."""
    start = Cursor(book.epoch, 0, "0" * 64, author.user_id, author.scope_rev, reset_from=book.seq)
    if text is None:
        return "FIRST", start
    at = cursors.opened(text, db.settings.secret_key, author.user_id)
    if at.epoch != book.epoch:
        return "NEW_EPOCH", start
    if not epoch.holds(tx, author.project_id, at.seq, at.hash):
        raise Rewritten(book.epoch)
    if at.scope_rev != author.scope_rev:
        return "SCOPE_CHANGED", start
    if at.seq < book.floor and (at.reset_from is None or at.reset_from < book.floor):
        return "CURSOR_TOO_OLD", start
    return None, at


def _page(tx: Connection, author: Author, at: Cursor, limit: int, now: datetime) -> list[Any]:
    asked = select(HEAD).where(HEAD.c.project_id == author.project_id, HEAD.c.seq > at.seq, scope.seen_by(author))
    if at.reset_from is not None:  # a fresh view needs no tombstones but those that came while it was read, and erasures
        lately = and_(HEAD.c.gone == "erased", HEAD.c.changed_at > now - ERASED_KEPT)
        asked = asked.where(or_(HEAD.c.gone.is_(None), HEAD.c.seq > at.reset_from, lately))
    return list(tx.execute(asked.order_by(HEAD.c.seq).limit(limit)))


def _hash_at(tx: Connection, book: Any, seq: int) -> str:
    if seq == book.seq:
        return str(book.hash)
    return str(tx.execute(select(FEED.c.hash).where(FEED.c.project_id == book.project_id, FEED.c.seq == seq)).scalar_one())


def _changes(tx: Connection, author: Author, heads: list[Any]) -> list[dict[str, Json]]:
    contents = _contents(tx, heads)
    changes = []
    for head in heads:
        change: dict[str, Json] = {"kind": head.kind, "id": head.id, "rev": head.rev}
        if head.gone:
            changes.append(change | {"gone": head.gone})
            continue
        data, made_at = contents[head.kind, head.id]
        changes.append(change | {"author_id": head.author_id, "made_at": instant_text(made_at) if made_at else None,
                                 "data": scope.shown(author, head.kind, head.id, data)})
    return changes


def _contents(tx: Connection, heads: list[Any]) -> dict[tuple[str, str], tuple[dict[str, Json], Any]]:
    wanted: dict[str, list[str]] = {}
    for head in heads:
        if not head.gone:
            wanted.setdefault(head.kind, []).append(head.id)
    found = {}
    for kind, ids in wanted.items():
        table, cls = RECORDS[kind], KINDS[kind]
        for start in range(0, len(ids), CHUNK):
            for row in tx.execute(select(table).where(table.c.id.in_(ids[start:start + CHUNK]))).mappings():
                found[kind, row["id"]] = to_data(cls, row), row["made_at"]
    return found


def _conflicts(tx: Connection, author: Author) -> list[dict[str, Json]]:
    """The user's own open conflicts about records still in scope, the newest first when there are too many."""
    record = (HEAD.c.project_id == CONFLICTS.c.project_id) & (HEAD.c.kind == CONFLICTS.c.kind) & (HEAD.c.id == CONFLICTS.c.record_id)
    mine = (CONFLICTS.c.author_id == author.user_id, CONFLICTS.c.project_id == author.project_id, CONFLICTS.c.settled_at.is_(None))
    rows = tx.execute(select(CONFLICTS).join(HEAD, record).where(*mine, scope.seen_by(author))
                      .order_by(CONFLICTS.c.opened_at.desc(), CONFLICTS.c.id.desc()).limit(MOST_CONFLICTS))
    return [{"id": c.id, "kind": c.kind, "record_id": c.record_id, "code": c.code, "fields": c.fields, "op_id": c.op_id} for c in rows]
