"""What is agreed with citizens and who keeps it: open steps, calls of the week, consents that run out while something is agreed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_login import current_user
from sqlalchemy import Connection, func, select

from app.coordinator.desk import TABLES
from app.ledger.tables import HEAD
from app.records import KINDS
from app.records.codes import code_list
from app.records.wire import to_data
from app.rules import consent, outcomes

CITIZENS, STEPS, EVENTS, TALKS, OUTCOMES = (TABLES[kind] for kind in ("citizen", "next_step", "consent_event", "talk", "outcome"))
OPEN = (STEPS.c.deleted.is_(False), STEPS.c.status == "OPEN")
FOLLOWS = func.coalesce(CITIZENS.c.adviser_id, CITIZENS.c.author_id).label("adviser_id")  # who met the citizen, until somebody else takes over
LOOKED_BACK = timedelta(days=400)  # the last call is due 13 months after the first talk


@dataclass(frozen=True)
class Promise:
    """Something agreed: `what` is a code of next_step, outcome_point or consent_scope; `step_id` only for a step."""

    citizen_id: str
    code: str
    adviser_id: str
    what: str
    last: date
    step_id: str = ""
    responsible: str = ""


def open_steps(tx: Connection, until: date | None = None) -> list[Promise]:
    """The oldest first; `until`: only those that fell due before that day."""
    wanted = (select(STEPS.c.id, STEPS.c.step, STEPS.c.responsible, STEPS.c.due_on, CITIZENS.c.id.label("citizen_id"), CITIZENS.c.code,
                     FOLLOWS)
              .join_from(STEPS, CITIZENS, CITIZENS.c.id == STEPS.c.citizen_id)
              .where(STEPS.c.project_id == current_user.project_id, CITIZENS.c.deleted.is_(False), *OPEN))
    if until:
        wanted = wanted.where(STEPS.c.due_on < until)
    return [Promise(row.citizen_id, row.code, row.adviser_id, row.step, row.due_on, row.id, row.responsible)
            for row in tx.execute(wanted.order_by(STEPS.c.due_on, STEPS.c.id))]


def expiring(tx: Connection, today: date) -> list[Promise]:
    """Consents that run out within 30 days while a step is open."""
    events = _events(tx, EVENTS.c.citizen_id.in_(select(STEPS.c.citizen_id).where(STEPS.c.project_id == current_user.project_id, *OPEN)))
    known, found = _citizens(tx, list(events)), []
    for citizen_id, told in events.items():
        for scope in code_list("consent_scope").labels if citizen_id in known else ():
            if consent.status(told, scope, today, today) == "EXPIRING":
                newest = max((one for one in told if one["scope"] == scope and one["event"] == "GIVEN"), key=lambda one: one["given_on"])
                found.append(_promise(known[citizen_id], scope, consent.runs_out(newest)))
    return sorted(found, key=lambda one: (one.last, one.code, one.what))


def calls(tx: Connection, today: date) -> list[Promise]:
    """Citizens whose day to be called is this week or has passed: window open, consent given, no answer yet (domain.md 2.14)."""
    first = func.min(TALKS.c.event_date)
    rows = tx.execute(select(TALKS.c.citizen_id, first).where(TALKS.c.project_id == current_user.project_id, TALKS.c.deleted.is_(False),
                                                              TALKS.c.citizen_id.is_not(None))
                      .group_by(TALKS.c.citizen_id).having(first >= today - LOOKED_BACK))
    begun = {row[0]: row[1] if isinstance(row[1], date) else date.fromisoformat(row[1]) for row in rows}
    answers: dict[str, list[Any]] = defaultdict(list)
    for row in tx.execute(select(OUTCOMES).where(OUTCOMES.c.project_id == current_user.project_id, OUTCOMES.c.deleted.is_(False))
                          .order_by(OUTCOMES.c.received_at)).mappings():
        answers[row["citizen_id"]].append(to_data(KINDS["outcome"], row))
    sunday = today + timedelta(days=6 - today.weekday())
    windows = {who: due for who, day in begun.items() if (due := outcomes.call_due(answers[who], day, today)) and due.due_on <= sunday}
    events, known = _events(tx, EVENTS.c.citizen_id.in_(list(windows))), _citizens(tx, list(windows))
    found = [_promise(known[who], due.point, due.last) for who, due in windows.items()
             if who in known and consent.is_open(events.get(who, []), "FOLLOW_UP", today, today)]
    return sorted(found, key=lambda one: (one.last, one.code))


def follower(tx: Connection, citizen_id: str) -> str:
    """The adviser who follows the citizen."""
    return str(tx.execute(select(FOLLOWS).where(CITIZENS.c.id == citizen_id)).scalar_one())


def _promise(citizen: Any, what: str, last: date) -> Promise:
    return Promise(citizen.id, citizen.code, citizen.adviser_id, what, last)


def _events(tx: Connection, *which: Any) -> dict[str, list[consent.Event]]:
    """Citizen → consent events in the order they were applied."""
    same = (HEAD.c.kind == "consent_event") & (HEAD.c.id == EVENTS.c.id) & (HEAD.c.project_id == EVENTS.c.project_id)
    found: dict[str, list[consent.Event]] = {}
    for row in tx.execute(select(EVENTS).join(HEAD, same).where(EVENTS.c.project_id == current_user.project_id, EVENTS.c.deleted.is_(False), *which)
                          .order_by(HEAD.c.seq)).mappings():
        found.setdefault(row["citizen_id"], []).append({"id": row["id"], **to_data(KINDS["consent_event"], row)})
    return found


def _citizens(tx: Connection, ids: list[str]) -> dict[str, Any]:
    return {row.id: row for row in tx.execute(select(CITIZENS.c.id, CITIZENS.c.code, FOLLOWS).where(
        CITIZENS.c.project_id == current_user.project_id, CITIZENS.c.deleted.is_(False), CITIZENS.c.id.in_(ids)))}
