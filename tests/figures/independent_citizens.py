"""What is counted over citizens, counted apart from app/figures and app/rules: SQL text and plain Python."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from types import SimpleNamespace

from sqlalchemy import text

ORDER = """JOIN head h ON h.kind = '{0}' AND h.id = {0}.id AND h.project_id = {0}.project_id
    WHERE NOT {0}.deleted AND {0}.project_id = :project ORDER BY h.seq"""
SQL = {
    "talk": "SELECT id, citizen_id, event_date FROM talk WHERE NOT deleted AND type <> 'ANONYMOUS' AND project_id = :project",
    "citizen": "SELECT id, came_via, benefit, sickness_state FROM citizen WHERE NOT deleted AND project_id = :project",
    "step": "SELECT id, talk_id, citizen_id, step, status, due_on, done_on FROM next_step WHERE NOT deleted AND project_id = :project",
    "place": "SELECT id, citizen_id, course_run_id AS run, status, event_date FROM enrolment WHERE NOT deleted AND project_id = :project",
    "session": "SELECT id, course_run_id AS run, number, event_date, status FROM course_session WHERE NOT deleted AND project_id = :project",
    "run": "SELECT id, seats, starts_on FROM course_run WHERE NOT deleted AND project_id = :project",
    "mark": "SELECT attendance_mark.session_id, enrolment_id, mark FROM attendance_mark " + ORDER.format("attendance_mark"),
    "consent": "SELECT consent_event.citizen_id, scope, event, given_on, valid_until FROM consent_event " + ORDER.format("consent_event"),
    "outcome": "SELECT outcome.citizen_id, point, outcome, answered_on, course_completed FROM outcome " + ORDER.format("outcome"),
}
DATES = ("event_date", "due_on", "done_on", "given_on", "valid_until", "answered_on", "starts_on")
Pair = tuple[float | None, int | None]


def tables(tx, project_id: str) -> dict[str, list[SimpleNamespace]]:
    found = {name: [SimpleNamespace(**row) for row in tx.execute(text(sql), {"project": project_id}).mappings()] for name, sql in SQL.items()}
    for row in [row for rows in found.values() for row in rows]:
        for name in set(DATES) & row.__dict__.keys():
            value = getattr(row, name)
            setattr(row, name, None if value is None else date.fromisoformat(str(value)))
    return found


def counted_people(tx, project_id: str, month: str) -> dict[str, Pair]:
    """Indicator → (n, N) of the month; a half-year's in June and December only."""
    data = tables(tx, project_id)
    first = date.fromisoformat(f"{month}-01")
    last = date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
    found = _steps(data, first, last)
    if first.month in (6, 12):
        half = date(first.year, first.month - 5, 1)
        found |= _half(data, half, last)
    return found


def _share(rows: list) -> Pair:
    return sum(map(bool, rows)), len(rows)


def _steps(data, first: date, last: date) -> dict[str, Pair]:
    rows = [row for row in data["step"] if row.step != "NONE" and row.status != "DROPPED" and first <= row.due_on <= last]
    return {"S8": _share([row.status == "DONE" and row.done_on <= row.due_on + timedelta(days=3) for row in rows])}


def _half(data, first: date, last: date) -> dict[str, Pair]:
    inside = [row.citizen_id for row in data["talk"] if first <= row.event_date <= last]
    new = [row for row in data["citizen"] if row.id in (index := _first_talks(data)) and first <= index[row.id] <= last]
    via = [row.came_via in ("DOCTOR", "CLINIC_STAFF") for row in new if row.came_via]
    both = [row.benefit == "KONTANTHJAELP" and row.sickness_state in ("FULL", "PARTIAL")
            for row in new if (row.benefit or "UNKNOWN") != "UNKNOWN" and (row.sickness_state or "UNKNOWN") != "UNKNOWN"]
    day = {row.id: row.event_date for row in data["talk"]}
    bridges = [row.status == "DONE" and row.done_on <= day[row.talk_id] + timedelta(days=14) for row in data["step"]
               if row.step == "BRIDGE_JOBCENTER" and row.talk_id in day and first <= day[row.talk_id] + timedelta(days=14) <= last]
    return {"S3": (len(set(inside)), None), "S4": (len(inside), len(set(inside))), "S5": _share(via), "S9": _share(bridges), "S11": _share(both)}


def _first_talks(data) -> dict[str, date]:
    found: dict[str, date] = {}
    for row in data["talk"]:
        found[row.citizen_id] = min(row.event_date, found.get(row.citizen_id, date.max))
    return found
