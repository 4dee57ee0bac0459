"""How things stood at the end of a day, from what was written down since: waiting lists, open questions, consents that ran out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from app.clock import local_date
from app.figures.tables import CONFLICTS, OPS
from app.records.wire import Bad, read_instant
from app.rules.calendar import working_days
from app.rules.consent import is_open
from app.rules.enrolment import SHOWED_UP
from app.rules.gates import STEP_SCOPES
from app.rules.persons import Person, Run

PATIENCE = 5  # working days
MARKED_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class States:
    """Reads when it is asked; each answer is for one day."""

    tx: Connection
    project_id: str
    people: list[Person]
    courses: Mapping[str, Run]

    def waiting(self, day: date) -> int:
        """Enrolments on a waiting list. The record holds the newest status; each op holds the one before it."""
        places = {place.row.id: place.row for person in self.people for place in person.places.values()}
        told: dict[str, list[tuple[date, str | None]]] = defaultdict(list)
        rows = self.tx.execute(select(OPS).where(OPS.c.project_id == self.project_id, OPS.c.kind == "enrolment",
                                                 OPS.c.status.in_(("accepted", "conflict"))).order_by(OPS.c.seq))
        for op in rows:
            if op.record_id in places and (op.action == "create" or "status" in (op.before or {})):
                told[op.record_id].append((_made_on(op), (op.before or {}).get("status")))
        return sum(_status_on(changes, places[id_].status, day) == "WAITLISTED" for id_, changes in told.items())

    def open_questions(self, day: date) -> int:
        """Conflicts and refused records that waited for more than five working days when the day was over."""
        conflicts = self.tx.execute(select(CONFLICTS.c.opened_at, CONFLICTS.c.settled_at).where(CONFLICTS.c.project_id == self.project_id)).all()
        refused = self.tx.execute(select(OPS.c.received_at, OPS.c.settled_at).where(
            OPS.c.project_id == self.project_id, OPS.c.status == "rejected", OPS.c.code != "ERASED")).all()
        return sum(_waited(local_date(opened), day) for opened, settled in (*conflicts, *refused) if settled is None or local_date(settled) > day)

    def marks_expected(self, day: date) -> tuple[int, int]:
        """(unknown, all) marks of those on a run, from the first session they came to, once a week has gone."""
        found = [mark for over, mark in self._marks if over < day]
        return found.count("UNKNOWN"), len(found)

    @cached_property
    def _marks(self) -> list[tuple[date, str]]:
        """(the last day on which it may still be missing, mark) of each that is expected some day."""
        return [mark for person in self.people for place in person.places.values() if place.row.course_run_id in self.courses
                for mark in _expected(place.marks, place.row.status, self.courses[place.row.course_run_id])]

    def without_consent(self, day: date) -> int:
        """Citizens with an open step that needs a yes which has run out or been taken back."""
        return sum(any(self._hangs(person, step, day) for step in person.steps) for person in self.people)

    def _hangs(self, person: Person, step: Any, day: date) -> bool:
        scope = STEP_SCOPES.get(step.step) or step.needs_scope
        agreed_on = next((talk.event_date for talk in person.talks if talk.id == step.talk_id), local_date(step.received_at))
        is_open_step = step.status == "OPEN" or (step.status == "DONE" and step.done_on is not None and step.done_on > day)
        return bool(scope and is_open_step and agreed_on <= day and not is_open(person.consents, scope, day))


def _made_on(op: Any) -> date:
    try:
        return local_date(read_instant((op.content or {}).get("made_at")))
    except Bad:
        return local_date(op.received_at)


def _status_on(changes: list[tuple[date, str | None]], newest: str, day: date) -> str | None:
    """`changes`: the day of each, and the status before it; after the last one the status is the newest."""
    after = [before for _, before in changes[1:]] + [newest]
    return next((status for (on, _), status in reversed(list(zip(changes, after, strict=True))) if on <= day), None)


def _waited(since: date, day: date) -> bool:
    return len(working_days(since + timedelta(days=1), day)) > PATIENCE if since < day else False


def _expected(marks: Mapping[str, str], status: str, run: Run) -> Iterable[tuple[date, str]]:
    came = [number for number, session in enumerate(run.held) if marks.get(session.id) in SHOWED_UP]
    for session in run.held[came[0]:] if came else []:
        if session.id in marks or status in ("STARTED", "COMPLETED"):
            yield session.event_date + MARKED_WITHIN, marks.get(session.id, "UNKNOWN")
