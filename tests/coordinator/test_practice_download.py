"""The register goes out as a list and comes back unchanged: what the import reads of the export is what was there."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from app.ledger.change import Change
from app.ledger.tables import RECORDS
from app.records import Practice
from app.records.wire import to_data
from app.rules.practice_compare import compare
from app.rules.practice_import import read_practices, unknown_headings
from tests.coordinator.test_monday import wrote
from tests.server import ROOT
from tests.world import named

ADDRESS = "/kontor/praksisser/eksport.csv"
FULL = {
    "number": "P30", "name": "=Klinik Øst", "district": "KGS_ENGHAVE", "address": "Borgbjergsvej 1", "postal_code": "2450", "city": "København SV",
    "ydernummer": "057584", "sor_code": "123456789012", "lat": 55.6512, "lon": 12.5418, "practice_type": "KOMPAGNISKAB",
    "doctors": [{"name": "Åse Holm"}, {"name": "Bo Ærø", "from": "2025-01-01", "to": "2025-06-30"}],
    "contacts": [{"name": "Lone", "role": "Sekretær", "phone": "13 00 00 01", "mail": "a@laege.example", "call_time": "efter 14"}, {"name": "Per"}],
    "opening": [{"weekday": "MON", "from": "08:00", "to": "15:00"}, {"weekday": "THU", "from": "08:00", "to": "17:00"}],
    "phone_hours": [{"from": "08:00", "to": "09:00"}, {"from": "12:00", "to": "12:30"}],
    "closures": [{"from": "2026-07-06", "to": "2026-07-26", "substitute": "Nabo"}, {"from": "2026-12-23", "to": "2026-12-23"},
                 {"from": "2025-12-29", "to": "2026-01-04"}],
    "visit_window": "12-13", "avoid": "-", "talk_room": False, "access_note": "Ring; to gange", "agreement_status": "PAUSED",
    "agreements": [{"status": "AGREED", "from": "2025-01-20", "to": "2026-10-31"}, {"status": "PAUSED", "from": "2026-11-01", "reason": "Vikar"}],
    "responsible_adviser_id": named("signe"), "interval_days": 14, "stuegang": True, "initiative_by": "GP"}
ODD = {**{name: FULL[name] for name in ("district", "address", "postal_code", "city")}, "number": "P31", "name": "To gange åben",
       "opening": [{"weekday": "MON", "from": "08:00", "to": "10:00"}, {"weekday": "MON", "from": "13:00", "to": "15:00"}],
       "agreement_status": "ENDED", "agreements": [{"status": "AGREED", "from": "2025-01-20", "to": "2026-03-31"},
                                                   {"status": "ENDED", "from": "2026-04-01", "reason": "Gået på pension"}]}


@pytest.fixture
def full(world):
    wrote(world, world.birthe, Change("practice", named("fuld"), "create", FULL), Change("practice", named("sær"), "create", ODD))
    return world


def lines(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_what_is_read_back_is_what_was_there(full, birthe):
    content = birthe.get(ADDRESS).data
    with full.db.read() as tx:
        register = {row["id"]: to_data(Practice, row) for row in tx.execute(RECORDS["practice"].select()).mappings()}
    plans = compare(read_practices(content), register, {"SHL": named("signe")}, date(2026, 11, 27))
    assert len(plans) == 5 and unknown_headings(content) == []
    assert [(plan.row.title, plan.errors, plan.before, plan.after) for plan in plans if plan.kind != "SAME"] == []


def test_it_is_a_list_for_danish_excel_and_runs_nothing(full, birthe):
    answer = birthe.get(ADDRESS)
    assert answer.data.startswith(b"\xef\xbb\xbf") and b"\r\n" in answer.data and "attachment" in answer.headers["Content-Disposition"]
    row = next(row for row in lines(answer.data) if row["praksis_id"] == "P30")
    assert (row["ydernummer"], row["navn"], row["undgaa"], row["lat"]) == ('="057584"', "'=Klinik Øst", "'-", "55,6512")
    assert (row["bydel"], row["samtalelokale"], row["lukkeuger_2026"], row["fast_raadgiver"]) == ("Kgs. Enghave", "NEJ", "28-30, 1", "SHL")


def test_the_list_that_went_out_goes_in_through_the_page_and_changes_nothing(full, birthe):
    content = birthe.get(ADDRESS).data
    page = birthe.post("/kontor/praksisser/import", "/kontor/praksisser/import", fil=(io.BytesIO(content), "praksisser.csv")).get_data(as_text=True)
    assert "To gange åben (række 6)" in page and 'value="import"' not in page  # nothing to import


def test_the_demo_list_survives_the_way_out_and_in(world):
    """Every row of the domain's own list, put in, taken out and read again."""
    from app.rules.practice_export import written
    rows = read_practices((ROOT / "app/catalogue/demo/practices.csv").read_bytes())
    register = {row.title: {name: value for name, value in row.data.items() if name != "adviser_key"} for row in rows if not row.errors}
    headings, cells = written(register.values(), {})
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([headings, *cells])
    plans = compare(read_practices(out.getvalue().encode()), register, {}, date(2026, 11, 27))
    assert len(plans) == len(register) >= 20 and [(plan.row.title, plan.errors, plan.after) for plan in plans if plan.kind != "SAME"] == []
