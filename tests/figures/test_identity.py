"""v1 + corrections = recount (INV-07), over random histories of late creates, edits, deletes and date moves."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import SQLModel

from app.db import Database
from app.figures import ALL, broken_sums, close, month_table
from app.figures.close import NotYet
from app.ledger.change import Change
from app.ledger.push import write
from app.records import KINDS
from app.records.wire import to_data
from tests import world as worlds
from tests.figures.independent import counted, reported
from tests.figures.independent_months import month_counted
from tests.figures.postgres import pg_start
from tests.world import named, visit

BEGIN = datetime(2026, 8, 20, 10, tzinfo=UTC)
PLACES = ("halmtorvet", "valby", "sydhavnen")
OUTCOMES = ("COMPLETED", "DESK_ONLY", "NO_TIME", "CLOSED", "CANCELLED_BY_US")

days_back = st.integers(0, 100)
step = st.one_of(
    st.tuples(st.just("visit"), st.sampled_from(PLACES), days_back, st.sampled_from(OUTCOMES)),
    st.tuples(st.just("handout"), st.sampled_from((*PLACES, None)), days_back, st.sampled_from(("HANDED_OUT", "RETURNED"))),
    st.tuples(st.just("outcome"), st.integers(0, 9), st.just(0), st.sampled_from(OUTCOMES)),
    st.tuples(st.just("practice"), st.integers(0, 9), st.just(0), st.sampled_from(PLACES)),
    st.tuples(st.just("move"), st.integers(0, 9), days_back, st.just("")),
    st.tuples(st.just("delete"), st.integers(0, 9), st.just(0), st.just("")),
    st.tuples(st.just("district"), st.sampled_from(PLACES), st.just(0), st.sampled_from(("VESTERBRO", "VALBY", "KGS_ENGHAVE"))),
    st.tuples(st.just("close"), st.integers(1, 4), st.just(0), st.just("")),
    st.tuples(st.just("wait"), st.integers(1, 30), st.just(0), st.just("")),
)


class History:
    """A project to which things happen, day after day."""

    def __init__(self, world) -> None:
        self.world, self.now, self.visits, self.count = world, BEGIN, [], 0

    def happens(self, what: str, who, back: int, value) -> None:
        self.now += timedelta(hours=7)
        self.count += 1
        getattr(self, f"_{what}")(who, back, value)

    def _write(self, *changes: Change, author=None) -> None:
        results = write(self.world.db, author or self.world.signe, changes, self.now)
        assert {result.status for result in results} == {"accepted"}, results

    def _at(self, back: int) -> str:
        return (self.now - timedelta(days=back, hours=1)).isoformat().replace("+00:00", "Z")

    def _visit(self, where, back, outcome) -> None:
        id_ = named(f"{id(self)} besøg {self.count}")
        self.visits.append(id_)
        roles = ["DOCTOR"] if outcome == "COMPLETED" and back % 2 else ["SECRETARY"]
        self._write(Change("visit", id_, "create", visit(
            practice_id=named(where), occurred_at=self._at(back), outcome=outcome, met_roles=roles, minutes=5 + back)))

    def _handout(self, where, back, move) -> None:
        places = ("BAG", "PRACTICE") if move == "HANDED_OUT" else ("PRACTICE", "BAG")
        self._write(Change("stock_move", named(f"{id(self)} flyt {self.count}"), "create", {
            "batch_id": named("oplag"), "move": move, "quantity": 1 + back, "from_place": places[0], "to_place": places[1],
            "occurred_at": self._at(back), **({"practice_id": named(where)} if where else {})}))

    def _change(self, number, author=None, **wanted) -> None:
        table = KINDS["visit"].__table__
        with self.world.db.read() as tx:
            rows = [row for id_ in self.visits for row in tx.execute(
                select(table).where(table.c.id == id_, table.c.deleted.is_(False))).mappings()]
        if not rows:
            return
        row = rows[number % len(rows)]
        data = to_data(KINDS["visit"], row)
        if wanted:
            self._write(Change("visit", row["id"], "update", wanted, {name: data.get(name) for name in wanted}), author=author)
        else:
            self._write(Change("visit", row["id"], "delete", base=data), author=author)

    def _outcome(self, number, _back, outcome) -> None:
        roles = ["DOCTOR"] if outcome == "COMPLETED" else ["SECRETARY"]
        self._change(number, self.world.birthe, outcome=outcome, met_roles=roles)

    def _practice(self, number, _back, where) -> None:
        self._change(number, practice_id=named(where))

    def _move(self, number, back, _value) -> None:
        self._change(number, occurred_at=self._at(back))

    def _delete(self, number, _back, _value) -> None:
        self._change(number, self.world.birthe)

    def _district(self, where, _back, district) -> None:
        table = KINDS["practice"].__table__
        with self.world.db.read() as tx:
            now = tx.execute(select(table.c.district).where(table.c.id == named(where))).scalar_one()
        self._write(Change("practice", named(where), "update", {"district": district}, {"district": now}), author=self.world.birthe)

    def _wait(self, days, _back, _value) -> None:
        self.now += timedelta(days=days)

    def _close(self, back, _value, _more) -> None:
        first = self.now.replace(day=1)
        for _ in range(back):
            first = (first - timedelta(days=1)).replace(day=1)
        self.close(first.strftime("%Y-%m"))

    def close(self, month: str) -> None:
        with self.world.db.write() as tx:
            try:
                close(tx, self.world.project_id, month, None, None, self.now)
            except NotYet:
                raise AssertionError(month) from None


def holds_at_every_moment(history: History) -> None:
    with history.world.db.read() as tx:
        assert broken_sums(tx, history.world.project_id) == []


def holds_when_all_is_booked(history: History) -> None:
    """Every month from before the first record is closed; then each later close books the rest."""
    history.now += timedelta(days=40)
    month = "2026-05"
    while month < history.now.strftime("%Y-%m"):
        history.close(month)
        month = f"{month[:4]}-{int(month[5:]) + 1:02d}" if month[5:] != "12" else f"{int(month[:4]) + 1}-01"
    # A change may be stamped with a month after the newest close: that one closes too, and then one more.
    for _ in range(2):
        history.now += timedelta(days=32)
        history.close((history.now.replace(day=1) - timedelta(days=1)).strftime("%Y-%m"))
    with history.world.db.read() as tx:
        assert reported(tx, history.world.project_id) == counted(tx, history.world.project_id)
        assert broken_sums(tx, history.world.project_id) == []
        for month in ("2026-06", "2026-07", "2026-08", "2026-09"):
            rows = month_table(tx, history.world.project_id, month, history.now).rows
            for row in rows:
                if row.definition.additive:
                    delta = int(row.change or 0)
                    assert row.closed.n + delta == row.now.n
            whole = {row.now.indicator: (row.now.n, row.now.of) for row in rows if row.now.district == ALL}
            other = month_counted(tx, history.world.project_id, month)
            assert {one: whole[one] for one in other} == other


def run(world, steps) -> None:
    history = History(world)
    for one in steps:
        history.happens(*one)
    holds_at_every_moment(history)
    holds_when_all_is_booked(history)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A world built once; each history gets a copy of its file."""
    folder = tmp_path_factory.mktemp("template")
    world = worlds.build(folder)
    world.db.close()
    return world, folder / "raadgiver.db"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(step, min_size=6, max_size=22))
