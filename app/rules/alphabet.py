"""The Danish alphabet: in which order words stand, and what a search takes for the same (domain.md 4.6)."""

from __future__ import annotations

import unicodedata

_LAST = {"æ": "{1", "ä": "{1", "ø": "{2", "ö": "{2", "å": "{3"}  # "{" comes right after "z"
_PLAIN = {"ü": "y", "ð": "d", "þ": "th", "ß": "ss", "œ": "{2", "ł": "l"}
_FOLDED = {"å": "aa", "æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "ü": "y", "ð": "d", "þ": "th", "ß": "ss", "œ": "oe"}


def sort_key(text: str | None) -> tuple[str, str]:
    """Danish order: æ, ø, å last, and aa where å stands; capitals only decide between equals."""
    written = unicodedata.normalize("NFC", text or "")
    letters = written.lower().replace("aa", "å")
    return "".join(_LAST.get(letter) or _PLAIN.get(letter) or _bare(letter) for letter in letters), written


def fold(text: str | None) -> str:
    """One spelling for what a person may type in several: å = aa, ø = oe, æ = ae, é = e."""
    letters = unicodedata.normalize("NFC", text or "").lower()
    return "".join(_FOLDED.get(letter) or _bare(letter) for letter in letters)


def finds(wanted: str, *texts: str | None) -> bool:
    """True when every word that was typed stands somewhere in the texts."""
    place = " ".join(fold(text) for text in texts)
    return all(word in place for word in fold(wanted).split())


def _bare(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
