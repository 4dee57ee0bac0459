"""The evaluator's extract in the office: what it would hold, to whom and under which agreement, and the locked file."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from app import clock
from app.answers import database
from app.export.extract import MOST, extract, prospect, wrong_agreement
from app.export.half_door import door
from app.export.invented import invented
from app.export.seal import SHORTEST, sealed
from app.figures import NotYet
from app.figures.hide import LIMIT
from app.guards import admit, fresh
from app.ledger.author import Author


@door.get("/udtraek")
@admit("COORDINATOR")
def evaluation() -> str:
    return _page({}, {})


@door.post("/udtraek")
@admit("COORDINATOR")
@fresh("export.evaluation")
def evaluation_file() -> Any:
    """The file, locked: with a password, or to the evaluator's own public key."""
    given = {name: request.form.get(name, "").strip() for name in ("agreement", "recipient")}
    password = request.form.get("password", "")
    if wrong := _wrong(**given, password=password):
        return _page(wrong, given), 422
    me = Author(current_user.user_id, g.project_id, current_user.role)
    try:
        name, content = extract(database(), me, given["agreement"], clock.now(), password, given["recipient"])
    except NotYet as not_yet:
        flash(str(not_yet), "error")
        return redirect(url_for("export.evaluation"), 303)
    return Response(content, mimetype="application/octet-stream", headers={"Content-Disposition": f"attachment; filename={name}"})


def _wrong(agreement: str, recipient: str, password: str) -> dict[str, str]:
    found = {"agreement": wrong_agreement(agreement)}
    if recipient and password:
        found["recipient"] = "Vælg enten nøgle eller adgangskode, ikke begge."
    elif recipient:
        try:
            sealed("", b"", recipient)
        except ValueError:
            found["recipient"] = "Nøglen kan ikke bruges. Den begynder med age1. Bed evaluator om den igen."
    elif len(password) < SHORTEST:
        found["password"] = f"Skriv en adgangskode på mindst {SHORTEST} tegn, eller evaluators offentlige nøgle."
    return {name: words for name, words in found.items() if words}


def _page(wrong: dict[str, str], given: dict[str, str]) -> str:
    with database().read() as tx:
        try:
            found, too_few = prospect(tx, g.project_id, clock.now()), ""
        except NotYet as not_yet:
            found, too_few = None, str(not_yet)
        return render_template("export/evaluation.html", found=found, too_few=too_few, wrong=wrong, given=given, limit=LIMIT, most=MOST,
                               shortest=SHORTEST, invented=invented(tx, g.project_id))
