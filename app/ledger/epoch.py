"""The history's name: a new one whenever the database may have gone back in time (sync.md ch. 7)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.ledger.ids import new_id
from app.ledger.tables import BOOK, FEED

Head = dict[str, Any]
SURE = 24  # hex digits of a hash that name a point beyond doubt; the book itself keeps all 64


def open_book(tx: Connection, project_id: str) -> None:
    """Starts a project's feed."""
    tx.execute(insert(BOOK).values(project_id=project_id, epoch=new_id(), seq=0, hash="0" * 64, epoch_seq=0, floor=0, durable_seq=0, months=0))


def present_epoch(tx: Connection, project_id: str | None) -> str:
    """The epoch of a project, or of the only project."""
    asked = select(BOOK.c.epoch).order_by(BOOK.c.project_id).limit(1)
    return tx.execute(asked.where(BOOK.c.project_id == project_id) if project_id else asked).scalar() or ""


def is_current(tx: Connection, project_id: str, epoch: str) -> bool:
    """Is this still the history's name? Holds the counter row until the transaction ends."""
    tx.execute(update(BOOK).where(BOOK.c.project_id == project_id).values(seq=BOOK.c.seq))
    return present_epoch(tx, project_id) == epoch


def present_head(tx: Connection, project_id: str) -> tuple[Head, int]:
    """({"epoch","seq","hash"}, durable_through) as they stand now."""
    row = tx.execute(select(BOOK.c.epoch, BOOK.c.seq, BOOK.c.hash, BOOK.c.durable_seq).where(BOOK.c.project_id == project_id)).one()
    return {"epoch": row.epoch, "seq": row.seq, "hash": row.hash}, row.durable_seq


def told(head: Head) -> Head:
    """A head as phones get it, keep it and send it back every minute: with as much of the hash as it takes."""
    return {**head, "hash": head["hash"][:SURE]}


def mint(tx: Connection, project_id: str) -> str:
    """Gives the history a new name. What was durable may not be any more."""
    epoch = new_id()
    tx.execute(update(BOOK).where(BOOK.c.project_id == project_id)
               .values(epoch=epoch, epoch_seq=BOOK.c.seq, durable_seq=0))
    return epoch


def holds(tx: Connection, project_id: str, seq: int, hash_: str) -> bool:
    """Does the history contain this point? Seq 0 is the beginning and always there. `hash_` may be a hash's beginning."""
    if len(hash_) < SURE:
        return False
    there = "0" * 64 if seq == 0 else tx.execute(select(FEED.c.hash).where(FEED.c.project_id == project_id, FEED.c.seq == seq)).scalar()
    return there is not None and there.startswith(hash_)


def contradicts(tx: Connection, project_id: str, have: Any) -> bool:
    """Has a phone seen more of this epoch than the database holds?"""
    if not isinstance(have, dict) or type(have.get("seq")) is not int or not isinstance(have.get("hash"), str):
        return False
    if have.get("epoch") != present_epoch(tx, project_id) or not 0 <= have["seq"] < 2**62:
        return False
    return not holds(tx, project_id, have["seq"], have["hash"])
