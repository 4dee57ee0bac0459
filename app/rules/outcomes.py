"""When a citizen is asked how it went, and which answer counts (domain.md 2.14; indicators.md 3.6)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

MONTHS = {"M3": 3, "M6": 6, "M12": 12}
BEFORE, AFTER = timedelta(days=14), timedelta(days=30)
NO_ANSWER = frozenset({"UNREACHABLE", "NO_ANSWER"})
ASK_NO_MORE = frozenset({"DECEASED"})

Outcome = Mapping[str, Any]  # point, outcome, answered_on as ISO text; in the order they were written down


@dataclass(frozen=True)
class Due:
    """A point, the day it falls on, and the first and last day on which an answer counts."""

    point: str
    due_on: date
    first: date
    last: date


def months_after(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due(index_on: date, point: str) -> Due:
    """`index_on`: the date of the first talk that was not anonymous."""
    day = months_after(index_on, MONTHS[point])
    return Due(point, day, day - BEFORE, day + AFTER)


def in_window(index_on: date, on: date) -> Due | None:
    """The point whose window is open that day; the windows never meet."""
    return next((one for one in (due(index_on, point) for point in MONTHS) if one.first <= on <= one.last), None)


def counted(outcomes: Iterable[Outcome], index_on: date, point: str) -> Outcome | None:
    """The one that counts at a point: the last inside the window; none when all lie outside."""
    window = due(index_on, point)
    inside = [o for o in outcomes if o["point"] == point and window.first <= date.fromisoformat(o["answered_on"]) <= window.last]
    return max(enumerate(inside), key=lambda pair: (pair[1]["answered_on"], pair[0]))[1] if inside else None


def call_due(outcomes: Iterable[Outcome], index_on: date, on: date) -> Due | None:
    """The point to call about that day: its window is open, and nobody has got an answer yet. Consent is asked elsewhere."""
    known = list(outcomes)
    window = in_window(index_on, on)
    if window is None or any(o["outcome"] in ASK_NO_MORE for o in known):
        return None
    here = counted(known, index_on, window.point)
    return window if here is None or here["outcome"] == "UNREACHABLE" else None


def ends_on(index_on: date) -> date:
    """After this day nobody calls any more: thirteen months after the index date (domain.md 2.5)."""
    return months_after(index_on, 13)
