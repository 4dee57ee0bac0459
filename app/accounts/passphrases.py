"""Hashes and checks passphrases with Argon2id; an unknown user costs the same time as a known one."""

from __future__ import annotations

import os
import re

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

LEAST = 12
STRONG = 16  # as many signs may stand alone until a second factor is enrolled (sync.md ch. 13)
# The hash of a passphrase that nobody knows, made once with the very costs below.
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$LB1MQwa/KXEk0VDn/LBW9w$nk71iVaDa2bn5RLlToblhSbrTJ98Oub0RKP8L9Yk4D8"


EASY = 10  # decimal digits of tries: fewer, and somebody who holds the hash has it within days
COMMON = ("adgangskode", "adgangssætning", "kodeord", "hemmelig", "hemmelighed", "rådgiver", "raadgiver", "på hjul", "københavn", "vesterbro",
          "valby", "danmark", "sommer", "vinter", "forår", "efterår", "fodbold", "velkommen", "jegelskerdig", "sygemeldt", "kommune")


def too_easy(passphrase: str, *about: str) -> bool:
    """Is it on the lists of known passphrases, or made of their words, of patterns, or of what is known `about` its owner?"""
    from zxcvbn import zxcvbn  # reads its lists: only when somebody chooses

    words = [word for text in about for word in (text.lower(), *re.split(r"[\s@.-]+", text.lower())) if len(word) > 2]
    return float(zxcvbn(passphrase[:72], user_inputs=[*COMMON, *words])["guesses_log10"]) < EASY


def _kdf() -> Argon2id:
    return Argon2id(salt=os.urandom(16), length=32, iterations=2, lanes=1, memory_cost=19 * 1024)


def hashed(passphrase: str) -> str:
    """The PHC string to store."""
    return _kdf().derive_phc_encoded(passphrase.encode())


def matches(passphrase: str, stored: str | None) -> bool:
    """True when the passphrase fits; with nothing stored the same work is done for nothing."""
    try:
        Argon2id.verify_phc_encoded(passphrase.encode("utf-8", "replace"), stored or NOBODY)
    except (InvalidKey, ValueError):
        return False
    return stored is not None
