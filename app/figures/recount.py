"""Counts a month anew from the records as they are now: every indicator, whole project and each district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date

from sqlalchemy import Connection

from app.figures.counters import COUNTERS, Cut
from app.figures.figure import ALL, Figure
from app.figures.ground import Ground, lay_out
from app.figures.indicators import BY_ID, INDICATORS, Indicator
from app.rules.calendar import half_year, last_of

NO_DISTRICT = ""


def recount(tx: Connection, project_id: str, month: str, today: date) -> list[Figure]:
    """Every figure of the month. States (P0, P4, M2, M3) are those of its last day, or of today while it runs."""
    return figures(lay_out(tx, project_id), month, today)


def figures(ground: Ground, month: str, today: date, only: Collection[str] = ()) -> list[Figure]:
    """As `recount`, on ground that is laid out already. `only`: some indicators."""
    found: list[Figure] = []
    wanted = [one for one in INDICATORS if not only or one.id in only]
    for district in (ALL, *ground.districts, NO_DISTRICT):
        cut = _cut(ground, month, today, district)
        found += [_settled(ground, one, month) or COUNTERS[one.id](cut)
                  for one in wanted if _in_month(ground, one, month) and _belongs(one.id, district, cut)]
    return sorted(found, key=lambda figure: (ORDER[figure.indicator], figure.district != ALL, figure.district or "~"))


ORDER = {one.id: number for number, one in enumerate(INDICATORS)}


def _settled(ground: Ground, one: Indicator, month: str) -> Figure | None:
    """What follows no records stays as the month was closed with it."""
    close = ground.closes.get(month) if not one.follows_records else None
    return next(Figure.read(stored) for stored in close["figures"] if stored["indicator"] == one.id) if close else None


def _cut(ground: Ground, month: str, today: date, district: str) -> Cut:
    here: Callable[[str], bool] = lambda other: district in (ALL, other)  # noqa: E731
    counts: dict[str, int] = defaultdict(int)
    for (indicator, other), count in ground.sums(month).items():
        counts[indicator] += count if here(other) else 0
    return Cut(ground, month, min(last_of(month), today), district,
               [clinic for clinic in ground.clinics.values() if here(clinic.district)],
               [event for event in ground.by_month.get(month, ()) if here(event.district)], counts)


def _in_month(ground: Ground, one: Indicator, month: str) -> bool:
    """A half-year's figure stands in its last month only: two of them a month apart could be subtracted."""
    return ground.counts(one.id, month) and (one.period != "halvår" or month == half_year(month)[1])


def _belongs(indicator: str, district: str, cut: Cut) -> bool:
    """Which lines a month has: handouts without a practice get a line of their own, and only when there are any."""
    if district == NO_DISTRICT:
        return bool(BY_ID[indicator].additive and BY_ID[indicator].by_district and cut.counts[indicator])
    return district == ALL or BY_ID[indicator].by_district


def by_key(found: Iterable[Figure]) -> dict[tuple[str, str], Figure]:
    return {figure.key: figure for figure in found}
