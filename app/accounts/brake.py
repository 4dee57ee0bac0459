"""Slows a guesser down over all workers: a try is booked before it is made, and only failed ones make anybody wait (security.md, Accounts)."""

from __future__ import annotations

import hashlib
import time
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from math import ceil

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from app import clock
from app.db import Database
from app.records.account import SignInAttempt

ATTEMPTS = SignInAttempt.__table__  # type: ignore[attr-defined]
WINDOW = timedelta(minutes=15)
MOST_PER_ACCOUNT_AND_ADDRESS = 10
MOST_PER_ACCOUNT = 50  # from all addresses together
MOST_PER_ADDRESS = 100
IN_THE_AIR = timedelta(seconds=30)  # a try that is older and has not ended died with its worker: it counts as failed
PATIENCE = 10  # seconds
TURN = 0x526148  # PostgreSQL's lock for counting one at a time


class TooMany(Exception):
    """Too many failed tries; `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too many tries")
        self.seconds = seconds


def book(db: Database, email: str, address: str) -> int | None:
    """Books a try; its number, to be forgiven or failed. Raises TooMany. Who has to wait for failed tries costs no write."""
    if db.settings.limits == "off":
        return None
    account, network, patience = _hash(email), _network(address), time.monotonic() + PATIENCE
    while (number := _booked(db, account, network)) is None:
        if time.monotonic() > patience:
            raise TooMany(1)
        time.sleep(0.05)  # only tries in the air are in the way: any of them may be right
    return number


def forgive(db: Database, number: int | None) -> None:
    """The try was right."""
    if number is not None:
        with db.write() as tx:
            tx.execute(delete(ATTEMPTS).where(ATTEMPTS.c.id == number))


def fail(db: Database, number: int | None) -> None:
    """The try was wrong."""
    if number is not None:
        with db.write() as tx:
            tx.execute(update(ATTEMPTS).where(ATTEMPTS.c.id == number).values(failed_at=clock.now()))


def _booked(db: Database, account: str, network: str) -> int | None:
    """The new try's number; None while others in the air take its place."""
    now = clock.now()
    with db.read() as tx:
        if not _free(tx, account, network, now):
            return None
    with db.write() as tx:
        if not db.is_sqlite:
            tx.execute(select(func.pg_advisory_xact_lock(TURN)))
        if not _free(tx, account, network, now):
            return None
        tx.execute(delete(ATTEMPTS).where(ATTEMPTS.c.at < now - WINDOW))
        return tx.execute(insert(ATTEMPTS).values(email_hash=account, address=network, at=now).returning(ATTEMPTS.c.id)).scalar_one()


def _free(tx: Connection, account: str, network: str, now: datetime) -> bool:
    """Is there room for one more try? Raises TooMany when failed ones alone take all of it."""
    mine, here = ATTEMPTS.c.email_hash == account, ATTEMPTS.c.address == network
    limits = (MOST_PER_ACCOUNT_AND_ADDRESS, and_(mine, here)), (MOST_PER_ACCOUNT, mine), (MOST_PER_ADDRESS, here)
    full = [(most, which) for most, which in limits if len(_lately(tx, now, most, which)) == most]
    failed = or_(ATTEMPTS.c.failed_at.is_not(None), ATTEMPTS.c.at < now - IN_THE_AIR)
    stuck = [found for most, which in full if len(found := _lately(tx, now, most, which, failed)) == most]
    if stuck:
        raise TooMany(max(max(1, ceil((found[-1] + WINDOW - now).total_seconds())) for found in stuck))
    return not full


def _lately(tx: Connection, now: datetime, most: int, *which: ColumnElement[bool]) -> list[datetime]:
    """The newest tries within the window, at most `most`."""
    return list(tx.execute(select(ATTEMPTS.c.at).where(ATTEMPTS.c.at > now - WINDOW, *which).order_by(ATTEMPTS.c.at.desc()).limit(most)).scalars())


def _network(address: str) -> str:
    """One line's addresses count as one: of IPv6 everybody has a whole /64."""
    try:
        return str(ip_network(f"{address}/64", strict=False)) if ip_address(address).version == 6 else address
    except ValueError:
        return address[:45]


def _hash(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()
