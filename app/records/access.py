"""The access log: who saw or took out what about whom, when and why. Triggers refuse to change a line, or to remove a young one (security.md)."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String
from sqlmodel import Field, SQLModel

ID: Any = String(36)
HASH: Any = String(64)
CODE: Any = String(24)


class AccessHead(SQLModel, table=True):
    """One row per project: how long its log is and the hash of its last line, taken last in every transaction that writes one.

    `floor` is the last line whose time was over, and its hash: there the chain begins now.
    """

    __tablename__ = "access_head"

    project_id: str = Field(primary_key=True, sa_type=ID)
    number: int = Field(sa_type=BigInteger)
    hash: str = Field(sa_type=HASH)
    floor: int = Field(default=0, sa_type=BigInteger)
    floor_hash: str = Field(default="0" * 64, sa_type=HASH)


class AccessLog(SQLModel, table=True):
    """One line per access, chained by hash. A citizen stands in it by id, never by code."""

    __tablename__ = "access_log"
    __table_args__ = (Index("access_by_citizen", "project_id", "citizen_id"),)

    project_id: str = Field(primary_key=True, sa_type=ID)
    number: int = Field(primary_key=True, sa_type=BigInteger)
    at: datetime
    user_id: str = Field(sa_type=ID)
    role: str = Field(sa_type=CODE)
    act: str = Field(sa_type=CODE)
    kind: str = Field(default="", sa_type=String(40))
    record_id: str | None = Field(default=None, sa_type=ID)
    citizen_id: str | None = Field(default=None, sa_type=ID)
    practice_id: str | None = Field(default=None, sa_type=ID)
    device_id: str | None = Field(default=None, sa_type=ID)
    about: str = Field(default="", sa_type=String(200))  # names of fields or of a file, never what stands in them
    reason_digest: str = Field(default="", sa_type=HASH)
    hash: str = Field(sa_type=HASH)


class AccessReason(SQLModel, table=True):
    """Why, in the person's own words. Apart from its line, which holds the salted hash of it: an erasure must be able to take the words."""

    __tablename__ = "access_reason"

    project_id: str = Field(primary_key=True, sa_type=ID)
    number: int = Field(primary_key=True, sa_type=BigInteger)
    salt: str = Field(sa_type=String(32))
    reason: str
