"""What the form asks of an agreement: a status has a period, and practice no. 21 has a reason (domain.md 2.2)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

Json = Any
TAKES_A_PLACE = ("AGREED", "PAUSED")
NEEDS_A_PERIOD = ("AGREED", "PAUSED", "ENDED", "DECLINED")


def takes_new_place(before: dict[str, Json], after: dict[str, Json]) -> bool:
    return after.get("agreement_status") in TAKES_A_PLACE and before.get("agreement_status") not in TAKES_A_PLACE


def with_period(before: dict[str, Json], after: dict[str, Json], today: date) -> list[dict[str, str]]:
    """The periods after a new status: one from today where the coordinator wrote none, and the open one ends yesterday."""
    status, periods = after.get("agreement_status"), list(after.get("agreements") or [])
    if status == before.get("agreement_status") or status not in NEEDS_A_PERIOD:
        return periods
    if any(period.get("status") == status and not period.get("to") for period in periods):
        return periods
    yesterday = (today - timedelta(days=1)).isoformat()
    ended = [{**period, "to": yesterday} if not period.get("to") and period.get("from", "") <= yesterday else period for period in periods]
    return [*ended, {"status": str(status), "from": today.isoformat()}]


def with_reason(periods: list[dict[str, str]], status: str, reason: str) -> list[dict[str, str]]:
    """The reason stands on the newest period of that status."""
    newest = max((number for number, period in enumerate(periods) if period.get("status") == status),
                 key=lambda number: periods[number].get("from", ""), default=None)
    return [{**period, "reason": reason} if number == newest else period for number, period in enumerate(periods)]
