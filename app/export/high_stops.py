"""Nothing leaves the house while a CPR number that somebody wrote waits to be looked at (domain.md 4.3)."""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.figures import NotYet
from app.figures.tables import OPS

CODE = "CPR_NUMBER"


def high_stops(tx: Connection, project_id: str) -> int:
    """Records whose text held a CPR number and that nobody has settled yet."""
    return len(tx.execute(select(OPS.c.op_id).where(OPS.c.project_id == project_id, OPS.c.code == CODE, OPS.c.settled_at.is_(None))).all())


def refuse_with_high_stops(tx: Connection, project_id: str) -> None:
    if count := high_stops(tx, project_id):
        raise NotYet(f"{count} registrering{'er' if count > 1 else ''} med et stoppet CPR-nummer venter under Afklaring. "
                     "Ingen fil forlader huset før.")
