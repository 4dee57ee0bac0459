"""Serves: the demo on a fresh machine, or what is there."""

from __future__ import annotations

import json
import sys
from typing import Any

from app import clock, config
from app.commands.ground import Json, Refusal, open_database
from app.db import Database


def demo_server(words: Any) -> int:
    from app.ledger.history import project_ids
    from app.migrations import migrate

    settings = config.load(make_secret=True)
    settings.port = words.port or settings.port
    _check_port(settings)
    db = Database(settings)
    migrate(db)
    if not project_ids(db):
        print("Fylder databasen med demoprojektet …", file=sys.stderr)
        _fill(db)
    _print_sign_ins(settings)
    return _run(db)


def serve(words: Any) -> int:
    db = open_database()
    db.settings.port = words.port or db.settings.port
    db.settings.workers = words.workers or db.settings.workers
    _check_port(db.settings)
    print(f"Rådgiver på hjul kører på http://{db.settings.bind}:{db.settings.port}", file=sys.stderr)
    return _run(db)


def _check_port(settings: config.Settings) -> None:
    from app.serving import port_is_free

    if not settings.secret_key:
        raise Refusal("RAADGIVER_SECRET_KEY mangler. Sæt den til mindst 16 tilfældige tegn.")
    if not port_is_free(settings):
        raise Refusal(f"Port {settings.port} er optaget. Vælg en anden: --port {settings.port + 1}")


def _run(db: Database) -> int:
    from app.ledger import start
    from app.serving import Served

    held = start.hold(db)
    start.prepare(db, clock.now())
    db.close()  # no connection crosses the fork
    Served(db.settings).run()
    held.close()
    return 0


def demo(words: Any) -> None:
    from app.ledger.history import project_ids
    from app.migrations import migrate

    db = Database(config.load(make_secret=True))
    migrate(db)
    if project_ids(db):
        raise Refusal("Databasen er ikke tom. Demoen fyldes kun i en tom database.")
    _fill(db)
    if words.json:
        print(json.dumps({"sign_ins": _sign_ins(db.settings)}, ensure_ascii=False))
    else:
        _print_sign_ins(db.settings)


def _fill(db: Database) -> None:
    from app.demo import fill

    file = db.settings.state_dir / "demo-sign-ins.json"
    file.write_text(json.dumps([list(row) for row in fill(db, clock.now())], ensure_ascii=False), "utf-8")
    file.chmod(0o600)


def _sign_ins(settings: config.Settings) -> list[Json]:
    file = settings.state_dir / "demo-sign-ins.json"
    rows = json.loads(file.read_text("utf-8")) if file.exists() else []
    return [{"role": role, "email": email, "password": password} for role, email, password in rows]


def _print_sign_ins(settings: config.Settings) -> None:
    print(f"\nRådgiver på hjul: http://{'localhost' if settings.bind == '127.0.0.1' else settings.bind}:{settings.port}\n")
    for entry in _sign_ins(settings):
        print(f"  {entry['role']:<22} {entry['email']:<24} {entry['password']}")
    print("\nAlle personer og tal er opdigtede. Stop med Ctrl-C.\n", flush=True)
