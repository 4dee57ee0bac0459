"""How the numbers about people hang together: which are the same, which are parts of others, and which lie inside six months' S2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.figures.figure import ALL
from app.figures.spans import Name
from app.rules.calendar import half_year, months

Short = tuple[str, str]  # indicator and "n" or "of"

# The same number under another name.
SAME: dict[Short, Short] = {("K5", "of"): ("K4", "of")}
# What a number is divided into by others. What is left over counts people as well.
INSIDE: tuple[tuple[Short, tuple[Short, ...]], ...] = ((("S1", "n"), (("S7", "of"),)), (("K4", "of"), (("K4", "n"), ("K5", "n"))))
# Citizens counted in a half-year → which of the figure's numbers is some of the half-year's new citizens. S3 is them and some more.
BEHIND: dict[str, str] = {"S3": "n", "S5": "of", "S11": "of"}
SLACK = 10  # so far from the sum no bound on a month's hidden S2 is drawn any closer than "<5"


@dataclass(frozen=True)
class Whole:
    """The new citizens of six months together; `is_told`: each month's number stands in its file."""

    value: int
    is_told: bool


Wholes = Mapping[str, Whole | None]  # by indicator; None = a month is not closed, so nobody can be sure of the sum


def same(name: Name) -> Name:
    """One name for each number."""
    indicator, district, what = name
    found = SAME.get((indicator, what)) if district == ALL else None
    return (found[0], ALL, found[1]) if found else name


def months_behind(month: str) -> list[str]:
    """The six months in which the citizens of a half-year's figure were new."""
    return months(*half_year(month))


def left_over(indicator: str, part: int, whole: Whole) -> int:
    return part - whole.value if indicator == "S3" else whole.value - part
