"""Checks an address and a passphrase: unknown and known people cost the same work (security.md, Accounts)."""

from __future__ import annotations

from sqlalchemy import select

from app import clock
from app.accounts import brake, factors
from app.accounts.passphrases import matches
from app.accounts.sessions import CREDENTIALS, SignedIn, person
from app.db import Database
from app.ledger import access
from app.ledger.founding import system


def check(db: Database, email: str, passphrase: str, address: str) -> SignedIn | None:
    """The person, or None. Raises brake.TooMany."""
    email = email.encode("utf-8", "replace").decode().replace("\x00", "").strip().lower()[:254]
    number = brake.book(db, email, address)
    with db.read() as tx:
        row = tx.execute(select(CREDENTIALS.c.user_id, CREDENTIALS.c.passphrase).where(CREDENTIALS.c.email == email)).first()
    found = None
    if matches(passphrase, row.passphrase if row else None) and row:
        with db.read() as tx:
            found = person(tx, row.user_id)
    (brake.forgive if found else brake.fail)(db, number)
    if found is None:
        wrong_try(db, row.user_id if row else None, address)
    return found


def check_code(db: Database, user_id: str, code: str, address: str) -> bool:
    """Is it the second factor's? It is used up by it. Raises brake.TooMany."""
    number = brake.book(db, f"code {user_id}", address)
    fits = factors.code_fits(db, user_id, code[:60], clock.now())
    (brake.forgive if fits else brake.fail)(db, number)
    if not fits:
        wrong_try(db, user_id, address)
    return fits


def wrong_try(db: Database, user_id: str | None, address: str) -> None:
    """A line for somebody's account or for nobody's: the same work. Nobody has shown who they are, so the house itself is its author."""
    with db.read() as tx:
        project_id = tx.execute(select(CREDENTIALS.c.project_id).order_by(CREDENTIALS.c.user_id != (user_id or "")).limit(1)).scalar()
    if project_id:
        access.log(db, system(project_id), [access.Entry("SIGN_IN_WRONG", "user", user_id, about=address[:45])], clock.now())
