"""The codebook: every indicator as it is defined, and every code with its Danish word, out of the lists the app itself uses."""

from __future__ import annotations

from app.export.columns import COLUMNS
from app.export.sheets import Sheet
from app.figures import definitions
from app.figures.figure import ALL
from app.records.codes import code_list


def indicators_sheet() -> Sheet:
    """10: the same definitions as the page in the office."""
    columns = ("indikator", "navn", "kapitel", "taelles", "over", "enhed", "periode", "opdeling", "kan_laegges_sammen", "forlader_huset",
               "smaa_tal_skjules", "i_brug", "definition")
    rows = [(one.id, one.name, one.chapter, one.numerator, one.denominator or None, one.unit, one.period, one.cuts or None, one.additive,
             one.external, one.people, one.in_use, one.definition) for one in definitions()]
    return Sheet("10_kodebog.csv", "Kodebog", columns, rows)


def codes_sheet(sheets: list[Sheet]) -> Sheet:
    """11: the code lists of the columns that stand in the files."""
    lists = dict.fromkeys(COLUMNS[column].codes for sheet in sheets for column in sheet.columns if COLUMNS[column].codes)
    rows = [(name, code, word) for name in lists for code, word in code_list(name).labels.items()]
    return Sheet("11_koder.csv", "Koder", ("liste", "kode", "betydning"), [("district", ALL, "Hele projektet"), *rows])
