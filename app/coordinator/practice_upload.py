"""/kontor/praksisser/import: a list from a spreadsheet, shown row by row before anything is written."""

from __future__ import annotations

import csv
import io
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.carried import packed, unpacked
from app.coordinator.desk import TABLES
from app.coordinator.room import room
from app.coordinator.upload_plan import Preview, changes_of, preview
from app.guards import admit
from app.records import Practice
from app.records.wire import to_data
from app.rules.practice_import import read_practices, unknown_headings
from app.rules.table_file import Unreadable, read_table

MOST_BYTES = 2**20
MOST_PACKED = 400_000  # what a form field may hold


@room.get("/praksisser/import")
@admit("COORDINATOR")
def upload() -> Any:
    return render_template("coordinator/practice_upload.html", wrong="")


@room.post("/praksisser/import")
@admit("COORDINATOR")
def preview_upload() -> Any:
    """Shows what the list would do. Nothing is written here."""
    sent = request.files.get("fil")
    content = sent.read(MOST_BYTES + 1) if sent else b""
    if not content:
        return _refused("Vælg en fil.")
    if len(content) > MOST_BYTES or len(packed(content)) > MOST_PACKED:
        return _refused("Filen er for stor. Del den i flere filer.")
    return _previewed(content, {})


@room.post("/praksisser/import/skrevet")
@admit("COORDINATOR")
def import_practices() -> Any:
    """Writes the good rows. A practice that a colleague changed since the preview waits for another look."""
    content, keys = unpacked(MOST_BYTES), _keys()
    if request.form.get("act") != "import":
        return _previewed(content, keys)
    shown = _preview(content, keys)
    if shown.over and not request.form.get("reason", "").strip():
        return _previewed(content, keys, "Skriv, hvorfor projektet får flere praksisser end målet."), 422
    changes, moved_on = changes_of(shown, request.form)
    results = desk.written(*changes) if changes else []
    refused = [result.message for result in results if result.status == "rejected"]
    stored = sum(result.status == "accepted" for result in results)
    clashes = sum(result.status == "conflict" for result in results)
    flash(f"{desk.count_practices(stored)} er gemt.", "success" if not refused else "warning")
    if clashes:
        flash(f"{desk.count_practices(clashes)} blev rettet af en anden imens. Se Skal afklares.", "warning")
    for message in refused:
        flash(f"Ikke gemt: {message}", "error")
    if moved_on or shown.bad:
        return _previewed(content, keys)
    return redirect(url_for("coordinator.practice_list"), 303)


@room.post("/praksisser/import/fejl.csv")
@admit("COORDINATOR")
def faulty_rows() -> Response:
    """The bad rows as they came, with what is wrong in a column of its own; can be corrected and sent again."""
    content = unpacked(MOST_BYTES)
    headings = [heading for heading in read_table(content).headings if heading and heading != "fejl"]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([*headings, "fejl"])
    lines = dict(read_table(content).rows)
    for plan in _preview(content, _keys()).bad:
        cells = (lines[plan.row.number] + [""] * len(headings))[:len(headings)]
        writer.writerow([*map(_safe, cells), " ".join(plan.errors)])
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers={"Content-Disposition": 'attachment; filename="praksisser_fejl.csv"'})


def _previewed(content: bytes, keys: dict[str, str], wrong: str = "") -> Any:
    try:
        shown, unknown = _preview(content, keys), unknown_headings(content)
    except Unreadable as unreadable:
        return _refused(str(unreadable))
    with database().read() as tx:
        advisers = desk.people(tx, "ADVISER")
    return render_template("coordinator/practice_preview.html", shown=shown, unknown=unknown, packed=packed(content), advisers=advisers,
                           wrong=wrong)


def _preview(content: bytes, keys: dict[str, str]) -> Preview:
    table, people = TABLES["practice"], TABLES["user"]
    with database().read() as tx:
        rows = list(tx.execute(select(table).where(table.c.project_id == desk.author().project_id, table.c.deleted.is_(False))).mappings())
        advisers = list(tx.execute(select(people.c.id, people.c.initials, people.c.name).where(
            people.c.project_id == desk.author().project_id, people.c.role == "ADVISER", people.c.deleted.is_(False))))
        target = desk.target(tx)
    register = {row["id"]: to_data(Practice, row) for row in rows}
    return preview(read_practices(content), register, {row["id"]: row["rev"] for row in rows}, advisers, keys, target, clock.today())


def _refused(sentence: str) -> Any:
    return render_template("coordinator/practice_upload.html", wrong=sentence), 422


def _keys() -> dict[str, str]:
    """Which adviser each key of the list stands for, as the coordinator answered."""
    return {name.removeprefix("key-"): value for name, value in request.form.items() if name.startswith("key-")}


def _safe(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
