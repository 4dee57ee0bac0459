"""Two sizes of the generated years on both databases, made once a run."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import pytest

from app import clock, config, create_app
from app.db import Database
from app.migrations import migrate
from tests.conftest import DATABASES
from tests.world import settings

sys.path.insert(0, str(config.ROOT / "bench" / "peers" / "app"))
import years

SIZES = {"small": (1, datetime(2025, 4, 22, 9, tzinfo=UTC)), "big": (2, datetime(2025, 8, 20, 9, tzinfo=UTC))}


@pytest.fixture(scope="session")
def grown(tmp_path_factory, request):
    """(database, size) → its settings."""
    made = {}

    def of(database, size):
        if (database, size) not in made:
            url = request.getfixturevalue("cluster").database() if database == "postgres" else ""
            made[database, size] = settings(tmp_path_factory.mktemp(f"{database}-{size}"), url)
            db = Database(made[database, size])
            migrate(db)
            years.fill(db, *SIZES[size])
            db.close()
        return made[database, size]
    return of


def turn_to(monkeypatch, size):
    """The clock of that size's last day."""
    monkeypatch.setattr(clock, "SHIFT", SIZES[size][1] - datetime.now(UTC))


@pytest.fixture(params=DATABASES)
def both(request, grown, monkeypatch):
    """Birthe at the small and at the big one: size → (app, her browser)."""
    found = {}
    for size in SIZES:
        turn_to(monkeypatch, size)
        app = create_app(grown(request.param, size))
        app.config["WTF_CSRF_ENABLED"] = False
        client = app.test_client()
        birthe = {"email": "birthe@demo.example", "passphrase": "mandagslisten kontor tulipan fem"}
        assert client.post("/log-ind", data=birthe).status_code == 303
        found[size] = app, client
    yield found
    for app, _ in found.values():
        app.extensions["database"].close()
