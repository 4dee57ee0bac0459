"""Notices two visits that may be one, and asks; never merges them (domain.md 2.4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from app.ledger.author import Author
from app.ledger.desk import Desk
from app.ledger.ids import new_id

NEAR = timedelta(minutes=15)
MOST = 3  # questions about one visit: a hundred visits in a quarter are an import, not four thousand questions


def note_twins(desk: Desk, author: Author, visit_id: str, data: dict[str, Any]) -> None:
    """Same adviser, practice and day, starts within 15 minutes of each other: "Dublet?"."""
    starts = datetime.fromisoformat(data["occurred_at"])
    day = desk.touched["visit", visit_id].envelope["event_date"]
    twins = [other for other in desk.visits_on(data["practice_id"], day)
             if other.id != visit_id and other.author_id == author.user_id and _apart(other.data, starts) <= NEAR]
    for other in sorted(twins, key=lambda twin: _apart(twin.data, starts))[:MOST]:
        desk.duplicates.append({"id": new_id(), "project_id": desk.project_id, "kind": "visit", "first_id": other.id,
                                "second_id": visit_id, "opened_at": desk.now})


def _apart(data: dict[str, Any], starts: datetime) -> timedelta:
    return abs(datetime.fromisoformat(data["occurred_at"]) - starts)
