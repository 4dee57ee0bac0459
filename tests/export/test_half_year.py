"""The half-year report: its skeleton, its money, its freezing, and that it tells no more about people than the months did."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pikepdf
import pytest
from sqlalchemy import select

from app.export import half_year as paper
from app.export import month_close
from app.export.acts import FILES
from app.export.freeze import freeze, half_year_file
from app.export.half_year import half_named
from app.export.money import difference, money
from app.figures import NotYet, broken_sums, month_table, states
from app.figures.figure import Figure
from app.figures.tables import CLOSES, REPORTS
from app.ledger.change import Change
from app.ledger.push import write
from app.ledger.words import HALF_YEAR_FINAL
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
    block = paper._corrections([row for row in booked if row.id > after], [], half_named("2027-H1"))[0]
    assert ("December 2026".lower(), "+1") in [(row[0], row[3]) for row in block["rows"] if row[1].startswith("P2")]


def states_of(world, now):
    with world.db.read() as tx:
        return {one.month: one.state for one in states(tx, world.project_id, now.date())}


def stored(world):
    """Everything that has left the house, and what each month was closed with."""
    with world.db.read() as tx:
        return [tx.execute(select(one)).all() for one in (FILES, CLOSES, REPORTS)]


def test_months_are_final_when_somebody_has_frozen_them_and_for_good(winter):
    assert set(states_of(winter, FEBRUARY).values()) == {"CLOSED", "READY", "OPEN"}  # the day alone makes nothing final
    freeze(winter.db, winter.birthe, HALF, FEBRUARY)
    assert {month: state for month, state in states_of(winter, FEBRUARY).items() if month < "2027"} == dict.fromkeys(
        ("2026-09", "2026-10", "2026-11", "2026-12"), "FINAL")
    later = Change("project", winter.project_id, "update", {"half_year_report_working_day": 40}, {"half_year_report_working_day": None})
    assert write(winter.db, winter.birthe, [later], FEBRUARY)[0].status == "accepted"
    assert states_of(winter, FEBRUARY)["2026-09"] == "FINAL"


def test_after_final_a_late_visit_and_a_late_talk_are_kept_told_and_corrected_in_the_next_report_alone(winter, monkeypatch):
    freeze(winter.db, winter.birthe, HALF, FEBRUARY)
    before = stored(winter)
    talks = [Change("talk", named(f"sen samtale {number}"), "create", {
        "type": "ANONYMOUS", "place": "CLINIC_ROOM", "minutes": 20, "practice_id": named("valby"),
        "occurred_at": f"2026-12-{number + 1:02d}T09:00:00Z"}) for number in range(7)]
    late = [Change("visit", named("meget sent"), "create", visit(occurred_at="2026-12-02T09:00:00Z")), *talks]
    answers = write(winter.db, winter.signe, late, FEBRUARY)
    assert {(one.code, one.message) for one in answers} == {("LATE_MONTH_CLOSED", HALF_YEAR_FINAL)}
    moved = Change("visit", named("meget sent"), "update", {"occurred_at": "2027-01-04T09:00:00Z"}, {"occurred_at": "2026-12-02T09:00:00.000Z"})
    assert write(winter.db, winter.signe, [moved], FEBRUARY)[0].message == HALF_YEAR_FINAL  # it leaves a final month
    back = Change("visit", named("meget sent"), "update", {"occurred_at": "2026-12-02T09:00:00Z"}, {"occurred_at": "2027-01-04T09:00:00.000Z"})
    assert write(winter.db, winter.signe, [back], FEBRUARY)[0].status == "accepted"
    month_close(winter.db, winter.project_id, "2027-01", None, None, FEBRUARY)
    after = stored(winter)
    assert [[row for row in table if row in now] for table, now in zip(before, after, strict=True)] == before
    with winter.db.read() as tx:
        assert broken_sums(tx, winter.project_id) == [] and month_table(tx, winter.project_id, "2026-12", FEBRUARY).version == "v1"
    papers = []
    monkeypatch.setattr(paper, "printed", lambda one, as_of: papers.append(one) or b"%PDF")
    pdf_of(winter, FEBRUARY, half_named("2027-H1"))
    section = next(one for one in papers[0].sections if one.heading.startswith("11"))
    rows = {row[1].split()[0]: row for block in section.blocks if block.get("caption") == "Rettelser til tidligere perioder" for row in block["rows"]}
    assert rows["P2"][0] == "december 2026" and rows["P2"][3] == "+1"
    assert rows["S1"][2:4] == ["Hele projektet", "+7"]
    pdf_of(winter, FEBRUARY)
    assert len(papers) == 1  # the frozen one is not written again


def test_months_are_added_up_only_when_all_six_show_their_number():
    shown = {(month, "S1"): Figure("S1", "ALLE", 10) for month in HALF.months}
    assert paper.half_sum("S1", shown, HALF) == "60"
    assert paper.half_sum("S1", shown | {("2026-09", "S1"): Figure("S1", "ALLE", 3, n_mark="<5")}, HALF) == "skjult"
    assert paper.half_sum("S1", {key: one for key, one in shown.items() if key[0] != "2026-09"}, HALF) == "–"
    assert paper.half_sum("P1", {(month, "P1"): Figure("P1", "ALLE", 1, 2) for month in HALF.months}, HALF) == ""


def test_birthe_writes_looks_and_freezes(office, autumn, monkeypatch):  # noqa: F811
    birthe = office("birthe")
    assert "september 2026" in text(birthe, PAGE).lower() and "Frys juli" not in text(birthe, PAGE)
    bad = send(birthe, f"{PAGE}/tekst", PAGE, saetning1="Ring 070761-4285")
    assert bad.status_code == 422 and "CPR-nummer" in bad.get_data(as_text=True)
    assert send(birthe, f"{PAGE}/tekst", PAGE, saetning2="Vi lærte meget.").status_code == 303
    assert "Vi lærte meget." in text(birthe, PAGE)
    shown = birthe.get(f"{PAGE}/rapport")
    assert shown.mimetype == "application/pdf" and shown.data.startswith(b"%PDF")
    assert "skulle være frosset" not in text(birthe, PAGE)
    assert send(birthe, f"{PAGE}/frysning", PAGE).status_code == 303 and "er ikke lukket" in text(birthe, PAGE)
    assert birthe.get("/kontor/maaneder/halvaar/2024-H1").status_code == 404 and birthe.get("/kontor/maaneder/halvaar/x").status_code == 404
