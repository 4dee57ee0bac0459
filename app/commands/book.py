"""The book as a whole: schema, backup, restore, erasure, tidying, verification."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from app import clock, config
from app.commands.ground import Refusal, note, open_database, say, the_project


def migrate(words: Any) -> None:
    from app.migrations import migrate

    db = open_database(newest=False)
    migrate(db)
    say(words, {"migrated": True}, "Databasen er på nyeste skema.")


def revision(words: Any) -> None:
    from app.migrations import write_revision

    file = write_revision(open_database(newest=False), words.what)
    say(words, {"file": str(file)}, str(file))


def generate(words: Any) -> None:
    from app.records.typescript import source

    target = config.ROOT / "static" / "phone" / "generated" / "records.ts"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(source(), "utf-8")
    say(words, {"file": str(target)}, str(target))


def backup(words: Any) -> None:
    from app.ledger.backup import backup

    db = open_database()
    note(db, "BACKUP")
    told = backup(db, words.file.absolute(), clock.now())
    say(words, told, f"Sikkerhedskopien er taget og prøvet af. Alt til og med nr. {told['durable_through']} er sikret.")


def restore(words: Any) -> None:
    from app.ledger import start
    from app.ledger.backup import restore

    db = open_database(newest=False)
    with start.hold(db):
        restore(db, words.file.absolute(), words.older, clock.now())
    say(words, {"restored": str(words.file)}, "Sikkerhedskopien er lagt tilbage. Telefonerne bringer selv det, der mangler.")


def verify(words: Any) -> int:
    from app.export import verify_months
    from app.ledger import access
    from app.ledger.history import access_cut, cut, project_ids
    from app.ledger.verify import verify

    db = open_database()
    with db.read() as tx:
        wrong = [line for project_id in project_ids(db) for line in [*verify(tx, project_id), *access.verify(tx, project_id)]] + verify_months(tx)
    wrong += [line for project_id in project_ids(db) for line in [*cut(db, project_id), *access_cut(db, project_id)]]
    say(words, {"ok": not wrong, "problems": wrong}, "\n".join(wrong) if wrong else "Alt passer.")
    return 1 if wrong else 0


def erase(words: Any) -> None:
    from app.ledger.erasure import erase

    db = open_database()
    try:
        count = erase(db, the_project(db), words.code.strip().upper(), clock.now())
    except LookupError:
        raise Refusal("Der er ingen borger med den kode.") from None
    say(words, {"erased": count}, f"Slettet: {count} registreringer. Telefonerne sletter ved næste kontakt.")


def tidy(words: Any) -> None:
    from app.ledger import retention
    from app.rules.retention import rules

    days = re.fullmatch(r"(\d{1,5})d", words.tombstones) if words.tombstones else None
    if words.tombstones and not days:
        raise Refusal("Skriv antal dage som 90d.")
    db = open_database()
    project_id, now = the_project(db), clock.now()
    if words.preview:
        counts = retention.preview(db, project_id, now)
    else:
        counts = retention.run(db, project_id, now, timedelta(days=int(days[1])) if days else None)
    told = {"dropped": counts["TOMBSTONE"], "expired": counts["CONTACT_VAULT"], "notes": counts["TALK_NOTE"], "retention": counts}
    head = "Så meget ville blive slettet nu:" if words.preview else "Slettet:"
    say(words, told, "\n".join([head, *(f"{count:>7}  {rules()[name].title}" for name, count in counts.items())]))
