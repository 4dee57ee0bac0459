"""Hashes and checks passphrases with Argon2id; an unknown user costs the same time as a known one."""

from __future__ import annotations

import os
from functools import cache

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

LEAST = 12


def _kdf() -> Argon2id:
    return Argon2id(salt=os.urandom(16), length=32, iterations=2, lanes=1, memory_cost=19 * 1024)


def hashed(passphrase: str) -> str:
    """The PHC string to store."""
    return _kdf().derive_phc_encoded(passphrase.encode())


def matches(passphrase: str, stored: str | None) -> bool:
    """True when the passphrase fits; with nothing stored the same work is done for nothing."""
    try:
        Argon2id.verify_phc_encoded(passphrase.encode("utf-8", "replace"), stored or _nobody())
    except (InvalidKey, ValueError):
        return False
    return stored is not None


@cache
def _nobody() -> str:
    return hashed(os.urandom(16).hex())
