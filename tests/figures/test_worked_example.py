"""The worked example of indicators.md ch. 2: September 2026, 42 visits as closed, seven more that came on 13 October."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.figures import ALL, broken_sums, close, month_table
from app.figures.close import NotYet
from app.ledger.change import Change
from app.ledger.push import write
from app.records.month import Booked, Correction, MonthClose
from tests.world import build, named, visit

CLOSED = datetime(2026, 10, 7, 12, 10, tzinfo=UTC)
RECEIVED = datetime(2026, 10, 13, 6, 2, tzinfo=UTC)
LATER = datetime(2026, 11, 6, 12, tzinfo=UTC)
CLOSES, CORRECTIONS, BOOKED = MonthClose.__table__, Correction.__table__, Booked.__table__


@pytest.fixture(scope="module")
def autumn(tmp_path_factory):
    """18 active practices; every one but P18 was visited in September before the close."""
    world = build(tmp_path_factory.mktemp("autumn"))
    extra = [Change("practice", named(f"ekstra {n}"), "create", {
        "name": f"Praksis {n}", "district": ("VESTERBRO", "VALBY", "KGS_ENGHAVE")[n % 3], "address": "Vej 1",
        "postal_code": "2450", "city": "København SV", "agreements": [{"status": "AGREED", "from": "2025-03-01"}]}) for n in range(15)]
    write(world.db, world.system, extra, CLOSED - timedelta(days=60))
    seen = [named("halmtorvet"), named("valby"), *(named(f"ekstra {n}") for n in range(15))]
    visits = [_visit(f"besøg {n}", seen[n % 17], 1 + n // 2, 8 + n % 2) for n in range(42)]
    assert {r.status for r in write(world.db, world.signe, visits, CLOSED - timedelta(days=6))} == {"accepted"}
    with world.db.write() as tx:
        close(tx, world.project_id, "2026-09", world.birthe.user_id, "tester", CLOSED)
    late = [_visit(f"sent {n}", named("sydhavnen"), 7 + 3 * n, 9) for n in range(7)]
    assert {r.code for r in write(world.db, world.signe, late, RECEIVED)} == {"LATE_MONTH_CLOSED"}
    return world


def _visit(name, practice_id, day, hour):
    return Change("visit", named(name), "create", visit(practice_id=practice_id, occurred_at=f"2026-09-{day:02d}T{hour:02d}:00:00Z"))


def row_of(table, indicator, district=ALL):
    return next(row for row in table.rows if row.now.key == (indicator, district))


def test_v1_stays_42_and_now_is_49(autumn):
    with autumn.db.read() as tx:
        table = month_table(tx, autumn.project_id, "2026-09", LATER)
    row = row_of(table, "P2")
    assert (row.closed.n, row.change, row.now.n) == (42, "+7", 49)
    assert row_of(table, "P2", "KGS_ENGHAVE").change == "+7"
    assert table.version == "v1" and table.as_of == CLOSED


def test_coverage_is_old_and_new_never_plus_one(autumn):
    with autumn.db.read() as tx:
        row = row_of(month_table(tx, autumn.project_id, "2026-09", LATER), "P1")
    assert (row.closed.basis, row.change, row.now.basis) == ("17/18", "17/18 → 18/18", "18/18")
    assert (row.closed.shown, row.now.shown) == ("94,4", "100,0")


def test_closing_october_books_plus_seven_for_late_sync(autumn):
    with autumn.db.write() as tx:
        closed = close(tx, autumn.project_id, "2026-10", autumn.birthe.user_id, None, LATER)
        rows = tx.execute(select(CORRECTIONS).where(CORRECTIONS.c.month == "2026-09")).all()
        frozen = tx.execute(select(CLOSES.c.figures).where(CLOSES.c.month == "2026-09")).scalar_one()
        assert broken_sums(tx, autumn.project_id) == []
    found = {(row.indicator, row.district): row for row in rows}
    seven = found["P2", "KGS_ENGHAVE"]
    assert (seven.booked_in, seven.delta, seven.reason, seven.records) == ("2026-10", 7, "LATE_SYNC", 7)
    assert ("P2", ALL) not in found  # deltas stand by district, so that they add up once
    assert (found["P1", ALL].old_value, found["P1", ALL].new_value, found["P1", ALL].delta) == ("17/18", "18/18", None)
    assert next(f["n"] for f in frozen if (f["indicator"], f["district"]) == ("P2", ALL)) == 42
    assert closed.fresh and closed.corrections == len(rows)


def test_closing_again_does_nothing(autumn):
    with autumn.db.write() as tx:
        before = tx.execute(select(BOOKED)).all()
        again = close(tx, autumn.project_id, "2026-09", None, "igen", LATER + timedelta(days=1))
        assert not again.fresh and again.closed_at == CLOSED
        assert tx.execute(select(BOOKED)).all() == before


@pytest.mark.parametrize("month", ["2026-11", "2026-12", "2031-01", "oktober", "2026-13"])
def test_the_running_and_a_coming_month_are_refused(autumn, month):
    with autumn.db.write() as tx, pytest.raises(NotYet):
        close(tx, autumn.project_id, month, None, None, LATER)
    assert date(2026, 11, 6) == LATER.date()
