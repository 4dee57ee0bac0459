"""When a consent opens its gate: the newest answer of a purpose, a withdrawal final until a yes that knew of it (domain.md 2.6; sync.md ch. 13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

Event = dict[str, Any]  # {"id","scope","event","given_on","valid_until","follows_id"}, dates as ISO text
USUAL_DAYS = 365
DAYS = {"FOLLOW_UP": 425, "EVALUATION": 425}  # else the yes runs out just before the answer window at 12 months closes
MOST_DAYS = {"GP_EXCHANGE": 365}  # sundhedsloven § 44: lapses after a year, whatever was written
SOON_DAYS = 30


def is_open(events: Sequence[Event], scope: str, on: date, today: date | None = None) -> bool:
    """Is the gate of `scope` open on that day? `events` of one citizen in the order the server applied them.

    `today`: a withdrawal dated later than today (a clock that is wrong) closes the gate today already.
    """
    return status(events, scope, on, today) in ("VALID", "EXPIRING")


def status(events: Sequence[Event], scope: str, on: date, today: date | None = None) -> str:
    """How a purpose stands on that day, as a code of `consent_status`."""
    withdrawn, answer = _standing(events, scope, on, today)
    if answer is None:
        return "WITHDRAWN" if withdrawn else "NOT_ASKED"
    if answer["event"] == "REFUSED":
        return "REFUSED"
    left = (runs_out(answer) - on).days
    return "EXPIRED" if left < 0 else "EXPIRING" if left <= SOON_DAYS else "VALID"


def runs_out(event: Event) -> date:
    """The last day a yes is good for: as written, else by scope; never beyond what the law allows."""
    given = date.fromisoformat(event["given_on"])
    written = event.get("valid_until")
    last = date.fromisoformat(written) if written else given + timedelta(days=DAYS.get(event["scope"], USUAL_DAYS))
    most = MOST_DAYS.get(event["scope"])
    return min(last, given + timedelta(days=most)) if most else last


def _standing(events: Sequence[Event], scope: str, on: date, today: date | None) -> tuple[Event | None, Event | None]:
    """(the newest withdrawal, the yes or no that counts after it), as far as they had begun on that day."""
    begun = [e for e in events if e["scope"] == scope and _begins(e, today) <= on.isoformat()]
    in_time = sorted(begun, key=lambda e: _begins(e, today))  # a day's events stay in the server's order
    withdrawn = next((e for e in reversed(begun) if e["event"] == "WITHDRAWN"), None)
    answers = [e for at, e in enumerate(in_time) if e["event"] != "WITHDRAWN"
               and (withdrawn is None or _knew(e, withdrawn, today) or (e["event"] == "REFUSED" and at > in_time.index(withdrawn)))]
    return withdrawn, answers[-1] if answers else None


def _begins(event: Event, today: date | None) -> str:
    day = str(event["given_on"])
    return min(day, today.isoformat()) if today and event["event"] == "WITHDRAWN" else day


def _knew(event: Event, withdrawn: Event, today: date | None) -> bool:
    """A yes after a withdrawal counts only when the person who asked knew of it."""
    return bool(event["event"] == "GIVEN" and event.get("follows_id") == withdrawn["id"] and event["given_on"] >= _begins(withdrawn, today))
