"""Builds the month's zip: the same records and the same as-of time give the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import metadata
from typing import Any

from sqlalchemy import Connection, select

from app import __version__
from app.clock import COPENHAGEN, local_date
from app.export import readme, sheets, workbook
from app.export.change_words import change_words
from app.export.chapters import chapter_sheets
from app.export.codebook import codes_sheet, indicators_sheet
from app.export.data_package import NAME as DATA_PACKAGE
from app.export.data_package import data_package
from app.export.invented import invented
from app.export.month_page import NAME as PAGE
from app.export.month_page import month_page
from app.export.sentences import sentences
from app.export.sheets import Sheet
from app.figures.corrections import booked_rows, pending
from app.figures.figure import Figure
from app.figures.ground import Ground, lay_out
from app.figures.hide import LIMIT
from app.figures.indicators import BY_ID, DEFINITIONS
from app.figures.month_table import moved_months
from app.figures.outside import changes
from app.figures.recount import figures
from app.records import Project
from app.rules.calendar import month_name, next_month

PROJECTS: Any = Project.__table__  # type: ignore[attr-defined]

WORKBOOKS = {"01_maanedstal.xlsx": ("01_maanedstal.csv", "03_samtaler_sum.csv"), "02_besoeg.xlsx": ("02_besoeg.csv",)}
CHANGES = "13_siden_sidst.txt"
CORRECTIONS = "08_rettelser.csv"
MANIFEST = "manifest.json"
WRITERS = ("typst", "xlsxwriter")  # another version of these may write other bytes


@dataclass(frozen=True)
class Draft:
    """A month's files before they are made: those that are words and tables, and how to make the papers and workbooks."""

    name: str
    as_of: datetime
    sheets: list[Sheet]
    words: dict[str, bytes]
    papers: dict[str, Callable[[], bytes]]
    manifest: Callable[[dict[str, bytes]], bytes]

    @property
    def file_name(self) -> str:
        return f"{self.name}.zip"

    def made(self) -> Package:
        content = {**self.words, **{name: make() for name, make in self.papers.items()}}
        content[MANIFEST] = self.manifest(content)
        return Package(self.file_name, zipped(content, self.as_of), self.sheets)


@dataclass(frozen=True)
class Package:
    """What leaves the house for one month."""

    name: str
    content: bytes
    sheets: list[Sheet]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def package(tx: Connection, project_id: str, month: str, now: datetime) -> Package:
    """The month's files as of now: v1 right after its close, in the same transaction; else foreløbig."""
    return draft(tx, lay_out(tx, project_id), month, now).made()


def draft(tx: Connection, ground: Ground, month: str, now: datetime) -> Draft:
    """What the files will hold; the month's page shows it without making them."""
    project_id = ground.project_id
    close = ground.closes.get(month)
    as_of, version = (close["closed_at"], "v1") if close else (now, "foreløbig")
    leaving, earlier = _leaving(ground, month, as_of), next_month(month, -1)
    since = change_words(leaving, _leaving(ground, earlier, as_of), month_name(earlier)) if earlier in ground.closes else []
    tables = _sheets(tx, ground, month, as_of, version, leaving)
    project = tx.execute(select(PROJECTS.c.name).where(PROJECTS.c.id == project_id)).scalar_one()
    title, name = f"{project}: {month_name(month)} ({version})", f"RPH_{month}_{'v1' if close else 'foreloebig'}"
    note = invented(tx, project_id)
    words = {readme.NAME: readme.readme(project, month, version, as_of, bool(close and close["reason"]), tables, note),
               **({CHANGES: readme.written(since)} if since else {}),
               **{table.name: table.content for table in tables},
               DATA_PACKAGE: data_package(title, name, version, as_of, tables, note)}
    corrections, told = next(one for one in tables if one.name == CORRECTIONS), sentences(tx, project_id, month)
    papers: dict[str, Callable[[], bytes]] = {PAGE: lambda: month_page(project, month, version, as_of, leaving, corrections, told, note)}
    papers |= {file: partial(workbook.workbook, [one for one in tables if one.name in pages], title, as_of) for file, pages in WORKBOOKS.items()}
    return Draft(name, as_of, tables, words, papers, lambda content: _manifest(project, month, version, as_of, content))


def _leaving(ground: Ground, month: str, as_of: datetime) -> list[Figure]:
    """Numbers about people stand in v1 only: two preliminary files of the same month could be subtracted."""
    close = ground.closes.get(month)
    counted = [Figure.read(one) for one in close["figures"]] if close else figures(ground, month, local_date(as_of))
    return [one for one in counted if one.definition.external and (close or not one.definition.people)]


def _sheets(tx: Connection, ground: Ground, month: str, as_of: datetime, version: str, leaving: list[Figure]) -> list[Sheet]:
    close, today = ground.closes.get(month), local_date(as_of)
    booked = booked_rows(tx, ground.project_id)
    here = [dict(row._mapping) for row in booked if row.booked_in == month] if close else pending(tx, ground, month, today).rows
    told = changes(ground.closes, booked)
    found = [sheets.figures_sheet(leaving, version, as_of), sheets.visits_sheet(tx, ground, month),
            *([sheets.talks_sheet(leaving, month)] if any(one.indicator == "S1" for one in leaving) else []),
            sheets.materials_sheet(tx, ground, month, today),
            sheets.corrections_sheet([row for row in here if _open(row)], [one for one in told if one.booked_in == month]),
            sheets.moved_sheet(moved_months(tx, ground, [] if close else here), told), *chapter_sheets(leaving, month), indicators_sheet()]
    return sorted([*found, codes_sheet(found)], key=lambda one: one.name)


def _open(row: dict[str, Any]) -> bool:
    definition = BY_ID[row["indicator"]]
    return definition.external and not definition.people


def _manifest(project: str, month: str, version: str, as_of: datetime, content: dict[str, bytes]) -> bytes:
    told = {"project": project, "month": month, "version": version,
            "as_of": as_of.astimezone(COPENHAGEN).isoformat(timespec="seconds"),
            "app_version": __version__, "definitions_version": DEFINITIONS, "small_number_limit": LIMIT,
            "written_with": {name: metadata.version(name) for name in WRITERS},
            "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(content.items())}}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def zipped(content: dict[str, bytes], as_of: datetime) -> bytes:
    """Every entry carries the as-of time, not that of the computer's disk."""
    stamp = as_of.astimezone(COPENHAGEN).timetuple()[:6]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(content.items()):
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(entry, data)
    return target.getvalue()
