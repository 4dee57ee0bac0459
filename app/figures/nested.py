"""How the numbers about people hang together: which are the same, which are parts of others, and which lie inside several months' S2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.figures.figure import ALL
from app.figures.spans import Name
from app.rules.calendar import half_year, months, next_month

Short = tuple[str, str]  # indicator and "n", "of" or "rest"
POINTS = ("3", "6", "12")

# The same number under another name.
SAME: dict[Short, Short] = {("K5", "of"): ("K4", "of")}
# What a number is divided into by others. What is left over counts people as well.
INSIDE: list[tuple[Short, tuple[Short, ...]]] = [(("S1", "n"), (("S7", "of"),)), (("K4", "of"), (("K4", "n"), ("K5", "n")))]
for _at in POINTS:
    _due, _answered, _work = (f"U0-{_at}", "of"), (f"U0-{_at}", "n"), (f"U1-{_at}", "n")
    SAME |= {(f"U{number}-{_at}", "of"): _answered for number in "1235"} | {(f"U1b-{_at}", "of"): _due, (f"U1b-{_at}", "n"): _work}
    _others = ((f"U2-{_at}", "n"), (f"U5-{_at}", "n"))
    INSIDE += [(_answered, (_work, *_others)), (_answered, ((f"U3-{_at}", "n"), *_others)), ((f"U3-{_at}", "n"), (_work,)),
               (_answered, ((f"U3-{_at}", "n"), *_others, (f"U4-{_at}", "n"))), (_answered, ((f"U4-{_at}", "of"),)),
               (_answered, ((f"U6-{_at}", "of"),)), (_work, ((f"U6-{_at}", "n"),)), ((f"U1-{_at}", "rest"), ((f"U6-{_at}", "rest"),))]

# Citizens counted in a half-year → how many months before it they were new: they are some of S2 there. S3 is S2 and some more.
BEHIND: dict[str, int] = {"S3": 0, "S5": 0, "S11": 0, "U0-3": 3, "U0-6": 6, "U0-12": 12}
SLACK = 10  # so far from the sum no bound on a month's hidden S2 is drawn any closer than "<5"


@dataclass(frozen=True)
class Whole:
    """The new citizens of six months together; `is_told`: each month's number stands in its file."""

    value: int
    is_told: bool


def same(name: Name) -> Name:
    """One name for each number."""
    indicator, district, what = name
    found = SAME.get((indicator, what)) if district == ALL else None
    return (found[0], ALL, found[1]) if found else name


def months_behind(indicator: str, month: str) -> list[str]:
    """The six months in which the citizens of a half-year's figure were new."""
    first, last = half_year(month)
    return [next_month(one, -BEHIND[indicator]) for one in months(first, last)]


def family(indicator: str) -> str:
    """What is hidden with it when nothing of it may be shown: all figures of its point, or itself."""
    return indicator.partition("-")[2] or indicator


def left_over(indicator: str, part: int, whole: Whole) -> int:
    return part - whole.value if indicator == "S3" else whole.value - part


def counted_in(indicator: str) -> str:
    """Which of a figure's numbers lies inside the sum."""
    return "n" if indicator == "S3" else "of"


Wholes = Mapping[str, Whole | None]  # by indicator; None = a month is not closed, so nobody can be sure of the sum
