"""Måneden i én side: key figures, districts, the coordinator's three sentences and the corrections (domain.md 3.5)."""

from __future__ import annotations

from datetime import datetime

from app.clock import COPENHAGEN
from app.export import chart
from app.export.dialect import cell
from app.export.paper import Block, Paper, Section, picture, points, printed, table, words
from app.export.sheets import Sheet, counted, value
from app.figures.figure import ALL, Figure
from app.records.codes import label
from app.rules.calendar import month_name

NAME = "12_maaneden_i_en_side.pdf"
MOST_CORRECTIONS = 6  # one page; all of them stand in the file


def month_page(project: str, month: str, version: str, as_of: datetime, figures: list[Figure], corrections: Sheet,
               sentences: list[str], note: str = "") -> bytes:
    """The PDF. `figures`: those that leave the house, with their marks."""
    lines = [f"{project}. Opgjort {as_of.astimezone(COPENHAGEN):%d-%m-%Y kl. %H.%M}, dansk tid. "
             + ("Lukkede tal (v1)." if version == "v1" else "Foreløbige tal."), *([note] if note else [])]
    sections = [Section("Tallene", [_table(figures)]), Section("Besøg", [_chart(figures)]),
                *([Section("Koordinatorens tre sætninger", [points(sentences)])] if sentences else []),
                Section("Rettelser til tidligere måneder", _corrections(corrections))]
    return printed(Paper(f"Måneden i én side: {month_name(month)}", lines, sections, f"{project}, {month_name(month)} ({version})"), as_of, 1)


def _table(figures: list[Figure]) -> Block:
    """The whole project, and each district beside it."""
    known, columns = {one.key: one for one in figures}, _places(figures)
    rows = [(f"{one.indicator} {one.definition.name}", said(one), basis(one),
             f"{one.definition.unit}, {one.note}" if one.note and not one.is_hidden else one.definition.unit,
             *(said(known[one.indicator, code]) if (one.indicator, code) in known else "" for code in columns))
            for one in figures if one.district == ALL]
    names = [district(code) for code in columns]
    numbers = (1, 2, *range(4, 4 + len(names)))
    return table("Hele projektet, og bydelene ved siden af", ("Tal", "Værdi", "Grundlag", "Enhed", *names), rows,
                 (7, 2, 4, 5, *(3 for _ in names)), numbers)


def _places(figures: list[Figure]) -> list[str]:
    return sorted({one.district for one in figures} - {ALL}, key=lambda code: (not code, code))


def _chart(figures: list[Figure]) -> Block:
    visits = [(district(one.district), float(one.n or 0)) for one in sorted(figures, key=lambda one: one.district)
              if one.indicator == "P2" and one.district != ALL]
    return picture("Gennemførte besøg efter bydel", chart.bars(visits), f"Søjler over gennemførte besøg: {chart.told(visits)}.")


def said(one: Figure) -> str:
    return cell(value(one))


def basis(one: Figure) -> str:
    """n af N beside a percentage (R8); nothing beside a plain count."""
    n, of = counted(one), one.of_mark or one.of
    return "" if of is None else f"{of}" if n is None else f"{cell(n)} af {of}"


def district(code: str) -> str:
    return label("district", code) if code else "Uden bydel"


def _corrections(sheet: Sheet) -> list[Block]:
    if not sheet.rows:
        return [words("Ingen.")]
    rows = [(month_name(row[0]), row[2], "Hele projektet" if row[3] == ALL else district(row[3]), cell(row[4]),
             " og ".join(label("correction_reason", one).lower() for one in row[5].split("|"))) for row in sheet.rows[:MOST_CORRECTIONS]]
    rest = len(sheet.rows) - len(rows)
    return [table("Bogført i denne måned", ("Måned", "Tal", "Bydel", "Rettelse", "Årsag"), rows, (4, 2, 4, 4, 9)),
            *([words(f"Og {rest} til. Alle står i {sheet.name}.")] if rest else [])]
