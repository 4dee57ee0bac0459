"""How much happened in each month: volumes.csv where it tells, an ordinary month with its season where it does not."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from app.demo.diary import CATALOGUE
from app.rules.calendar import days, first_of, is_working_day, last_of

TOLD_UNTIL = date(2026, 11, 20)  # volumes.csv counts November 2026 to this day
SEASON = {7: 0.4, 12: 0.8}
LATE = 0.02
DAY_HOURS = 6.66  # project time on an ordinary day
COLUMNS = {"done": "besoeg_gennemfoert", "in_vain": "besoeg_forgaeves", "pieces": "materialer_uddelt", "talks": "samtaler",
           "anonymous": "heraf_anonyme", "citizens": "nye_borgere", "enrolments": "kursustilmeldinger", "sessions": "kursusmoeder"}
ORDINARY = {"done": 45, "in_vain": 3, "pieces": 250, "talks": 85, "anonymous": 9, "citizens": 28, "enrolments": 13, "sessions": 11}
A_DAY_MORE = {"done": 2, "talks": 1.5, "anonymous": 0.2, "citizens": 0.5, "enrolments": 0.35, "sessions": 0.7}  # after the told part


@dataclass(frozen=True)
class Volume:
    """What happens in a month, on the days it falls on. `late` = share received after 48 hours, `hours` = by adviser."""

    month: str
    days: list[date]
    late: float
    hours: dict[str, float]
    done: int = 0
    in_vain: int = 0
    pieces: int = 0
    talks: int = 0
    anonymous: int = 0
    citizens: int = 0
    enrolments: int = 0
    sessions: int = 0


def volumes(month: str) -> list[Volume]:
    """The month in one part; November 2026 in two, because only the first is told."""
    told, whole = _told().get(month), [day for day in days(first_of(month), last_of(month)) if is_working_day(day)]
    if not told:
        share = SEASON.get(first_of(month).month, 1.0)
        return [Volume(month, whole, LATE, _ordinary_hours(whole, share), **{name: round(share * number) for name, number in ORDINARY.items()})]
    until = TOLD_UNTIL if month == "2026-11" else last_of(month)
    first = Volume(month, [day for day in whole if day <= until], int(told["sen_synk_pct"]) / 100,
                   {"A1": float(told["timer_bevilling"]), "A2": float(told["timer_egen"])},
                   **{name: int(told[column]) for name, column in COLUMNS.items()})
    rest = [day for day in whole if day > until]
    more = {name: round(a_day * len(rest)) for name, a_day in A_DAY_MORE.items()}
    return [first, *([Volume(month, rest, 0.0, _ordinary_hours(rest, 1.0), **more)] if rest else [])]


def _ordinary_hours(days_: list[date], share: float) -> dict[str, float]:
    return dict.fromkeys(("A1", "A2"), round(DAY_HOURS * len(days_) * min(1.0, share + 0.1), 1))


@cache
def _told() -> dict[str, dict[str, str]]:
    with (CATALOGUE / "demo" / "volumes.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["maaned"]: row for row in csv.DictReader(file, delimiter=";") if row["besoeg_gennemfoert"]}
