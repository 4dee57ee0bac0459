"""Everything that is held on one citizen, as the book has it (GDPR art. 15; domain.md 2.16); the office puts it into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from app.ledger import settle
from app.ledger.desk import Key
from app.ledger.forgetting import mentions
from app.ledger.joined import together
from app.ledger.tables import ACCESS, ACCESS_REASONS, HEAD, OPS, RECORDS
from app.ledger.vault import VAULT, unseal
from app.records import KINDS
from app.records.wire import specs, to_data


@dataclass(frozen=True)
class Held:
    """One record with every booked change of it; a deleted one until it is tidied away."""

    kind: str
    data: dict[str, Any]
    received_at: datetime
    deleted: bool
    steps: list[dict[str, Any]]


def keys(tx: Connection, project_id: str, citizen_id: str) -> list[Key]:
    """(kind, id) of the citizen and of every record that hangs on them."""
    here = HEAD.c.project_id == project_id, HEAD.c.gone.is_distinct_from("erased")
    ids = together(tx, project_id, citizen_id)
    whose = or_(HEAD.c.citizen_id.in_(ids), (HEAD.c.kind == "citizen") & HEAD.c.id.in_(ids))
    return [(row.kind, row.id) for row in tx.execute(select(HEAD.c.kind, HEAD.c.id).where(*here, whose).order_by(HEAD.c.seq))]


def records(tx: Connection, project_id: str, found: list[Key]) -> list[Held]:
    held = []
    for kind, id_ in found:
        row = tx.execute(select(RECORDS[kind]).where(RECORDS[kind].c.id == id_)).mappings().first()
        if row:
            held.append(Held(kind, to_data(KINDS[kind], row), row["received_at"], row["deleted"], settle.history(tx, project_id, kind, id_)))
    return held


def elsewhere(tx: Connection, project_id: str, found: list[Key], code: str) -> list[tuple[str, str]]:
    """(kind, text) of what people wrote into other records with the code in it."""
    mine, said = set(found), []
    for kind, table in RECORDS.items():
        for name in (spec.name for spec in specs(KINDS[kind]).values() if spec.shape == "text"):
            rows = tx.execute(select(table.c.id, table.c[name]).where(table.c.project_id == project_id, mentions(table.c[name], code)))
            said += [(kind, str(row[1])) for row in rows if (kind, row.id) not in mine]
    return said


def unbooked(tx: Connection, project_id: str, citizen_id: str, found: list[Key]) -> list[Any]:
    """What was sent and not, or not wholly, booked: stopped, on hold, in conflict; put away or not."""
    about = or_(OPS.c.record_id.in_([id_ for _, id_ in found]), mentions(OPS.c.content, citizen_id))
    return list(tx.execute(select(OPS.c.kind, OPS.c.received_at, OPS.c.content, OPS.c.settled_how).where(
        OPS.c.project_id == project_id, OPS.c.status.in_(("rejected", "held", "conflict")), OPS.c.content.is_not(None), about).order_by(OPS.c.seq)))


def number(tx: Connection, secret: str, citizen_id: str) -> dict[str, str] | None:
    """What lies in the contact vault."""
    box = tx.execute(select(VAULT.c.box).where(VAULT.c.citizen_id == citizen_id)).scalar()
    return unseal(secret, citizen_id, box) if box else None


def accesses(tx: Connection, project_id: str, citizen_id: str) -> list[Any]:
    """When and why the citizen was looked at, the newest first; not by whom (C-579/21)."""
    same = (ACCESS_REASONS.c.project_id == ACCESS.c.project_id) & (ACCESS_REASONS.c.number == ACCESS.c.number)
    return list(tx.execute(select(ACCESS.c.at, ACCESS.c.act, ACCESS.c.kind, ACCESS.c.about, ACCESS_REASONS.c.reason)
                           .select_from(ACCESS.outerjoin(ACCESS_REASONS, same))
                           .where(ACCESS.c.project_id == project_id, ACCESS.c.citizen_id.in_(together(tx, project_id, citizen_id)))
                           .order_by(ACCESS.c.number.desc())))
