"""What leaves the house about people in months that are closed: the whole project only, and only what may be shown (ch. 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from app.figures.figure import ALL, Figure
from app.figures.hide import COVERED, hide, laid_out
from app.figures.indicators import BY_ID
from app.figures.spans import Name, Span

UNKNOWN: Span = (0, inf)
Key = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """One figure of a closed month as the close of a later month tells it. A change that is hidden is told with a later
    one, if that may be shown; a number that v1 hid stays hidden for good."""

    month: str
    booked_in: str
    closed: Figure
    before: Figure  # as last told
    now: Figure
    reasons: tuple[str, ...]
    records: int


def changes(closes: Mapping[str, Any], booked: Iterable[Any]) -> list[Change]:
    """Every change about people that has been booked, in the order of months and bookings. `booked`: Correction rows."""
    rows = [row for row in booked if BY_ID[row.indicator].people and BY_ID[row.indicator].external]
    found: list[Change] = []
    for month in sorted({row.month for row in rows} & closes.keys()):
        told = _Told(month, closes[month]["figures"])
        for booked_in in sorted({row.booked_in for row in rows if row.month == month}, key=lambda one: closes[one]["number"]):
            found += told.tell(booked_in, [row for row in rows if (row.month, row.booked_in) == (month, booked_in)])
    return found


class _Told:
    """A closed month: its figures as they are, and as somebody who has had every file knows them."""

    def __init__(self, month: str, stored: Sequence[dict[str, Any]]) -> None:
        self.month = month
        self.closed = {one.key: one for one in map(Figure.read, stored) if one.district == ALL and one.definition.people}
        self.now, self.known = dict(self.closed), dict(self.closed)
        self.waiting: set[Key] = set()  # moved, and not told since

    def tell(self, booked_in: str, rows: list[Any]) -> list[Change]:
        moved = sorted({(row.indicator, ALL) for row in rows if row.delta is not None or row.district == ALL})
        for key in moved:
            self.now[key] = _moved(self.now[key], [row for row in rows if row.indicator == key[0]])
        marks = self._marks(moved)
        return [self._told(key, booked_in, marks, [row for row in rows if row.indicator == key[0]]) for key in moved]

    def _marks(self, moved: list[Key]) -> dict[Name, str]:
        sums = laid_out(self.now.values())
        for_good = {(*key, what) for key, one in self.closed.items() for what, mark in (("n", one.n_mark), ("of", one.of_mark)) if mark}
        choices = {name for name in sums.values if name[:2] in moved and name[2] != "rest"} - for_good
        still = {name: (value, value) for name, value in sums.values.items()
                 if name[:2] not in {*moved, *self.waiting} and name[2] != "rest" and name not in for_good}
        known: dict[Name, Span] = {name: UNKNOWN for name in sums.values if name not in choices}
        return {**hide(sums, choices, known | still), **dict.fromkeys(for_good, COVERED)}

    def _told(self, key: Key, booked_in: str, marks: Mapping[Name, str], rows: list[Any]) -> Change:
        before, now = self.known[key], replace(self.now[key], n_mark=marks.get((*key, "n"), ""), of_mark=marks.get((*key, "of"), ""))
        if now.is_hidden:
            self.waiting.add(key)
        else:
            self.known[key] = now
            self.waiting.discard(key)
        return Change(self.month, booked_in, self.closed[key], before, now, tuple(sorted({row.reason for row in rows})),
                      sum(row.records for row in rows))


def _moved(figure: Figure, rows: list[Any]) -> Figure:
    if figure.definition.additive:
        return replace(figure, n=int(figure.n or 0) + sum(row.delta for row in rows), n_mark="", of_mark="")
    n, _, of = next(row.new_value for row in reversed(rows) if row.district == ALL).partition("/")
    return replace(figure, n=None if n == "–" else float(n.replace(",", ".")) if "," in n else int(n), of=int(of) if of else figure.of,
                   n_mark="", of_mark="")
