"""How to reach a citizen for the three follow-up calls: kept apart, sealed, never on the line (domain.md 2.5, ContactVault)."""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, String
from sqlmodel import Field, SQLModel

ID: Any = String(36)


class ContactVault(SQLModel, table=True):
    """One citizen's phone number and call name in a box that only the installation's secret opens."""

    __tablename__ = "contact_vault"

    citizen_id: str = Field(primary_key=True, sa_type=ID)
    project_id: str = Field(sa_type=ID, index=True)
    author_id: str = Field(sa_type=ID)
    kept_at: datetime
    box: bytes = Field(sa_type=LargeBinary)
    called_at: datetime | None = None  # when it was last opened, and by whom
    called_by: str | None = Field(default=None, sa_type=ID)
