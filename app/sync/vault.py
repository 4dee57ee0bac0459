"""The vault's door: a number goes in online, and comes out for one call on its day; it is never part of a pull (domain.md 2.5)."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_login import current_user

from app import clock
from app.answers import Refused, answer, body, database
from app.guards import admit
from app.ledger.contacts import NoConsent, call, keep
from app.records.wire import UUID, instant_text
from app.rules.contact import call_name, phone_number
from app.sync import devices
from app.sync.door import author, door


@door.post("/api/vault")
@admit("ADVISER", "COORDINATOR")
def keep_contact() -> Response:
    _known_phone()
    asked = body()
    citizen_id, phone, name = _citizen(asked), phone_number(_text(asked, "phone")), call_name(_text(asked, "name"))
    if phone is None:
        raise Refused(400, "BAD_REQUEST", "Skriv et telefonnummer med otte cifre.")
    if name is None:
        raise Refused(400, "BAD_REQUEST", "Skriv kun det navn, borgeren vil kaldes ved.")
    try:
        kept = keep(database(), author(), citizen_id, phone, name, clock.now())
    except NoConsent:
        raise Refused(403, "NO_CONSENT", "Borgeren har ikke sagt ja til at blive kontaktet. Nummeret er ikke gemt.") from None
    if not kept:
        raise Refused(404, "NOT_FOUND", "Borgeren findes ikke på serveren endnu. Send først, og prøv igen.")
    return answer({})


@door.post("/api/vault/call")
@admit("ADVISER", "COORDINATOR")
def contact_for_call() -> Response:
    _known_phone()
    found = call(database(), author(), _citizen(body()), clock.now())
    if found is None:
        raise Refused(404, "NOT_FOUND", "Der er intet nummer at ringe til i dag.")
    return answer({"phone": found.phone, "name": found.name, "point": found.due.point, "until": found.due.last.isoformat(),
                   "opened_at": instant_text(clock.now())})


def _known_phone() -> None:
    """An adviser asks from a phone that has not been shut out; the office has none."""
    if current_user.role == "ADVISER":
        devices.present(database())


def _citizen(asked: dict[str, Any]) -> str:
    citizen_id = asked.get("citizen_id")
    if not isinstance(citizen_id, str) or not UUID.match(citizen_id):
        raise Refused(400, "BAD_REQUEST")
    return citizen_id.lower()


def _text(asked: dict[str, Any], name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str) or len(value) > 80:
        raise Refused(400, "BAD_REQUEST")
    return value
