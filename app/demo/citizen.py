"""One citizen and one talk of the demo before they are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.demo.visit import Visit
from app.rules.consent import is_open


@dataclass(eq=False)
class Citizen:
    """Whom an adviser knows by a code. `known` = when the server gets the first of it."""

    id: str
    code: str
    adviser: str
    first: Visit
    known: datetime
    answers: list[dict[str, Any]] = field(default_factory=list)  # consent events in the order they are sent
    talks: list[Talk] = field(default_factory=list)
    quits: date | None = None  # takes every yes back that day
    closed: bool = False

    @property
    def index_on(self) -> date:
        return self.first.day

    def may(self, scope: str, day: date) -> bool:
        """Is the gate open that day?"""
        return is_open(self.answers, scope, day)


@dataclass(eq=False)
class Talk:
    """One conversation after a visit. `received` is when the server gets it."""

    id: str
    visit: Visit
    start: datetime
    minutes: int
    received: datetime
    kind: str = "FOLLOW_UP"
    citizen: Citizen | None = None

    @property
    def day(self) -> date:
        return self.visit.day
