"""Which days are working days, which week and month a day belongs to, and when a practice is closed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

HOLIDAYS = Path(__file__).resolve().parent.parent / "catalogue" / "holidays.csv"
MONTHS = ("januar", "februar", "marts", "april", "maj", "juni",
          "juli", "august", "september", "oktober", "november", "december")
DAY = timedelta(days=1)
SAME_DATE = {
    (1, 1): "Nytårsdag", (12, 25): "Juledag", (12, 26): "2. juledag",
    (5, 1): "1. maj (lokal aftale)", (6, 5): "Grundlovsdag (lokal aftale)",
    (12, 24): "Juleaftensdag (lokal aftale)", (12, 31): "Nytårsaftensdag (lokal aftale)",
}


# ---- days


@cache
def days_off(year: int) -> dict[date, str]:
    """Helligdage and local days off by name (R10). The catalogue decides; other years follow the rule."""
    return _in_catalogue().get(year) or by_rule(year)


def is_working_day(day: date) -> bool:
    """Not a Saturday, Sunday, helligdag or local day off (R10)."""
    return day.weekday() < 5 and day not in days_off(day.year)


def working_days(first: date, last: date) -> list[date]:
    """The working days from `first` to `last`, both included."""
    return [day for day in days(first, last) if is_working_day(day)]


def nth_working_day(first: date, number: int) -> date:
    """The `number`th working day counted from `first`, which itself may be the first."""
    day = first
    while True:
        number -= is_working_day(day)
        if number == 0:
            return day
        day += DAY


def working_day_from(day: date, closures: Iterable[Mapping[str, str]] = ()) -> date:
    """`day`, or the next day on which people work and the practice is open."""
    closed = closed_days(closures)
    while not is_working_day(day) or day in closed:
        day += DAY
    return day


def days(first: date, last: date) -> list[date]:
    return [first + DAY * number for number in range((last - first).days + 1)]


# ---- closing weeks of a practice (domain.md 2.2)


def closed_days(closures: Iterable[Mapping[str, str]] | None) -> set[date]:
    """Every day of a practice's closures; a closure without two readable dates closes nothing."""
    found: set[date] = set()
    for closure in closures or ():
        try:
            first = date.fromisoformat(closure.get("from", ""))
            last = date.fromisoformat(closure.get("to", ""))
        except ValueError:
            continue
        found.update(days(first, min(last, first + 400 * DAY)))
    return found


# ---- weeks and months


def week(day: date) -> tuple[int, int]:
    """(year, week) by ISO: 01-01-2027 is in week 53 of 2026 (R3)."""
    iso = day.isocalendar()
    return iso.year, iso.week


def week_code(day: date) -> str:
    """As files for machines say it: 2026-U53."""
    return "{}-U{:02d}".format(*week(day))


def week_label(day: date) -> str:
    """As people say it, with the year of the week: uge 53, 2026 (INV-19)."""
    year, number = week(day)
    return f"uge {number}, {year}"


def month_of(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


def first_of(month: str) -> date:
    """The first day of a month written 2026-10; raises ValueError on anything else."""
    if len(month) != 7:
        raise ValueError(month)
    return date.fromisoformat(f"{month}-01")


def last_of(month: str) -> date:
    return first_of(next_month(month)) - DAY


def next_month(month: str, steps: int = 1) -> str:
    """The month so many months on; a negative number goes back."""
    day = first_of(month)
    total = day.year * 12 + day.month - 1 + steps
    return f"{total // 12:04d}-{total % 12 + 1:02d}"


def months(first: str, last: str) -> list[str]:
    """The months from `first` to `last`, both included."""
    found = []
    while first <= last:
        found.append(first)
        first = next_month(first)
    return found


def month_name(month: str) -> str:
    """2026-10 as "oktober 2026"."""
    day = first_of(month)
    return f"{MONTHS[day.month - 1]} {day.year}"


def half_year(month: str) -> tuple[str, str]:
    """The first and the last month of the half-year (R2)."""
    year, number = month[:4], int(month[5:])
    return (f"{year}-01", f"{year}-06") if number <= 6 else (f"{year}-07", f"{year}-12")


# ---- years that the catalogue does not hold


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
