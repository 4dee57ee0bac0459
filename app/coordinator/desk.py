"""The coordinator at the desk: the author of what is written, and the names behind ids on a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_login import current_user
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.coordinator.danish import counted
from app.ledger import reasons
from app.ledger.author import Author
from app.ledger.change import Change, Result
from app.ledger.push import write
from app.ledger.settle import drop
from app.records import KINDS
from app.records.wire import to_data
from app.rules.alphabet import sort_key
from app.rules.holidays import DaysOff

TABLES = {kind: cls.__table__ for kind, cls in KINDS.items()}  # type: ignore[attr-defined]
NAMED_BY = {"practice": "name", "user": "name", "citizen": "code", "material": "title", "course": "title", "project": "name",
            "material_batch": "name"}


def author() -> Author:
    return Author(current_user.user_id, current_user.project_id, current_user.role, current_user.scope_rev)


def written(*changes: Change) -> list[Result]:
    """Writes through the ledger as any device does; one result a change. What is refused here stands in the form before
    the person who wrote it, so it need not wait in quarantine as well."""
    now = clock.now()
    results = write(database(), author(), list(changes), now)
    for result in results:
        if result.status == "rejected":
            drop(database(), author(), result.op_id, "Afvist i formularen", now)
    return results


def explain(op_id: str, why: str) -> None:
    """Keeps the reason a person gave with the op that it is about."""
    reasons.give(database(), author(), op_id, why, clock.now())


def record(tx: Connection, kind: str, record_id: str) -> tuple[int, dict[str, Any]] | None:
    """(rev, canonical data) of a living record of the coordinator's project."""
    table = TABLES[kind]
    row = tx.execute(select(table).where(table.c.id == record_id, table.c.project_id == current_user.project_id,
                                         table.c.deleted.is_(False))).mappings().first()
    return (row["rev"], to_data(KINDS[kind], row)) if row else None


def people(tx: Connection, role: str | None = None) -> dict[str, str]:
    """User id → name, in Danish order."""
    users = TABLES["user"]
    wanted = select(users.c.id, users.c.name).where(users.c.project_id == current_user.project_id, users.c.deleted.is_(False))
    rows = tx.execute(wanted.where(users.c.role == role) if role else wanted).all()
    return {row.id: row.name for row in sorted(rows, key=lambda row: sort_key(row.name))}


def practices(tx: Connection) -> dict[str, str]:
    """Practice id → name, in Danish order."""
    table = TABLES["practice"]
    rows = tx.execute(select(table.c.id, table.c.name).where(table.c.project_id == current_user.project_id, table.c.deleted.is_(False))).all()
    return {row.id: row.name for row in sorted(rows, key=lambda row: sort_key(row.name))}


def names(tx: Connection, wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """id → what people call it, for (kind, id) pairs; one statement a kind."""
    by_kind: dict[str, set[str]] = {}
    for kind, record_id in wanted:
        if kind in NAMED_BY:
            by_kind.setdefault(kind, set()).add(record_id)
    found: dict[str, str] = {}
    for kind, ids in by_kind.items():
        table = TABLES[kind]
        rows = tx.execute(select(table.c.id, table.c[NAMED_BY[kind]]).where(table.c.project_id == current_user.project_id, table.c.id.in_(ids)))
        found.update({row[0]: row[1] for row in rows})
    return found


def project(tx: Connection) -> Any:
    """The coordinator's project, as a mapping."""
    table = TABLES["project"]
    return tx.execute(select(table).where(table.c.id == current_user.project_id)).mappings().one()


def days_off(tx: Connection) -> DaysOff:
    """The days nobody works, with the project's own closing days."""
    return DaysOff(project(tx)["closing_days"])


def target(tx: Connection) -> int:
    """How many practices the project takes (domain.md 2.1), 20 unless it says otherwise."""
    table = TABLES["project"]
    return tx.execute(select(table.c.practice_target).where(table.c.id == current_user.project_id)).scalar() or 20


def visit_interval(tx: Connection) -> int:
    """Days between visits where a practice says nothing (domain.md 2.1), 21 unless the project says otherwise."""
    table = TABLES["project"]
    return tx.execute(select(table.c.visit_interval_days).where(table.c.id == current_user.project_id)).scalar() or 21


def count_practices(count: int) -> str:
    return counted(count, "praksis", "praksisser")
