"""Checks an address and a passphrase, and slows a guesser down over all workers (security.md, Accounts)."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from sqlalchemy import delete, func, insert, or_, select

from app import clock
from app.accounts.passphrases import matches
from app.accounts.sessions import CREDENTIALS, SignedIn, person
from app.db import Database
from app.records.account import SignInAttempt

ATTEMPTS = SignInAttempt.__table__  # type: ignore[attr-defined]
WINDOW = timedelta(minutes=15)
MOST_PER_ACCOUNT = 10
MOST_PER_ADDRESS = 100


class TooMany(Exception):
    """Wait: too many failed tries. `seconds` says how long."""

    seconds = 60


def check(db: Database, email: str, passphrase: str, address: str) -> SignedIn | None:
    """The person, or None. Unknown address and wrong passphrase cost the same time. Raises TooMany."""
    email = email.encode("utf-8", "replace").decode().replace("\x00", "").strip().lower()[:254]
    if db.settings.limits != "off":
        _brake(db, email, address)
    with db.read() as tx:
        row = tx.execute(select(CREDENTIALS.c.user_id, CREDENTIALS.c.passphrase).where(CREDENTIALS.c.email == email)).first()
    fits = matches(passphrase, row.passphrase if row else None)
    with db.read() as tx:
        found = person(tx, row.user_id) if row and fits else None
    if found is None:
        _count(db, email, address)
    return found


def _brake(db: Database, email: str, address: str) -> None:
    since = clock.now() - WINDOW
    with db.read() as tx:
        lately = select(func.count()).where(ATTEMPTS.c.address == address, ATTEMPTS.c.at > since)
        mine = tx.execute(lately.where(ATTEMPTS.c.email_hash == _hash(email))).scalar_one()
        theirs = tx.execute(lately).scalar_one()
    if mine >= MOST_PER_ACCOUNT or theirs >= MOST_PER_ADDRESS:
        raise TooMany


def _count(db: Database, email: str, address: str) -> None:
    with db.write() as tx:
        tx.execute(insert(ATTEMPTS).values(email_hash=_hash(email), address=address, at=clock.now()))
        tx.execute(delete(ATTEMPTS).where(or_(ATTEMPTS.c.at < clock.now() - WINDOW)))


def _hash(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()
