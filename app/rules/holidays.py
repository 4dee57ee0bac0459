"""The days on which nobody works: helligdage and local days off, from the catalogue or by rule."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

HOLIDAYS = Path(__file__).resolve().parent.parent / "catalogue" / "holidays.csv"
DAY = timedelta(days=1)
SAME_DATE = {
    (1, 1): "Nytårsdag", (12, 25): "Juledag", (12, 26): "2. juledag",
    (5, 1): "1. maj (lokal aftale)", (6, 5): "Grundlovsdag (lokal aftale)",
    (12, 24): "Juleaftensdag (lokal aftale)", (12, 31): "Nytårsaftensdag (lokal aftale)",
}


LOCAL = "(lokal aftale)"


class DaysOff:
    """Which days nobody works and what they are called: the catalogue's, put right by the project's own closing days."""

    def __init__(self, own: Iterable[Mapping[str, str]] | None = None) -> None:
        self._own = {day: entry for entry in own or () for day in span(entry)}

    def name(self, day: date) -> str:
        """What the day off is called; empty on every other day, a Saturday and a Sunday as well."""
        known, own = days_off(day.year).get(day, ""), self._own.get(day)
        if own is None or known and not known.endswith(LOCAL):
            return known  # nobody makes a working day out of a helligdag
        return "" if own.get("kind") == "OPEN" else own.get("name") or "Lukkedag"

    def __contains__(self, day: date) -> bool:
        return bool(self.name(day))


CATALOGUED = DaysOff()


def can_be_worked(day: date) -> bool:
    """Is it a day off by local agreement only?"""
    return days_off(day.year).get(day, "").endswith(LOCAL)


def span(entry: Mapping[str, str], most: int = 400) -> list[date]:
    """Every day of a row with from and to; without an end it is one day, and without readable dates none."""
    try:
        first = date.fromisoformat(entry.get("from", ""))
        last = date.fromisoformat(entry.get("to") or entry.get("from", ""))
    except ValueError:
        return []
    return [first + DAY * number for number in range(min((last - first).days + 1, most))]


@cache
def days_off(year: int) -> dict[date, str]:
    """Helligdage and local days off by name (R10). The catalogue decides; other years follow the rule."""
    return _in_catalogue().get(year) or by_rule(year)


def by_rule(year: int) -> dict[date, str]:
    """The ten helligdage, store bededag until 2023, and the four local days off."""
    easter = easter_sunday(year)
    moving = {-3: "Skærtorsdag", -2: "Langfredag", 0: "Påskedag", 1: "2. påskedag",
              39: "Kristi himmelfartsdag", 49: "Pinsedag", 50: "2. pinsedag"}
    if year <= 2023:
        moving[26] = "Store bededag"
    found = {date(year, *day): name for day, name in SAME_DATE.items()}
    return found | {easter + DAY * step: name for step, name in moving.items()}


def easter_sunday(year: int) -> date:
    """Gauss's reckoning in its Gregorian form (Meeus, Jones, Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, over = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * over + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@cache
def _in_catalogue() -> dict[int, dict[date, str]]:
    found: dict[int, dict[date, str]] = {}
    with HOLIDAYS.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            day = date.fromisoformat(row["dato"])
            found.setdefault(day.year, {})[day] = row["navn"]
    return found
