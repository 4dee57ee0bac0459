"""The zip of a month: names, columns, Danish dialect, same bytes for ever, and corrections beside what was closed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from sqlalchemy import update

from app.export import month_close, month_export, verify_months
from app.export.acts import FILES
from app.export.dialect import Signed, Written, cell
from app.figures import NotYet
from app.ledger.change import Change
from app.ledger.push import write
from tests.export.conftest import NOW
from tests.world import named, visit


def unpacked(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def table(content):
    assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\r\n") == content.count(b"\n")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def figure(rows, indicator, district="ALLE"):
    return next(row for row in rows if (row["indikator"], row["bydel"]) == (indicator, district))


def test_a_closed_month_has_the_named_files_and_columns(autumn, tmp_path):
    path = month_export(autumn.db, autumn.project_id, "2026-09", tmp_path / "ud", NOW)
    files = unpacked(path)
    assert path.name == "RPH_2026-09_v1.zip" and [one.name for one in (tmp_path / "ud").iterdir()] == [path.name]
    assert sorted(files) == ["00_laesmig.txt", "01_maanedstal.csv", "01_maanedstal.xlsx", "02_besoeg.csv", "02_besoeg.xlsx", "03_samtaler_sum.csv",
                             "04_kurser.csv", "05_materialer.csv", "06_stuegang.csv", "07_tid_sum.csv", "08_rettelser.csv",
                             "09_tidligere_maaneder.csv", "10_kodebog.csv", "11_koder.csv",
                             "12_maaneden_i_en_side.pdf", "datapackage.json", "manifest.json"]
    heads = {name: data.decode("utf-8-sig").split("\r\n")[0] for name, data in files.items() if name.endswith(".csv")}
    assert heads["01_maanedstal.csv"] == "indikator;navn;bydel;taeller;naevner;vaerdi;enhed;version;opgjort;note"
    assert heads["02_besoeg.csv"] == ("besoegsid;dato;iso_uge;praksis_id;ydernummer;bydel;form;formaal;moedte;resultat;minutter;"
                                      "synket_timer")
    assert heads["08_rettelser.csv"] == "aktivitetsmaaned;bogfoert_maaned;indikator;bydel;delta;aarsag;antal_poster"


def test_the_manifest_holds_the_checksum_of_every_file(autumn, tmp_path):
    files = unpacked(month_export(autumn.db, autumn.project_id, "2026-09", tmp_path, NOW))
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["files"] == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert (manifest["month"], manifest["version"], manifest["as_of"]) == ("2026-09", "v1", "2026-10-07T14:10:00+02:00")
    assert manifest["app_version"] and manifest["definitions_version"]


def test_figures_are_those_of_the_close_in_danish_writing(autumn, tmp_path):
    files = unpacked(month_export(autumn.db, autumn.project_id, "2026-09", tmp_path, NOW))
    rows = table(files["01_maanedstal.csv"])
    assert figure(rows, "P2")["taeller"] == "2"  # 30-09 23.30 is September, 01-10 00.30 is not
    assert figure(rows, "P1") | {"opgjort": ""} == {
        "indikator": "P1", "navn": "Praksisdækning", "bydel": "ALLE", "taeller": "2", "naevner": "3", "vaerdi": "66,7",
        "enhed": "%", "version": "v1", "opgjort": "", "note": "lille grundlag"}
    assert figure(rows, "P1")["opgjort"] == "07-10-2026 14:10"
    assert figure(rows, "P6")["vaerdi"] == "27,5" and figure(rows, "P1", "KGS_ENGHAVE")["taeller"] == "0"
    assert figure(rows, "P3")["vaerdi"] == "0,0" and figure(rows, "P5", "KGS_ENGHAVE")["vaerdi"] == "–"


def test_visits_carry_no_free_text_and_ydernummer_is_text_in_excel(autumn, tmp_path):
    files = unpacked(month_export(autumn.db, autumn.project_id, "2026-09", tmp_path, NOW))
    rows = table(files["02_besoeg.csv"])
    assert [row["dato"] for row in rows] == ["02-09-2026", "30-09-2026"] and rows[0]["iso_uge"] == "2026-U36"
    assert rows[1]["minutter"] == "35" and rows[1]["synket_timer"] == "11,5"
    assert not any("kursus" in data.decode("utf-8", "ignore") for name, data in files.items() if name.startswith("02"))
    page = openpyxl.load_workbook(io.BytesIO(files["02_besoeg.xlsx"])).active
    head = [one.value for one in page[1]]
    yder = page.cell(2, head.index("ydernummer") + 1)
    assert (yder.value, yder.number_format, yder.data_type) == ("990104", "@", "s")
    assert page.cell(2, head.index("dato") + 1).value == datetime(2026, 9, 2)


def test_the_figures_are_numbers_and_moments_in_excel_too(autumn, tmp_path):
    files = unpacked(month_export(autumn.db, autumn.project_id, "2026-09", tmp_path, NOW))
    book = openpyxl.load_workbook(io.BytesIO(files["01_maanedstal.xlsx"]))
    assert book.sheetnames == ["Månedens tal", "Samtaler efter bydel", "Diagrammer"]
    head, *rows = book["Månedens tal"].values
    found = {(row[0], row[2]): dict(zip(head, row, strict=True)) for row in rows}
    assert (found["P1", "ALLE"]["vaerdi"], found["P1", "ALLE"]["naevner"], found["P6", "ALLE"]["vaerdi"]) == (66.7, 3, 27.5)
    assert found["P2", "ALLE"]["opgjort"] == datetime(2026, 10, 7, 14, 10) and found["P5", "KGS_ENGHAVE"]["vaerdi"] == "–"


def test_bytes_of_a_closed_month_never_change(autumn, tmp_path):
    first = month_export(autumn.db, autumn.project_id, "2026-09", tmp_path / "a", NOW).read_bytes()
    more = [Change("visit", named("endnu et"), "create", visit(occurred_at="2026-09-15T08:00:00Z")),
            Change("visit", named("besøg 1"), "update", {"minutes": 45}, {"minutes": 20})]
    assert {r.code for r in write(autumn.db, autumn.signe, more, NOW)} == {"LATE_MONTH_CLOSED"}
    month_close(autumn.db, autumn.project_id, "2026-10", None, None, NOW)
    assert not month_close(autumn.db, autumn.project_id, "2026-09", None, "igen", NOW)["fresh"]
    assert month_export(autumn.db, autumn.project_id, "2026-09", tmp_path / "b", NOW + timedelta(days=400)).read_bytes() == first


def test_an_open_month_shows_what_is_booked_so_far(autumn, tmp_path):
    files = unpacked(month_export(autumn.db, autumn.project_id, "2026-10", tmp_path, NOW))
    rows = table(files["08_rettelser.csv"])
    late = next(row for row in rows if row["indikator"] == "P2")
    assert late == {"aktivitetsmaaned": "2026-09", "bogfoert_maaned": "2026-10", "indikator": "P2", "bydel": "KGS_ENGHAVE",
                    "delta": "+1", "aarsag": "LATE_SYNC", "antal_poster": "1"}
    assert next(row for row in rows if row["indikator"] == "P1" and row["bydel"] == "ALLE")["delta"] == "2/3 → 3/3"
    assert [path.name for path in tmp_path.glob("*.zip")] == ["RPH_2026-10_foreloebig.zip"]
    november = unpacked(month_export(autumn.db, autumn.project_id, "2026-11", tmp_path / "nov", NOW))
    assert table(november["08_rettelser.csv"]) == []  # each correction stands in one month's export


def test_the_next_close_lists_as_closed_corrections_and_now(autumn, tmp_path):
    month_close(autumn.db, autumn.project_id, "2026-10", None, None, NOW)
    files = unpacked(month_export(autumn.db, autumn.project_id, "2026-10", tmp_path, NOW))
    rows = {(row["indikator"], row["bydel"]): row for row in table(files["09_tidligere_maaneder.csv"])}
    p2, p1, whole = rows["P2", "KGS_ENGHAVE"], rows["P1", "ALLE"], rows["P2", "ALLE"]
    assert (whole["som_lukket"], whole["rettelser_hidtil"], whole["nu"]) == ("2", "+1", "3")
    assert (p2["aktivitetsmaaned"], p2["som_lukket"], p2["rettelser_hidtil"], p2["nu"]) == ("2026-09", "0", "+1", "1")
    assert (p1["som_lukket"], p1["rettelser_hidtil"], p1["nu"]) == ("2 af 3", "1 ændring", "3 af 3")
    assert figure(table(files["01_maanedstal.csv"]), "D2")["taeller"] == "1"
    with autumn.db.read() as tx:
        assert verify_months(tx) == []


def test_same_records_and_same_time_give_the_same_bytes(autumn, tmp_path):
    one = month_export(autumn.db, autumn.project_id, "2026-11", tmp_path / "a", NOW).read_bytes()
    assert month_export(autumn.db, autumn.project_id, "2026-11", tmp_path / "b", NOW).read_bytes() == one


@pytest.mark.parametrize("month", ["2026-12", "2027-01", "nov", "2026-1", "2024-12"])
def test_a_coming_month_has_no_export(autumn, tmp_path, month):
    with pytest.raises(NotYet):
        month_export(autumn.db, autumn.project_id, month, tmp_path, NOW)


def test_verify_finds_a_changed_file_and_a_changed_figure(autumn):
    with autumn.db.write() as tx:
        tx.execute(update(FILES).values(content=b"PK"))
    with autumn.db.read() as tx:
        assert "ændret" in verify_months(tx)[0]
    with autumn.db.write() as tx:
        tx.exec_driver_sql("""UPDATE month_close SET figures = replace(figures, '"indicator": "P2", "district": "VALBY", "n": 1',
                              '"indicator": "P2", "district": "VALBY", "n": 2')""")
    with autumn.db.read() as tx:
        assert any("P2 VALBY" in line for line in verify_months(tx))


@pytest.mark.parametrize("value, written", [
    ("=1+1", "'=1+1"), ("+45", "'+45"), ("-x", "'-x"), ("@A1", "'@A1"), ("\tx", "'\tx"), ("Ål", "Ål"), (None, ""), (1.5, "1,5"),
    (-4, "-4"), (Signed(7), "+7"), (Signed(-1), "-1"), (Written("-4"), "-4"), (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25-10-2026 02:30")])
def test_cells_are_danish_and_never_formulas(value, written):
    assert cell(value) == written
