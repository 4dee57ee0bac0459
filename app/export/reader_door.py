"""/tal: closed months for the steering group and the evaluator: the figures that leave the house, small ones hidden (domain.md 2.3)."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, url_for
from flask_login import current_user

from app import clock
from app.answers import database
from app.export.acts import month_file
from app.export.high_stops import high_stops
from app.export.month_page import NAME as PAGE
from app.figures import MonthState, states
from app.guards import admit
from app.ledger import access
from app.ledger.author import Author

door = Blueprint("reader", __name__, url_prefix="/tal")


@door.get("")
@admit("STEERING", "EVALUATOR")
def months() -> str:
    return render_template("export/reader_months.html", months=_closed())


@door.get("/<month>/side")
@admit("STEERING", "EVALUATOR")
def page(month: str) -> Any:
    """Måneden i én side."""
    if (content := _leaving(month)) is None:
        return _waits()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        paper = archive.read(PAGE) if PAGE in archive.namelist() else abort(404)  # a month closed before there were such pages
    return _given(f"{month}/{PAGE}", paper, "application/pdf", f"inline; filename={month}.pdf")


@door.get("/<month>/fil")
@admit("EVALUATOR")
def file(month: str) -> Any:
    """Every indicator and table of the month."""
    if (content := _leaving(month)) is None:
        return _waits()
    return _given(f"{month}.zip", content, "application/zip", f"attachment; filename={month}.zip")


def _closed() -> list[MonthState]:
    with database().read() as tx:
        return [one for one in states(tx, g.project_id, clock.today()) if one.is_closed]


def _leaving(month: str) -> bytes | None:
    """The stored bytes; None while a stopped CPR number is unsettled."""
    if month not in (one.month for one in _closed()):
        abort(404)
    with database().read() as tx:
        return None if high_stops(tx, g.project_id) else month_file(tx, g.project_id, month, clock.now())[1]


def _waits() -> Any:
    flash("Tallene kan ikke hentes lige nu. Koordinatoren er ved at få noget afklaret. Prøv igen i morgen.", "info")
    return redirect(url_for("reader.months"), 303)


def _given(what: str, content: bytes, kind: str, how: str) -> Response:
    me = Author(current_user.user_id, g.project_id, current_user.role)
    access.log(database(), me, [access.Entry("FILE", "month", about=what)], clock.now())
    return Response(content, mimetype=kind, headers={"Content-Disposition": how})
