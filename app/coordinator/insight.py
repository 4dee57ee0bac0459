"""The insight package: everything held on a citizen in plain Danish, the same content to read and as JSON (domain.md 2.16)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_login import current_user
from sqlalchemy import Connection

from app.answers import database
from app.coordinator import desk
from app.coordinator.danish import instant_words
from app.coordinator.history import ACTS
from app.coordinator.shown import NOTHING, kind_title, refs, shown, title
from app.ledger import access, insight

Json = Any


def package(tx: Connection, citizen_id: str, code: str, now: datetime) -> dict[str, Json]:
    """{"borger", "lavet", "registreringer", "andre_steder", "ikke_bogfoert", "telefonnummer", "opslag"}; every value is text for people."""
    project, found = current_user.project_id, insight.keys(tx, current_user.project_id, citizen_id)
    return {
        "borger": code, "lavet": instant_words(now),
        "registreringer": [_record(tx, held) for held in insight.records(tx, project, found)],
        "andre_steder": [{"slags": kind_title(kind), "tekst": text} for kind, text in insight.elsewhere(tx, project, found, code)],
        "ikke_bogfoert": [{"slags": kind_title(row.kind), "modtaget": instant_words(row.received_at),
                           "oplysninger": _fields(tx, row.kind, _sent(row.content)), "afgjort": row.settled_how or NOTHING}
                          for row in insight.unbooked(tx, project, citizen_id, found)],
        "telefonnummer": insight.number(tx, database().settings.secret_key, citizen_id),
        "opslag": [{"tidspunkt": instant_words(row.at), "hvad": access.ACTS.get(row.act, row.act), "om": _about(row),
                    "hvorfor": row.reason or NOTHING}
                   for row in insight.accesses(tx, project, citizen_id)]}


def _record(tx: Connection, held: insight.Held) -> dict[str, Json]:
    names = desk.people(tx) | desk.names(tx, [ref for step in held.steps for side in ("before", "after") for ref in refs(
        held.kind, {name: change[side] for name, change in step["changes"].items()})])
    return {"slags": kind_title(held.kind) + (" (slettet)" if held.deleted else ""), "modtaget": instant_words(held.received_at),
            "oplysninger": _fields(tx, held.kind, held.data),
            "aendringer": [{"tidspunkt": instant_words(step["at"]), "hvad": ACTS[step["action"]],
                            "felter": [{"felt": title(held.kind, name), "foer": _word(held.kind, name, change["before"], names),
                                        "efter": _word(held.kind, name, change["after"], names)} for name, change in step["changes"].items()]}
                           for step in held.steps if step["action"] != "create"]}


def _fields(tx: Connection, kind: str, data: dict[str, Json]) -> dict[str, str]:
    names = desk.people(tx) | desk.names(tx, refs(kind, data))
    told = {title(kind, name): _word(kind, name, value, names) for name, value in data.items()}
    return {name: words for name, words in told.items() if words != NOTHING}


def _word(kind: str, name: str, value: Json, names: dict[str, str]) -> str:
    """To the citizen nothing is hidden."""
    return shown(kind, name, value, names, hidden=frozenset())


def _sent(content: Json) -> dict[str, Json]:
    found = (content or {}).get("set")
    return found if isinstance(found, dict) else {}


def _about(row: Any) -> str:
    fields = ", ".join(title(row.kind, name).lower() for name in row.about.split(", ") if name)
    return f"{kind_title(row.kind)}: {fields}" if fields else kind_title(row.kind)
