"""The tables as Excel workbooks: numbers and dates typed, ydernummer as text, and no text that becomes a formula."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import Any

import xlsxwriter

from app.clock import COPENHAGEN
from app.export.dialect import Written
from app.export.sheets import FIGURES, Sheet
from app.export.workbook_charts import draw

OPTIONS = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
WIDTHS = {"besoegsid": 38, "moedte": 24, "resultat": 22, "formaal": 16, "bydel": 14, "navn": 32, "opgjort": 17, "enhed": 18, "note": 20}
DAY, MOMENT, TEXT = "dd-mm-yyyy", "dd-mm-yyyy hh:mm", "@"


def workbook(sheets: list[Sheet], title: str, as_of: datetime) -> bytes:
    """One page a sheet. Same rows and same as-of time give the same bytes."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, OPTIONS)
    book.set_properties({"title": title, "created": as_of.astimezone(COPENHAGEN).replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bottom": 1})
    forms = {form: book.add_format({"num_format": form}) for form in (DAY, MOMENT, TEXT)}
    for sheet in sheets:
        _page(book.add_worksheet(sheet.title), sheet, head, forms)
    if sheets and sheets[0].name == FIGURES:
        draw(book, sheets[0])
    book.close()
    return content.getvalue()


def _page(page: Any, sheet: Sheet, head: Any, forms: dict[str, Any]) -> None:
    for column, name in enumerate(sheet.columns):
        page.set_column(column, column, WIDTHS.get(name, 12))
        page.write_string(0, column, name, head)
        for number, row in enumerate(sheet.rows, 1):
            _write(page, number, column, row[column], forms)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)


def _write(page: Any, row: int, column: int, value: Any, forms: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, datetime):
        page.write_datetime(row, column, value.astimezone(COPENHAGEN).replace(tzinfo=None), forms[MOMENT])
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), forms[DAY])
    elif isinstance(value, (int, float)):
        page.write_number(row, column, value)
    elif isinstance(value, Written) and re.fullmatch(r"-?\d+(,\d+)?", value):
        page.write_number(row, column, float(value.replace(",", ".")))
    else:
        page.write_string(row, column, str(value), forms[TEXT])
