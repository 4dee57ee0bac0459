"""The office's months: the shared world with a closed September, a late visit and every page inspected."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from app import clock, create_app
from app.export import month_close
from app.figures.tables import PROJECTS
from app.ledger.change import Change
from app.ledger.push import write
from tests.page_inspector import InspectingClient
from tests.world import build, named, settings, visit

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
CLOSED = datetime(2026, 10, 7, 12, 10, tzinfo=UTC)


@pytest.fixture
def world(tmp_path):
    return build(tmp_path)


@pytest.fixture
def autumn(world):
    """September with two visits and a handout, closed on 7 October; one more visit came on the 13th."""
    told = [Change("visit", named("besøg 1"), "create", visit(occurred_at="2026-09-02T07:00:00Z")),
            Change("visit", named("besøg 2"), "create", visit(occurred_at="2026-09-30T22:30:00Z", practice_id=named("valby"))),
            Change("visit", named("besøg 3"), "create", visit(occurred_at="2026-09-30T21:30:00Z", practice_id=named("valby"),
                                                             minutes=35, note="Vil gerne høre om kursus")),
            Change("stock_move", named("uddelt"), "create", {
                "batch_id": named("oplag"), "move": "HANDED_OUT", "quantity": 10, "from_place": "BAG", "to_place": "PRACTICE",
                "practice_id": named("halmtorvet"), "occurred_at": "2026-09-02T07:10:00Z"})]
    assert {r.status for r in write(world.db, world.signe, told, datetime(2026, 10, 1, 9, tzinfo=UTC))} == {"accepted"}
    with world.db.write() as tx:
        tx.execute(update(PROJECTS).values(period_from=date(2026, 9, 1)))  # so that no older month waits
    month_close(world.db, world.project_id, "2026-09", world.birthe.user_id, None, CLOSED)
    late = Change("visit", named("sent"), "create", visit(occurred_at="2026-09-14T08:00:00Z", practice_id=named("sydhavnen")))
    assert write(world.db, world.signe, [late], datetime(2026, 10, 13, 6, 2, tzinfo=UTC))[0].code == "LATE_MONTH_CLOSED"
    return world


@pytest.fixture
def app(tmp_path, world, monkeypatch):
    monkeypatch.setattr(clock, "SHIFT", NOW - datetime.now(UTC))
    app = create_app(settings(tmp_path))
    app.test_client_class = InspectingClient
    return app
