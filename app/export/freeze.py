"""Freezes a half-year: its report is kept byte for byte, and what comes later stands in the next one (indicators.md 2.9)."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from app.clock import local_date
from app.db import Database
from app.export.half_year import Half, report
from app.figures import NotYet
from app.figures.months import closed_months, final_on
from app.figures.tables import PROJECTS, REPORTS
from app.ledger import access, history
from app.ledger.author import Author
from app.rules.calendar import month_name


def frozen(tx: Connection, project_id: str, half: Half) -> Any:
    """The frozen report's row, or None."""
    return tx.execute(select(REPORTS).where(REPORTS.c.project_id == project_id, REPORTS.c.half == half.name)).first()


def half_year_file(tx: Connection, project_id: str, half: Half, now: datetime) -> tuple[str, bytes]:
    """(name, PDF): of a frozen half-year the stored bytes, else as it stands now."""
    if row := frozen(tx, project_id, half):
        return row.name, row.content
    return f"RPH_{half.name}_foreloebig.pdf", report(tx, project_id, half, now, _before(tx, project_id, half))[0]


def freezes_on(tx: Connection, project_id: str, half: Half) -> date:
    project = tx.execute(select(PROJECTS).where(PROJECTS.c.id == project_id)).mappings().one()
    return final_on(half.months[-1], project)


def freeze(db: Database, author: Author, half: Half, now: datetime) -> bool:
    """Keeps the report; False when it was kept before. Raises NotYet before its day, or while a month is open."""
    with db.write() as tx:
        if frozen(tx, author.project_id, half):
            return False
        _refuse(tx, author.project_id, half, now)
        content, newest = report(tx, author.project_id, half, now, _before(tx, author.project_id, half))
        tx.execute(insert(REPORTS).values(
            project_id=author.project_id, half=half.name, frozen_at=now, frozen_by=author.user_id, corrections=newest,
            name=f"RPH_{half.name}_endelig.pdf", sha256=hashlib.sha256(content).hexdigest(), content=content))
        access.put(tx, author, [access.Entry("HALF_YEAR", "month", about=half.name)], now)
    history.anchor(db, author.project_id, now)
    return True


def _refuse(tx: Connection, project_id: str, half: Half, now: datetime) -> None:
    begun = tx.execute(select(PROJECTS.c.period_from).where(PROJECTS.c.id == project_id)).scalar_one().strftime("%Y-%m")
    closed = closed_months(tx, project_id)
    if missing := [month for month in half.months if month not in closed and month >= begun]:
        raise NotYet(f"{', '.join(map(month_name, missing)).capitalize()} er ikke lukket.")
    if local_date(now) < (day := freezes_on(tx, project_id, half)):
        raise NotYet(f"Halvåret kan fryses fra {day:%d-%m-%Y}.")


def _before(tx: Connection, project_id: str, half: Half) -> int:
    """The newest correction that the report before this one holds."""
    earlier = select(REPORTS.c.corrections).where(REPORTS.c.project_id == project_id, REPORTS.c.half < half.name).order_by(REPORTS.c.half.desc())
    return tx.execute(earlier).scalars().first() or 0
