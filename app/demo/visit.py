"""One visit of the demo before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.demo.practices import Practice


@dataclass
class Visit:
    """One visit to come. `received` is when the server gets it."""

    id: str
    practice: Practice
    adviser: str
    day: date
    done: bool
    start: datetime
    minutes: int
    outcome: str
    purpose: str
    roles: list[str]
    note: str | None
    received: datetime
    next_on: date | None = None
