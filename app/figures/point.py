"""One line of a month's check list, and the words it is written with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.clock import local_date


@dataclass(frozen=True)
class Point:
    """One condition: whether it holds, and the sentence that says so."""

    holds: bool
    sentence: str
    details: tuple[str, ...] = ()


def many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def on_day(moment: datetime) -> str:
    return local_date(moment).strftime("%d-%m-%Y")
