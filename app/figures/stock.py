"""Adds up the stock moves: what lies in depot and bags, and what a count found missing (indicators.md M3, M4)."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

KEPT = ("DEPOT", "BAG")  # the project's own places; everything else is outside


class Move(NamedTuple):
    """One stock move, ordered by when it happened."""

    moment: datetime
    id: str
    day: date
    batch_id: str
    material_id: str
    move: str
    quantity: int
    from_place: str
    to_place: str
    author_id: str


@dataclass(frozen=True)
class Entry:
    """What one move changed: pieces in the project's places, and pieces found missing or scrapped."""

    move: Move
    change: int
    lost: int


@dataclass
class Shelf:
    """Every move with its effect, in order, and what lies where after the last: (batch, place, whose bag) → pieces."""

    entries: list[Entry] = field(default_factory=list)
    places: dict[tuple[str, str, str], int] = field(default_factory=lambda: defaultdict(int))

    def until(self, day: date) -> list[Entry]:
        """The moves lie in the order of their moments, and so of their days."""
        return self.entries[:bisect_right(self.entries, day, key=lambda entry: entry.move.day)]

    def levels(self, day: date) -> dict[str, int]:
        """Batch → pieces in depot and bags at the end of the day; below zero means that the stock does not add up."""
        found: dict[str, int] = defaultdict(int)
        for entry in self.until(day):
            found[entry.move.batch_id] += entry.change
        return dict(found)

    def received(self, day: date) -> int:
        return sum(entry.move.quantity for entry in self.until(day) if entry.move.move == "RECEIVED")

    def lost(self, first: date, last: date) -> int:
        return sum(entry.lost for entry in self.until(last) if entry.move.day >= first)


def shelf(moves: Iterable[Move]) -> Shelf:
    """Walks the moves in order. A COUNT from a place to itself sets the place to the counted number (INV-10);
    from one place to another it is the difference that was found."""
    found = Shelf()
    places = found.places
    for move in sorted(moves):
        source, target = _place(move, move.from_place), _place(move, move.to_place)
        if move.move == "COUNT" and source == target:
            change = move.quantity - places[target]
            places[target] = move.quantity
        else:
            places[source] -= move.quantity
            places[target] += move.quantity
            change = move.quantity * ((move.to_place in KEPT) - (move.from_place in KEPT))
        missing = move.move == "SCRAPPED" or (move.move == "COUNT" and change < 0)
        found.entries.append(Entry(move, change, (abs(change) or move.quantity) if missing else 0))
    return found


def _place(move: Move, place: str) -> tuple[str, str, str]:
    """Each adviser has a bag of their own; the depot is everybody's."""
    return move.batch_id, place, move.author_id if place == "BAG" else ""
