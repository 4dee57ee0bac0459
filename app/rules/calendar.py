"""Which days are working days, which week and month a day belongs to, and when a practice is closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from app.rules.holidays import CATALOGUED, DaysOff

MONTHS = ("januar", "februar", "marts", "april", "maj", "juni",
          "juli", "august", "september", "oktober", "november", "december")
DAY = timedelta(days=1)


# ---- days


def is_working_day(day: date, off: DaysOff = CATALOGUED) -> bool:
    """Not a Saturday, Sunday, helligdag or local day off (R10)."""
    return day.weekday() < 5 and day not in off


def working_days(first: date, last: date) -> list[date]:
    """The working days from `first` to `last`, both included."""
    return [day for day in days(first, last) if is_working_day(day)]


def nth_working_day(first: date, number: int, off: DaysOff = CATALOGUED) -> date:
    """The `number`th working day counted from `first`, which itself may be the first."""
    day = first
    while True:
        number -= is_working_day(day, off)
        if number == 0:
            return day
        day += DAY


def working_day_from(day: date, closures: Iterable[Mapping[str, str]] = (), off: DaysOff = CATALOGUED) -> date:
    """`day`, or the next day on which people work and the practice is open."""
    closed = closed_days(closures)
    while not is_working_day(day, off) or day in closed:
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


def half_of_year(month: str) -> str:
    """2026-10 → 2026-H2."""
    return f"{month[:4]}-H{1 if int(month[5:]) <= 6 else 2}"


def half_year(month: str) -> tuple[str, str]:
    """The first and the last month of the half-year (R2)."""
    year, number = month[:4], int(month[5:])
    return (f"{year}-01", f"{year}-06") if number <= 6 else (f"{year}-07", f"{year}-12")
