"""What happens in the demo, in the order of its days; the ledger gets it as it would have come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any

from app.clock import COPENHAGEN
from app.ledger.change import Change

CATALOGUE = Path(__file__).resolve().parent.parent / "catalogue"
BEGINS = date(2025, 1, 2)
PRESENT = date(2026, 11, 1)  # on an earlier day nothing is open: it has been settled since


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on the clock in Copenhagen."""
    return datetime.combine(day, time(hour, minute), COPENHAGEN)


@dataclass(frozen=True)
class Entry:
    """One change: when the server receives it, who made it, and what the ledger will make of it."""

    received: datetime
    who: str  # key of a person
    change: Change
    ends: str = "accepted"  # conflict, held, rejected: what a person has to settle


@dataclass
class Diary:
    """All entries up to `now`; later ones are left out, because they have not happened."""

    now: datetime
    entries: list[Entry] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)  # (who, citizen): whose number lies in the vault for a call

    @property
    def begun(self) -> datetime:
        """The first working morning, or now where the clock stands before it."""
        return min(at(BEGINS, 9, 30), self.now)

    def write(self, received: datetime, who: str, kind: str, id_: str, set_: dict[str, Any],
              made: datetime | None = None, ends: str = "accepted") -> None:
        self._add(Entry(received, who, Change(kind, id_, "create", _told(set_), made_at=made or received), ends))

    def correct(self, received: datetime, who: str, kind: str, id_: str, set_: dict[str, Any], base: dict[str, Any],
                ends: str = "accepted") -> None:
        self._add(Entry(received, who, Change(kind, id_, "update", _told(set_, gaps=True), base, made_at=received), ends))

    def _add(self, entry: Entry) -> None:
        if entry.received <= self.now:
            self.entries.append(entry)

    def batches(self) -> list[tuple[datetime, str, list[Entry]]]:
        """(received, who, entries) in the order of time; what one person sends at one moment goes together."""
        ordered = sorted(self.entries, key=lambda entry: (entry.received, entry.who))
        return [(received, who, list(group)) for (received, who), group in groupby(ordered, key=lambda entry: (entry.received, entry.who))]


def _told(set_: dict[str, Any], gaps: bool = False) -> dict[str, Any]:
    """Dates and moments as the line writes them; what is not known is left out, but where `gaps` empty a field."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in set_.items() if gaps or value is not None}
