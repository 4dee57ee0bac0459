"""The door of the month: is it ready, close it, see every figure and what leaves the house, fetch the file."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection

from app import clock
from app.answers import database
from app.export import sentences
from app.export.acts import month_close, month_file, stored_file
from app.export.files import MANIFEST, draft
from app.export.half_year import half_of
from app.export.high_stops import high_stops
from app.export.invented import invented
from app.export.month_page import NAME as PAGE
from app.export.preview import Peek, preview, sketched
from app.figures import ALL, BY_ID, DEFINITIONS, Figure, MonthState, MonthTable, NotYet, TableRow, definitions, month_table, readiness, states
from app.figures.corrections import booked_rows, pending
from app.figures.ground import Ground, lay_out
from app.figures.hide import why
from app.figures.months import closing
from app.figures.outside import as_closed
from app.guards import admit, fresh
from app.ledger import access
from app.ledger.author import Author
from app.rules.calendar import month_name
from app.rules.text_guard import detect

door = Blueprint("export", __name__, url_prefix="/kontor/maaneder")
MOST_REASON = 200
COLOURS = {"OPEN": "badge badge-info", "READY": "badge badge-success", "CLOSED": "badge", "FINAL": "badge"}


@door.get("")
@admit("COORDINATOR")
def months() -> str:
    with database().read() as tx:
        found, note = states(tx, g.project_id, clock.today()), invented(tx, g.project_id)
    halves = {half.name: half for half in (half_of(one.month) for one in found)}
    return render_template("export/months.html", months=found, halves=list(halves.values()), colours=COLOURS, invented=note)


@door.get("/definitioner")
@admit("COORDINATOR")
def meanings() -> str:
    """What every figure counts, those not in use as well: a number must be explained (domain.md 6, 25)."""
    found = definitions()
    return render_template("export/definitions.html", all=found, chapters=list(dict.fromkeys(one.chapter for one in found)), edition=DEFINITIONS)


@door.get("/<month>")
@admit("COORDINATOR")
def month(month: str) -> str:
    return _page(month)


@door.post("/<month>/lukning")
@admit("COORDINATOR")
@fresh("export.month")
def shut(month: str) -> Any:
    """Closes the month. A reason is needed when something is missing (indicators.md 2.2)."""
    reason = " ".join(request.form.get("reason", "").split())
    with database().read() as tx:
        every = states(tx, g.project_id, clock.today())
        state, older = _among(every, month), _oldest(every, month)
        ready = readiness(tx, g.project_id, month).ready
    if older and not state.is_closed:
        flash(f"{older.name.capitalize()} skal lukkes først.", "error")
        return redirect(url_for("export.month", month=month), 303)
    wrong = "" if ready else _wrong(reason)
    if wrong:
        return _page(month, wrong, reason), 422
    try:
        told = month_close(database(), g.project_id, month, current_user.user_id, None if ready else reason, clock.now())
    except NotYet as not_yet:
        flash(str(not_yet), "error")
    else:
        flash(told["text"], "success" if told["fresh"] else "info")
    return redirect(url_for("export.month", month=month), 303)


def _wrong(reason: str) -> str:
    if len(reason) < 5:
        return "Skriv hvorfor måneden lukkes, selv om der mangler noget."
    if len(reason) > MOST_REASON:
        return f"Må højst være {MOST_REASON} tegn."
    return "Teksten ser ud til at indeholde et CPR-nummer. Skriv den uden." if detect(reason).level == "HIGH" else ""


@door.post("/<month>/tekst")
@admit("COORDINATOR")
def text(month: str) -> Any:
    """The three sentences of Måneden i én side, until the month closes."""
    told = posted_sentences()
    with database().read() as tx:
        is_closed = _known(tx, month).is_closed
    if is_closed:
        flash("Måneden er lukket, og siden ændrer sig ikke mere.", "error")
    elif any(problems := sentences.wrong(told)):
        return _page(month, told=told, problems=problems), 422
    else:
        keep_sentences(month, told)
    return redirect(url_for("export.month", month=month), 303)


def posted_sentences() -> list[str]:
    return [" ".join(request.form.get(f"saetning{number}", "").split()) for number in range(1, sentences.COUNT + 1)]


def keep_sentences(period: str, told: list[str]) -> None:
    with database().write() as tx:
        sentences.write(tx, Author(current_user.user_id, g.project_id, current_user.role), period, told, clock.now())
    flash("Sætningerne er gemt.", "success")


@door.get("/<month>/fil")
@admit("COORDINATOR")
@fresh("export.month")
def file(month: str) -> Any:
    """The month's zip: of a closed month the stored bytes."""
    if not (found := _leaving(month)):
        return _stopped(month)
    name, content = found
    _logged(name)
    # Not send_file: it would let a browser keep the copy.
    return Response(content, mimetype="application/zip", headers={"Content-Disposition": f"attachment; filename={name}"})


