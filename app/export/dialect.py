"""How a cell is written for Danish Excel: decimal comma, dd-mm-åååå, and no text that a spreadsheet would run (ch. 4)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from app.clock import COPENHAGEN
from app.figures.hide import COVERED, SMALL

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet takes text that begins so for a formula


NOTHING = "–"  # nothing to divide by
HIDDEN = (SMALL, COVERED)


class Written(str):
    """A number that is written out already, as 22,5 or -4: never text to a spreadsheet."""


class Signed(int):
    """A number that always shows its sign: +7. It is no text, so it gets no apostrophe."""


def cell(value: Any) -> str:
    """One value as text. None is empty: not known."""
    if value is None:
        return ""
    if isinstance(value, Written):
        return str(value)
    if isinstance(value, Signed):
        return f"{value:+d}"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, (int, float)):
        return str(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.astimezone(COPENHAGEN).strftime("%d-%m-%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    return harmless(str(value))


def harmless(text: str) -> str:
    """The apostrophe rule of ch. 4, against formulas that came in as text."""
    return f"'{text}" if text.startswith(RUNS) else text


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with BOM, `;`, CRLF, quotes where needed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")
