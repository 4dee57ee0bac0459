"""People, their phones, and the months they close."""

from __future__ import annotations

import sys
from typing import Any

from app import clock
from app.commands.ground import Refusal, note, open_database, say, the_project


def user_add(words: Any) -> None:
    from app.accounts.people import add

    db = open_database()
    user_id = add(db, words.email, words.name, words.initials, words.role, sys.stdin.read().rstrip("\r\n"), clock.now())
    note(db, "USER_ADD", kind="user", record_id=user_id, about=words.role)
    say(words, {"user_id": user_id}, f"{words.name} er oprettet.")


def user_role(words: Any) -> None:
    from app.accounts.people import set_role

    db = open_database()
    note(db, "ROLE", kind="user", record_id=set_role(db, words.email, words.role, clock.now()), about=words.role)
    say(words, {"email": words.email, "role": words.role}, f"Rollen er nu {words.role}.")


def forget_factor(words: Any) -> None:
    from app.accounts.people import forget_factor

    db = open_database()
    note(db, "FACTOR", kind="user", record_id=forget_factor(db, words.email))
    say(words, {"email": words.email}, "Kodeapp og papirkoder er fjernet, og brugeren er logget ud alle steder.")


def user_passphrase(words: Any) -> None:
    from app.accounts.people import set_passphrase

    db = open_database()
    note(db, "PASSPHRASE", kind="user", record_id=set_passphrase(db, words.email, sys.stdin.read().rstrip("\r\n")))
    say(words, {"email": words.email}, "Adgangssætningen er ny, og brugeren er logget ud alle steder.")


def user_close(words: Any) -> None:
    from app.accounts.people import close

    db = open_database()
    note(db, "USER_CLOSE", kind="user", record_id=close(db, words.email, words.anyway))
    say(words, {"email": words.email}, "Kontoen er lukket, og brugeren er logget ud alle steder. Spær også telefonen, hvis den er væk.")


def user_open(words: Any) -> None:
    from app.accounts.people import reopen

    db = open_database()
    note(db, "USER_OPEN", kind="user", record_id=reopen(db, words.email))
    say(words, {"email": words.email}, "Kontoen er åben igen.")


def month_close(words: Any) -> None:
    from app.export import month_close

    db = open_database()
    told = month_close(db, the_project(db), words.month, None, words.reason, clock.now())
    say(words, told, told["text"])


def month_export(words: Any) -> None:
    from app.export import month_export

    db = open_database()
    password = sys.stdin.read().rstrip("\r\n") if words.password_stdin else None
    try:
        file = month_export(db, the_project(db), words.month, words.out, clock.now(), password, words.recipient)
    except ValueError as unfit:
        raise Refusal(str(unfit)) from None
    note(db, "FILE", kind="month", about=file.name)
    say(words, {"file": str(file)}, str(file))


def month_send(words: Any) -> None:
    """Delivers what has not arrived; safe to run as often as one likes, and from several places at once."""
    from app.export.delivery import Place, Undelivered, deliver

    db = open_database()
    mine = db.settings
    if not mine.sftp_host:
        raise Refusal("RAADGIVER_SFTP_HOST mangler. Sæt den til modtagerens adresse.")
    place = Place(mine.sftp_host, mine.sftp_port, mine.sftp_user, mine.sftp_key_file, mine.sftp_known_hosts, mine.sftp_folder,
                  mine.package_recipient)
    try:
        sent = deliver(db, the_project(db), place, clock.now(), mine.sftp_first_month)
    except Undelivered as failed:
        raise Refusal(str(failed)) from None
    say(words, {"sent": sent}, "\n".join(f"{name} er leveret." for name in sent) or "Alt er leveret.")


def extract(words: Any) -> None:
    from app.export.extract import extract
    from app.ledger.founding import system

    db = open_database()
    password = sys.stdin.read().rstrip("\r\n") if words.password_stdin else ""
    try:
        name, content = extract(db, system(the_project(db)), words.agreement, clock.now(), password, words.recipient)
    except ValueError as unfit:
        raise Refusal(str(unfit)) from None
    words.out.mkdir(parents=True, exist_ok=True)
    (words.out / name).write_bytes(content)
    say(words, {"file": str(words.out / name)}, str(words.out / name))


def device_list(words: Any) -> None:
    from app.sync.devices import listed

    phones = listed(open_database())
    lines = [f"{p['device_id']}  {p['initials']:<4} {p['name']:<24} {p['seen_at']}  venter {p['unsent']}  {p['revoked'] or ''}" for p in phones]
    say(words, {"devices": phones}, "\n".join(lines) or "Ingen telefoner.")


def device_revoke(words: Any) -> None:
    from app.sync.devices import revoke

    if not revoke(open_database(), words.device_id.lower(), words.wipe, clock.now()):
        raise Refusal("Der er ingen telefon med det nummer.")
    say(words, {"revoked": words.device_id}, "Telefonen er spærret.")
