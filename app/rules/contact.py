"""What may stand in the contact vault: a phone number and what to call the person, no more (domain.md 2.5)."""

from __future__ import annotations

import re
import unicodedata

NUMBER = re.compile(r"^(?:\+45)?([2-9]\d{7}|1[3-9]\d{6})$|^(\+(?!45)[1-9]\d{6,14})$")
NAME = re.compile(r"^[^\W\d_](?:[^\W\d_]|[ .'’-]){0,29}$")


def phone_number(typed: str) -> str | None:
    """Eight digits, or a foreign number with its plus; None when it is neither."""
    digits = re.sub(r"[\s().–-]", "", unicodedata.normalize("NFKC", typed))
    found = NUMBER.match(re.sub(r"^00", "+", digits))
    return (found[1] or found[2]) if found else None


def call_name(typed: str) -> str | None:
    """One name of at most 30 letters; None when there is something else in it."""
    name = " ".join(typed.split())
    return name if NAME.match(name) and len(name.split()) <= 2 else None
