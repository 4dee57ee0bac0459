"""Reads a practice's agreement history: what counts is the history, never today's status (R7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

AGREED = "AGREED"
FOR_EVER = date.max


@dataclass(frozen=True)
class Period:
    """The days, both ends included, on which an agreement held."""

    first: date
    last: date


def agreed_periods(history: Sequence[Mapping[str, str]] | None, status: str | None, known_since: date) -> list[Period]:
    """When the practice had an agreement. Without any history today's status holds from the day it became known."""
    if not history:
        return [Period(known_since, FOR_EVER)] if status == AGREED else []
    found = [_period(entry) for entry in history if entry.get("status") == AGREED]
    return sorted((period for period in found if period), key=lambda period: period.first)


def agreed_on(periods: Sequence[Period], day: date) -> bool:
    return any(period.first <= day <= period.last for period in periods)


def agreed_between(periods: Sequence[Period], first: date, last: date) -> bool:
    """At least one day with an agreement in the span (R7)."""
    return any(period.first <= last and first <= period.last for period in periods)


def _period(entry: Mapping[str, str]) -> Period | None:
    try:
        return Period(date.fromisoformat(entry["from"]), date.fromisoformat(entry["to"]) if entry.get("to") else FOR_EVER)
    except (KeyError, ValueError):
        return None
