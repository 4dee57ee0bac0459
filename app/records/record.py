"""What every record has in common: the envelope of domain.md 2.0."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import String
from sqlmodel import Field, SQLModel

RESERVED = {"id", "kind", "rev", "author_id", "made_at", "received_at", "deleted"}


class Record(SQLModel):
    """Base of every kind that travels on the line. Built and changed only in `ledger`."""

    KIND: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    TITLE: ClassVar[str] = ""
    APPEND_ONLY: ClassVar[bool] = False
    OFFICE_ONLY: ClassVar[bool] = False
    PERSONAL: ClassVar[bool] = False  # hangs on a citizen: only author and holder see it
    EVENT: ClassVar[str | None] = None  # the instant that decides the month (indicators.md R1)

    id: str = Field(primary_key=True, sa_type=String(36))
    project_id: str = Field(sa_type=String(36), index=True)
    rev: int
    author_id: str | None = Field(default=None, sa_type=String(36))
    device_id: str | None = Field(default=None, sa_type=String(36))
    made_at: datetime | None = None
    received_at: datetime
    clock_offset_s: int | None = None
    event_date: date | None = Field(default=None, index=True)
    late: bool = False
    booked_in: str | None = Field(default=None, sa_type=String(7))
    deleted: bool = False


ENVELOPE = frozenset(Record.model_fields)
