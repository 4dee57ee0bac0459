"""The pages of a half-year: the coordinator's sentences, the report as it would be now, and its freezing."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, url_for
from flask_login import current_user

from app import clock
from app.answers import database
from app.export import sentences
from app.export.door import door, keep_sentences, posted_sentences
from app.export.freeze import freeze, freezes_on, frozen, half_year_file
from app.export.half_year import Half, half_named
from app.export.high_stops import refuse_with_high_stops
from app.export.invented import invented
from app.figures import NotYet, states
from app.guards import admit, fresh
from app.ledger import access
from app.ledger.author import Author

HEADINGS = ("Afvigelser i halvåret", "Hvad vi har lært", "Næste halvår")


@door.get("/halvaar/<half>")
@admit("COORDINATOR")
def half_year(half: str) -> str:
    return _page(_known(half))


@door.post("/halvaar/<half>/tekst")
@admit("COORDINATOR")
def half_year_text(half: str) -> Any:
    known, told = _known(half), posted_sentences()
    with database().read() as tx:
        is_frozen = frozen(tx, g.project_id, known)
    if is_frozen:
        flash("Halvåret er frosset, og rapporten ændrer sig ikke mere.", "error")
    elif any(problems := sentences.wrong(told)):
        return _page(known, told, problems), 422
    else:
        keep_sentences(known.name, told)
    return redirect(url_for("export.half_year", half=half), 303)


@door.get("/halvaar/<half>/rapport")
@admit("COORDINATOR")
@fresh("export.half_year")
def half_year_report(half: str) -> Any:
    """The PDF: the stored bytes of a frozen half-year, else as it stands now."""
    known = _known(half)
    try:
        with database().read() as tx:
            refuse_with_high_stops(tx, g.project_id)
            name, content = half_year_file(tx, g.project_id, known, clock.now())
    except NotYet as not_yet:
        flash(str(not_yet), "error")
        return redirect(url_for("export.half_year", half=half), 303)
    access.log(database(), _me(), [access.Entry("FILE", "month", about=name)], clock.now())
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f"inline; filename={name}"})


@door.post("/halvaar/<half>/frysning")
@admit("COORDINATOR")
@fresh("export.half_year")
def half_year_freeze(half: str) -> Any:
    try:
        done = freeze(database(), _me(), _known(half), clock.now())
    except NotYet as not_yet:
        flash(str(not_yet), "error")
    else:
        flash("Halvåret er frosset. Tallene er endelige." if done else "Halvåret var frosset i forvejen. Intet er ændret.", "success")
    return redirect(url_for("export.half_year", half=half), 303)


def _me() -> Author:
    return Author(current_user.user_id, g.project_id, current_user.role)


def _known(name: str) -> Half:
    """404 for what is no half-year, or not the project's."""
    try:
        half = half_named(name)
    except ValueError:
        abort(404)
    with database().read() as tx:
        if not {one.month for one in states(tx, g.project_id, clock.today())} & {*half.months}:
            abort(404)
    return half


def _page(half: Half, told: list[str] | None = None, problems: list[str] | None = None) -> str:
    with database().read() as tx:
        found = [one for one in states(tx, g.project_id, clock.today()) if one.month in half.months]
        return render_template(
            "export/half_year.html", half=half, months=found[::-1], frozen=frozen(tx, g.project_id, half), invented=invented(tx, g.project_id),
            freezes_on=freezes_on(tx, g.project_id, half), told=told or sentences.sentences(tx, g.project_id, half.name),
            problems=problems or [], most=sentences.MOST, headings=HEADINGS, today=clock.today())
