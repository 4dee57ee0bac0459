"""The workbook's charts: words for those who do not see them, and nothing drawn of a number that is hidden."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree

import openpyxl
import pytest

from app.export.sheets import figures_sheet
from app.export.workbook import workbook
from app.figures import ALL, Figure
from app.figures.hide import veiled

AS_OF = datetime(2026, 10, 7, 12, tzinfo=UTC)
DISTRICTS = ("VESTERBRO", "VALBY", "KGS_ENGHAVE")


def book(**numbers: tuple[int, int, int]) -> bytes:
    figures = [one for id_, by in numbers.items() for one in (Figure(id_, ALL, sum(by)), *map(Figure, [id_] * 3, DISTRICTS, by))]
    return workbook([figures_sheet(veiled(figures), "v1", AS_OF)], "Prøve", AS_OF)


def words(content: bytes) -> list[str]:
    """The alternative text of each picture in the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pages = [archive.read(name) for name in archive.namelist() if name.startswith("xl/drawings/drawing")]
    return [one.get("descr", "") for page in pages for one in ElementTree.fromstring(page).iter() if one.tag.endswith("}cNvPr")]


def test_each_chart_says_in_words_what_it_shows_and_has_its_table_beside_it():
    content = book(P2=(12, 9, 4), S1=(20, 11, 8))
    assert words(content) == ["Søjler. Gennemførte besøg efter bydel: Vesterbro 12; Valby 9; Kgs. Enghave 4.",
                              "Søjler. Samtaler efter bydel: Vesterbro 20; Valby 11; Kgs. Enghave 8."]
    page = openpyxl.load_workbook(io.BytesIO(content))["Diagrammer"]
    assert [tuple(one.value for one in row[:2]) for row in page["A1:B4"]] == [
        ("Bydel", "Antal"), ("Vesterbro", 12), ("Valby", 9), ("Kgs. Enghave", 4)]
    drawn = [(one.ser[0].cat.strRef.f, one.ser[0].val.numRef.f) for one in page._charts]
    assert drawn == [("Diagrammer!$A$2:$A$4", "Diagrammer!$B$2:$B$4"), ("Diagrammer!$A$18:$A$20", "Diagrammer!$B$18:$B$20")]


def test_a_number_with_a_hidden_district_is_not_drawn():
    content = book(P2=(12, 9, 4), S1=(20, 11, 3))
    assert [one.split(" efter")[0] for one in words(content)] == ["Søjler. Gennemførte besøg"]


def test_nothing_to_draw_gives_no_page_of_charts():
    assert "Diagrammer" not in openpyxl.load_workbook(io.BytesIO(book(S1=(20, 11, 3)))).sheetnames


@pytest.mark.parametrize("numbers", [{"P2": (12, 9, 4)}, {"P2": (0, 0, 0)}])
def test_the_same_figures_give_the_same_bytes_and_no_cell_is_a_formula(numbers):
    content = book(**numbers)
    assert book(**numbers) == content
    cells = [one for page in openpyxl.load_workbook(io.BytesIO(content)) for row in page.iter_rows() for one in row]
    assert cells and not [one.coordinate for one in cells if one.data_type == "f"]
