"""The workbook's charts: bars by district beside the numbers they show, and the same in words for those who do not see them."""

from __future__ import annotations

from typing import Any

from app.export.chart import BAR, told
from app.export.sheets import Sheet
from app.figures.figure import ALL
from app.records.codes import label

CHARTED = ("P2", "S1", "M1")
TITLE = "Diagrammer"
APART = 16  # rows from one chart to the next

Bars = tuple[str, list[tuple[str, float]]]  # name of the number; district and value


def charted(figures: Sheet) -> list[Bars]:
    """What can be drawn of the month's figures: a number with a hidden district would be drawn as nought, so it is left out."""
    rows = [dict(zip(figures.columns, row, strict=True)) for row in figures.rows]
    found = []
    for indicator in CHARTED:
        here = [row for row in rows if row["indikator"] == indicator and row["bydel"] != ALL]
        if here and all(isinstance(row["taeller"], (int, float)) for row in here):
            found.append((f"{here[0]['navn']} efter bydel", [(label("district", row["bydel"]) or "Uden bydel", row["taeller"]) for row in here]))
    return found


def draw(book: Any, figures: Sheet) -> None:
    """One page with a table and a picture for each number; no page where there is nothing to draw."""
    page, head = None, None
    for number, (name, bars) in enumerate(charted(figures)):
        if page is None:
            page, head = book.add_worksheet(TITLE), book.add_format({"bold": True, "bottom": 1})
            page.set_column(0, 0, 24)
        _draw(book, page, head, number * APART, name, bars)


def _draw(book: Any, page: Any, head: Any, top: int, name: str, bars: list[tuple[str, float]]) -> None:
    page.write_string(top, 0, "Bydel", head)
    page.write_string(top, 1, "Antal", head)
    for row, (district, value) in enumerate(bars, top + 1):
        page.write_string(row, 0, district)
        page.write_number(row, 1, value)
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"name": name, "categories": [TITLE, top + 1, 0, top + len(bars), 0], "values": [TITLE, top + 1, 1, top + len(bars), 1],
                      "fill": {"color": BAR}, "data_labels": {"value": True}})
    chart.set_title({"name": name, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 560, "height": 280})
    page.insert_chart(top, 3, chart, {"description": f"Søjler. {name}: {told(bars)}."})
