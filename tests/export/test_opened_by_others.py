"""The month's files as other people's programs open them: pandas, two readers of Excel files, and LibreOffice where it is."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from datetime import datetime

import pandas as pd
import pytest

from app.export import month_close, month_export
from app.ledger.change import Change
from app.ledger.push import write
from tests.export.conftest import NOW
from tests.export.test_files import unpacked
from tests.world import named, visit

HOSTILE = '=HYPERLINK("http://x.example";"æøå ÆØÅ")'
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CSV = {"sep": ";", "decimal": ",", "encoding": "utf-8-sig"}


@pytest.fixture
def october(autumn, tmp_path):
    """October closed, with a visit to a practice whose ydernummer begins with 0 and a material named like a formula."""
    told = [Change("material", named("farligt"), "create", {"type": "PATIENT_FLYER", "title": HOSTILE, "languages": ["da"]}),
            Change("material_batch", named("farligt oplag"), "create", {"material_id": named("farligt"), "language": "da", "name": "1"}),
            Change("practice", named("nul"), "create", {
                "number": "P20", "name": "Åløkkens Læger", "district": "VALBY", "address": "Vej 1", "postal_code": "2500", "city": "Valby",
                "ydernummer": "012345", "agreement_status": "AGREED", "agreements": [{"status": "AGREED", "from": "2026-10-01"}]})]
    assert {r.status for r in write(autumn.db, autumn.birthe, told, NOW)} == {"accepted"}
    seen = [Change("visit", named("nulbesøg"), "create", visit(occurred_at="2026-10-06T08:00:00Z", practice_id=named("nul"), minutes=35)),
            Change("stock_move", named("kom"), "create", {"batch_id": named("farligt oplag"), "move": "RECEIVED", "quantity": 1040,
                   "from_place": "SUPPLIER", "to_place": "DEPOT", "occurred_at": "2026-10-05T08:00:00Z"})]
    assert {r.status for r in write(autumn.db, autumn.signe, seen, NOW)} == {"accepted"}
    month_close(autumn.db, autumn.project_id, "2026-10", None, None, NOW)
    folder = tmp_path / "pakke"
    folder.mkdir()
    for name, content in unpacked(month_export(autumn.db, autumn.project_id, "2026-10", tmp_path, NOW)).items():
        (folder / name).write_bytes(content)
    return folder


def test_pandas_reads_every_table_with_danish_letters_and_decimal_commas(october):
    tables = {path.name: pd.read_csv(path, **CSV, dtype={"ydernummer": str}) for path in october.glob("*.csv")}
    assert len(tables) == 11 and not any(name.startswith("Unnamed") for one in tables.values() for name in one.columns)
    visits = tables["02_besoeg.csv"]
    assert "012345" in set(visits["ydernummer"]) and visits["synket_timer"].dtype.kind == "f" and set(visits["minutter"]) == {35, 20}
    assert list(pd.to_datetime(visits["dato"], format="%d-%m-%Y")) == [datetime(2026, 10, 1), datetime(2026, 10, 6)]
    figures = tables["01_maanedstal.csv"].set_index(["indikator", "bydel"])
    assert float(figures.loc[("P6", "ALLE"), "vaerdi"].replace(",", ".")) == 27.5  # "–" stands in the column too, so it is text
    material = tables["05_materialer.csv"].set_index("materiale")
    assert material.loc[f"'{HOSTILE}", "modtaget"] == 1040  # the apostrophe keeps it text


@pytest.mark.parametrize("engine", ["openpyxl", "calamine"])
def test_two_readers_of_excel_files_find_the_same_typed_cells(october, engine):
    visits = pd.read_excel(october / "02_besoeg.xlsx", engine=engine, dtype={"ydernummer": str})
    assert list(visits["ydernummer"]) == ["990109", "012345"] and list(visits["minutter"]) == [20, 35]
    assert visits["dato"].dtype.kind == "M" and visits["synket_timer"].dtype.kind == "f"
    pages = pd.read_excel(october / "01_maanedstal.xlsx", engine=engine, sheet_name=None)
    assert list(pages) == ["Månedens tal", "Samtaler efter bydel", "Diagrammer"]
    figures = pages["Månedens tal"].set_index(["indikator", "bydel"])
    assert figures.loc[("P6", "ALLE"), "vaerdi"] == 27.5 and figures.loc[("P1", "ALLE"), "navn"] == "Praksisdækning"


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is not on this machine")
@pytest.mark.timeout(180)
def test_libreoffice_opens_the_files_and_runs_nothing_in_them(october, tmp_path):
    def opened(name: str, *more: str) -> pd.DataFrame:
        subprocess.run([SOFFICE, f"-env:UserInstallation=file://{tmp_path}/profil", "--headless", *more,
                        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "aabnet"), str(october / name)],
                       check=True, timeout=150, capture_output=True, env={**os.environ, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"})
        content = (tmp_path / "aabnet" / f"{name.rpartition('.')[0]}.xlsx").read_bytes()
        assert b"<f" not in b"".join(data for part, data in _parts(content).items() if part.startswith("xl/worksheets/"))
        return pd.read_excel(io.BytesIO(content), dtype={"ydernummer": str})

    danish = "--infilter=Text - txt - csv (StarCalc):59,34,76,1,,1030,false,true,false"  # ; " UTF-8 from line 1, Danish, numbers recognised
    material = opened("05_materialer.csv", danish).set_index("materiale")
    assert material.loc[f"'{HOSTILE}", "modtaget"] == 1040
    assert opened("01_maanedstal.csv", danish).set_index(["indikator", "bydel"]).loc[("P6", "ALLE"), "vaerdi"] == 27.5
    visits = opened("02_besoeg.xlsx")
    assert list(visits["ydernummer"]) == ["990109", "012345"] and visits["dato"].dtype.kind == "M"


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
