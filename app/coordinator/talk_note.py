"""/kontor/samtaler/<id>/opslag: a talk's note, after a reason that the access log has before anything is shown (domain.md 2.3)."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template
from flask_login import current_user
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.desk import TABLES
from app.coordinator.room import room
from app.coordinator.seen import MOST, listed, reason_wrong, typed_reason
from app.coordinator.shown import refs, shown, title
from app.guards import admit
from app.ledger import access
from app.records.wire import Json

FACTS = ("occurred_at", "type", "place", "practice_id", "minutes", "topics")


@room.get("/samtaler/<talk_id>/opslag")
@admit("COORDINATOR")
def talk_note(talk_id: str) -> Any:
    data = _found(talk_id)
    listed([(talk_id, str(data["citizen_id"]))])
    return _drawn(talk_id, data)


@room.post("/samtaler/<talk_id>/opslag")
@admit("COORDINATOR")
def look_up_note(talk_id: str) -> Any:
    """Answers with the note itself: a page that is fetched again must ask for a reason again."""
    data, reason = _found(talk_id), typed_reason()
    if wrong := reason_wrong(reason):
        return _drawn(talk_id, data, wrong, reason), 422
    entry = access.Entry("LOOK_UP", "talk", talk_id, str(data["citizen_id"]), data.get("practice_id"), about="note", reason=reason)
    access.log(database(), desk.author(), [entry], clock.now())
    return _drawn(talk_id, data, reason=reason, note=str(data["note"]))


def _found(talk_id: str) -> dict[str, Json]:
    """A talk with a citizen and a note; 404 for any other."""
    with database().read() as tx:
        found = desk.record(tx, "talk", talk_id)
    if found is None or not found[1].get("note") or not found[1].get("citizen_id"):
        abort(404)
    return found[1]


def _drawn(talk_id: str, data: dict[str, Json], wrong: str = "", reason: str = "", note: str | None = None) -> str:
    with database().read() as tx:
        names = desk.names(tx, refs("talk", data))
        adviser = _adviser(tx, talk_id)
    facts = [("Borger", names.get(str(data["citizen_id"]), "ukendt")), ("Rådgiver", adviser),
             *((title("talk", name), shown("talk", name, data.get(name), names)) for name in FACTS)]
    return render_template("coordinator/talk_note.html", id=talk_id, facts=facts, wrong=wrong, reason=reason, note=note, most=MOST)


def _adviser(tx: Connection, talk_id: str) -> str:
    talks, people = TABLES["talk"], TABLES["user"]
    asked = select(people.c.name).join(talks, talks.c.author_id == people.c.id)
    return tx.execute(asked.where(talks.c.id == talk_id, talks.c.project_id == current_user.project_id)).scalar() or "ukendt"
