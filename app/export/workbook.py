"""The visits as an Excel workbook: ydernummer is text, so that no leading zero is lost, and no text becomes a formula."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import xlsxwriter

from app.clock import COPENHAGEN
from app.export.sheets import Sheet

NAME = "02_besoeg.xlsx"
OPTIONS = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
WIDTHS = {"besoegsid": 38, "moedte": 24, "resultat": 22, "formaal": 16, "bydel": 14}
NUMBERS = ("minutter", "synket_timer")


def workbook(sheet: Sheet, title: str, as_of: datetime) -> bytes:
    """Same rows and same as-of time give the same bytes."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, OPTIONS)
    book.set_properties({"title": title, "created": as_of.astimezone(COPENHAGEN).replace(tzinfo=None)})
    page = book.add_worksheet(sheet.title)
    head, text, day = (book.add_format(form) for form in (
        {"bold": True, "bottom": 1}, {"num_format": "@"}, {"num_format": "dd-mm-yyyy"}))
    for column, name in enumerate(sheet.columns):
        page.set_column(column, column, WIDTHS.get(name, 12))
        page.write_string(0, column, name, head)
        for number, row in enumerate(sheet.rows, 1):
            _write(page, number, column, name, row[column], text, day)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
    book.close()
    return content.getvalue()


def _write(page: Any, row: int, column: int, name: str, value: Any, text: Any, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    elif name in NUMBERS:
        page.write_number(row, column, float(str(value).replace(",", ".")))
    else:
        page.write_string(row, column, str(value), text)
