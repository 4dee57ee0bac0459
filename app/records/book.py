"""The ledger's own pages: the counter, the feed, where each record stands, and every op ever received."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String
from sqlmodel import Field, SQLModel

ID: Any = String(36)
HASH: Any = String(64)
CODE: Any = String(24)


class Book(SQLModel, table=True):
    """One row per project: the counter that orders its feed, updated last in every transaction (sync.md ch. 6)."""

    project_id: str = Field(primary_key=True, sa_type=ID)
    epoch: str = Field(sa_type=ID)
    seq: int = Field(default=0, sa_type=BigInteger)
    hash: str = Field(default="0" * 64, sa_type=HASH)
    epoch_seq: int = Field(default=0, sa_type=BigInteger)  # where this epoch began
    floor: int = Field(default=0, sa_type=BigInteger)  # a cursor below it has missed dropped tombstones
    durable_seq: int = Field(default=0, sa_type=BigInteger)  # held by a backup that was restored and checked
    months: int = 0  # grows when a month closes, so that a push that began before it starts over


class Feed(SQLModel, table=True):
    """One line per stored op or change of the server's own, chained by hash. Never changed, never removed: triggers refuse it."""

    project_id: str = Field(primary_key=True, sa_type=ID)
    seq: int = Field(primary_key=True, sa_type=BigInteger)
    op_id: str | None = Field(default=None, sa_type=ID)
    kind: str = Field(sa_type=String(40))
    record_id: str = Field(sa_type=ID)
    rev: int | None = None  # none: the record did not change
    author_id: str | None = Field(default=None, sa_type=ID)
    at: datetime
    digest: str = Field(default="", sa_type=HASH)  # salted hash of the record's content after the change
    hash: str = Field(sa_type=HASH)


class Head(SQLModel, table=True):
    """Where each record stands now: the index that a pull reads."""

    __table_args__ = (Index("head_by_seq", "project_id", "seq"), Index("head_by_citizen", "citizen_id"))

    project_id: str = Field(primary_key=True, sa_type=ID)
    kind: str = Field(primary_key=True, sa_type=String(40))
    id: str = Field(primary_key=True, sa_type=ID)
    rev: int
    seq: int = Field(sa_type=BigInteger)
    gone: str | None = Field(default=None, sa_type=CODE)  # deleted, erased
    author_id: str | None = Field(default=None, sa_type=ID)
    holder_id: str | None = Field(default=None, sa_type=ID)  # the adviser whom its citizen was handed over to
    owner_id: str | None = Field(default=None, sa_type=ID)  # the author of its citizen
    citizen_id: str | None = Field(default=None, sa_type=ID)
    salt: str = Field(default="", sa_type=String(32))
    changed_at: datetime


class StoredOp(SQLModel, table=True):
    """Every op that was ever answered: for exactly-once, history, held ops and quarantine."""

    __tablename__ = "stored_op"
    __table_args__ = (Index("op_by_record", "project_id", "kind", "record_id"), Index("op_by_status", "project_id", "status"))

    op_id: str = Field(primary_key=True, sa_type=ID)
    project_id: str = Field(sa_type=ID)
    seq: int = Field(sa_type=BigInteger)
    author_id: str = Field(sa_type=ID)
    device_id: str = Field(sa_type=ID)
    device_seq: int = Field(default=0, sa_type=BigInteger)
    kind: str = Field(sa_type=String(40))
    record_id: str = Field(sa_type=ID)
    action: str = Field(sa_type=String(10))
    status: str = Field(sa_type=CODE)  # as it stands now
    code: str = Field(sa_type=CODE)
    first_status: str = Field(sa_type=CODE)
    first_code: str = Field(sa_type=CODE)
    message: str = ""
    fields: dict[str, str] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    content: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))  # none after an erasure
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))  # what the applied fields held
    content_hash: str = Field(default="", sa_type=HASH)
    received_at: datetime
    handed_over_at: datetime | None = None
    settled_at: datetime | None = None
    settled_by: str | None = Field(default=None, sa_type=ID)
    settled_how: str | None = Field(default=None, sa_type=String(140))


class Awaited(SQLModel, table=True):
    """A held op waits for this record."""

    op_id: str = Field(primary_key=True, sa_type=ID)
    kind: str = Field(primary_key=True, sa_type=String(40))
    record_id: str = Field(primary_key=True, sa_type=ID, index=True)
    project_id: str = Field(sa_type=ID)


class Conflict(SQLModel, table=True):
    """Two people changed the same thing: both versions, until a person decides."""

    id: str = Field(primary_key=True, sa_type=ID)
    project_id: str = Field(sa_type=ID, index=True)
    kind: str = Field(sa_type=String(40))
    record_id: str = Field(sa_type=ID)
    op_id: str = Field(sa_type=ID)
    author_id: str = Field(sa_type=ID, index=True)
    code: str = Field(sa_type=CODE)
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    opened_at: datetime
    settled_at: datetime | None = None
    settled_by: str | None = Field(default=None, sa_type=ID)
    settled_how: str | None = Field(default=None, sa_type=String(24))  # RESOLVED, SUPERSEDED, ERASED


class Duplicate(SQLModel, table=True):
    """Two visits that may be one ("Dublet?"): flagged, never merged by the machine."""

    __tablename__ = "possible_duplicate"

    id: str = Field(primary_key=True, sa_type=ID)
    project_id: str = Field(sa_type=ID, index=True)
    kind: str = Field(sa_type=String(40))
    first_id: str = Field(sa_type=ID)
    second_id: str = Field(sa_type=ID)
    opened_at: datetime
    settled_at: datetime | None = None
    settled_by: str | None = Field(default=None, sa_type=ID)
    settled_how: str | None = Field(default=None, sa_type=String(24))  # SAME, BOTH


class ErasedCount(SQLModel, table=True):
    """What stays of an erased record: an anonymous counter (domain.md 2.0)."""

    __tablename__ = "erased_count"

    project_id: str = Field(primary_key=True, sa_type=ID)
    kind: str = Field(primary_key=True, sa_type=String(40))
    month: str = Field(primary_key=True, sa_type=String(7))
    district: str = Field(primary_key=True, sa_type=String(40))
    type: str = Field(primary_key=True, sa_type=String(40))
    count: int = 0
