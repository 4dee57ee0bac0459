"""The project's own words and when they held: an old record keeps the words of its day (domain.md 2.1, Term)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

JOBCENTER = re.compile(r"\b([Jj])obcent(?:er|ret|eret)\b")  # the term is definite, "kommunen", so it fits where either form stood


def said(terms: Iterable[Mapping[str, str]] | None, list_name: str, code: str, label: str, on: date) -> str:
    """The word for a code on a day: the project's own for it, else the catalogue's with the jobcentre called what it is called."""
    words = {term["key"]: term.get("label", "") for term in terms or () if term.get("key") and _holds(term, on.isoformat())}
    if own := words.get(f"{list_name}.{code}"):
        return own
    name = words.get("jobcenter", "")
    return JOBCENTER.sub(lambda found: name[0].upper() + name[1:] if found[1] == "J" else name, label) if name else label


def _holds(term: Mapping[str, str], on: str) -> bool:
    return term.get("valid_from", "") <= on <= (term.get("valid_to") or "9999-12-31")


def varies(list_name: str, label: str) -> bool:
    """May the project call it something else?"""
    return list_name == "district" or bool(JOBCENTER.search(label))
