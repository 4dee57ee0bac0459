"""Lets people in: a user in the book, and an address with a passphrase beside it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from app.accounts import factors, passkeys
from app.accounts.passphrases import LEAST, hashed, too_easy
from app.accounts.session_list import end_all
from app.accounts.sessions import CREDENTIALS, USERS, SignedIn
from app.db import Database
from app.ledger.change import Change
from app.ledger.founding import found, system
from app.ledger.history import project_ids
from app.ledger.ids import new_id
from app.ledger.push import write
from app.ledger.tables import DEVICES
from app.records.codes import code_list

EMAIL = re.compile(r"^[^@\s]{1,64}@[^@\s]{1,189}$")


class Unfit(ValueError):
    """The wish cannot be met; the text says in Danish why."""


def the_project(db: Database, now: datetime) -> str:
    """The installation's project; an empty database gets a plain one around today."""
    if ids := project_ids(db):
        return ids[0]
    year = now.year
    first, last = date(year - 1, 1, 1), date(year + 1, 12, 31)
    return found(db, {"name": "Rådgiver på hjul", "period_from": first.isoformat(), "period_to": last.isoformat()}, now)


def add(db: Database, email: str, name: str, initials: str, role: str, passphrase: str, now: datetime,
        user_id: str | None = None, **more: Any) -> str:
    """A new user with the view of their role at once; their id. Raises Unfit."""
    email = email.strip().lower()
    if not EMAIL.match(email):
        raise Unfit("E-mailadressen har ikke den rigtige form.")
    if role not in code_list("role").codes:
        raise Unfit(f"Rollen skal være en af: {', '.join(code_list('role').codes)}.")
    check_passphrase(passphrase, email, name)
    project_id = the_project(db, now)
    with db.read() as tx:
        if tx.execute(select(CREDENTIALS.c.user_id).where(CREDENTIALS.c.email == email)).first():
            raise Unfit("Der er allerede en bruger med den adresse.")
    user_id = user_id or new_id()
    result = write(db, system(project_id), [Change("user", user_id, "create", {"name": name, "initials": initials, "role": role, **more})], now)[0]
    if result.status != "accepted":
        raise Unfit(result.message)
    with db.write() as tx:
        tx.execute(insert(CREDENTIALS).values(user_id=user_id, project_id=project_id, email=email, passphrase=hashed(passphrase),
                                              scope_rev=1, disabled=False))
    return user_id


def set_role(db: Database, email: str, role: str, now: datetime) -> str:
    """Gives a user another role: the view changes at the next pull; the user's id. Raises Unfit."""
    with db.read() as tx:
        row = tx.execute(select(CREDENTIALS.c.user_id, CREDENTIALS.c.project_id, USERS.c.role).join(USERS, USERS.c.id == CREDENTIALS.c.user_id)
                         .where(CREDENTIALS.c.email == email.strip().lower())).first()
    if row is None:
        raise Unfit("Der er ingen bruger med den adresse.")
    result = write(db, system(row.project_id), [Change("user", row.user_id, "update", {"role": role}, {"role": row.role})], now)[0]
    if result.status != "accepted":
        raise Unfit(result.message)
    with db.write() as tx:
        tx.execute(update(CREDENTIALS).where(CREDENTIALS.c.user_id == row.user_id).values(scope_rev=CREDENTIALS.c.scope_rev + 1))
    return str(row.user_id)


def forget_factor(db: Database, email: str) -> str:
    """For somebody who has lost their code app, paper codes and passkeys: they sign in with the passphrase and enrol anew.

    Answers the user's id, as all below. Raises Unfit.
    """
    user_id = _user_id(db, email)
    if not factors.forget(db, user_id) | passkeys.forget(db, user_id):
        raise Unfit("Brugeren har hverken kodeapp eller passkeys.")
    end_all(db, user_id)
    return user_id


def set_passphrase(db: Database, email: str, passphrase: str) -> str:
    """For somebody who has forgotten it: they are signed out everywhere. Raises Unfit."""
    user_id = _user_id(db, email)
    check_passphrase(passphrase, email)
    return _change(db, user_id, passphrase=hashed(passphrase))


def change_own(db: Database, user: SignedIn, passphrase: str, here: str) -> None:
    """The owner's wish: signed out everywhere but `here`. Raises Unfit."""
    check_passphrase(passphrase, user.email, user.name)
    with db.write() as tx:
        tx.execute(update(CREDENTIALS).where(CREDENTIALS.c.user_id == user.user_id).values(passphrase=hashed(passphrase)))
    end_all(db, user.user_id, but=here)


def check_passphrase(passphrase: str, *about: str) -> None:
    """Raises Unfit for one that is too short, or that others guess; `about` is what they know of its owner."""
    if len(passphrase) < LEAST:
        raise Unfit(f"Adgangssætningen skal være på mindst {LEAST} tegn.")
    if too_easy(passphrase, *about):
        raise Unfit("Den er for let at gætte. Tag fire ord, der ikke hører sammen, fx noget du ser lige nu.")


def close(db: Database, email: str, anyway: bool) -> str:
    """Nobody signs in with it any more. What a phone of theirs still holds must have come in first (domain.md 2.3). Raises Unfit."""
    user_id = _user_id(db, email)
    with db.read() as tx:
        waiting = tx.execute(select(func.coalesce(func.sum(DEVICES.c.unsent), 0)).where(
            DEVICES.c.user_id == user_id, DEVICES.c.wiped_at.is_(None))).scalar_one()
    if waiting and not anyway:
        raise Unfit(f"Der ligger {waiting} usendte registreringer på brugerens telefon. Få dem sendt først, eller luk alligevel med --anyway.")
    return _change(db, user_id, disabled=True)


def reopen(db: Database, email: str) -> str:
    """The account is open again. Raises Unfit."""
    return _change(db, _user_id(db, email), disabled=False)


def _change(db: Database, user_id: str, **values: Any) -> str:
    with db.write() as tx:
        tx.execute(update(CREDENTIALS).where(CREDENTIALS.c.user_id == user_id).values(**values))
    end_all(db, user_id)
    return user_id


def _user_id(db: Database, email: str) -> str:
    with db.read() as tx:
        user_id = tx.execute(select(CREDENTIALS.c.user_id).where(CREDENTIALS.c.email == email.strip().lower())).scalar()
    if user_id is None:
        raise Unfit("Der er ingen bruger med den adresse.")
    return str(user_id)
