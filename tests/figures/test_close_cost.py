"""A close asks the database the same number of questions however long the project has run: twenty-two months cost what two cost."""

from datetime import UTC, datetime

import pytest

from app.figures import close
from app.ledger.change import Change
from app.ledger.push import write
from tests.world import build, named, statements, visit


@pytest.fixture
def world(tmp_path):
    return build(tmp_path)


def asked(world, month: str, now: datetime) -> int:
    with statements(world.db) as seen, world.db.write() as tx:
        close(tx, world.project_id, month, None, None, now)
    return len(seen)


def test_the_last_month_asks_no_more_than_the_second(world):
    counts = []
    for number in range(22):
        year, month = 2025 + number // 12, number % 12 + 1
        now = datetime(year + month // 12, month % 12 + 1, 7, 9, tzinfo=UTC)
        seen = [Change("visit", named(f"{number} {day}"), "create", visit(occurred_at=f"{year}-{month:02d}-{day:02d}T09:00:00Z"))
                for day in (3, 17)]
        assert {one.status for one in write(world.db, world.signe, seen, datetime(year, month, 20, tzinfo=UTC))} == {"accepted"}
        counts.append(asked(world, f"{year}-{month:02d}", now))
    assert len(set(counts[1:])) == 1 and counts[-1] <= 50, counts
