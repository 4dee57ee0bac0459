"""Who changed a record, when, and what stood there before: one list for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.coordinator import desk
from app.coordinator.shown import NOTHING, refs, shown, title
from app.ledger.settle import history

ACTS = {"create": "Oprettet", "update": "Rettet", "delete": "Slettet"}


@dataclass(frozen=True)
class Step:
    """One booked change."""

    at: datetime
    who: str
    act: str
    where: str
    changes: list[tuple[str, str, str]]  # title, before, after


def told(tx: Connection, project_id: str, kind: str, record_id: str) -> list[Step]:
    """The newest first."""
    steps = history(tx, project_id, kind, record_id)
    names = desk.people(tx) | desk.names(tx, [ref for step in steps for side in ("before", "after")
                                              for ref in refs(kind, {name: change[side] for name, change in step["changes"].items()})])
    return [_step(kind, step, names) for step in reversed(steps)]


def _step(kind: str, step: dict[str, Any], names: dict[str, str]) -> Step:
    changes = [(title(kind, name), shown(kind, name, change["before"], names), shown(kind, name, change["after"], names))
               for name, change in step["changes"].items()]
    where = "Kontor" if step["device_id"] == "office" else "Telefon"
    shown_changes = [change for change in changes if change[1] != NOTHING or change[2] != NOTHING]
    return Step(step["at"], names.get(step["author_id"], "Systemet"), ACTS[step["action"]], where, shown_changes)