def test_v1_plus_corrections_is_the_recount(template, steps):
    world, file = template
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(file, Path(folder) / "raadgiver.db")
        copy = worlds.World(Database(worlds.settings(Path(folder))), world.project_id, world.signe, world.emre, world.birthe, world.sanne)
        try:
            run(copy, steps)
        finally:
            copy.db.close()


@pytest.mark.campaign
@pytest.mark.timeout(1800)
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(step, min_size=6, max_size=40))
def test_v1_plus_corrections_is_the_recount_in_a_long_campaign(template, steps):
    test_v1_plus_corrections_is_the_recount.hypothesis.inner_test(template, steps)


STORY = [("visit", "valby", 3, "COMPLETED"), ("visit", "sydhavnen", 20, "DESK_ONLY"), ("handout", "valby", 2, "HANDED_OUT"),
         ("wait", 20, 0, ""), ("close", 1, 0, ""), ("visit", "sydhavnen", 25, "COMPLETED"), ("outcome", 0, 0, "NO_TIME"),
         ("move", 1, 3, ""), ("handout", None, 30, "RETURNED"), ("district", "valby", 0, "VESTERBRO"), ("wait", 30, 0, ""),
         ("close", 1, 0, ""), ("delete", 2, 0, ""), ("visit", "halmtorvet", 70, "CLOSED")]


@pytest.mark.postgres
def test_the_same_holds_on_postgresql(tmp_path):
    address, stop = pg_start()
    try:
        world = worlds.build(tmp_path, address)
        run(world, STORY)
        world.db.close()
    finally:
        stop()


def test_a_story_with_every_kind_of_change(template, tmp_path):
    world, file = template
    shutil.copy(file, tmp_path / "raadgiver.db")
    copy = worlds.World(Database(worlds.settings(tmp_path)), world.project_id, world.signe, world.emre, world.birthe, world.sanne)
    run(copy, STORY)
    with copy.db.read() as tx:
        reasons = {row.reason for row in tx.execute(select(SQLModel.metadata.tables["correction"].c.reason))}
    assert reasons >= {"LATE_SYNC", "WRONG_DATA", "WRONG_DATE", "MISTAKE_DELETED"}
