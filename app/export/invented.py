"""The demo says on every page and in every file that nothing in it is real."""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.figures.tables import PROJECTS
from app.records.project import INVENTED

NOTE = "Alle personer, praksisser og tal i demoen er opdigtede."


def invented(tx: Connection, project_id: str) -> str:
    """The note, or nothing in a real project."""
    reference = tx.execute(select(PROJECTS.c.reference).where(PROJECTS.c.id == project_id)).scalar()
    return NOTE if reference == INVENTED else ""
