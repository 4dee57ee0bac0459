"""/kontor/rettigheder/.../anmodning: a citizen asks for something, and is answered within a month (GDPR art. 12; domain.md 2.16)."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.danish import day_words
from app.coordinator.rights import code_of
from app.coordinator.room import room
from app.coordinator.seen import MOST, reason_wrong, typed_reason
from app.coordinator.visit_rows import day
from app.guards import admit
from app.ledger import requests
from app.records.codes import code_list


@room.get("/rettigheder/<citizen_id>/anmodning")
@admit("COORDINATOR")
def request_form(citizen_id: str) -> Any:
    return _form(citizen_id, {}, "", clock.today().strftime("%d-%m-%Y"))


@room.post("/rettigheder/<citizen_id>/anmodning")
@admit("COORDINATOR")
def receive_request(citizen_id: str) -> Any:
    kind, typed = request.form.get("kind", ""), request.form.get("received_on", "").strip()
    code_of(citizen_id)
    on = day(typed)
    wrong = {"kind": "" if kind in code_list("rights_request").codes else "Vælg, hvad borgeren beder om.", "received_on": _day_wrong(on)}
    if on is None or any(wrong.values()):
        return _form(citizen_id, {name: words for name, words in wrong.items() if words}, kind, typed), 422
    requests.receive(database(), desk.author(), citizen_id, kind, on, clock.now())
    flash("Anmodningen er skrevet ned.", "success")
    return redirect(url_for("coordinator.rights", borger=code_of(citizen_id)), 303)


@room.get("/rettigheder/anmodning/<request_id>")
@admit("COORDINATOR")
def answer_form(request_id: str) -> Any:
    return _answer(request_id)


@room.post("/rettigheder/anmodning/<request_id>")
@admit("COORDINATOR")
def answer_request(request_id: str) -> Any:
    status, words = request.form.get("status", ""), typed_reason()
    _open(request_id)
    wrong = {"status": "" if status in requests.ANSWERS else "Vælg, hvad svaret er.", "reason": reason_wrong(words)}
    if any(wrong.values()):
        return _answer(request_id, {name: sentence for name, sentence in wrong.items() if sentence}, status, words), 422
    requests.answer(database(), desk.author(), request_id, status, words, clock.now())
    flash("Svaret er skrevet ned.", "success")
    return redirect(url_for("coordinator.rights"), 303)


def waiting(tx: Connection, last: date) -> list[tuple[date, str, str, str]]:
    """What must be answered by then: (the last day for it, the citizen's code, what is asked for, where it is answered)."""
    citizens, asked = desk.TABLES["citizen"], requests.REQUESTS
    rows = tx.execute(select(asked.c.id, asked.c.due_on, asked.c.kind, citizens.c.code).join(citizens, citizens.c.id == asked.c.citizen_id)
                      .where(asked.c.project_id == current_user.project_id, asked.c.status == "OPEN", asked.c.due_on <= last)
                      .order_by(asked.c.due_on, asked.c.id))
    return [(row.due_on, row.code, code_list("rights_request").label(row.kind).lower(), url_for("coordinator.answer_form", request_id=row.id))
            for row in rows]


def _day_wrong(on: date | None) -> str:
    if on is None:
        return "Skriv datoen som 24-11-2026."
    return "Datoen er ikke kommet endnu. Skriv den dag, borgeren spurgte." if on > clock.today() else ""


def _form(citizen_id: str, wrong: dict[str, str], kind: str, typed: str) -> str:
    return render_template("coordinator/request_form.html", code=code_of(citizen_id), citizen_id=citizen_id, wrong=wrong, kind=kind, typed=typed,
                           kinds=code_list("rights_request").labels)


def _answer(request_id: str, wrong: dict[str, str] | None = None, status: str = "", words: str = "") -> str:
    asked = _open(request_id)
    return render_template("coordinator/request_answer.html", asked=asked, code=code_of(asked.citizen_id), wrong=wrong or {}, status=status,
                           words=words, kind=code_list("rights_request").label(asked.kind), due=day_words(asked.due_on), most=MOST)


def _open(request_id: str) -> Any:
    with database().read() as tx:
        return next((one for one in _all(tx) if one.id == request_id and one.status == "OPEN"), None) or abort(404)


def _all(tx: Connection) -> list[Any]:
    return requests.all_of(tx, current_user.project_id)
