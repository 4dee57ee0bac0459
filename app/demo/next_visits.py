"""When each practice is to be visited next: by its interval, and so that today has its work."""

from __future__ import annotations

from datetime import date, timedelta

from app.demo.practices import Practice
from app.demo.visit import Visit
from app.rules.calendar import is_working_day, working_day_from


def with_next_visits(visits: list[Visit], today: date) -> list[Visit]:
    """Each completed visit agrees on the next one by the practice's interval; the last ones so that today has its work."""
    last: dict[str, Visit] = {}
    for visit in visits:
        if visit.done:
            visit.next_on = _open_day(visit.practice, visit.day + timedelta(days=visit.practice.interval))
            last[visit.practice.number] = visit
    for adviser in ("A1", "A2"):
        mine = [visit for visit in last.values()
                if visit.practice.adviser == adviser and visit.practice.status(today) == "AGREED" and visit.day < today]
        _spread(sorted(mine, key=lambda visit: (visit.day, visit.practice.number)), today)
    return visits


def _spread(visits: list[Visit], today: date) -> None:
    """The four longest ago are due: one since yesterday, two today, one tomorrow. The rest lies ahead."""
    first = working_day_from(today)
    yesterday = next(day for back in range(1, 9) if is_working_day(day := first - timedelta(days=back)))
    tomorrow = working_day_from(first + timedelta(days=1))
    for visit, due in zip(visits, (yesterday, first, first, tomorrow), strict=False):
        visit.next_on = max(due, visit.day + timedelta(days=1))
    for number, visit in enumerate(visits[4:]):
        natural = visit.next_on or tomorrow
        visit.next_on = _open_day(visit.practice, max(natural, tomorrow + timedelta(days=1 + 2 * number)))


def _open_day(practice: Practice, day: date) -> date:
    for _ in range(60):
        if is_working_day(day) and practice.is_open(day):
            return day
        day += timedelta(days=1)
    return day
