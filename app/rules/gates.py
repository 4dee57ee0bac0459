"""Which consents an act needs before it may be written down or done (domain.md 2.6). The phone asks the same, early."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.rules.consent import Event, is_open

Data = dict[str, Any]
ACTS: dict[str, tuple[str, ...]] = {
    "SAVE_TALK": ("TALK_RECORD",), "NOTE_FROM_DOCTOR": ("GP_EXCHANGE",), "BRIDGE_TO_JOBCENTER": ("JOBCENTER_SHARE",),
    "HAND_OVER_PACKAGE": ("JOBCENTER_SHARE",), "DISCUSS_AT_STUEGANG": ("STUEGANG",), "SHARE_WITH_COURSE_SITE": ("COURSE_PROVIDER",),
    "CONTACT_THIRD_PARTY": ("THIRD_PARTY",), "KEEP_PHONE_NUMBER": ("FOLLOW_UP",), "CALL_FOR_OUTCOME": ("FOLLOW_UP",),
    "KEEP_AGE_BAND": ("EVALUATION",), "COUNT_OUTCOME": ("FOLLOW_UP", "EVALUATION"),
}
STEP_SCOPES = {"BRIDGE_JOBCENTER": "JOBCENTER_SHARE", "STUEGANG": "STUEGANG", "UNION": "THIRD_PARTY"}
SOURCE_SCOPES = {"GP": "GP_EXCHANGE", "JOBCENTER": "JOBCENTER_SHARE"}


def needed(kind: str, data: Data, today: date, event_day: date | None, before: Data | None = None) -> list[tuple[str, date]]:
    """(scope, the day on which it must be open) for a record in canonical form; empty when it needs none.

    `before`: the record as it stood. An age band that is left as it was does not bar a correction of something else.
    """
    if kind == "talk" and data.get("citizen_id"):
        return [(scope, event_day or today) for scope in ("TALK_RECORD", *(("GP_EXCHANGE",) if from_doctor(data) else ()))]
    if kind == "next_step" and data["status"] == "OPEN":
        return [(scope, today) for scope in dict.fromkeys((STEP_SCOPES.get(data["step"]), data.get("needs_scope"))) if scope]
    if kind == "outcome":
        answered = date.fromisoformat(data["answered_on"])
        also = [(SOURCE_SCOPES[data["source"]], answered)] if data["source"] in SOURCE_SCOPES else []
        return [("FOLLOW_UP", answered), *also]
    if kind == "citizen" and data.get("age_band") not in (None, "NA") and data["age_band"] != (before or {}).get("age_band"):
        return [("EVALUATION", today)]
    return []


def from_doctor(talk: Data) -> bool:
    """Has it a note, and was the doctor at the table? Then it may hold what the doctor said about the citizen."""
    return bool(talk.get("note")) and talk.get("type") == "THREE_PARTY" and "DOCTOR" in (talk.get("three_party_with") or ())


def may(act: str, events: Sequence[Event], on: date, today: date | None = None) -> bool:
    """May a thing be done that leaves no record of its own, such as a call? `act` is a key of ACTS."""
    return all(is_open(events, scope, on, today) for scope in ACTS[act])
