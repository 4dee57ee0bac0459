"""Why a figure moved: each reason of the code list, and an erasure that moves none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, insert, select, update

from app.figures import broken_sums, close, month_table
from app.figures.tables import CORRECTIONS, DUPLICATES, ERASED, HEADS, VISITS
from app.ledger.change import Change
from app.ledger.push import write
from app.records import KINDS
from app.records.wire import to_data
from tests.world import build, named, visit

CLOSED = datetime(2026, 10, 7, 12, tzinfo=UTC)
AFTER = datetime(2026, 10, 20, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 6, 12, tzinfo=UTC)


@pytest.fixture
def world(tmp_path):
    """Two visits in a closed September, and one in October that is still open."""
    world = build(tmp_path)
    told = [Change("visit", named("a"), "create", visit(occurred_at="2026-09-10T08:00:00Z")),
            Change("visit", named("b"), "create", visit(occurred_at="2026-09-11T08:00:00Z", practice_id=named("valby"))),
            Change("visit", named("c"), "create", visit(occurred_at="2026-10-02T08:00:00Z", practice_id=named("sydhavnen")))]
    write(world.db, world.signe, told, CLOSED)
    with world.db.write() as tx:
        close(tx, world.project_id, "2026-09", None, None, CLOSED)
    return world


def booked(world, month="2026-10", at=LATER):
    """(indicator, district, delta, reason) of what the close of a month books."""
    with world.db.write() as tx:
        close(tx, world.project_id, month, None, None, at)
        assert broken_sums(tx, world.project_id) == []
        rows = tx.execute(select(CORRECTIONS).where(CORRECTIONS.c.booked_in == month, CORRECTIONS.c.delta.is_not(None)))
        return [(row.month, row.indicator, row.district, row.delta, row.reason) for row in rows if row.indicator == "P2"]


def stored(world, key):
    with world.db.read() as tx:
        return to_data(KINDS["visit"], tx.execute(select(VISITS).where(VISITS.c.id == named(key))).mappings().one())


def changed(world, key, action, **wanted):
    data = stored(world, key)
    change = Change("visit", named(key), action, wanted, {name: data.get(name) for name in wanted} if wanted else data)
    return write(world.db, world.birthe, [change], AFTER)[0].code


def test_what_comes_late_is_late_sync(world):
    late = Change("visit", named("sent"), "create", visit(occurred_at="2026-09-12T08:00:00Z"))
    assert write(world.db, world.signe, [late], AFTER)[0].code == "LATE_MONTH_CLOSED"
    assert booked(world) == [("2026-09", "P2", "VESTERBRO", 1, "LATE_SYNC")]


def test_what_never_took_place_is_wrong_data(world):
    assert changed(world, "a", "update", outcome="CLOSED", met_roles=["NOBODY"]) == "LATE_MONTH_CLOSED"
    assert booked(world) == [("2026-09", "P2", "VESTERBRO", -1, "WRONG_DATA")]


def test_the_wrong_practice_moves_a_visit_from_one_district_to_another(world):
    changed(world, "b", "update", practice_id=named("sydhavnen"))
    assert booked(world) == [("2026-09", "P2", "KGS_ENGHAVE", 1, "WRONG_DATA"), ("2026-09", "P2", "VALBY", -1, "WRONG_DATA")]


def test_a_date_moved_out_of_the_month_is_wrong_date(world):
    changed(world, "a", "update", occurred_at="2026-10-10T08:00:00Z")
    assert booked(world) == [("2026-09", "P2", "VESTERBRO", -1, "WRONG_DATE")]


def test_a_date_moved_into_the_month_is_wrong_date_too(world):
    assert changed(world, "c", "update", occurred_at="2026-09-29T08:00:00Z") == "LATE_MONTH_CLOSED"
    assert booked(world) == [("2026-09", "P2", "KGS_ENGHAVE", 1, "WRONG_DATE")]  # it was known when September closed


def test_a_mistake_is_taken_out_by_name(world):
    changed(world, "b", "delete")
    assert booked(world) == [("2026-09", "P2", "VALBY", -1, "MISTAKE_DELETED")]


def test_one_of_two_that_were_the_same_is_a_duplicate(world):
    with world.db.write() as tx:
        tx.execute(insert(DUPLICATES).values(id=named("d"), project_id=world.project_id, kind="visit", first_id=named("a"),
                                             second_id=named("b"), opened_at=AFTER, settled_at=AFTER, settled_how="SAME"))
    changed(world, "b", "delete")
    assert booked(world) == [("2026-09", "P2", "VALBY", -1, "DUPLICATE")]


def test_two_codes_that_were_one_citizen_are_a_duplicate(world):
    """Signe gave a new code to somebody Emre knew: the second first talk is none."""
    codes = {"k1": "B-7K3MB", "k2": "B-RW425"}
    told = [Change("citizen", named(key), "create", {"code": code, "first_practice_id": named("halmtorvet")}) for key, code in codes.items()]
    told += [Change("consent_event", named(f"ja {key}"), "create", {"citizen_id": named(key), "scope": "TALK_RECORD", "event": "GIVEN",
                                                                    "form": "WRITTEN_PAPER", "given_on": "2026-10-01"}) for key in codes]
    told += [Change("talk", named(f"t {key}"), "create", {"citizen_id": named(key), "type": "FIRST", "place": "CLINIC_ROOM", "minutes": 30,
                                                          "occurred_at": f"2026-10-0{day}T09:00:00Z"}) for day, key in ((5, "k1"), (6, "k2"))]
    assert {one.status for one in write(world.db, world.signe, told, AFTER)} == {"accepted"}
    with world.db.write() as tx:
        close(tx, world.project_id, "2026-10", None, None, LATER)
    merge = Change("citizen", named("k2"), "update", {"merged_into_id": named("k1")}, {"merged_into_id": None})
    assert write(world.db, world.birthe, [merge], LATER)[0].status == "accepted"
    with world.db.write() as tx:
        close(tx, world.project_id, "2026-11", None, None, datetime(2026, 12, 4, 12, tzinfo=UTC))
        assert broken_sums(tx, world.project_id) == []
        found = {(row.indicator, row.reason) for row in tx.execute(select(CORRECTIONS).where(CORRECTIONS.c.booked_in == "2026-11"))
                 if row.indicator in ("S1", "S2") and row.district == "ALLE"}
    assert found == {("S2", "DUPLICATE")}


def test_an_erasure_moves_no_count(world):
    with world.db.write() as tx:
        tx.execute(delete(VISITS).where(VISITS.c.id == named("b")))
        tx.execute(update(HEADS).where(HEADS.c.id == named("b")).values(gone="erased"))
        tx.execute(insert(ERASED).values(project_id=world.project_id, kind="visit", month="2026-09", district="VALBY", type="COMPLETED",
                                         count=1))
    assert booked(world) == []


def test_a_record_erased_before_the_close_is_in_v1_and_stays_there(world):
    with world.db.write() as tx:
        tx.execute(delete(VISITS).where(VISITS.c.id == named("c")))
        tx.execute(update(HEADS).where(HEADS.c.id == named("c")).values(gone="erased"))
        tx.execute(insert(ERASED).values(project_id=world.project_id, kind="visit", month="2026-10", district="KGS_ENGHAVE",
                                         type="COMPLETED", count=1))
    assert booked(world) == [] and booked(world, "2026-11", datetime(2026, 12, 7, 12, tzinfo=UTC)) == []
    with world.db.read() as tx:
        row = next(row for row in month_table(tx, world.project_id, "2026-10", LATER).rows if row.now.key == ("P2", "KGS_ENGHAVE"))
    assert (row.closed.n, row.now.n) == (1, 1)


def test_what_is_put_right_and_back_again_leaves_two_rows_and_the_same_sum(world):
    changed(world, "a", "update", outcome="CLOSED", met_roles=["NOBODY"])
    assert booked(world) == [("2026-09", "P2", "VESTERBRO", -1, "WRONG_DATA")]
    changed(world, "a", "update", outcome="COMPLETED", met_roles=["DOCTOR"])
    assert booked(world, "2026-11", datetime(2026, 12, 7, 12, tzinfo=UTC)) == [("2026-09", "P2", "VESTERBRO", 1, "WRONG_DATA")]
    with world.db.read() as tx:
        table = month_table(tx, world.project_id, "2026-09", LATER)
    row = next(row for row in table.rows if row.now.key == ("P2", "ALLE"))
    assert (row.closed.n, row.change, row.now.n) == (2, "", 2) and len([c for c in table.corrections if c["indicator"] == "P2"]) == 2


def test_a_newer_month_may_close_first_and_each_correction_is_booked_once(world):
    """The command closes what it is told: October stays open while November closes."""
    late = Change("visit", named("sent"), "create", visit(occurred_at="2026-09-12T08:00:00Z"))
    write(world.db, world.signe, [late], AFTER)  # stamped with October
    december = datetime(2026, 12, 9, 12, tzinfo=UTC)
    assert booked(world, "2026-11", december) == []
    assert booked(world, "2026-10", december) == [("2026-09", "P2", "VESTERBRO", 1, "LATE_SYNC")]
