"""/kontor/aftaler: what is agreed with citizens, by code: late steps, calls of the week, consents that run out; and who keeps it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.base import seal, unsealed
from app.coordinator.correction import correction, onwards
from app.coordinator.form import Form, changed
from app.coordinator.promises import Promise, calls, expiring, follower, open_steps
from app.coordinator.room import room
from app.coordinator.words import label
from app.guards import admit
from app.ledger.change import Change
from app.rules.record_rules import broken

FILTERS = ("raadgiver", "vis")
NAMES = ("due_on", "status", "done_on")


@room.get("/aftaler")
@admit("COORDINATOR")
def promise_list() -> Any:
    asked = {name: value for name in FILTERS if (value := request.args.get(name, "").strip())}
    today = clock.today()

    def wanted(one: Promise) -> bool:
        return asked.get("raadgiver", one.adviser_id) == one.adviser_id
    with database().read() as tx:
        steps, due, ending = (list(filter(wanted, all)) for all in (
            open_steps(tx, None if asked.get("vis") == "alle" else today), calls(tx, today), expiring(tx, today)))
        people, advisers = desk.people(tx), desk.people(tx, "ADVISER")
    return render_template("coordinator/promise_list.html", steps=steps, calls=due, ending=ending, people=people, advisers=advisers, asked=asked,
                           today=today)


@room.get("/aftaler/skridt/<step_id>")
@admit("COORDINATOR")
def step_correction(step_id: str) -> Any:
    data = _found("next_step", step_id)
    return _drawn(step_id, data, data)


@room.post("/aftaler/skridt/<step_id>")
@admit("COORDINATOR")
def correct_step(step_id: str) -> Any:
    """A new date, or how it ended; who did it and what it was stay as the adviser wrote them."""
    base = unsealed("next_step", step_id)
    data, errors = Form("next_step", NAMES).read(request.form, base)
    new, seen = changed("next_step", base, data)
    whole = {name: value for name, value in {**base, **data}.items() if value is not None}
    errors = errors or broken("next_step", whole, clock.now())
    if not errors and new:
        result = desk.written(Change("next_step", step_id, "update", new, seen))[0]
        if result.status != "rejected":
            return onwards(result, url_for("coordinator.promise_list"))
        errors = result.fields or {"status": result.message}
    if errors:
        return _drawn(step_id, base, data, errors), 422
    flash("Intet var ændret.", "success")
    return redirect(url_for("coordinator.promise_list"), 303)


@room.get("/aftaler/borger/<citizen_id>")
@admit("COORDINATOR")
def handover(citizen_id: str) -> Any:
    return _offered(citizen_id, _found("citizen", citizen_id))


@room.post("/aftaler/borger/<citizen_id>")
@admit("COORDINATOR")
def hand_over(citizen_id: str) -> Any:
    """The other adviser's phone gets the citizen with talks and steps at its next contact; who met the citizen still sees them."""
    base = unsealed("citizen", citizen_id)
    with database().read() as tx:
        advisers, now = desk.people(tx, "ADVISER"), follower(tx, citizen_id)
    wanted = request.form.get("adviser_id", "")
    if wanted not in advisers:
        return _offered(citizen_id, base, "Vælg den rådgiver, der følger borgeren fra nu af."), 422
    if wanted == now:
        return _offered(citizen_id, base, f"{advisers[wanted]} følger allerede borgeren. Vælg en anden."), 422
    result = desk.written(Change("citizen", citizen_id, "update", {"adviser_id": wanted}, {"adviser_id": base.get("adviser_id")}))[0]
    if result.status == "rejected":
        return _offered(citizen_id, base, result.message), 422
    return onwards(result, url_for("coordinator.promise_list"),
                   f"{base['code']}: {advisers[wanted]} følger borgeren fra nu af og får den på telefonen, næste gang den har net.")


def _found(kind: str, record_id: str) -> dict[str, Any]:
    with database().read() as tx:
        found = desk.record(tx, kind, record_id)
    return found[1] if found else abort(404)


def _drawn(step_id: str, base: dict[str, Any], data: dict[str, Any], errors: dict[str, str] | None = None) -> str:
    code, step = _found("citizen", base["citizen_id"])["code"], label("next_step", base["step"])
    return correction("next_step", step_id, Form("next_step", NAMES), base, data, errors, heading=f"Skridt for {code}", here="aftaler",
                      back=(url_for("coordinator.promise_list"), "Aftaler"),
                      says=f"{step}. Hvem gør det: {label('responsible', base['responsible'])}. "
                           "Aftal ændringen med rådgiveren; den bliver skrevet i dit navn.")


def _offered(citizen_id: str, data: dict[str, Any], wrong: str = "") -> str:
    with database().read() as tx:
        advisers, people = desk.people(tx, "ADVISER"), desk.people(tx)
        steps, now = [one for one in open_steps(tx) if one.citizen_id == citizen_id], follower(tx, citizen_id)
    return render_template("coordinator/handover.html", id=citizen_id, code=data["code"], now=people.get(now),
                           advisers={who: name for who, name in advisers.items() if who != now}, steps=steps, wrong=wrong,
                           base=seal("citizen", citizen_id, data))
