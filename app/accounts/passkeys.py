"""Passkeys: what is asked of a browser, and whether its answer holds. Each challenge is good for one answer (security.md, Accounts)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import webauthn
from flask import request, session
from sqlalchemy import Connection, delete, insert, select, update
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app import clock
from app.accounts.browsers import browser_words
from app.accounts.sessions import SignedIn
from app.db import Database
from app.records.account import Passkey

PASSKEYS = Passkey.__table__  # type: ignore[attr-defined]
NAME = "Rådgiver på hjul"
CHALLENGE = "passkey_challenge"
VERIFIED = UserVerificationRequirement.REQUIRED  # what one has, and what one is or knows: both factors


def asked() -> str:
    """The question to whoever signs in: any passkey of ours."""
    return options_to_json(webauthn.generate_authentication_options(rp_id=_place(), challenge=_challenge(), user_verification=VERIFIED))


def asked_for_new(tx: Connection, user: SignedIn | Any) -> str:
    """The question to somebody who wants one more."""
    criteria = AuthenticatorSelectionCriteria(resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED)
    return options_to_json(webauthn.generate_registration_options(
        rp_id=_place(), rp_name=NAME, user_name=user.email, user_display_name=user.name, user_id=user.user_id.encode(), challenge=_challenge(),
        authenticator_selection=criteria, exclude_credentials=[PublicKeyCredentialDescriptor(id=one.credential) for one in of(tx, user.user_id)]))


def of(tx: Connection, user_id: str) -> list[Any]:
    return list(tx.execute(select(PASSKEYS).where(PASSKEYS.c.user_id == user_id).order_by(PASSKEYS.c.created_at)))


def add(db: Database, user_id: str, answer: str) -> bool:
    """Keeps the public half of a new passkey; False when the answer does not hold."""
    try:
        made = webauthn.verify_registration_response(
            credential=_read(answer), expected_challenge=_used_challenge(), expected_rp_id=_place(), expected_origin=_origin(),
            require_user_verification=True)
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return False
    key = _hash(made.credential_id)
    with db.write() as tx:
        if tx.execute(select(PASSKEYS.c.id).where(PASSKEYS.c.id == key)).first():
            return False
        tx.execute(insert(PASSKEYS).values(id=key, user_id=user_id, credential=made.credential_id, public_key=made.credential_public_key,
                                           sign_count=made.sign_count, name=browser_words(request.user_agent.string), created_at=clock.now()))
    return True


def owner(db: Database, answer: str) -> str | None:
    """Whose passkey answered; None when the answer does not hold."""
    try:
        credential = _read(answer)
        key = _hash(base64url_to_bytes(credential["id"]))
        with db.read() as tx:
            known = tx.execute(select(PASSKEYS).where(PASSKEYS.c.id == key)).first()
        if known is None:
            return None
        proof = webauthn.verify_authentication_response(
            credential=credential, expected_challenge=_used_challenge(), expected_rp_id=_place(), expected_origin=_origin(),
            credential_public_key=known.public_key, credential_current_sign_count=known.sign_count, require_user_verification=True)
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    with db.write() as tx:
        tx.execute(update(PASSKEYS).where(PASSKEYS.c.id == key).values(sign_count=proof.new_sign_count, used_at=clock.now()))
    return str(known.user_id)


def remove(db: Database, user_id: str, passkey_id: str) -> bool:
    with db.write() as tx:
        return tx.execute(delete(PASSKEYS).where(PASSKEYS.c.user_id == user_id, PASSKEYS.c.id == passkey_id)).rowcount > 0


def forget(db: Database, user_id: str) -> bool:
    """Takes all of somebody's passkeys away; False when there were none."""
    with db.write() as tx:
        return tx.execute(delete(PASSKEYS).where(PASSKEYS.c.user_id == user_id)).rowcount > 0


def _challenge() -> bytes:
    """The same until it is answered, so that a page fetched twice spoils nothing."""
    if CHALLENGE not in session:
        session[CHALLENGE] = bytes_to_base64url(webauthn.helpers.generate_challenge())
    return base64url_to_bytes(session[CHALLENGE])


def _used_challenge() -> bytes:
    return base64url_to_bytes(session.pop(CHALLENGE))


def _read(answer: str) -> dict[str, Any]:
    found = json.loads(answer[:20_000])
    if not isinstance(found, dict):
        raise ValueError("no credential")
    return found


def _place() -> str:
    return request.host.partition(":")[0]


def _origin() -> str:
    return f"{request.scheme}://{request.host}"


def _hash(credential: bytes) -> str:
    return hashlib.sha256(credential).hexdigest()
