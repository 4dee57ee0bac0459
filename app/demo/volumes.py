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
ORDINARY = (45, 3, 250)
LATE = 0.02


@dataclass(frozen=True)
class Volume:
    """Completed and futile visits and pieces handed out, on the days they fall on. `late` = share received after 48 hours."""

    month: str
    done: int
    in_vain: int
    pieces: int
    late: float
    days: list[date]


def volumes(month: str) -> list[Volume]:
    """The month in one part; November 2026 in two, because only the first is told."""
    told, whole = _told().get(month), [day for day in days(first_of(month), last_of(month)) if is_working_day(day)]
    if not told:
        share = SEASON.get(first_of(month).month, 1.0)
        done, in_vain, pieces = (round(share * number) for number in ORDINARY)
        return [Volume(month, done, in_vain, pieces, LATE, whole)]
    done, in_vain, pieces = (int(told[name]) for name in ("besoeg_gennemfoert", "besoeg_forgaeves", "materialer_uddelt"))
    until = TOLD_UNTIL if month == "2026-11" else last_of(month)
    first = Volume(month, done, in_vain, pieces, int(told["sen_synk_pct"]) / 100, [day for day in whole if day <= until])
    rest = [day for day in whole if day > until]
    return [first, *([Volume(month, 2 * len(rest), 0, 0, 0.0, rest)] if rest else [])]


@cache
def _told() -> dict[str, dict[str, str]]:
    with (CATALOGUE / "demo" / "volumes.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["maaned"]: row for row in csv.DictReader(file, delimiter=";") if row["besoeg_gennemfoert"]}
