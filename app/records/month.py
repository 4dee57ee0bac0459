"""A closed month, what it counted, the rows that corrected it since, and its files."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, String
from sqlmodel import Field, SQLModel

ID: Any = String(36)
MONTH: Any = String(7)
NOBODYS = "erased"  # the kind of a booking that stands for no record any more, only for what was counted


class MonthClose(SQLModel, table=True):
    """The month was closed: who, when, as of which seq, and every figure as it then stood (v1)."""

    __tablename__ = "month_close"

    project_id: str = Field(primary_key=True, sa_type=ID)
    month: str = Field(primary_key=True, sa_type=MONTH)
    closed_at: datetime
    closed_by: str | None = Field(default=None, sa_type=ID)
    reason: str | None = None  # written when the month was not ready
    seq: int
    number: int  # the how-manieth close of the project: bookings are in this order, not in that of the months
    figures: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class Booked(SQLModel, table=True):
    """What one record added to the figures of its month, as last booked by a close: v1 or a later correction."""

    project_id: str = Field(primary_key=True, sa_type=ID)
    month: str = Field(primary_key=True, sa_type=MONTH)
    kind: str = Field(primary_key=True, sa_type=String(40))
    record_id: str = Field(primary_key=True, sa_type=ID)
    booked_in: str = Field(primary_key=True, sa_type=MONTH)
    rev: int
    digest: str = Field(sa_type=String(64))
    district: str = Field(sa_type=String(40))
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON)


class Correction(SQLModel, table=True):
    """A later change to a closed month (indicators.md 2.5). Additive: delta. Else: old and new value."""

    id: int | None = Field(default=None, primary_key=True)
    project_id: str = Field(sa_type=ID, index=True)
    month: str = Field(sa_type=MONTH)
    booked_in: str = Field(sa_type=MONTH)
    indicator: str = Field(sa_type=String(8))
    district: str = Field(sa_type=String(40))
    delta: int | None = None
    old_value: str | None = Field(default=None, sa_type=String(40))
    new_value: str | None = Field(default=None, sa_type=String(40))
    reason: str = Field(sa_type=String(24))
    records: int


class MonthFile(SQLModel, table=True):
    """The export of a closed month, byte for byte."""

    __tablename__ = "month_file"

    project_id: str = Field(primary_key=True, sa_type=ID)
    month: str = Field(primary_key=True, sa_type=MONTH)
    name: str = Field(sa_type=String(80))
    sha256: str = Field(sa_type=String(64))
    content: bytes = Field(sa_type=LargeBinary)


class ReportText(SQLModel, table=True):
    """The coordinator's three sentences for a month (2026-10) or a half-year (2026-H2)."""

    __tablename__ = "report_text"

    project_id: str = Field(primary_key=True, sa_type=ID)
    period: str = Field(primary_key=True, sa_type=MONTH)
    sentences: list[str] = Field(default_factory=list, sa_type=JSON)
    written_by: str | None = Field(default=None, sa_type=ID)
    written_at: datetime


class HalfYearReport(SQLModel, table=True):
    """A half-year that was frozen: its figures as they then stood and the report, byte for byte."""

    __tablename__ = "half_year_report"

    project_id: str = Field(primary_key=True, sa_type=ID)
    half: str = Field(primary_key=True, sa_type=MONTH)
    frozen_at: datetime
    frozen_by: str | None = Field(default=None, sa_type=ID)
    corrections: int  # the id of the newest correction row that it holds; later ones stand in the next report
    name: str = Field(sa_type=String(80))
    sha256: str = Field(sa_type=String(64))
    content: bytes = Field(sa_type=LargeBinary)


class MonthDelivery(SQLModel, table=True):
    """One month's file on its way to the receiver: who sends it now, and when it was seen whole at the other end."""

    __tablename__ = "month_delivery"

    project_id: str = Field(primary_key=True, sa_type=ID)
    month: str = Field(primary_key=True, sa_type=MONTH)
    claimed_at: datetime | None = None
    delivered_at: datetime | None = None
    sha256: str | None = Field(default=None, sa_type=String(64))
