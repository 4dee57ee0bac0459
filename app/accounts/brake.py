"""Slows a guesser down over all workers: a try is booked before it is made, and only what fails stays booked (security.md, Accounts)."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from math import ceil

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from app import clock
from app.db import Database
from app.records.account import SignInAttempt

ATTEMPTS = SignInAttempt.__table__  # type: ignore[attr-defined]
WINDOW = timedelta(minutes=15)
MOST_PER_ACCOUNT_AND_ADDRESS = 10
MOST_PER_ACCOUNT = 50  # from all addresses together
MOST_PER_ADDRESS = 100
TURN = 0x526148  # PostgreSQL's lock for counting one at a time


class TooMany(Exception):
    """Too many failed tries; `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too many tries")
        self.seconds = seconds


def book(db: Database, email: str, address: str) -> int | None:
    """Books a try; its number, to be forgiven when it succeeds. Raises TooMany. Who has to wait costs no write."""
    if db.settings.limits == "off":
        return None
    account, network, now = _hash(email), _network(address), clock.now()
    with db.read() as tx:
        _refuse(tx, account, network, now)
    with db.write() as tx:
        if not db.is_sqlite:
            tx.execute(select(func.pg_advisory_xact_lock(TURN)))
        _refuse(tx, account, network, now)
        tx.execute(delete(ATTEMPTS).where(ATTEMPTS.c.at < now - WINDOW))
        return tx.execute(insert(ATTEMPTS).values(email_hash=account, address=network, at=now).returning(ATTEMPTS.c.id)).scalar_one()


def forgive(db: Database, number: int | None) -> None:
    """The try was right."""
    if number is not None:
        with db.write() as tx:
            tx.execute(delete(ATTEMPTS).where(ATTEMPTS.c.id == number))


def _refuse(tx: Connection, account: str, network: str, now: datetime) -> None:
    mine, here = ATTEMPTS.c.email_hash == account, ATTEMPTS.c.address == network
    seconds = max(_wait(tx, now, MOST_PER_ACCOUNT_AND_ADDRESS, mine, here), _wait(tx, now, MOST_PER_ACCOUNT, mine),
                  _wait(tx, now, MOST_PER_ADDRESS, here))
    if seconds:
        raise TooMany(seconds)


def _wait(tx: Connection, now: datetime, most: int, *which: ColumnElement[bool]) -> int:
    """Seconds until there are fewer than `most` within the window."""
    lately = tx.execute(select(ATTEMPTS.c.at).where(ATTEMPTS.c.at > now - WINDOW, *which).order_by(ATTEMPTS.c.at.desc()).limit(most)).scalars().all()
    return max(1, ceil((lately[-1] + WINDOW - now).total_seconds())) if len(lately) == most else 0


def _network(address: str) -> str:
    """One line's addresses count as one: of IPv6 everybody has a whole /64."""
    try:
        return str(ip_network(f"{address}/64", strict=False)) if ip_address(address).version == 6 else address
    except ValueError:
        return address[:45]


def _hash(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()
