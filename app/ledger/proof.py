"""What became of an erasure on the phones: one that has pulled past it and put that in place has nothing of the citizen any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.ledger.tables import ACCESS, ACCESS_REASONS, BOOK, DEVICES, HEAD, RECORDS


@dataclass(frozen=True)
class Erased:
    """A citizen who was erased, and each phone that may have held them: (phone, ERASED, EMPTIED or WAITS)."""

    at: datetime
    reason: str
    phones: list[tuple[Any, str]]

    @property
    def waiting(self) -> int:
        return sum(state == "WAITS" for _, state in self.phones)


def erasures(tx: Connection, project_id: str) -> list[Erased]:
    """The newest first."""
    book = tx.execute(select(BOOK.c.epoch).where(BOOK.c.project_id == project_id)).one()
    people = RECORDS["user"]
    phones = tx.execute(select(DEVICES, people.c.role, people.c.name.label("owner")).join(people, people.c.id == DEVICES.c.user_id)
                        .where(DEVICES.c.project_id == project_id).order_by(people.c.name, DEVICES.c.name)).all()
    why = _reasons(tx, project_id)
    heads = tx.execute(select(HEAD).where(HEAD.c.project_id == project_id, HEAD.c.kind == "citizen", HEAD.c.gone == "erased")
                       .order_by(HEAD.c.changed_at.desc(), HEAD.c.seq.desc())).all()
    return [Erased(head.changed_at, why.get(head.id, ""), [(phone, _state(phone, head, book.epoch)) for phone in phones
                                                           if phone.created_at <= head.changed_at and may_hold(phone, head)]) for head in heads]


def may_hold(phone: Any, head: Any) -> bool:
    """May this phone have the citizen on it? Its owner's role stands with it."""
    return phone.role == "COORDINATOR" or phone.user_id in (head.author_id, head.holder_id, head.owner_id)


def _state(phone: Any, head: Any, epoch: str) -> str:
    if phone.wiped_at is not None:
        return "EMPTIED"
    return "ERASED" if phone.pulled_epoch == epoch and phone.pulled_seq >= head.seq else "WAITS"


def _reasons(tx: Connection, project_id: str) -> dict[str, str]:
    same = (ACCESS_REASONS.c.project_id == ACCESS.c.project_id) & (ACCESS_REASONS.c.number == ACCESS.c.number)
    rows = tx.execute(select(ACCESS.c.citizen_id, ACCESS_REASONS.c.reason).join(ACCESS_REASONS, same)
                      .where(ACCESS.c.project_id == project_id, ACCESS.c.act == "ERASE"))
    return {row.citizen_id: row.reason for row in rows}
