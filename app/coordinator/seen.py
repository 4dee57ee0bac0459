"""Says in the access log what the coordinator is about to see of citizens' talks, before it is shown (security.md, Log)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask import request
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.desk import TABLES
from app.coordinator.shown import HIDDEN
from app.ledger import access
from app.records.wire import UUID
from app.rules.text_guard import detect

LEAST, MOST = 10, 200
CODE = re.compile(r"\bB-?\s?[0-9A-Z]{5}\b", re.IGNORECASE)
FACTS = "minutes, occurred_at, place, practice_id, topics, type"


def listed(talks: Iterable[tuple[str, str | None]]) -> None:
    """The facts of (talk id, citizen id): one line for each citizen."""
    found: dict[str, list[str]] = {}
    for talk_id, citizen_id in talks:
        if citizen_id:
            found.setdefault(citizen_id, []).append(talk_id)
    access.log(database(), desk.author(), [access.Entry("LIST", "talk", ids[0] if len(ids) == 1 else None, citizen_id, about=FACTS)
                                           for citizen_id, ids in found.items()], clock.now())


def opened(tx: Connection, kind: str, talk_id: str, data: Mapping[str, Any]) -> None:
    """A page about what somebody sent or changed on one record, if that is a citizen's talk."""
    if kind != "talk":
        return
    talks, citizen_id = TABLES["talk"], data.get("citizen_id")
    if not isinstance(citizen_id, str) or not UUID.match(citizen_id):  # what a phone sent may have any form
        citizen_id = tx.execute(select(talks.c.citizen_id).where(talks.c.id == talk_id)).scalar()
    if citizen_id:
        about = ", ".join(sorted(name for name in data if (kind, name) not in HIDDEN))[:200]
        access.log(database(), desk.author(), [access.Entry("OPEN", "talk", talk_id, citizen_id, about=about)], clock.now())


def typed_reason() -> str:
    """What stands in the form, on one line."""
    return " ".join(request.form.get("reason", "").replace("\x00", " ").split())


def reason_wrong(reason: str) -> str:
    """What is wrong with a reason for the log, as a sentence; nothing when it will do. Nobody is named in it: it may be shown to the citizen."""
    if not LEAST <= len(reason) <= MOST:
        return f"Skriv grunden med mindst {LEAST} og højst {MOST} tegn."
    if detect(reason).level == "HIGH":
        return "Teksten ser ud til at indeholde et CPR-nummer. Skriv den uden."
    return "Skriv grunden uden borgerkode. Loggen ved, hvem det gælder." if CODE.search(reason) else ""
