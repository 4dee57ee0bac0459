"""The server's clock, which a test may shift with RAADGIVER_NOW; nobody else reads the time of day."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def _shift() -> timedelta:
    wanted = os.environ.get("RAADGIVER_NOW")
    if not wanted:
        return timedelta(0)
    instant = datetime.fromisoformat(wanted)
    return (instant if instant.tzinfo else instant.replace(tzinfo=COPENHAGEN)) - datetime.now(UTC)


SHIFT = _shift()


def now() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC) + SHIFT


def local_date(instant: datetime) -> date:
    """The calendar date of an instant in Europe/Copenhagen (indicators.md R1)."""
    return instant.astimezone(COPENHAGEN).date()


def today() -> date:
    return local_date(now())

