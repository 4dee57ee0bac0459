"""Notices two visits that may be one, and asks; never merges them (domain.md 2.4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from app.ledger.author import Author
from app.ledger.desk import Desk
from app.ledger.ids import new_id

NEAR = timedelta(minutes=15)


def note_twins(desk: Desk, author: Author, visit_id: str, data: dict[str, Any]) -> None:
    """Same adviser, practice and day, starts within 15 minutes of each other: "Dublet?"."""
    starts = datetime.fromisoformat(data["occurred_at"])
    day = desk.touched["visit", visit_id].envelope["event_date"]
    for other in desk.visits_on(data["practice_id"], day):
        near = abs(datetime.fromisoformat(other.data["occurred_at"]) - starts) <= NEAR
        if other.id != visit_id and other.author_id == author.user_id and near:
            desk.duplicates.append({"id": new_id(), "project_id": desk.project_id, "kind": "visit", "first_id": other.id,
                                    "second_id": visit_id, "opened_at": desk.now})
