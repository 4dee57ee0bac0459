"""What is counted over citizens, counted apart from app/figures and app/rules: SQL text and plain Python."""

from __future__ import annotations

import calendar
import json
import statistics
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
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
    "person": "SELECT id, funding FROM person WHERE project_id = :project",
    "entry": "SELECT author_id, worked_on, activity, minutes FROM time_entry WHERE NOT deleted AND project_id = :project",
    "sheet": "SELECT author_id, month, status FROM time_sheet WHERE NOT deleted AND project_id = :project",
    "outcome": "SELECT outcome.citizen_id, point, outcome, answered_on, course_completed FROM outcome " + ORDER.format("outcome"),
}
DATES = ("event_date", "due_on", "done_on", "given_on", "valid_until", "answered_on", "starts_on", "worked_on")
WORK, WELL = ("JOB", "JOB_PART", "FLEXJOB", "EDUCATION"), ("JOB", "JOB_PART", "FLEXJOB", "EDUCATION", "WELL_UNEMPLOYED")
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
    found = _steps(data, first, last) | _courses(data, first, last) | _hours(data, first, last)
    if first.month in (6, 12):
        half = date(first.year, first.month - 5, 1)
        found |= _half(data, half, last) | _outcomes(data, half, last) | _waited(data, half, last) | _years(data, half, last)
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


def _runs(data) -> dict[str, list]:
    """Run → sessions that were neither cancelled nor moved away, by day."""
    found: dict[str, list] = {row.id: [] for row in data["run"]}
    for row in sorted(data["session"], key=lambda one: (one.event_date, one.number)):
        if row.status in ("PLANNED", "HELD") and row.run in found:
            found[row.run].append(row)
    return found


def _came(data) -> dict[str, dict[str, str]]:
    """Enrolment → session → the newest mark."""
    found: dict[str, dict[str, str]] = {}
    for row in data["mark"]:
        found.setdefault(row.enrolment_id, {})[row.session_id] = row.mark
    return found


def _courses(data, first: date, last: date) -> dict[str, Pair]:
    sessions, marks, seats = _runs(data), _came(data), {row.id: row.seats for row in data["run"]}
    enrolled = sum(row.status != "INTERESTED" and first <= row.event_date <= last for row in data["place"])
    filled, room, present, ended = 0, 0, [], []
    for run, all_ in sessions.items():
        held = [one for one in all_ if one.status == "HELD"]
        at = held[1] if len(held) >= 2 else held[0] if len(all_) == 1 and held else None
        if at and first <= at.event_date <= last:
            room += seats[run]
        for place in (row for row in data["place"] if row.run == run):
            here = [marks.get(place.id, {}).get(one.id) for one in held]
            shown = [mark in ("PRESENT", "LATE") for mark in here]
            if True not in shown:
                continue
            begun = shown.index(True)
            filled += bool(at and first <= at.event_date <= last and begun <= held.index(at))
            present += [mark in ("PRESENT", "LATE") for one, mark in list(zip(held, here, strict=True))[begun:]
                        if first <= one.event_date <= last and mark in ("PRESENT", "LATE", "EXCUSED", "ABSENT")]
            if len(held) == len(all_) and first <= held[-1].event_date <= last:
                ended.append((4 * sum(shown) >= 3 * len(held), place.status == "DROPPED_OUT"))
    return {"K1": (enrolled, None), "K2": (filled, room), "K3": _share(present), "K4": _share([through for through, _ in ended]),
            "K5": _share([stopped and not through for through, stopped in ended])}


def _waited(data, first: date, last: date) -> dict[str, Pair]:
    sessions, marks, begins, days = _runs(data), _came(data), {row.id: row.starts_on for row in data["run"]}, []
    for place in data["place"]:
        attended = [one.event_date for one in sessions.get(place.run, ()) if marks.get(place.id, {}).get(one.id) in ("PRESENT", "LATE")
                    and one.status == "HELD"]
        if attended and first <= begins[place.run] <= last:
            days.append(max(0, (attended[0] - place.event_date).days))
    return {"K6": (statistics.median(days) if days else None, len(days))}


