"""The half-year report: its skeleton, its money, its freezing, and that it tells no more about people than the months did."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pikepdf
import pytest

from app.export import half_year as paper
from app.export import month_close
from app.export.freeze import freeze, half_year_file
from app.export.half_year import half_named
from app.export.money import difference, money
from app.figures import NotYet
from app.figures.figure import Figure
from app.ledger.change import Change
from app.ledger.push import write
from tests.export.conftest import NOW
from tests.export.test_door import office, send, text  # noqa: F401
from tests.export.test_month_page import roles
from tests.world import named, visit

HALF, PAGE = half_named("2026-H2"), "/kontor/maaneder/halvaar/2026-H2"
FEBRUARY = datetime(2027, 2, 3, 9, tzinfo=UTC)


def pdf_of(world, now, half=HALF):
    with world.db.read() as tx:
        return half_year_file(tx, world.project_id, half, now)[1]


@pytest.fixture
def winter(autumn):
    """Every month of the half-year is closed."""
    for month in ("2026-10", "2026-11", "2026-12"):
        month_close(autumn.db, autumn.project_id, month, None, None, datetime(2027, 1, 7, 9, tzinfo=UTC))
    return autumn


def test_the_stated_sums_differ_by_30_000_and_that_is_shown_and_not_forced():
    rows = {row[0]: row[1] for row in money()[0]["rows"]}
    assert difference() == 30_000 and rows["Uforklaret forskel i kilden"] == "30.000 kr."
    assert rows["Projektets samlede sum"] == "3.164.000 kr." and rows["Delene lagt sammen"] == "3.134.000 kr."


def test_the_report_is_tagged_has_thirteen_sections_and_the_same_bytes_twice(autumn):
    content = pdf_of(autumn, NOW)
    assert content == pdf_of(autumn, NOW)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [name for name, _ in roles(pdf.Root.StructTreeRoot.K, [])]
        assert str(pdf.Root.Lang) == "da" and found.count("/H2") == 14 and found.count("/Table") >= 3


def test_it_freezes_from_the_twentieth_working_day_when_all_months_are_closed(autumn):
    with pytest.raises(NotYet, match="er ikke lukket"):
        freeze(autumn.db, autumn.birthe, HALF, FEBRUARY)
    for month in ("2026-10", "2026-11", "2026-12"):
        month_close(autumn.db, autumn.project_id, month, None, None, datetime(2027, 1, 7, 9, tzinfo=UTC))
    with pytest.raises(NotYet, match="29-01-2027"):
        freeze(autumn.db, autumn.birthe, HALF, datetime(2027, 1, 28, 9, tzinfo=UTC))
    assert freeze(autumn.db, autumn.birthe, HALF, FEBRUARY) and not freeze(autumn.db, autumn.birthe, HALF, FEBRUARY)


def test_a_frozen_report_never_changes_and_the_next_one_tells_what_came(winter):
    freeze(winter.db, winter.birthe, HALF, FEBRUARY)
    first = pdf_of(winter, FEBRUARY)
    late = Change("visit", named("meget sent"), "create", visit(occurred_at="2026-12-02T09:00:00Z"))
    assert write(winter.db, winter.signe, [late], FEBRUARY)[0].code == "LATE_MONTH_CLOSED"
    month_close(winter.db, winter.project_id, "2027-01", None, None, FEBRUARY)
    assert pdf_of(winter, FEBRUARY) == first
    with winter.db.read() as tx:
        booked = paper.booked_rows(tx, winter.project_id)
    after = max(row.id for row in booked if row.booked_in < "2027-01")
    block = paper._corrections([row for row in booked if row.id > after], half_named("2027-H1"))[0]
    assert ("December 2026".lower(), "+1") in [(row[0], row[3]) for row in block["rows"] if row[1].startswith("P2")]


def test_months_are_added_up_only_when_all_six_show_their_number():
    shown = {(month, "S1"): Figure("S1", "ALLE", 10) for month in HALF.months}
    assert paper._sum("S1", shown, HALF) == "60"
    assert paper._sum("S1", shown | {("2026-09", "S1"): Figure("S1", "ALLE", 3, n_mark="<5")}, HALF) == "skjult"
    assert paper._sum("S1", {key: one for key, one in shown.items() if key[0] != "2026-09"}, HALF) == "–"
    assert paper._sum("P1", {(month, "P1"): Figure("P1", "ALLE", 1, 2) for month in HALF.months}, HALF) == ""


def test_birthe_writes_looks_and_freezes(office, autumn, monkeypatch):  # noqa: F811
    birthe = office("birthe")
    assert "september 2026" in text(birthe, PAGE).lower() and "Frys juli" not in text(birthe, PAGE)
    bad = send(birthe, f"{PAGE}/tekst", PAGE, saetning1="Ring 070761-4285")
    assert bad.status_code == 422 and "CPR-nummer" in bad.get_data(as_text=True)
    assert send(birthe, f"{PAGE}/tekst", PAGE, saetning2="Vi lærte meget.").status_code == 303
    assert "Vi lærte meget." in text(birthe, PAGE)
    shown = birthe.get(f"{PAGE}/rapport")
    assert shown.mimetype == "application/pdf" and shown.data.startswith(b"%PDF")
    assert send(birthe, f"{PAGE}/frysning", PAGE).status_code == 303 and "er ikke lukket" in text(birthe, PAGE)
    assert birthe.get("/kontor/maaneder/halvaar/2024-H1").status_code == 404 and birthe.get("/kontor/maaneder/halvaar/x").status_code == 404
