"""What commands stand on: the database, the project, an answer as words or as JSON, a refusal in one sentence."""

from __future__ import annotations

import json
from typing import Any

from app import config
from app.db import Database

Json = dict[str, Any]


class Refusal(RuntimeError):
    """A command cannot do what it was asked; the text says in Danish why."""


def open_database(newest: bool = True) -> Database:
    from app.migrations import is_newest

    db = Database(config.load())
    if newest and not is_newest(db):
        raise Refusal("Databasen er ikke på nyeste skema. Kør: python3 -m app migrate")
    return db


def say(words: Any, told: Json, text: str) -> None:
    print(json.dumps(told, ensure_ascii=False) if getattr(words, "json", False) else text)


def note(db: Database, act: str, **entry: Any) -> None:
    """Writes in the access log that somebody at the server did this."""
    from app import clock
    from app.ledger import access
    from app.ledger.founding import system

    access.log(db, system(the_project(db)), [access.Entry(act, **entry)], clock.now())


def the_project(db: Database) -> str:
    from app.ledger.history import project_ids

    ids = project_ids(db)
    if not ids:
        raise Refusal("Databasen er tom.")
    return ids[0]
