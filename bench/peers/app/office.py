"""W8's second half: what the office waits for its pages, for a close and for a package, with five years of ten teams on the server. Prints JSON.

The server's own time, without a network, on SQLite and on PostgreSQL: the median of all of it, and of this process's CPU.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from years import NOW, fill

from app import clock, config, create_app
from app.db import Database
from app.demo.people import PEOPLE
from app.export import month_close
from app.export.files import package
from app.ledger.history import project_ids
from app.migrations import migrate
from app.rules.calendar import month_of, next_month
from tests import postgres

ROUNDS = 5
BIRTHE = next(person for person in PEOPLE if person.role == "COORDINATOR")
OPEN = next_month(month_of(NOW.date()), -1)


def addresses(app: Any) -> list[str]:
    """Every page of the office that needs no more than its address, and of those that need more the ones that count."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/kontor") and "GET" in (rule.methods or ()) and not rule.arguments]
    half = f"{next_month(OPEN, -6)[:4]}-H1"
    return sorted({*(rule.rule for rule in rules), f"/kontor/maaneder/{OPEN}", f"/kontor/maaneder/{next_month(OPEN, -1)}",
                   f"/kontor/maaneder/halvaar/{half}"})


def signed_in(app: Any) -> Any:
    client = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    if client.post("/log-ind", data={"email": BIRTHE.email, "passphrase": BIRTHE.passphrase}).status_code != 303:
        raise SystemExit("Birthe kan ikke logge ind.")
    return client


def timed(act: Callable[[], Any], rounds: int = ROUNDS) -> dict[str, float]:
    """Milliseconds, the median: as a clock on the wall has it, and of CPU."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter(), time.process_time()
        act()
        taken.append((time.perf_counter() - begun[0], time.process_time() - begun[1]))
    wall, cpu = (1000 * statistics.median(one) for one in zip(*taken, strict=True))
    return {"ms": round(wall, 1), "CPU ms": round(cpu, 1)}


def measured(settings: config.Settings, teams: int) -> dict[str, Any]:
    db = Database(settings)
    migrate(db)
    if not project_ids(db):
        fill(db, teams)
    app = create_app(settings)
    client, found = signed_in(app), {}
    for address in addresses(app):
        if client.get(address).status_code == 200:
            found[address] = timed(lambda: client.get(address))  # noqa: B023
    project = app.extensions["database"]
    with project.read() as tx:
        mine = tx.exec_driver_sql("SELECT project_id FROM person WHERE initials = 'BST' ORDER BY received_at, id LIMIT 1").scalar_one()
        made = timed(lambda: package(tx, mine, OPEN, NOW), 1)
    return {"pages": found, "package": made, "close with its package": timed(lambda: month_close(db, mine, OPEN, None, None, NOW), 1)}


def main(teams: str, folder: str, *databases: str) -> None:
    clock.SHIFT = NOW - datetime.now(UTC)
    told: dict[str, Any] = {}
    for name in databases or ("sqlite", "postgres"):
        cluster = postgres.start() if name == "postgres" else None
        try:
            with tempfile.TemporaryDirectory(dir=folder or None) as state:
                url = cluster.database() if cluster else ""
                told[name] = measured(config.Settings(state_dir=Path(state), database_url=url, secret_key="kun til målinger"), int(teams))
        finally:
            if cluster:
                cluster.stop()
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
