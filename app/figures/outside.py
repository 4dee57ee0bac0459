"""What leaves the house about people in months that are closed: the whole project only, and only what may be shown (ch. 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from app.figures.figure import ALL, Figure
from app.figures.hide import COVERED, LIMIT, SHOWN, hide, laid_out, marked, veiled
from app.figures.indicators import BY_ID
from app.figures.nested import BEHIND, SLACK, Whole, left_over, months_behind, same
from app.figures.spans import Name, Span

UNKNOWN: Span = (0, inf)
Row = Mapping[str, Any]  # columns of Correction
Key = tuple[str, str]  # month, indicator


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
    return sorted(_told(closes, booked)[1], key=lambda one: (one.month, closes[one.booked_in]["number"]))


def as_closed(closes: Mapping[str, Any], booked: Iterable[Any], month: str, owed: Iterable[Row], figures: Iterable[Figure]) -> list[Figure]:
    """The month's figures with the marks that its close gives them. `owed`: what the close books for earlier months."""
    told, everything = _told(closes, booked)[0], list(figures)
    told.move(list(owed))
    return veiled(everything, wholes=told.wholes(month, everything))


def _told(closes: Mapping[str, Any], booked: Iterable[Any]) -> tuple[_Told, list[Change]]:
    told, found, rows = _Told(), list[Change](), [row._mapping for row in booked]
    for month in sorted(closes, key=lambda one: closes[one]["number"]):
        mine = [row for row in rows if row["booked_in"] == month]
        told.move(mine)
        told.enter(month, closes[month]["figures"])
        found += told.tell(month, mine)
    return told, found


def _about_people(row: Row) -> bool:
    definition = BY_ID[row["indicator"]]
    return definition.people and definition.external and (row["delta"] is not None or row["district"] == ALL)


class _Told:
    """Every closed month: its figures as they are, and as somebody who has had every file knows them."""

    def __init__(self) -> None:
        self.closed: dict[str, dict[str, Figure]] = {}  # month → indicator → as closed
        self.now: dict[str, dict[str, Figure]] = {}
        self.known: dict[str, dict[str, Figure]] = {}
        self.waiting: set[Key] = set()  # month and indicator that moved, and was not told since

    def enter(self, month: str, stored: Sequence[dict[str, Any]]) -> None:
        here = {one.indicator: one for one in map(Figure.read, stored) if one.district == ALL and one.definition.people and one.definition.external}
        self.closed[month], self.now[month], self.known[month] = here, dict(here), dict(here)

    def move(self, rows: Sequence[Row]) -> None:
        """What was booked, before anybody is told."""
        for month, indicator in sorted({(row["month"], row["indicator"]) for row in rows if _about_people(row)}):
            here = self.now.get(month, {})
            if indicator in here:
                here[indicator] = _moved(here[indicator], [row for row in rows if (row["month"], row["indicator"]) == (month, indicator)])

    def tell(self, booked_in: str, rows: Sequence[Row]) -> list[Change]:
        found, about = [], [row for row in rows if _about_people(row)]
        for month in sorted({row["month"] for row in about} & self.closed.keys()):
            mine = [row for row in about if row["month"] == month]
            moved = sorted({row["indicator"] for row in mine} & self.closed[month].keys())
            marks = self._marks(month, moved)
            found += [self._tell(month, one, booked_in, marks, [row for row in mine if row["indicator"] == one]) for one in moved]
        return found

    def wholes(self, month: str, here: Iterable[Figure] = ()) -> dict[str, Whole | None]:
        """The sums of S2 that the month's figures lie inside. `here`: those of a month that is being closed."""
        new = next((one for one in here if one.key == ("S2", ALL)), None)
        own = {month: new} if new else {}
        return dict.fromkeys(BEHIND, self._whole(months_behind(month), own))

    def _whole(self, behind: list[str], own: Mapping[str, Figure]) -> Whole | None:
        new = {month: one for month in behind if (one := own.get(month) or self.now.get(month, {}).get("S2"))}
        begun = min([*self.closed, *own], default="")
        if any(month >= begun for month in set(behind) - new.keys()):
            return None
        told = all(not self._hidden_since(month, one) for month, one in new.items())
        return Whole(sum(int(one.n or 0) for one in new.values()), told)

    def _hidden_since(self, month: str, one: Figure) -> bool:
        return bool(one.n_mark or 0 < (one.n or 0) < LIMIT or (month, "S2") in self.waiting
                    or (month in self.closed and self.closed[month]["S2"].n_mark))

    def _marks(self, month: str, moved: list[str]) -> dict[Name, str]:
        sums = laid_out(self.now[month].values(), self.wholes(month))
        if "S2" in moved and self._tells_too_much(month):
            sums.undivided.add(("S2", ALL, "n"))
        for_good = {same((*one.key, what)) for one in self.closed[month].values()
                    for what, mark in zip(SHOWN, (one.n_mark, one.of_mark), strict=True) if mark}
        choices = {name for name in sums.values if name[0] in moved and name[2] in SHOWN} - for_good
        waiting = {indicator for other, indicator in self.waiting if other == month}
        still = {name: (value, value) for name, value in sums.values.items()
                 if name[0] not in {*moved, *waiting} and name[2] in SHOWN and name not in for_good}
        known: dict[Name, Span] = {name: UNKNOWN for name in sums.values if name not in choices}
        return {**hide(sums, choices, known | still), **dict.fromkeys(for_good, COVERED)}

    def _tells_too_much(self, month: str) -> bool:
        """Would a month's new S2, beside a half-year's figure that was told before, say how few lie between the two?"""
        last = months_behind(month)[-1]
        figures, wholes = self.now.get(last, {}), self.wholes(last)
        for indicator in BEHIND.keys() & figures.keys():
            figure, whole = figures[indicator], wholes[indicator]
            left = left_over(indicator, int((figure.n if BEHIND[indicator] == "n" else figure.of) or 0), whole) if whole else SLACK
            if 0 < left < LIMIT or (left < SLACK and (self.now[month]["S2"].n or 0) < LIMIT):
                return True
        return False

    def _tell(self, month: str, indicator: str, booked_in: str, marks: Mapping[Name, str], rows: list[Row]) -> Change:
        before, now = self.known[month][indicator], marked(self.now[month][indicator], marks)
        if now.is_hidden:
            self.waiting.add((month, indicator))
        else:
            self.known[month][indicator] = now
            self.waiting.discard((month, indicator))
        return Change(month, booked_in, self.closed[month][indicator], before, now, tuple(sorted({row["reason"] for row in rows})),
                      sum(row["records"] for row in rows))


def _moved(figure: Figure, rows: list[Row]) -> Figure:
    if figure.definition.additive:
        return replace(figure, n=int(figure.n or 0) + sum(row["delta"] for row in rows), n_mark="", of_mark="")
    n, _, of = next(row["new_value"] for row in reversed(rows) if row["district"] == ALL).partition("/")
    return replace(figure, n=None if n == "–" else float(n.replace(",", ".")) if "," in n else int(n), of=int(of) if of else figure.of,
                   n_mark="", of_mark="")
