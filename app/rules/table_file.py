"""Reads a table out of a file as Excel and others write it, whatever its letters and its separator."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass

MOST_ROWS = 1000


class Unreadable(ValueError):
    """The file as a whole cannot be read; the text says in Danish what to do."""


@dataclass(frozen=True)
class Table:
    """Headings as they stand, and rows of cells with the number Excel shows beside them."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(content: bytes) -> Table:
    """The table in the file; raises Unreadable."""
    text = _text(content)
    if text.lower().startswith("sep="):  # a line that Excel reads and does not count
        text = text.split("\n", 1)[-1]
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=False))
    except csv.Error:
        raise Unreadable("Filen kan ikke læses som en tabel. Gem den som CSV i Excel, og prøv igen.") from None
    filled = [(number, [_cell(cell) for cell in line]) for number, line in enumerate(lines, 1) if any(map(str.strip, line))]
    if not filled:
        raise Unreadable("Filen er tom. Vælg en fil med overskrifter i første række.")
    if len(filled) > MOST_ROWS + 1:
        raise Unreadable(f"Filen har over {MOST_ROWS} rækker. Del den i flere filer.")
    return Table(filled[0][1], filled[1:])


def _text(content: bytes) -> str:
    if content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable("Filen er en Excel-mappe. Gem den som »CSV UTF-8 (semikolonsepareret)«, og prøv igen.")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decoded(content, "utf-16")
    if content[:3] == b"\xef\xbb\xbf":
        return _decoded(content, "utf-8-sig")
    try:
        return unicodedata.normalize("NFC", content.decode("utf-8"))
    except UnicodeDecodeError:
        return _decoded(content, "cp1252")


def _decoded(content: bytes, letters: str) -> str:
    try:
        text = content.decode(letters)
    except UnicodeDecodeError:
        raise Unreadable("Filens bogstaver kan ikke læses. Gem den som »CSV UTF-8«, og prøv igen.") from None
    return unicodedata.normalize("NFC", text)


def _separator(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max((";", "\t", ","), key=head.count)


def _cell(cell: str) -> str:
    """Without what Excel needs to leave a text alone: ="057584" and '057584."""
    bare = cell.replace("\u00a0", " ").strip()
    if bare.startswith('="') and bare.endswith('"'):
        bare = bare[2:-1]
    return bare[1:] if bare[:1] == "'" and bare[1:2] in "=+-@0123456789" else bare
