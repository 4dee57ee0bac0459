"""The book lets a record in exactly when the shared vectors say that its gate is open (INV-02, INV-04)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.ledger.push import push
from app.rules.codes import make
from tests.rules.test_gates import DAY, TIMELINES, day, events, is_good
from tests.world import NOW, Phone, named

GATED = {
    "TALK_RECORD": ("talk", {"type": "FIRST", "place": "CLINIC_ROOM", "occurred_at": f"{DAY}T08:00:00.000Z", "minutes": 30}),
    "JOBCENTER_SHARE": ("next_step", {"step": "BRIDGE_JOBCENTER", "responsible": "ADVISER", "due_on": str(day(14)), "status": "OPEN"}),
    "STUEGANG": ("next_step", {"step": "STUEGANG", "responsible": "ADVISER", "due_on": str(day(14)), "status": "OPEN"}),
    "THIRD_PARTY": ("next_step", {"step": "UNION", "responsible": "ADVISER", "due_on": str(day(14)), "status": "OPEN"}),
    "FOLLOW_UP": ("outcome", {"point": "M3", "outcome": "JOB", "source": "CITIZEN", "answered_on": str(DAY)}),
    "EVALUATION": ("citizen", {"age_band": "A30_39"}),
}


def by_the_day(why: str) -> bool:
    """Timelines that the book can live through on the day D itself, or, for what has a day of its own, later."""
    return not any(event["event"] == "WITHDRAWN" and event["on"] > TIMELINES[why].get("today", 0) for event in TIMELINES[why]["events"])


@pytest.mark.parametrize("scope", GATED)
def test_a_record_comes_in_only_through_an_open_gate(world, scope):
    kind, data = GATED[scope]
    wrong = {}
    for number, why in enumerate(filter(by_the_day, TIMELINES)):
        line = TIMELINES[why]
        if line.get("today", 0) and kind not in ("talk", "outcome"):
            continue  # a step or an age band is judged by today alone
        answer = _tried(world, f"{scope} {number}", kind, data, line, scope)
        if (answer.code == "OK") != is_good(line, scope) or answer.code not in ("OK", "NO_CONSENT"):
            wrong[why] = answer.code
    assert wrong == {}


def _tried(world, name, kind, data, line, scope):
    """The last answer: the citizen, what they said in the order it came in, then the record."""
    phone, citizen = Phone(), named(name)
    now = NOW + timedelta(days=line.get("today", 0))
    code = make()
    ops = [phone.create("citizen", citizen, {"code": code, "first_practice_id": named("halmtorvet")})]
    for event in events(line, scope):
        named_id = event["follows_id"] and named(f"{name} {event['follows_id']}")
        said = {key: event[key] for key in ("event", "scope", "given_on", "valid_until")} | {"follows_id": named_id, "form": "ORAL_NOTED"}
        ops.append(phone.create("consent_event", named(f"{name} {event['id']}"), {"citizen_id": citizen} | {k: v for k, v in said.items() if v}))
    ops.append(phone.update("citizen", citizen, data, dict.fromkeys(data)) if kind == "citizen"
               else phone.create(kind, named(f"{name} record"), {"citizen_id": citizen, **data}))
    results = push(world.db, world.signe, phone.device_id, ops, now).results
    assert all(result.status == "accepted" for result in results[:-1]), [result.message for result in results]
    return results[-1]