@door.get("/<month>/side")
@admit("COORDINATOR")
@fresh("export.month")
def page(month: str) -> Any:
    """Måneden i én side, out of the month's zip."""
    if not (found := _leaving(month)):
        return _stopped(month)
    name, content = found
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        paper = archive.read(PAGE) if PAGE in archive.namelist() else abort(404)  # a month closed before there were such pages
    _logged(f"{name}/{PAGE}")
    return Response(paper, mimetype="application/pdf", headers={"Content-Disposition": f"inline; filename={month}.pdf"})


def _leaving(month: str) -> tuple[str, bytes] | None:
    """Name and bytes of the month's zip; None while a stopped CPR number is unsettled (indicators.md ch. 4)."""
    with database().read() as tx:
        _known(tx, month)
        return None if high_stops(tx, g.project_id) else month_file(tx, g.project_id, month, clock.now())


def _stopped(month: str) -> Any:
    flash("Filen kan ikke hentes: et stoppet CPR-nummer venter under Afklaring. Få det afklaret først.", "error")
    return redirect(url_for("export.month", month=month), 303)


def _logged(what: str) -> None:
    me = Author(current_user.user_id, g.project_id, current_user.role)
    access.log(database(), me, [access.Entry("FILE", "month", about=what)], clock.now())


def _page(month: str, wrong: str = "", reason: str = "", told: list[str] | None = None,
          problems: list[str] | None = None) -> str:
    now = clock.now()
    with database().read() as tx:
        every = states(tx, g.project_id, clock.today())
        state, ground = _among(every, month), lay_out(tx, g.project_id)
        table = month_table(tx, g.project_id, month, now, ground)
        name, files = _files(tx, ground, month, now)
        return render_template(
            "export/month.html", state=state, table=table, districts=_by_district(table), all=_whole(table),
            ready=readiness(tx, g.project_id, month), close=closing(tx, g.project_id, month),
            older=_oldest(every, month), invented=invented(tx, g.project_id), shown=_shown(table),
            told=told or sentences.sentences(tx, g.project_id, month), problems=problems or [], sentence_count=sentences.COUNT,
            most_sentence=sentences.MOST, hidden=_hidden(tx, ground, table, now), owed=_owed(tx, ground, state, now), files=files,
            file_name=name, name=month_name(month), manifest=MANIFEST,
            colours=COLOURS, definitions=BY_ID, wrong=wrong, reason=reason, most=MOST_REASON, month_name=month_name)


def _files(tx: Connection, ground: Ground, month: str, now: datetime) -> tuple[str, list[Peek]]:
    """The zip's name and what is in it: of a closed month out of the stored bytes, else out of the tables it would be made of."""
    if stored := stored_file(tx, g.project_id, month):
        return stored[0], preview(stored[1])
    found = draft(tx, ground, month, now)
    return found.file_name, sketched(found)


def _known(tx: Connection, month: str) -> MonthState:
    """The month's state; 404 for one that is not the project's."""
    return _among(states(tx, g.project_id, clock.today()), month)


def _among(every: list[MonthState], month: str) -> MonthState:
    return next((one for one in every if one.month == month), None) or abort(404)


def _oldest(every: list[MonthState], month: str) -> MonthState | None:
    """The oldest month before this one that is still open: it closes first (domain.md 3.5)."""
    before = [one for one in every if one.month < month and not one.is_closed]
    return before[-1] if before else None


def _whole(table: MonthTable) -> list[TableRow]:
    return [row for row in table.rows if row.now.district == ALL]


def _by_district(table: MonthTable) -> list[TableRow]:
    return [row for row in table.rows if row.now.district != ALL]


def _hidden(tx: Connection, ground: Ground, table: MonthTable, now: datetime) -> list[tuple[Figure, str]]:
    """What about people stays in the house, and why: as the closed file has it, or as a close now would."""
    known = [row.closed for row in table.rows if row.closed]
    if not table.is_closed:
        owed = pending(tx, ground, table.month, clock.local_date(now)).rows
        known = as_closed(ground.closes, booked_rows(tx, g.project_id), table.month, owed, [row.now for row in table.rows])
    return [(figure, why(figure)) for figure in known if figure.definition.external and figure.is_hidden]


def _shown(table: MonthTable) -> dict[tuple[str, str], TableRow]:
    return {row.now.key: row for row in table.rows}


def _owed(tx: Connection, ground: Ground, state: MonthState, now: datetime) -> list[dict[str, Any]]:
    """The corrections of earlier months that this month's file shows."""
    if state.is_closed:
        return [dict(row._mapping) for row in booked_rows(tx, g.project_id) if row.booked_in == state.month]
    return pending(tx, ground, state.month, clock.local_date(now)).rows
