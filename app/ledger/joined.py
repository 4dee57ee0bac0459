"""Two codes that are one citizen: what hangs on the one goes over to the other, also what arrives later (domain.md 2.5; indicators.md R6)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from app.clock import local_date
from app.ledger.desk import Desk, Key, Standing
from app.ledger.flush import change_unasked, flush
from app.ledger.op import Op
from app.ledger.tables import HEAD, RECORDS
from app.ledger.vault import forget
from app.ledger.withdrawals import heed
from app.records import KINDS
from app.records.wire import specs
from app.rules.consent import status

LONGEST = 20  # codes in a row that were put together one after the other
INTO = "merged_into_id"


def kept(desk: Desk, citizen_id: str) -> str:
    """Whom a citizen's record stands for today."""
    for _ in range(LONGEST):
        standing = desk.standing("citizen", citizen_id)
        if not standing or standing.gone or not standing.data.get(INTO):
            break
        citizen_id = standing.data[INTO]
    return citizen_id


def together(tx: Connection, project_id: str, citizen_id: str) -> list[str]:
    """Every record of a citizen that has had several: the one that is kept first."""
    citizens = RECORDS["citizen"]
    into = {row.id: row.merged_into_id for row in tx.execute(select(citizens.c.id, citizens.c.merged_into_id).where(
        citizens.c.project_id == project_id, citizens.c.merged_into_id.is_not(None)))}
    while citizen_id in into:
        citizen_id = into[citizen_id]
    found = [citizen_id]
    for one in found:
        found += [other for other, kept_id in into.items() if kept_id == one]
    return found


def readdressed(desk: Desk, op: Op, part: dict[str, Any]) -> dict[str, Any]:
    """A part of an op with every citizen in it as they are known today: a phone may not have heard of it yet."""
    names = _refs(op.kind) & part.keys()
    return part | {name: kept(desk, part[name]) for name in names if isinstance(part[name], str)} if names else part


def why_not(desk: Desk, citizen_id: str, data: dict[str, Any], before: Standing | None) -> str:
    """Why a citizen cannot be put together with the one that `data` names, in Danish."""
    into, known = data.get(INTO), before.data.get(INTO) if before else None
    if into == known:
        return ""
    if known:
        return "Koden er allerede lagt sammen med en anden."
    other = desk.standing("citizen", into) if into else None
    if other is None or other.gone or kept(desk, str(into)) in (citizen_id, None) or other.data.get(INTO):
        return "Vælg en borger, der har sin egen kode endnu."
    return ""


def gather(desk: Desk, arrived: set[Key]) -> None:
    """For every citizen among what has just been applied that is somebody else's other code: moves all that hangs on them."""
    gone = [standing for key in sorted(arrived) if key[0] == "citizen" and (standing := desk.standing(*key)) and not standing.gone
            and standing.data.get(INTO)]
    for citizen in gone:
        _move(desk, citizen, kept(desk, citizen.id))
    if gone:
        flush(desk)


def _move(desk: Desk, citizen: Standing, into: str) -> None:
    here = HEAD.c.project_id == desk.project_id, HEAD.c.citizen_id == citizen.id, HEAD.c.kind != "citizen"
    keys = [(row.kind, row.id) for row in desk.tx.execute(select(HEAD.c.kind, HEAD.c.id).where(*here).order_by(HEAD.c.seq))]
    desk.lay_out([("citizen", into), *keys], change=True)
    other = desk.standing("citizen", into)
    found = [standing for key in keys if (standing := desk.standing(*key)) and standing.row_stored]
    if other is None or not found:
        return
    for standing in found:  # all of them first: an attendance mark follows its enrolment
        standing.citizen_id, standing.owner_id, standing.holder_id = other.id, other.owner_id, other.holder_id
    for standing in found:
        change_unasked(desk, standing, standing.data | {name: into for name in _refs(standing.kind) if standing.data.get(name) == citizen.id})
    desk.rescoped |= {person for one in (citizen, other) for person in (one.owner_id, one.holder_id) if person}
    forget(desk.tx, citizen.id)
    flush(desk)
    heed(desk, into)  # a no to the one code is a no to both
    if status(desk.consent_events(into), "FOLLOW_UP", local_date(desk.now)) == "WITHDRAWN":
        forget(desk.tx, into)


def _refs(kind: str) -> set[str]:
    """The fields that name a citizen, but for the one that puts two codes together."""
    return {name for name, spec in specs(KINDS[kind]).items() if spec.shape == "ref" and spec.options["kind"] == "citizen" and name != INTO}
