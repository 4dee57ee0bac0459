"""The second factor: a code app's six digits, no step of its clock good twice, and codes on paper for when the phone is gone."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from datetime import datetime
from hmac import compare_digest

import pyotp
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, delete, func, insert, select, update

from app.db import Database
from app.records.account import Authenticator, RecoveryCode

AUTHENTICATORS = Authenticator.__table__  # type: ignore[attr-defined]
RECOVERY = RecoveryCode.__table__  # type: ignore[attr-defined]
NEEDED = frozenset({"COORDINATOR", "SYSADMIN"})  # roles that must have one (security.md, Accounts)
ISSUER = "Rådgiver på hjul"
STEP = 30  # seconds
NONCE = 12
PAPER_CODES = 10
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
NEIGHBOURS = (0, -1, 1)  # steps: a clock may go half a minute wrong


def new_secret() -> str:
    return pyotp.random_base32()


def address(secret: str, email: str) -> str:
    """What the QR code says to a code app."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=email, issuer_name=ISSUER)


def fitting_step(secret: str, code: str, now: datetime) -> int | None:
    """The step of the clock that the code belongs to."""
    present = int(now.timestamp()) // STEP
    wanted = {present + near: pyotp.TOTP(secret, interval=STEP).generate_otp(present + near) for near in NEIGHBOURS}
    digits = re.sub(r"\s", "", code).encode("utf-8", "replace")
    return next((step for step, good in wanted.items() if compare_digest(good.encode(), digits)), None)


def enrol(db: Database, user_id: str, secret: str, step: int) -> None:
    """The code app counts from now on, instead of one from before."""
    with db.write() as tx:
        tx.execute(delete(AUTHENTICATORS).where(AUTHENTICATORS.c.user_id == user_id))
        tx.execute(insert(AUTHENTICATORS).values(user_id=user_id, box=seal(db, user_id, secret), last_step=step))


def code_fits(db: Database, user_id: str, code: str, now: datetime) -> bool:
    """Is it the code app's, or one on paper? Either is used up by it."""
    with db.read() as tx:
        box = tx.execute(select(AUTHENTICATORS.c.box).where(AUTHENTICATORS.c.user_id == user_id)).scalar()
    step = fitting_step(unseal(db, user_id, box), code, now) if box else None
    with db.write() as tx:
        if step is None:
            return tx.execute(delete(RECOVERY).where(RECOVERY.c.user_id == user_id, RECOVERY.c.id == _hash(user_id, code))).rowcount == 1
        return tx.execute(update(AUTHENTICATORS).where(AUTHENTICATORS.c.user_id == user_id, AUTHENTICATORS.c.last_step < step)
                          .values(last_step=step)).rowcount == 1


def new_paper_codes(db: Database, user_id: str) -> list[str]:
    """Ten codes, shown this once; those from before are worth nothing."""
    codes = ["-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4)) for _ in range(PAPER_CODES)]
    with db.write() as tx:
        tx.execute(delete(RECOVERY).where(RECOVERY.c.user_id == user_id))
        tx.execute(insert(RECOVERY), [{"id": _hash(user_id, code), "user_id": user_id} for code in codes])
    return codes


def paper_codes_left(tx: Connection, user_id: str) -> int:
    return tx.execute(select(func.count()).select_from(RECOVERY).where(RECOVERY.c.user_id == user_id)).scalar_one()


def has_app(tx: Connection, user_id: str) -> bool:
    return tx.execute(select(AUTHENTICATORS.c.user_id).where(AUTHENTICATORS.c.user_id == user_id)).first() is not None


def forget(db: Database, user_id: str) -> bool:
    """Takes the code app and the paper codes away, for somebody who has lost both; False when there were none."""
    with db.write() as tx:
        tx.execute(delete(RECOVERY).where(RECOVERY.c.user_id == user_id))
        return tx.execute(delete(AUTHENTICATORS).where(AUTHENTICATORS.c.user_id == user_id)).rowcount > 0


def seal(db: Database, user_id: str, secret: str) -> bytes:
    """Sealed for its user alone, so that a box cannot be put under another."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key(db)).encrypt(nonce, secret.encode(), user_id.encode())


def unseal(db: Database, user_id: str, box: bytes) -> str:
    """Raises InvalidTag for a box that is another's, or sealed by another installation."""
    return AESGCM(_key(db)).decrypt(box[:NONCE], box[NONCE:], user_id.encode()).decode()


def _key(db: Database) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"raadgiver second factor").derive(db.settings.secret_key.encode())


def _hash(user_id: str, code: str) -> str:
    """Eighty random bits need no slow hash."""
    plain = re.sub(r"[\s-]", "", code).lower()
    return hashlib.sha256(f"{user_id} {plain}".encode("utf-8", "replace")).hexdigest()