def _outcomes(data, first: date, last: date) -> dict[str, Pair]:
    index, told, agreed = _first_talks(data), {}, {}
    for row in data["outcome"]:
        told.setdefault(row.citizen_id, []).append(row)
    for row in data["consent"]:
        agreed.setdefault((row.citizen_id, row.scope), []).append(row)
    alive, found = {row.id for row in data["citizen"]}, {}
    for citizen in alive & index.keys():
        well = False
        for point, months in (("M3", 3), ("M6", 6), ("M12", 12)):
            day, mine = _months_on(index[citizen], months), told.get(citizen, [])
            until = day + timedelta(days=30)
            if any(one.outcome in ("MOVED", "DECEASED") and one.answered_on <= until for one in mine):
                continue
            if not all(_valid(agreed.get((citizen, scope), []), day) for scope in ("FOLLOW_UP", "EVALUATION")):
                continue
            inside = [one for one in mine if one.point == point and day - timedelta(days=14) <= one.answered_on <= until]
            newest = sorted(inside, key=lambda one: one.answered_on)[-1:]
            said = [one for one in newest if one.outcome not in ("UNREACHABLE", "NO_ANSWER")]
            if first <= day <= last:
                for name, hit in _at_a_point(said, well):
                    found.setdefault(f"{name}-{months}", []).append(hit)
            well = well or any(one.outcome in WELL for one in said)
    return {f"U{name}-{months}": _share(found.get(f"U{name}-{months}", [])) for name in ("0", "1", "1b", "2", "3", "4", "5", "6")
            for months in (3, 6, 12) if (name, months) != ("4", 3)}


def _at_a_point(said: list, well: bool) -> list[tuple[str, bool]]:
    found = [("U0", bool(said)), ("U1b", bool(said) and said[0].outcome in WORK)]
    for one in said:
        found += [("U1", one.outcome in WORK), ("U2", one.outcome == "PARTIAL_RETURN"), ("U3", one.outcome in WELL)]
        found += [("U5", one.outcome == "STILL_SICK")]
        found += [("U4", one.outcome == "NEW_SICK")] if well else []
        found += [("U6", one.outcome in WORK)] if one.course_completed else []
    return found


def _months_on(day: date, months: int) -> date:
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _valid(events: list, day: date) -> bool:
    """Fourteen months after a yes, unless it says otherwise; never after a withdrawal. No demo citizen says yes again."""
    before = sorted((one for one in events if one.given_on <= day), key=lambda one: one.given_on)
    if not before or any(one.event == "WITHDRAWN" for one in before) or before[-1].event != "GIVEN":
        return False
    return day <= (before[-1].valid_until or before[-1].given_on + timedelta(days=425))


def _approved(data, first: date, last: date) -> list:
    approved = {(row.author_id, row.month) for row in data["sheet"] if row.status in ("APPROVED", "CORRECTED")}
    return [row for row in data["entry"] if (row.author_id, str(row.worked_on)[:7]) in approved and first <= row.worked_on <= last
            and row.activity not in ("AWAY", "NOT_PROJECT")]


def _hours(data, first: date, last: date) -> dict[str, Pair]:
    rows = _approved(data, first, last)
    total = sum(row.minutes for row in rows)
    near = sum(row.minutes for row in rows if row.activity in ("VISIT", "TALK", "COURSE", "STUEGANG"))
    return {"O1": (pytest.approx(total / 60, abs=0.051), None), "O4": (near, total),
            "O5": (sum(row.minutes for row in rows if row.activity == "RECORDING"), total)}


def _years(data, first: date, last: date) -> dict[str, Pair]:
    paid = {row.id: json.loads(row.funding) if isinstance(row.funding, str) else row.funding or [] for row in data["person"]}
    found = {}
    for name, funding in (("O2-T", "GRANT"), ("O2-E", "OWN")):
        minutes = sum(row.minutes for row in _approved(data, first, last) for one in paid[row.author_id]
                      if one["funding"] == funding and one["from"] <= str(row.worked_on) <= (one.get("to") or "9999"))
        found[name] = (pytest.approx(minutes / 60, abs=0.051), 962)
    return found
