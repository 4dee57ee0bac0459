"""What a citizen has asked for (domain.md 2.16). Kept at the office, never on the line."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import String
from sqlmodel import Field, SQLModel

ID: Any = String(36)
CODE: Any = String(24)


class RightsRequest(SQLModel, table=True):
    """One request, when it must be answered and what came of it. An erased citizen's stays by id alone, without the words."""

    __tablename__ = "rights_request"

    id: str = Field(primary_key=True, sa_type=ID)
    project_id: str = Field(sa_type=ID, index=True)
    citizen_id: str = Field(sa_type=ID)
    kind: str = Field(sa_type=CODE)
    received_on: date
    due_on: date
    status: str = Field(default="OPEN", sa_type=CODE)  # OPEN, ANSWERED, REFUSED
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str | None = Field(default=None, sa_type=ID)
