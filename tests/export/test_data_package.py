"""The data package as somebody else's tool reads it, and the codebook beside the definitions page."""

from __future__ import annotations

import csv
import io

import pytest
from frictionless import Package

from app.export import month_close, month_export
from app.figures import definitions
from app.ledger.change import Change
from app.ledger.push import write
from tests.export.conftest import NOW
from tests.export.test_files import table, unpacked
from tests.world import named, visit


@pytest.fixture
def folder(autumn, tmp_path):
    """September's package, and October's with corrections, laid out on the disk."""
    hostile = Change("material", named("farligt"), "create", {"type": "PATIENT_FLYER", "title": '=HYPERLINK("http://x";"æøå")', "languages": ["da"]})
    batch = Change("material_batch", named("farligt oplag"), "create", {"material_id": named("farligt"), "language": "da", "name": "1"})
    move = Change("stock_move", named("kom"), "create", {"batch_id": named("farligt oplag"), "move": "RECEIVED", "quantity": 40,
                  "from_place": "SUPPLIER", "to_place": "DEPOT", "occurred_at": "2026-10-05T08:00:00Z"})
    talk = Change("visit", named("langt"), "create", visit(occurred_at="2026-10-06T08:00:00Z", minutes=35))
    assert {r.status for r in write(autumn.db, autumn.birthe, [hostile, batch], NOW)} == {"accepted"}
    assert {r.status for r in write(autumn.db, autumn.signe, [move, talk], NOW)} == {"accepted"}
    month_close(autumn.db, autumn.project_id, "2026-10", None, None, NOW)
    for month in ("2026-09", "2026-10"):
        for name, content in unpacked(month_export(autumn.db, autumn.project_id, month, tmp_path, NOW)).items():
            (tmp_path / month).mkdir(exist_ok=True)
            (tmp_path / month / name).write_bytes(content)
    return tmp_path


@pytest.mark.parametrize("month", ["2026-09", "2026-10"])
def test_a_stranger_s_tool_finds_every_table_valid(folder, month):
    package = Package(str(folder / month / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["type", "message"])
    assert {one.path for one in package.resources} == {path.name for path in (folder / month).glob("*.csv")}


def test_a_changed_row_is_found_by_the_checksum(folder):
    path = folder / "2026-09" / "02_besoeg.csv"
    path.write_bytes(path.read_bytes().replace(b";35;", b";36;"))
    assert not Package(str(folder / "2026-09" / "datapackage.json")).validate().valid


def test_decimal_comma_leading_zeros_and_hidden_cells_are_read_as_meant(folder):
    package = Package(str(folder / "2026-10" / "datapackage.json"))
    figures = {(row["indikator"], row["bydel"]): row for row in package.get_resource("01-maanedstal").read_rows()}
    assert float(figures["P1", "ALLE"]["vaerdi"]) == 66.7
    assert figures["S7", "ALLE"]["vaerdi"] is None  # nobody to divide by: written as a dash
    material = next(row for row in package.get_resource("05-materialer").read_rows() if row["modtaget"])
    assert material["materiale"].startswith("'=HYPERLINK") and material["modtaget"] == 40


def test_codebook_and_definitions_are_one_list(folder):
    rows = table((folder / "2026-09" / "10_kodebog.csv").read_bytes())
    assert [(row["indikator"], row["definition"], row["i_brug"]) for row in rows] == [
        (one.id, one.definition, "ja" if one.in_use else "nej") for one in definitions()]


def test_every_code_in_the_files_stands_in_the_list_of_codes(folder):
    known = {row["kode"] for row in table((folder / "2026-09" / "11_koder.csv").read_bytes())}
    rows = list(csv.DictReader(io.StringIO((folder / "2026-09" / "02_besoeg.csv").read_text("utf-8-sig"), newline=""), delimiter=";"))
    used = {code for row in rows for name in ("bydel", "form", "formaal", "moedte", "resultat") for code in row[name].split("|") if code}
    assert used and used <= known


def test_courses_stuegang_and_time_say_what_is_not_counted_yet(folder):
    for letter, name in (("K", "04_kurser.csv"), ("G", "06_stuegang.csv"), ("O", "07_tid_sum.csv")):
        rows = {row["indikator"]: row for row in table((folder / "2026-10" / name).read_bytes())}
        wanted = {one.id for one in definitions() if one.id[0] == letter and one.external and not one.in_use}
        assert {id_ for id_, row in rows.items() if row["note"] == "ikke i brug"} == wanted
        assert all(rows[id_]["taeller"] == "" for id_ in wanted)
    courses = [row["indikator"] for row in table((folder / "2026-10" / "04_kurser.csv").read_bytes())]
    assert courses[0] == "K1" and "K8" in courses
