"""Shows what is in a zip before it leaves the house: each file with its number of rows and its first lines."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass

from app.export.files import MANIFEST, Draft

LINES = 3
WIDEST = 40


@dataclass(frozen=True)
class Peek:
    """One file as the month's page shows it."""

    name: str
    rows: int | None  # None for a file that is no table
    columns: list[str]
    first: list[list[str]]
    text: list[str]


def sketched(found: Draft) -> list[Peek]:
    """The same of files that have not been made: papers, workbooks and the manifest by name."""
    made = [_peek(name, data) for name, data in found.words.items()]
    return sorted([*made, *(Peek(name, None, [], [], []) for name in (*found.papers, MANIFEST))], key=lambda one: one.name)


def preview(content: bytes) -> list[Peek]:
    """Every file of the zip, in order of name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [_peek(name, archive.read(name)) for name in sorted(archive.namelist())]


def _peek(name: str, data: bytes) -> Peek:
    if name.endswith(".csv"):
        columns, *rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
        return Peek(name, len(rows), columns, [[_short(cell) for cell in row] for row in rows[:LINES]], [])
    text = data.decode("utf-8-sig").splitlines() if name.endswith((".txt", ".json")) else []
    return Peek(name, None, [], [], [line for line in text if line][:LINES + 1])


def _short(cell: str) -> str:
    return cell if len(cell) <= WIDEST else f"{cell[:WIDEST - 1]}…"
