"""Notices two visits that may be one, and asks; never merges them (domain.md 2.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from app.clock import local_date
from app.ledger.author import Author
from app.ledger.desk import Desk
from app.ledger.ids import new_id
from app.ledger.op import Op
from app.records.wire import Bad, read_instant

NEAR = timedelta(minutes=15)
MOST = 3  # questions about one visit: a hundred visits in a quarter are an import, not four thousand questions


def look_ahead(desk: Desk, author: Author, ops: Iterable[Op]) -> None:
    """Lays out what the visits of a batch will be held against: one statement instead of one a visit."""
    places = set()
    for op in ops:
        practice_id, starts = op.set.get("practice_id"), op.set.get("occurred_at")
        if op.kind == "visit" and isinstance(practice_id, str) and starts is not None:
            try:
                places.add((practice_id, local_date(read_instant(starts))))
            except Bad:
                continue  # its own op says so
    desk.lay_out_days(author.user_id, places)


def note_twins(desk: Desk, author: Author, visit_id: str, data: dict[str, Any]) -> None:
    """Same adviser, practice and day, starts within 15 minutes of each other: "Dublet?"."""
    starts = datetime.fromisoformat(data["occurred_at"])
    day = desk.touched["visit", visit_id].envelope["event_date"]
    apart = {id_: abs(other - starts) for id_, other in desk.visits_on(data["practice_id"], day, author.user_id).items() if id_ != visit_id}
    for other_id in sorted((id_ for id_ in apart if apart[id_] <= NEAR), key=lambda id_: (apart[id_], id_))[:MOST]:
        desk.duplicates.append({"id": new_id(), "project_id": desk.project_id, "kind": "visit", "first_id": other_id,
                                "second_id": visit_id, "opened_at": desk.now})
