"""The contact vault's lock: what lies in it is sealed for its citizen alone, and goes when the consent goes (domain.md 2.5, 2.6)."""

from __future__ import annotations

import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, Table, delete

from app.records.vault import ContactVault

VAULT: Table = ContactVault.__table__  # type: ignore[attr-defined]
NONCE = 12


def seal(secret: str, citizen_id: str, phone: str, name: str) -> bytes:
    """AES-256-GCM under a key of the installation's secret; bound to the citizen, so that a box cannot be put under another."""
    nonce = os.urandom(NONCE)
    plain = json.dumps({"phone": phone, "name": name}, ensure_ascii=False).encode()
    return nonce + AESGCM(_key(secret)).encrypt(nonce, plain, citizen_id.encode())


def unseal(secret: str, citizen_id: str, box: bytes) -> dict[str, str] | None:
    """{"phone","name"}; None when it was sealed for another citizen, with another secret, or was changed."""
    try:
        return dict(json.loads(AESGCM(_key(secret)).decrypt(box[:NONCE], box[NONCE:], citizen_id.encode())))
    except InvalidTag:
        return None


def _key(secret: str) -> bytes:
    if not secret:
        raise RuntimeError("The vault needs RAADGIVER_SECRET_KEY.")
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"raadgiver contact vault").derive(secret.encode())


def forget(tx: Connection, citizen_id: str) -> bool:
    """Throws a citizen's number away; False when there was none."""
    return tx.execute(delete(VAULT).where(VAULT.c.citizen_id == citizen_id)).rowcount > 0
