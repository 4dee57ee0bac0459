"""Takes what was said about an erased citizen out of ops, conflicts and other people's texts (sync.md I19)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, String, and_, cast, delete, false, func, or_, select, update

from app.ledger.desk import CHUNK, Desk, Key, Standing
from app.ledger.flush import change_unasked
from app.ledger.tables import AWAITED, CONFLICTS, OPS, RECORDS
from app.records import KINDS
from app.records.wire import specs


def forget_ops(tx: Connection, project_id: str, keys: list[Key], citizen_id: str | None = None) -> None:
    """The ops on these records, and those that name the citizen from quarantine or from hold, lose their content."""
    ids = [id_ for _, id_ in keys]
    named = [mentions(column, citizen_id) if citizen_id else false() for column in (OPS.c.content, CONFLICTS.c.fields)]
    mine = and_(OPS.c.project_id == project_id, or_(OPS.c.record_id.in_(ids), named[0]))
    op_ids = list(tx.execute(select(OPS.c.op_id).where(mine)).scalars())
    for start in range(0, len(op_ids), CHUNK):
        part = op_ids[start:start + CHUNK]
        tx.execute(update(OPS).where(OPS.c.op_id.in_(part)).values(
            content=None, before=None, content_hash="", message="", fields=None, code="ERASED", status="rejected", settled_how="ERASED"))
        tx.execute(delete(AWAITED).where(AWAITED.c.op_id.in_(part)))
    tx.execute(delete(AWAITED).where(AWAITED.c.project_id == project_id, AWAITED.c.record_id.in_(ids)))
    tx.execute(delete(CONFLICTS).where(CONFLICTS.c.project_id == project_id,
                                       or_(CONFLICTS.c.record_id.in_(ids), named[1])))


def mentions(column: Any, text_: str) -> Any:
    """Does the column hold the text, in small or capital letters?"""
    return func.lower(cast(column, String)).like(f"%{text_.lower()}%")


def forget_code(tx: Connection, desk: Desk, code: str) -> None:
    """Somebody may have typed the code into a text of another record: the text goes, in the open, as a change of its own."""
    for kind, table in RECORDS.items():
        texts = [name for name, spec in specs(KINDS[kind]).items() if spec.is_text]
        wanted = or_(*(mentions(table.c[name], code) for name in texts)) if texts else false()
        ids = list(tx.execute(select(table.c.id).where(table.c.project_id == desk.project_id, wanted)).scalars())
        desk.lay_out(((kind, id_) for id_ in ids), change=True)
        for id_ in ids:
            _take_text(desk, desk.standing(kind, id_), texts, code)
    here = OPS.c.project_id == desk.project_id
    said = or_(*(mentions(column, code) for column in (OPS.c.content, OPS.c.before, OPS.c.message, OPS.c.fields)))
    tx.execute(update(OPS).where(here, said).values(content=None, before=None, content_hash="", message="", fields=None))
    tx.execute(delete(CONFLICTS).where(CONFLICTS.c.project_id == desk.project_id, mentions(CONFLICTS.c.fields, code)))


def _take_text(desk: Desk, standing: Standing | None, texts: list[str], code: str) -> None:
    if standing is None or standing.gone == "erased":
        return
    data = {name: _without(value, code) if name in texts else value for name, value in standing.data.items()}
    change_unasked(desk, standing, data)


def _without(value: Any, code: str) -> Any:
    if isinstance(value, list):
        return [_without(item, code) for item in value]
    if isinstance(value, dict):
        return {key: _without(item, code) for key, item in value.items()}
    return "[slettet]" if isinstance(value, str) and code.lower() in value.lower() else value
