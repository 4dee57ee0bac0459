"""Which consents an act needs before it may be written down (domain.md 2.6). The phone asks the same, early."""

from __future__ import annotations

from datetime import date
from typing import Any

Data = dict[str, Any]
STEP_SCOPES = {"BRIDGE_JOBCENTER": "JOBCENTER_SHARE", "STUEGANG": "STUEGANG", "UNION": "THIRD_PARTY"}
SOURCE_SCOPES = {"GP": "GP_EXCHANGE", "JOBCENTER": "JOBCENTER_SHARE"}


def needed(kind: str, data: Data, today: date, event_day: date | None) -> list[tuple[str, date]]:
    """(scope, the day on which it must be open) for a record in canonical form; empty when it needs none."""
    if kind == "talk" and data.get("citizen_id"):
        return [("TALK_RECORD", event_day or today)]
    if kind == "next_step" and data["step"] in STEP_SCOPES and data["status"] == "OPEN":
        return [(STEP_SCOPES[data["step"]], today)]
    if kind == "outcome":
        answered = date.fromisoformat(data["answered_on"])
        also = [(SOURCE_SCOPES[data["source"]], answered)] if data["source"] in SOURCE_SCOPES else []
        return [("FOLLOW_UP", answered), *also]
    if kind == "citizen" and data.get("age_band") not in (None, "NA"):
        return [("EVALUATION", today)]
    return []
