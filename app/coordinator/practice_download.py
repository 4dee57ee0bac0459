"""/kontor/praksisser/eksport.csv: the register as a list for a spreadsheet; the import reads it back and finds nothing changed."""

from __future__ import annotations

import csv
import io

from flask import Response
from sqlalchemy import select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.desk import TABLES
from app.coordinator.room import room
from app.guards import admit
from app.records import Practice
from app.records.wire import to_data
from app.rules.alphabet import sort_key
from app.rules.practice_export import written

RUNS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes text that begins so for a formula


@room.get("/praksisser/eksport.csv")
@admit("COORDINATOR")
def practice_download() -> Response:
    practices, people = TABLES["practice"], TABLES["user"]
    project = desk.author().project_id
    with database().read() as tx:
        rows = tx.execute(select(practices).where(practices.c.project_id == project, practices.c.deleted.is_(False))).mappings().all()
        advisers = {row.id: row.initials for row in tx.execute(select(people.c.id, people.c.initials).where(people.c.project_id == project))}
    register = [to_data(Practice, row) for row in sorted(rows, key=lambda row: (sort_key(row["number"] or "~"), sort_key(row["name"])))]
    headings, lines = written(register, advisers)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([headings, *([_safe(cell) for cell in line] for line in lines)])
    name = f"praksisser_{clock.today():%Y-%m-%d}.csv"
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers={"Content-Disposition": f"attachment; filename={name}"})


def _safe(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula; digits that are to stay text are our own."""
    return f"'{cell}" if cell.startswith(RUNS) and not (cell.startswith('="') and cell[2:-1].isdigit()) else cell
