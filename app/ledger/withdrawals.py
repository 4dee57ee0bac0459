"""What a withdrawal sets in motion on the server, whichever phone it came from: numbers and ages go, steps that hang on it stop (domain.md 2.6)."""

from __future__ import annotations

from sqlalchemy import select

from app.clock import local_date
from app.ledger.desk import Desk, Key
from app.ledger.flush import change_unasked, flush
from app.ledger.tables import RECORDS
from app.ledger.vault import forget
from app.rules.consent import is_open
from app.rules.gates import needed


def obey(desk: Desk, arrived: set[Key]) -> None:
    """For every WITHDRAWN among what has just been applied. The phone that typed it has stopped what it knew of; others may have made more."""
    events = [standing.data for key in arrived if key[0] == "consent_event" and (standing := desk.standing(*key))]
    said_no = [event for event in events if event["event"] == "WITHDRAWN"]
    for event in said_no:
        if event["scope"] == "FOLLOW_UP":
            forget(desk.tx, event["citizen_id"])
    for citizen_id in dict.fromkeys(event["citizen_id"] for event in said_no):
        heed(desk, citizen_id)
    if said_no:
        flush(desk)


def heed(desk: Desk, citizen_id: str) -> None:
    """Undoes what hangs on a yes that the citizen has taken back."""
    _stop_steps(desk, citizen_id)
    _forget_age(desk, citizen_id)


def _stop_steps(desk: Desk, citizen_id: str) -> None:
    """Drops the citizen's open steps whose gate is shut now; a yes that knew of the no may have come along with it."""
    steps, today = RECORDS["next_step"], local_date(desk.now)
    here = steps.c.project_id == desk.project_id, steps.c.citizen_id == citizen_id, steps.c.deleted.is_(False)
    ids = desk.tx.execute(select(steps.c.id).where(*here, steps.c.status == "OPEN")).scalars().all()
    desk.lay_out((("next_step", id_) for id_ in ids), change=True)
    said = desk.consent_events(citizen_id)
    for id_ in ids:
        step = desk.standing("next_step", id_)
        if step and not all(is_open(said, scope, day, today) for scope, day in needed("next_step", step.data, today, None)):
            change_unasked(desk, step, step.data | {"status": "DROPPED"})


def _forget_age(desk: Desk, citizen_id: str) -> None:
    """The age band is there for evaluation alone (domain.md 2.5)."""
    citizen, today = desk.standing("citizen", citizen_id), local_date(desk.now)
    if citizen and citizen.data.get("age_band") and not is_open(desk.consent_events(citizen_id), "EVALUATION", today, today):
        change_unasked(desk, citizen, {name: value for name, value in citizen.data.items() if name != "age_band"})
