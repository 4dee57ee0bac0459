"""Citizens of the demo are erased, and no figure of any month moves (indicators.md 2.12)."""

from __future__ import annotations

import shutil

import pytest
from sqlalchemy import select, text

from app.export import verify_months
from app.figures import recount
from app.figures.corrections import pending
from app.figures.ground import lay_out
from app.figures.tables import BOOKED
from app.ledger import erasure
from tests.demo.filled import NOW, TODAY, Demo

MONTHS = ("2025-03", "2025-06", "2025-12", "2026-06", "2026-09", "2026-10", "2026-11", "2026-12")


@pytest.fixture
def own(demo, tmp_path):
    """A demo that this test may change."""
    found = Demo(shutil.copytree(demo.db.settings.state_dir, tmp_path / "state"))
    yield found
    found.db.close()


def figures_of(demo):
    with demo.db.read() as tx:
        found = [(month, one) for month in MONTHS for one in recount(tx, demo.project_id, month, TODAY)]
    return {(month, *one.key): one.basis for month, one in found if one.definition.follows_records}


def owed(demo):
    """What the close of October would book for earlier months."""
    with demo.db.read() as tx:
        return pending(tx, lay_out(tx, demo.project_id), "2026-10", TODAY).rows


def test_no_figure_moves_when_citizens_are_erased(own):
    before, owed_before, people = figures_of(own), owed(own), own.rows("citizen")
    gone = [row.id for row in people[::29]]
    for id_ in gone:
        erasure.erase_id(own.db, own.project_id, id_, NOW)
    assert len(gone) >= 15 and len(own.rows("citizen")) == len(people) - len(gone)
    assert figures_of(own) == before
    with own.db.read() as tx:
        assert verify_months(tx) == []
        booked = {(row.kind, row.record_id) for row in tx.execute(select(BOOKED.c.kind, BOOKED.c.record_id))}
        heads = {tuple(row) for row in tx.execute(text("SELECT kind, id FROM head WHERE gone = 'erased'"))}
        assert not booked & heads and "erased" in {kind for kind, _ in booked}  # nothing leads back to them
    assert owed(own) == owed_before and owed_before


def test_a_counter_that_is_lost_is_noticed(own):
    before = figures_of(own)
    erasure.erase_id(own.db, own.project_id, own.rows("citizen")[-1].id, NOW)
    with own.db.write() as tx:
        assert tx.execute(text("DELETE FROM erased_count WHERE kind = 'figure'")).rowcount
        tx.execute(text("DELETE FROM booked WHERE kind = 'erased'"))
    assert figures_of(own) != before
