"""Puts a desk's work down: records first, the counter last, then what carries its numbers (sync.md ch. 6)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from app.ledger.author import SYSTEM_USER, Author
from app.ledger.chain import digest, link
from app.ledger.desk import Desk, Line, Standing
from app.ledger.tables import AWAITED, BOOK, CONFLICTS, CREDENTIALS, DUPLICATES, FEED, HEAD, OPS, RECORDS
from app.records import KINDS
from app.records.wire import to_row


class Restart(Exception):
    """A month was closed, or a citizen's code given out, meanwhile: the batch is worked again from the start."""


def flush(desk: Desk) -> dict[str, Any] | None:
    """Writes all and empties the desk; the new head, or None when there was nothing to write."""
    if not desk.lines and not desk.touched:
        _put_settled(desk)
        return None
    _put_records(desk)
    book = desk.tx.execute(update(BOOK).where(BOOK.c.project_id == desk.project_id).values(seq=BOOK.c.seq + len(desk.lines))
                           .returning(BOOK.c.seq, BOOK.c.hash, BOOK.c.epoch, BOOK.c.months)).one()
    if book.months != desk.months_at_start or _code_given_twice(desk):
        raise Restart
    hash_ = _put_lines(desk, book.seq - len(desk.lines), book.hash)
    desk.tx.execute(update(BOOK).where(BOOK.c.project_id == desk.project_id).values(hash=hash_))
    _put_heads(desk)
    _put_awaited(desk)
    _put_settled(desk)
    for person in desk.rescoped:
        desk.tx.execute(update(CREDENTIALS).where(CREDENTIALS.c.user_id == person).values(scope_rev=CREDENTIALS.c.scope_rev + 1))
    desk.lines, desk.touched, desk.gone, desk.rescoped, desk.codes = [], {}, {}, set(), {}
    return {"epoch": book.epoch, "seq": book.seq, "hash": hash_}


def _code_given_twice(desk: Desk) -> bool:
    """Has another batch given one of these codes to somebody else since we looked? Asked under the counter's lock."""
    citizens = RECORDS["citizen"]
    rows = desk.tx.execute(select(citizens.c.code, citizens.c.id).where(
        citizens.c.project_id == desk.project_id, citizens.c.code.in_(desk.codes), citizens.c.deleted.is_(False))) if desk.codes else ()
    return any(desk.codes[row.code] != row.id for row in rows)


def _put_records(desk: Desk) -> None:
    fresh: dict[str, list[dict[str, Any]]] = {}
    changed: dict[str, list[dict[str, Any]]] = {}
    for standing in desk.touched.values():
        row = {**standing.envelope, **to_row(KINDS[standing.kind], standing.data)}
        (changed if standing.row_stored else fresh).setdefault(standing.kind, []).append(row)
        standing.row_stored = True
    for kind, rows in fresh.items():
        desk.tx.execute(insert(RECORDS[kind]), rows)
    for kind, rows in changed.items():
        table = RECORDS[kind]
        columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows[0] if name != "id"}
        desk.tx.execute(update(table).where(table.c.id == bindparam("record_id_")).values(columns),
                        [{"record_id_": row["id"], **{f"new_{n}": v for n, v in row.items() if n != "id"}} for row in rows])


def _put_lines(desk: Desk, seq: int, hash_: str) -> str:
    lines: list[dict[str, Any]] = []
    ops: list[dict[str, Any]] = []
    for line in desk.lines:
        seq += 1
        row = {"project_id": desk.project_id, "seq": seq, "op_id": _op_id(line), "kind": line.kind, "record_id": line.record_id,
               "rev": line.rev, "author_id": line.author_id, "at": desk.now, "digest": line.digest}
        hash_ = row["hash"] = link(hash_, seq, row)
        lines.append(row)
        if line.changes:
            line.changes.seq = seq
        if line.op:
            ops.append({**line.op, "seq": seq})
        if line.result:
            line.result.seq = seq
    desk.tx.execute(insert(FEED), lines) if lines else None
    desk.tx.execute(insert(OPS), ops) if ops else None
    for line in desk.lines:
        if line.updates_op:
            desk.tx.execute(update(OPS).where(OPS.c.op_id == line.updates_op["op_id"]).values(**line.updates_op))
    return hash_


def _op_id(line: Line) -> str | None:
    return (line.op or line.updates_op or {}).get("op_id")


def _put_heads(desk: Desk) -> None:
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for standing in [*desk.touched.values(), *desk.gone.values()]:
        (changed if standing.stored else fresh).append(_head(desk, standing))
        standing.stored = True
    if fresh:
        desk.tx.execute(insert(HEAD), fresh)
    if changed:
        keys = ("project_id", "kind", "id")
        columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in changed[0] if name not in keys}
        desk.tx.execute(update(HEAD).where(*(HEAD.c[k] == bindparam(f"key_{k}") for k in keys)).values(columns),
                        [{f"{'key' if n in keys else 'new'}_{n}": v for n, v in row.items()} for row in changed])


def _head(desk: Desk, standing: Standing) -> dict[str, Any]:
    return {"project_id": desk.project_id, "kind": standing.kind, "id": standing.id, "rev": standing.rev, "seq": standing.seq,
            "gone": standing.gone, "author_id": standing.author_id, "holder_id": standing.holder_id, "owner_id": standing.owner_id,
            "citizen_id": standing.citizen_id, "salt": standing.salt, "changed_at": desk.now}


def _put_awaited(desk: Desk) -> None:
    if desk.stops_awaiting:
        desk.tx.execute(delete(AWAITED).where(AWAITED.c.op_id.in_(desk.stops_awaiting)))
    if desk.awaits:
        desk.tx.execute(insert(AWAITED), desk.awaits)
    desk.awaits, desk.stops_awaiting = [], set()


def _put_settled(desk: Desk) -> None:
    if desk.conflicts:
        desk.tx.execute(insert(CONFLICTS), desk.conflicts)
    if desk.settled:
        desk.tx.execute(update(CONFLICTS).where(CONFLICTS.c.id == bindparam("conflict_id")).values(
            settled_at=bindparam("new_at"), settled_by=bindparam("new_by"), settled_how=bindparam("new_how")), desk.settled)
    if desk.duplicates:
        desk.tx.execute(insert(DUPLICATES), desk.duplicates)
    for op_id, author_id in desk.replaced:
        mine = (OPS.c.op_id == op_id, OPS.c.author_id == author_id, OPS.c.status == "rejected", OPS.c.settled_at.is_(None))
        desk.tx.execute(update(OPS).where(*mine).values(settled_at=desk.now, settled_by=author_id, settled_how="Rettet af rådgiveren"))
    desk.conflicts, desk.settled, desk.duplicates, desk.replaced = [], [], [], []


def line_digest(standing: Standing) -> str:
    """What the feed remembers of a record's content after a change."""
    return digest(standing.salt, None if standing.gone else standing.data)


def change_unasked(desk: Desk, standing: Standing, data: dict[str, Any]) -> None:
    """A change of the server's own, without an op: what is deleted stays so, and no figure moves."""
    gone, as_it_was = standing.gone, {name: standing.envelope[name] for name in ("deleted", "late", "booked_in")}
    desk.change(standing, data, Author(SYSTEM_USER, desk.project_id, "SYSTEM"), "office", None)
    standing.gone = gone
    standing.envelope.update(as_it_was)
    desk.lines.append(Line(None, standing.kind, standing.id, SYSTEM_USER, standing.rev, line_digest(standing), changes=standing))
