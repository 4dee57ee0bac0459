"""Tilbagemelding til lægen in the office: the page as it would be, with the coordinator's own words, and the PDF that is handed over."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, select

from app import clock
from app.answers import database
from app.export.extract_door import door
from app.export.feedback import MOST, feedback, wrong_message
from app.export.half_year import Half, half_named, half_of
from app.export.high_stops import refuse_with_high_stops
from app.export.paper import printed
from app.figures import NotYet, states
from app.figures.tables import PRACTICES
from app.guards import admit
from app.ledger import access
from app.ledger.author import Author

NAME = "Tilbagemelding_{}_{}.pdf"


@door.get("/tilbagemelding/<practice_id>")
@admit("COORDINATOR")
def letter(practice_id: str) -> str:
    return _page(practice_id, request.args.get("halvaar", ""), "")


@door.post("/tilbagemelding/<practice_id>")
@admit("COORDINATOR")
def letter_file(practice_id: str) -> Any:
    """With `how=PDF` the file, else the page with the words in it."""
    message, half_name = " ".join(request.form.get("besked", "").split()), request.form.get("halvaar", "")
    if wrong := wrong_message(message):
        return _page(practice_id, half_name, message, wrong), 422
    if request.form.get("how") != "PDF":
        return _page(practice_id, half_name, message)
    now = clock.now()
    try:
        with database().read() as tx:
            refuse_with_high_stops(tx, g.project_id)
            practice, half = _practice(tx, practice_id), _half(_halves(tx), half_name)
            paper = feedback(tx, g.project_id, practice, half, message, now)
    except NotYet as not_yet:
        flash(str(not_yet), "error")
        return redirect(url_for("export.letter", practice_id=practice_id, halvaar=half_name or None), 303)
    name = NAME.format(practice["number"] or "praksis", half.name)
    content = printed(paper, now, 1)
    me = Author(current_user.user_id, g.project_id, current_user.role)
    access.log(database(), me, [access.Entry("FILE", "month", practice_id=practice_id, about=name)], now)
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f"attachment; filename={name}"})


def _page(practice_id: str, half_name: str, message: str, wrong: str = "") -> str:
    with database().read() as tx:
        practice, halves = _practice(tx, practice_id), _halves(tx)
        half = _half(halves, half_name)
        paper = feedback(tx, g.project_id, practice, half, "" if wrong else message, clock.now())
    return render_template("export/feedback.html", practice=practice, paper=paper, half=half, halves=halves, message=message, wrong=wrong, most=MOST)


def _practice(tx: Connection, practice_id: str) -> Any:
    return tx.execute(select(PRACTICES).where(PRACTICES.c.id == practice_id, PRACTICES.c.project_id == g.project_id,
                                              PRACTICES.c.deleted.is_(False))).mappings().first() or abort(404)


def _halves(tx: Connection) -> list[Half]:
    """The project's half-years, the newest first."""
    return [half_named(name) for name in dict.fromkeys(half_of(one.month).name for one in states(tx, g.project_id, clock.today()))]


def _half(halves: list[Half], name: str) -> Half:
    """What was asked for, else the newest; 404 before the project has begun."""
    return next((half for half in halves if half.name == name), None) or (halves[0] if halves else abort(404))
