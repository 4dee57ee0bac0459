"""Closes a month: freezes v1 and books what moved in earlier months, in one transaction that no push can slip into."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.clock import local_date
from app.figures.corrections import Pending, booked_rows, pending
from app.figures.events import Event
from app.figures.ground import Ground, lay_out
from app.figures.months import closing, running_month
from app.figures.outside import as_closed
from app.figures.ready import readiness
from app.figures.recount import figures
from app.figures.tables import BOOK, BOOKED, CLOSES, CORRECTIONS, PROJECTS
from app.records import KINDS
from app.records.month import NOBODYS
from app.records.wire import to_data
from app.rules.calendar import first_of, last_of, month_name

NOTHING = Pending([], [])


class NotYet(ValueError):
    """The month cannot be closed; the text says why in Danish."""


@dataclass(frozen=True)
class Closed:
    """The close of a month. `fresh` is False when it was closed before and nothing has been done."""

    month: str
    closed_at: datetime
    fresh: bool
    reason: str | None = None
    missing: list[str] = field(default_factory=list)  # what was not ready
    corrections: int = 0


def close(tx: Connection, project_id: str, month: str, by: str | None, reason: str | None, now: datetime) -> Closed:
    """Freezes the month (indicators.md 2.3). Needs a write transaction. `reason` is kept when something is missing.

    A month that is closed already stays as it is. Raises NotYet for the running or a coming month, or no month at all.
    """
    refuse_unless_over(tx, project_id, month, now)
    if known := closing(tx, project_id, month):
        return Closed(month, known["closed_at"], False, known["reason"])
    # The counter row comes first here, unlike in a push: whoever writes meanwhile finds `months` changed and starts over.
    book = tx.execute(update(BOOK).where(BOOK.c.project_id == project_id).values(months=BOOK.c.months + 1)
                      .returning(BOOK.c.seq, BOOK.c.months)).one()
    if known := closing(tx, project_id, month):
        return Closed(month, known["closed_at"], False, known["reason"])
    ready, ground, today = readiness(tx, project_id, month), lay_out(tx, project_id), local_date(now)
    owed = pending(tx, ground, month, today)
    kept = None if ready.ready else reason or "CLI"
    freeze(tx, ground, month, by, kept, now, book.seq, book.months, owed)
    return Closed(month, now, True, kept, ready.missing, len(owed.rows))


def freeze(tx: Connection, ground: Ground, month: str, by: str | None, reason: str | None, now: datetime, seq: int, number: int,
           owed: Pending = NOTHING) -> None:
    """Puts the close down, with what it books; `owed` for earlier months. The ground knows of it from then on."""
    counted = as_closed(ground.closes, booked_rows(tx, ground.project_id), month, owed.rows, figures(ground, month, local_date(now)))
    row = {"project_id": ground.project_id, "month": month, "closed_at": now, "closed_by": by, "reason": reason, "seq": seq, "number": number,
           "figures": [figure.stored() for figure in counted]}
    tx.execute(insert(CLOSES).values(row))
    _book(tx, ground, month, owed)
    ground.closes[month] = row


def refuse_unless_ours(tx: Connection, project_id: str, month: str) -> None:
    """Raises NotYet unless the month is one, written 2026-10, and not before the project."""
    try:
        first_of(month)
    except ValueError:
        raise NotYet(f"»{month}« er ikke en måned. Skriv fx 2026-10.") from None
    if last_of(month) < tx.execute(select(PROJECTS.c.period_from).where(PROJECTS.c.id == project_id)).scalar_one():
        raise NotYet(f"{month_name(month).capitalize()} ligger før projektet.")


def refuse_unless_over(tx: Connection, project_id: str, month: str, now: datetime) -> None:
    """Raises NotYet unless the month is the project's and lies before the running one."""
    refuse_unless_ours(tx, project_id, month)
    if month >= running_month(local_date(now)):
        raise NotYet(f"{month_name(month).capitalize()} er ikke slut. Den kan først lukkes, når måneden er gået.")


def _book(tx: Connection, ground: Ground, month: str, owed: Pending) -> None:
    """v1: every record of the month with its revision and hash, and the anonymous counters. Then what moved earlier."""
    lines = [_line(ground, month, month, event.kind, event.id, event) for event in ground.by_month.get(month, ())]
    lines += [_line(ground, move.month, month, move.key[1], move.key[2], move.event) for move in owed.moves]
    lines += [{**_line(ground, month, month, NOBODYS, str(number), None), "district": district, "counts": counts}
              for number, (district, counts) in enumerate(ground.erased.get(month, ()))]
    if lines:
        tx.execute(insert(BOOKED), lines)
    if owed.rows:
        tx.execute(insert(CORRECTIONS), owed.rows)


def _line(ground: Ground, month: str, booked_in: str, kind: str, record_id: str, event: Event | None) -> dict[str, Any]:
    return {"project_id": ground.project_id, "month": month, "kind": kind, "record_id": record_id, "booked_in": booked_in,
            "rev": event.rev if event else 0, "digest": _digest(event) if event else "",
            "district": event.district if event else "", "counts": event.counts if event else {}}


def _digest(event: Event) -> str:
    data = to_data(KINDS[event.kind], event.row._mapping)
    return hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
