"""The advisers' approved minutes: only those on a sheet that the coordinator has said yes to (indicators.md 3.8)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.figures.tables import RECORDS, USERS
from app.rules.calendar import month_of

ENTRIES, SHEETS = RECORDS["time_entry"], RECORDS["time_sheet"]
APPROVED = ("APPROVED", "CORRECTED")
NOT_PROJECT = ("NOT_PROJECT", "AWAY")
WITH_PEOPLE = ("VISIT", "TALK", "COURSE", "STUEGANG")


class Worked(NamedTuple):
    """Minutes on one activity on one day, and who pays for that day."""

    day: date
    activity: str
    minutes: int
    funding: str


def worked(tx: Connection, project_id: str) -> list[Worked]:
    sheets = select(SHEETS.c.author_id, SHEETS.c.month).where(
        SHEETS.c.project_id == project_id, SHEETS.c.deleted.is_(False), SHEETS.c.status.in_(APPROVED))
    approved = {tuple(row) for row in tx.execute(sheets)}
    funding = {row.id: row.funding or [] for row in tx.execute(select(USERS.c.id, USERS.c.funding).where(USERS.c.project_id == project_id))}
    entries = select(ENTRIES.c.author_id, ENTRIES.c.worked_on, ENTRIES.c.activity, ENTRIES.c.minutes).where(
        ENTRIES.c.project_id == project_id, ENTRIES.c.deleted.is_(False), ENTRIES.c.activity.not_in(NOT_PROJECT))
    return [Worked(row.worked_on, row.activity, row.minutes, _paid_by(funding.get(row.author_id, []), row.worked_on.isoformat()))
            for row in tx.execute(entries) if (row.author_id, month_of(row.worked_on)) in approved]


def _paid_by(history: list[dict[str, str]], day: str) -> str:
    """The adviser's funding on that date (domain.md 2.15)."""
    return next((one.get("funding", "") for one in history if one.get("from", "") <= day <= (one.get("to") or "9999")), "")
