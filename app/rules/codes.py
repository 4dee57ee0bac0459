"""The citizen's code as it is made, written and read: B- and five characters, of which the last checks the others (domain.md 2.5)."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Container
from dataclasses import dataclass

from app.rules.record_rules import CODE_SYMBOLS, check_character

LENGTH = 5
LOOKS_LIKE = {"S": "5", "Z": "2", "U": "V", "O": "Q eller D", "0": "Q eller D", "I": "7 eller T", "1": "7 eller T", "L": "7 eller T"}


@dataclass(frozen=True)
class Problem:
    """Why a text is no code: EMPTY, SHORT, LONG, SYMBOL or CHECK, where (from 1), and what to do, in Danish."""

    kind: str
    words: str
    at: int | None = None


def read(typed: str) -> str | Problem:
    """The code that was typed or scanned, however it was written, or what is wrong with it."""
    text = re.sub(r"[\W_]", lambda sign: sign[0] if sign[0] in "?!*#" else "", unicodedata.normalize("NFKC", typed).upper())
    body = text[1:] if text.startswith("B") and len(text) > LENGTH or re.match(r"\s*b\s*[-–]", typed, re.I) else text
    if not text:
        return Problem("EMPTY", "Skriv koden fra samtalekortet.")
    for at, symbol in enumerate(body[:LENGTH], 1):
        if symbol not in CODE_SYMBOLS:
            return Problem("SYMBOL", _wrong(symbol, at), at)
    if len(body) != LENGTH:
        short = len(body) < LENGTH
        return Problem("SHORT" if short else "LONG", f"Koden har fem tegn efter B. Der står {len(body)}.")
    if body[-1] != check_character(body[:-1]):
        return Problem("CHECK", "Koden passer ikke. Et tegn er forkert, eller to er byttet om. Tjek kortet.")
    return f"B-{body}"


def make(taken: Container[str] = ()) -> str:
    """A new random code that is not among those taken."""
    while True:
        four = "".join(secrets.choice(CODE_SYMBOLS) for _ in range(LENGTH - 1))
        code = f"B-{four}{check_character(four)}"
        if code not in taken:
            return code


def _wrong(symbol: str, at: int) -> str:
    like = LOOKS_LIKE.get(symbol)
    return f"Tegn {at} efter B er «{symbol}». Det bruges ikke i koder." + (f" Er det {like}?" if like else " Tjek kortet.")
