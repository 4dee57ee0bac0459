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
