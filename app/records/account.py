"""How a person gets in and with which phone: sign-in, second factor, passkey, session, device, failed attempts. Never on the line."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, String, UniqueConstraint
from sqlmodel import Field, SQLModel

ID: Any = String(36)


class Credential(SQLModel, table=True):
    """A user's address and passphrase hash (Argon2id)."""

    user_id: str = Field(primary_key=True, sa_type=ID)
    project_id: str = Field(sa_type=ID)
    email: str = Field(unique=True, sa_type=String(254))
    passphrase: str = Field(sa_type=String(200))
    scope_rev: int = 1  # grows when the user may see more or less than before
    disabled: bool = False


class Authenticator(SQLModel, table=True):
    """The secret that a user's code app shares with us, sealed. No step of its clock is good twice."""

    user_id: str = Field(primary_key=True, sa_type=ID)
    box: bytes
    last_step: int


class RecoveryCode(SQLModel, table=True):
    """The hash of a code on paper that stands in, once, for a second factor that is gone."""

    __tablename__ = "recovery_code"

    id: str = Field(primary_key=True, sa_type=String(64))
    user_id: str = Field(sa_type=ID, index=True)


class Passkey(SQLModel, table=True):
    """A key pair on somebody's phone or computer, which opens only to its owner's finger or PIN; this is the public half."""

    id: str = Field(primary_key=True, sa_type=String(64))  # the hash of what the browser calls it
    user_id: str = Field(sa_type=ID, index=True)
    credential: bytes
    public_key: bytes
    sign_count: int = Field(sa_type=BigInteger)
    name: str = Field(sa_type=String(60))  # "Chrome på Android"
    created_at: datetime
    used_at: datetime | None = None


class OutsideAccount(SQLModel, table=True):
    """A user's account at the organisation's own provider: what that calls it for good, never an address, which may go to somebody else."""

    __tablename__ = "outside_account"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    user_id: str = Field(primary_key=True, sa_type=ID)
    issuer: str = Field(sa_type=String(255))
    subject: str = Field(sa_type=String(255))
    tied_at: datetime


class Session(SQLModel, table=True):
    """A sign-in, kept here so that it can be revoked at once; the cookie holds a token, this row its hash."""

    id: str = Field(primary_key=True, sa_type=String(64))
    user_id: str | None = Field(default=None, sa_type=ID, index=True)
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    agent: str | None = Field(default=None, sa_type=String(60))  # "Chrome på Android"
    address: str | None = Field(default=None, sa_type=String(45))  # where it was last seen from


class Device(SQLModel, table=True):
    """A phone, and what it last told of itself."""

    id: str = Field(primary_key=True, sa_type=ID)
    project_id: str = Field(sa_type=ID)
    user_id: str = Field(sa_type=ID, index=True)
    name: str = Field(sa_type=String(80))
    created_at: datetime
    seen_at: datetime
    app_version: str = Field(default="", sa_type=String(20))
    unsent: int = 0
    oldest_unsent_at: datetime | None = None
    clock_offset_s: int | None = None
    revoked_at: datetime | None = None
    revoked_how: str | None = Field(default=None, sa_type=String(8))  # lock, wipe
    told_at: datetime | None = None  # when the phone first heard that it is shut out
    wiped_at: datetime | None = None  # when the phone said that it is empty
    pulled_epoch: str | None = Field(default=None, sa_type=ID)  # how far it has put in place what it pulled
    pulled_seq: int | None = Field(default=None, sa_type=BigInteger)
    lost_at: datetime | None = None  # when it came back empty, with `unsent` ops that never arrived
    recovery_share: str | None = Field(default=None, sa_type=String(43))  # half of what opens the phone's notebook; the other half lies on the phone
    deposit_hash: str | None = Field(default=None, sa_type=String(64))  # of what the phone hands boxes in with while it is locked
    epoch_asked_at: datetime | None = None  # its `have` made the server mint an epoch


class SignInAttempt(SQLModel, table=True):
    """A try to sign in, counted over all workers: in the air until it has failed; one that succeeds is taken away."""

    __tablename__ = "sign_in_attempt"

    id: int | None = Field(default=None, primary_key=True)
    email_hash: str = Field(sa_type=String(64), index=True)
    address: str = Field(sa_type=String(45), index=True)
    at: datetime
    failed_at: datetime | None = None
