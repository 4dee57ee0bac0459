"""Our real server, as `python3 -m app serve` starts it, with the bench's page laid beside it on the same origin."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from app import clock, config
from app.accounts.people import add
from app.db import Database
from app.ledger import start
from app.ledger.change import Change
from app.ledger.founding import found, system
from app.ledger.history import project_ids
from app.ledger.push import write
from app.migrations import migrate
from app.serving import Served

PASSPHRASE = "en lang adgangssætning"
PROJECT = {"name": "Måling", "reference": "Opdigtet", "period_from": "2025-01-01", "period_to": "2030-12-31"}
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


def fill(db: Database, practices: list[str]) -> None:
    """A project with one adviser and the practices that the bench's visits name."""
    migrate(db)
    project_id = found(db, PROJECT, clock.now())
    add(db, "adviser@bench.example", "Adviser", "ADV", "ADVISER", PASSPHRASE, clock.now())
    changes = [Change("practice", id_, "create", {"number": f"P{n:02}", "name": f"Praksis {n}", "district": "VALBY", "address": "Gade 1",
                                                  "postal_code": "2500", "city": "Valby"}) for n, id_ in enumerate(practices, 10)]
    refused = [result.message for result in write(db, system(project_id), changes, clock.now()) if result.status != "accepted"]
    if refused:
        raise SystemExit(refused[0])


class Beside(Served):
    """The server with a few files of the bench on top: page, script and worker."""

    def __init__(self, settings: config.Settings, pages: Path) -> None:
        self.pages = pages
        super().__init__(settings)

    def load(self) -> Any:
        house = super().load()

        def front(environ: dict[str, Any], begin: Callable[..., Any]) -> Iterable[bytes]:
            page = self.pages / (environ["PATH_INFO"].lstrip("/") or "index.html")
            if environ["REQUEST_METHOD"] != "GET" or page.parent != self.pages or not page.is_file():
                return house(environ, begin)  # type: ignore[no-any-return]
            content = page.read_bytes()
            begin("200 OK", [("Content-Type", TYPES[page.suffix]), ("Content-Length", str(len(content))), ("Cache-Control", "no-cache"),
                             ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin"),
                             ("Cross-Origin-Embedder-Policy", "require-corp")])
            return [content]
        return front


def main(pages: str, practices: str) -> None:
    db = Database(config.load())
    if not db.settings.sqlite_path or not db.settings.sqlite_path.exists() or not project_ids(db):
        fill(db, practices.split(","))
    if not pages:
        return
    held = start.hold(db)
    start.prepare(db, clock.now())
    db.close()  # no connection crosses the fork
    Beside(db.settings, Path(pages)).run()
    held.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
