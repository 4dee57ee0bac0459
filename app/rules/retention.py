"""How long each kind of thing is kept: the list lies in the catalogue, so that a data protection officer can read and change it (domain.md 4.8)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from app.records.codes import CATALOGUE
from app.rules.outcomes import months_after


@dataclass(frozen=True)
class Rule:
    """One line of the list. `kept` and `then` are its words for people."""

    id: str
    title: str
    kept: str
    then: str
    days: int = 0
    months: int = 0
    project_end_months: int = 0
    kinds: tuple[str, ...] = ()

    def cut(self, today: date) -> date:
        """What began its time before this day is over it."""
        return months_after(today, -self.months) - timedelta(days=self.days)


@cache
def rules() -> dict[str, Rule]:
    """Id → rule, in the list's order."""
    listed = json.loads((CATALOGUE / "retention.json").read_text("utf-8"))["rules"]
    return {entry["id"]: Rule(**{**entry, "kinds": tuple(entry.get("kinds", ()))}) for entry in listed}
