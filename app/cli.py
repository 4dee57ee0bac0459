"""Every command, thin: reads its words, calls a room, prints (sync.md ch. 12)."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from app import clock, config
from app.db import Database

Json = dict[str, Any]


def main(argv: list[str] | None = None) -> int:
    """The exit code. Every refusal is one Danish sentence on standard error."""
    from app import logs
    from app.accounts.people import Unfit
    from app.ledger.backup import Failed
    from app.ledger.start import InUse

    logs.set_up()
    words = _parser().parse_args(argv)
    try:
        return int(words.act(words) or 0)
    except (Unfit, Failed, Refusal) as refusal:
        return _sorry(str(refusal))
    except InUse:
        return _sorry("Serveren kører og bruger mappen. Stop den først.")
    except BrokenPipeError:
        return 0


class Refusal(RuntimeError):
    """A command cannot do what it was asked; the text says in Danish why."""


def _sorry(text: str) -> int:
    print(text, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m app", description="Rådgiver på hjul", add_help=True)
    parser.add_argument("--port", type=int)
    parser.set_defaults(act=_demo_server)
    commands = parser.add_subparsers(metavar="KOMMANDO")

    def command(name: str, act: Callable[[Any], int | None], what: str, into: Any = commands) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = into.add_parser(name, help=what, description=what)
        made.add_argument("--json", action="store_true", help="svar som JSON")
        made.set_defaults(act=act)
        return made

    serve = command("serve", _serve, "kører serveren på det, der er")
    serve.add_argument("--port", type=int)
    serve.add_argument("--workers", type=int)
    command("migrate", _migrate, "bringer databasen til nyeste skema")
    command("demo", _demo, "fylder en tom database med demoprojektet")
    command("generate", _generate, "skriver telefonens typer ud af records")
    command("revision", _revision, "skriver næste skema ud af records").add_argument("what")
    command("verify", _verify, "efterregner bogen, summerne og eksportfilerne")
    command("backup", _backup, "tager en sikkerhedskopi og prøver den af").add_argument("file", type=Path)
    restore = command("restore", _restore, "lægger en sikkerhedskopi tilbage")
    restore.add_argument("file", type=Path)
    restore.add_argument("--older", action="store_true", help="også når det ikke er den nyeste afprøvede")
    command("erase", _erase, "sletter en borger").add_argument("code")
    command("tidy", _tidy, "smider gamle gravsten ud").add_argument("--tombstones", default="365d", metavar="90d")
    _groups(commands, command)
    return parser


def _groups(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    user = commands.add_parser("user", help="brugere").add_subparsers(required=True)
    add = command("add", _user_add, "opretter en bruger", user)
    for name in ("email", "name", "initials", "role"):
        add.add_argument(f"--{name}", required=True)
    add.add_argument("--password-stdin", action="store_true", required=True)
    role = command("role", _user_role, "giver en bruger en anden rolle", user)
    role.add_argument("--email", required=True)
    role.add_argument("--role", required=True)
    month = commands.add_parser("month", help="måneder").add_subparsers(required=True)
    close = command("close", _month_close, "lukker en måned", month)
    close.add_argument("month")
    close.add_argument("--reason", default="")
    export = command("export", _month_export, "skriver en måneds eksport", month)
    export.add_argument("month")
    export.add_argument("--out", type=Path, required=True)
    device = commands.add_parser("device", help="telefoner").add_subparsers(required=True)
    command("list", _device_list, "viser telefonerne", device)
    revoke = command("revoke", _device_revoke, "spærrer en telefon", device)
    revoke.add_argument("device_id")
    revoke.add_argument("--wipe", action="store_true", help="og sletter dens indhold")


def _open(words: Any, newest: bool = True) -> Database:
    from app.migrations import is_newest

    db = Database(config.load())
    if newest and not is_newest(db):
        raise Refusal("Databasen er ikke på nyeste skema. Kør: python3 -m app migrate")
    return db


def _say(words: Any, told: Json, text: str) -> None:
    print(json.dumps(told, ensure_ascii=False) if getattr(words, "json", False) else text)


# --- serving ----------------------------------------------------------------------------------------------------


def _demo_server(words: Any) -> int:
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


def _serve(words: Any) -> int:
    db = _open(words)
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


# --- database ---------------------------------------------------------------------------------------------------


def _migrate(words: Any) -> None:
    from app.migrations import migrate

    db = _open(words, newest=False)
    migrate(db)
    _say(words, {"migrated": True}, "Databasen er på nyeste skema.")


def _revision(words: Any) -> None:
    from app.migrations import write_revision

    file = write_revision(_open(words, newest=False), words.what)
    _say(words, {"file": str(file)}, str(file))


def _demo(words: Any) -> None:
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


def _backup(words: Any) -> None:
    from app.ledger.backup import backup

    told = backup(_open(words), words.file.absolute(), clock.now())
    _say(words, told, f"Sikkerhedskopien er taget og prøvet af. Alt til og med nr. {told['durable_through']} er sikret.")


def _restore(words: Any) -> None:
    from app.ledger import start
    from app.ledger.backup import restore

    db = _open(words, newest=False)
    with start.hold(db):
        restore(db, words.file.absolute(), words.older, clock.now())
    _say(words, {"restored": str(words.file)}, "Sikkerhedskopien er lagt tilbage. Telefonerne bringer selv det, der mangler.")


def _verify(words: Any) -> int:
    from app.export import verify_months
    from app.ledger.history import project_ids
    from app.ledger.verify import verify

    db = _open(words)
    with db.read() as tx:
        wrong = [line for project_id in project_ids(db) for line in verify(tx, project_id)] + verify_months(tx)
    _say(words, {"ok": not wrong, "problems": wrong}, "\n".join(wrong) if wrong else "Alt passer.")
    return 1 if wrong else 0


def _erase(words: Any) -> None:
    from app.ledger.erasure import erase

    db = _open(words)
    try:
        count = erase(db, _project(db), words.code.strip().upper(), clock.now())
    except LookupError:
        raise Refusal("Der er ingen borger med den kode.") from None
    _say(words, {"erased": count}, f"Slettet: {count} registreringer. Telefonerne sletter ved næste kontakt.")


def _tidy(words: Any) -> None:
    from app.ledger.tidy import tidy

    days = re.fullmatch(r"(\d{1,5})d", words.tombstones)
    if not days:
        raise Refusal("Skriv antal dage som 90d.")
    db = _open(words)
    count = tidy(db, _project(db), timedelta(days=int(days[1])), clock.now())
    _say(words, {"dropped": count}, f"{count} gravsten er smidt ud.")


def _project(db: Database) -> str:
    from app.ledger.history import project_ids

    ids = project_ids(db)
    if not ids:
        raise Refusal("Databasen er tom.")
    return ids[0]


# --- people, months, phones -------------------------------------------------------------------------------------


def _user_add(words: Any) -> None:
    from app.accounts.people import add

    passphrase = sys.stdin.read().rstrip("\r\n")
    user_id = add(_open(words), words.email, words.name, words.initials, words.role, passphrase, clock.now())
    _say(words, {"user_id": user_id}, f"{words.name} er oprettet.")


def _user_role(words: Any) -> None:
    from app.accounts.people import set_role

    set_role(_open(words), words.email, words.role, clock.now())
    _say(words, {"email": words.email, "role": words.role}, f"Rollen er nu {words.role}.")


def _month_close(words: Any) -> None:
    from app.export import month_close

    db = _open(words)
    told = month_close(db, _project(db), words.month, None, words.reason, clock.now())
    _say(words, told, told["text"])


def _month_export(words: Any) -> None:
    from app.export import month_export

    db = _open(words)
    file = month_export(db, _project(db), words.month, words.out, clock.now())
    _say(words, {"file": str(file)}, str(file))


def _device_list(words: Any) -> None:
    from app.sync.devices import listed

    phones = listed(_open(words))
    lines = [f"{p['device_id']}  {p['initials']:<4} {p['name']:<24} {p['seen_at']}  venter {p['unsent']}  {p['revoked'] or ''}" for p in phones]
    _say(words, {"devices": phones}, "\n".join(lines) or "Ingen telefoner.")


def _device_revoke(words: Any) -> None:
    from app.sync.devices import revoke

    if not revoke(_open(words), words.device_id.lower(), words.wipe, clock.now()):
        raise Refusal("Der er ingen telefon med det nummer.")
    _say(words, {"revoked": words.device_id}, "Telefonen er spærret.")


def _generate(words: Any) -> None:
    from app.records.typescript import source

    target = config.ROOT / "static" / "phone" / "generated" / "records.ts"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(source(), "utf-8")
    _say(words, {"file": str(target)}, str(target))


if __name__ == "__main__":
    sys.exit(main())
