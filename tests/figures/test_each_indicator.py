"""Each indicator on a month small enough to count by hand; tests/demo counts the whole demo again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert

from app.figures import ALL, recount
from app.figures.figure import Figure, danish, rounded
from app.figures.stock import Move, shelf
from app.ledger.change import Change
from app.ledger.push import write
from app.records.book import ErasedCount
from tests.world import build, named, visit

JUNE = "2026-06"


@pytest.fixture(scope="module")
def june(tmp_path_factory):
    """Seven practices with different histories; visits and stock of June 2026 (and a little before it)."""
    world = build(tmp_path_factory.mktemp("june"))

    def practice(key, *periods, **more):
        history = [{"status": status, "from": first, **({"to": last} if last else {})} for status, first, last in periods]
        return Change("practice", named(key), "create", {
            "name": key, "district": "VALBY", "address": "Vej 1", "postal_code": "2500", "city": "Valby", "agreements": history, **more})

    def seen(key, practice_id, at, **more):
        return Change("visit", named(key), "create", visit(practice_id=named(practice_id), occurred_at=at, **more))

    def moved(key, move, quantity, source, target, at, **more):
        return Change("stock_move", named(key), "create", {
            "batch_id": named("oplag"), "move": move, "quantity": quantity, "from_place": source, "to_place": target, "occurred_at": at, **more})

    told = [
        practice("udtrådt", ("AGREED", "2025-02-01", "2026-06-10"), ("ENDED", "2026-06-11", None)),
        practice("pause", ("AGREED", "2025-02-01", "2026-05-31"), ("PAUSED", "2026-06-01", None), agreement_status="PAUSED"),
        practice("ny", ("CONTACTED", "2026-06-01", "2026-06-29"), ("AGREED", "2026-06-30", None)),
        practice("ferie", ("AGREED", "2025-02-01", None), closures=[{"from": "2026-06-08", "to": "2026-06-14"}], interval_days=16),
        # The three of the world are agreed all along: halmtorvet is visited, valby long ago, sydhavnen never.
        seen("a", "halmtorvet", "2026-06-03T08:00:00Z", minutes=10),
        seen("b", "halmtorvet", "2026-06-24T08:00:00Z", minutes=25, met_roles=["SECRETARY"], outcome="DESK_ONLY"),
        seen("c", "udtrådt", "2026-06-30T21:30:00Z", minutes=40),  # 23.30 local; its agreement had ended, the month was active
        seen("d", "pause", "2026-06-15T08:00:00Z", minutes=55),
        seen("e", "halmtorvet", "2026-06-10T08:00:00Z", met_roles=["NOBODY"], outcome="CLOSED"),
        seen("f", "halmtorvet", "2026-06-11T08:00:00Z", met_roles=[], outcome="CANCELLED_BY_US"),
        seen("g", "halmtorvet", "2026-06-12T08:00:00Z", mode="PHONE"),
        seen("h", "halmtorvet", "2026-06-30T22:30:00Z"),  # 00.30 on 1 July
        seen("i", "valby", "2026-05-20T08:00:00Z"), seen("j", "ferie", "2026-06-09T08:00:00Z", minutes=20),
        moved("k", "RECEIVED", 100, "SUPPLIER", "DEPOT", "2026-05-01T08:00:00Z"), moved("l", "TO_BAG", 40, "DEPOT", "BAG", "2026-06-01T08:00:00Z"),
        moved("m", "HANDED_OUT", 15, "BAG", "PRACTICE", "2026-06-03T08:10:00Z", practice_id=named("halmtorvet")),
        moved("n", "RETURNED", 4, "PRACTICE", "BAG", "2026-06-24T08:10:00Z", practice_id=named("halmtorvet")),
        moved("o", "RETURNED", 10, "BAG", "DEPOT", "2026-06-24T12:00:00Z"),  # emptied the bag: nobody gave anything back
        moved("p", "HANDED_OUT", 3, "BAG", "EVENT", "2026-06-25T08:00:00Z"),
        moved("q", "COUNT", 67, "DEPOT", "DEPOT", "2026-06-26T08:00:00Z"), moved("r", "SCRAPPED", 5, "DEPOT", "SCRAP", "2026-06-27T08:00:00Z"),
        moved("s", "HANDED_OUT", 2, "BAG", "PRACTICE", "2026-05-01T09:00:00Z", practice_id=named("valby")),
    ]
    results = write(world.db, world.system, told, datetime(2026, 7, 2, 9, tzinfo=UTC))
    assert {r.status for r in results} == {"accepted"}, [r.message for r in results]
    return world


def figures_of(world, month=JUNE, today=date(2026, 11, 25)):
    with world.db.read() as tx:
        return {figure.key: figure for figure in recount(tx, world.project_id, month, today)}


@pytest.mark.parametrize("indicator, district, basis, shown", [
    ("P0", ALL, "5/20", "5"),  # halmtorvet, valby, sydhavnen, ferie and ny; not the one that ended, not the paused one
    ("P0", "VALBY", "3", "3"),
    ("P1", ALL, "3/6", "50,0"),  # the one that ended was active until the 10th, the new one from the 30th; the paused one never
    ("P2", ALL, "5", "5"),  # 30-06 23.30 is June; 01-07 00.30, the phone call and the cancelled one are not
    ("P2", "VESTERBRO", "2", "2"),
    ("P3", ALL, "1/6", "16,7"),
    ("P4", ALL, "2/5", "40,0"),  # valby 41 days, sydhavnen since its agreement; ferie 21 days, but 5 of them closed
    ("P5", ALL, "4/5", "80,0"),
    ("P6", ALL, "25", "25"),
    ("P7", ALL, "5/6", "0,8"),
    ("M1", ALL, "14", "14"), ("M1", "VESTERBRO", "11", "11"), ("M1", "", "3", "3"),
    ("M2", ALL, "1/5", "20,0"),  # valby's two pieces of 1 May are 60 days old
    ("M4", ALL, "8/100", "8,0"),  # 5 scrapped, 3 that the count did not find
    ("M3", ALL, "76", "76"),  # depot 67 - 5, bag -2 + 40 - 15 + 4 - 10 - 3
    ("D1", ALL, "1/15", "6,7"),  # all came on 2 July; only the visit of 30 June was that young
    ("D2", ALL, "0/15", "0,0"),
])
def test_counted_by_hand(june, indicator, district, basis, shown):
    figure = figures_of(june)[indicator, district]
    assert (figure.basis, figure.shown) == (basis, shown)


def test_a_month_in_progress_is_counted_as_of_today(june):
    found = figures_of(june, today=date(2026, 6, 10))
    assert found["P0", ALL].basis == "5/20"  # the one that ends is still there, the new one not yet
    assert found["P4", ALL].n == 2  # sydhavnen and the one that ends; valby's 21 days are not more than 21


def test_nothing_to_divide_by_is_a_dash_and_a_small_basis_is_said(june):
    found = figures_of(june, month="2025-01", today=date(2026, 6, 10))
    assert found["P3", ALL].shown == "–" and found["P6", ALL].shown == "–" and found["D1", ALL].remarks == ""
    assert figures_of(june)["P1", ALL].remarks == "lille grundlag"


def test_an_erased_record_keeps_its_count(june):
    before = figures_of(june, "2026-05")["P2", "VALBY"].n
    with june.db.write() as tx:
        tx.execute(insert(ErasedCount.__table__).values(
            project_id=june.project_id, kind="visit", month="2026-05", district="VALBY", type="COMPLETED", count=2))
    assert figures_of(june, "2026-05")["P2", "VALBY"].n == before + 2


def test_a_stock_below_zero_is_kept_and_a_count_sets_it_right():
    def move(hour, kind, quantity, source, target):
        return Move(datetime(2026, 6, 1, hour, tzinfo=UTC), str(hour), date(2026, 6, 1), "b", "m", kind, quantity, source, target, "signe")
    below = [move(8, "HANDED_OUT", 5, "BAG", "PRACTICE")]
    assert shelf(below).levels(date(2026, 6, 1)) == {"b": -5}
    assert shelf([*below, move(9, "COUNT", 3, "BAG", "BAG")]).levels(date(2026, 6, 1)) == {"b": 3}
    found = shelf([*below, move(9, "COUNT", 5, "SUPPLIER", "BAG"), move(10, "COUNT", 2, "BAG", "SCRAP")])  # told as differences
    assert found.levels(date(2026, 6, 1)) == {"b": -2} and found.lost(date(2026, 6, 1), date(2026, 6, 1)) == 2


@pytest.mark.parametrize("value, decimals, written", [(None, 0, "–"), (5, 0, "5"), (22.5, 0, "22,5"), (3.0, 1, "3,0"), (-4, 0, "-4")])
def test_numbers_are_written_in_danish(value, decimals, written):
    assert danish(value, decimals) == written


def test_halves_are_rounded_away_from_zero():
    assert [rounded(value) for value in (0.25, 0.35, 2.05, -0.25)] == [0.3, 0.4, 2.1, -0.3]
    assert Figure("P1", ALL, 17, 18).value == 94.4
