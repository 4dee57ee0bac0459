"""When an adviser is at work, and when their phone meets the office's network."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.demo.diary import at
from app.rules.calendar import is_working_day

ABSENT = {"A2": (date(2026, 2, 5), date(2026, 2, 27))}  # no visits; why is registered nowhere
AT_THE_DESK = {"A2": date(2026, 2, 23)}  # from here on at the office again, with no visits yet


def sent(day: date, adviser: str) -> datetime:
    """The phones meet the office's Wi-Fi every other day: Monday's visits come on Tuesday, still within 48 hours."""
    following = day + timedelta(days=1)
    meets = following if day.weekday() in (0, 2) and is_working_day(following) else day
    return at(meets, 16, meets.toordinal() * 7 % 50 + (adviser == "A2"))


def is_away(adviser: str, day: date) -> bool:
    away = ABSENT.get(adviser)
    return away is not None and away[0] <= day <= away[1]


def on_duty(adviser: str, day: date) -> str:
    """Who writes about an adviser's citizens that day: the office, while the adviser is away."""
    return "K1" if is_away(adviser, day) else adviser
