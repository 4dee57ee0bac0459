"""What does not add up, counted apart from app/figures in plain SQL text and plain Python: n and N of a whole month."""

from __future__ import annotations

import json
import statistics
from datetime import date, datetime, timedelta

from sqlalchemy import text

PRACTICES = text("SELECT id, agreements, interval_days FROM practice WHERE NOT deleted AND project_id = :project")
VISITS = text("""
    SELECT event_date, practice_id, outcome, met_roles, minutes, occurred_at, received_at FROM visit
    WHERE NOT deleted AND mode = 'IN_PERSON' AND project_id = :project""")
MOVES = text("""
    SELECT event_date, practice_id, move, quantity, from_place, to_place, occurred_at, received_at FROM stock_move
    WHERE NOT deleted AND project_id = :project""")

TALKS = text("""
    SELECT t.citizen_id, t.event_date, EXISTS (
        SELECT 1 FROM next_step s WHERE s.talk_id = t.id AND NOT s.deleted AND s.step <> 'NONE') AS agreed
    FROM talk t WHERE NOT t.deleted AND t.type <> 'ANONYMOUS' AND t.project_id = :project""")

SESSIONS = text("SELECT event_date, status FROM course_session WHERE NOT deleted AND project_id = :project")
ANSWERS = text("SELECT answered_on, answer FROM heard_answer WHERE NOT deleted AND project_id = :project")


def month_counted(tx, project_id: str, month: str) -> dict[str, tuple[float | None, int | None]]:
    """Indicator → (n, N). Only for projects without counts, scrap and closing weeks, and months that are over."""
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    asked = {"project": project_id}
    practices, visits, moves = ([dict(row._mapping) for row in tx.execute(one, asked)] for one in (PRACTICES, VISITS, MOVES))
    for row in visits + moves:
        row["event_date"] = date.fromisoformat(str(row["event_date"]))
    agreed = {row["id"]: [(date.fromisoformat(one["from"]), date.fromisoformat(one.get("to") or "9999-12-31"))
                          for one in _read(row["agreements"]) if one["status"] == "AGREED"] for row in practices}
    active = [id_ for id_, spans in agreed.items() if any(start <= last and end >= first for start, end in spans)]
    at_last = [id_ for id_, spans in agreed.items() if any(start <= last <= end for start, end in spans)]
    here = [row for row in visits if first <= row["event_date"] <= last]
    done = [row for row in here if row["outcome"] in ("COMPLETED", "DESK_ONLY")]
    in_vain = [row for row in here if row["outcome"] in ("NO_TIME", "CLOSED")]
    seen = {row["practice_id"] for row in done}
    before = [row for row in visits if row["outcome"] in ("COMPLETED", "DESK_ONLY") and row["event_date"] <= last]
    overdue = [id_ for id_ in at_last if (last - max(
        [row["event_date"] for row in before if row["practice_id"] == id_], default=min(agreed[id_])[0])).days > 21]
    given = {row["practice_id"] for row in moves if row["move"] == "HANDED_OUT" and 0 <= (last - row["event_date"]).days < 60}
    lengths = [row["minutes"] for row in done if 1 <= row["minutes"] <= 240]
    stock = sum((row["to_place"] in ("DEPOT", "BAG")) * row["quantity"] - (row["from_place"] in ("DEPOT", "BAG")) * row["quantity"]
                for row in moves if row["event_date"] <= last)
    everything = [row for row in visits + moves if first <= row["event_date"] <= last]
    in_time = [row for row in everything if _moment(row["received_at"]) - _moment(row["occurred_at"]) <= timedelta(hours=48)]
    talks = [row for row in tx.execute(TALKS, asked) if str(row.event_date)[:7] <= month]
    named = [row for row in talks if str(row.event_date)[:7] == month]
    known_before = {row.citizen_id for row in talks if str(row.event_date)[:7] < month}
    newcomers = {row.citizen_id for row in named} - known_before - {None}
    planned = [row.status for row in tx.execute(SESSIONS, asked) if str(row.event_date)[:7] == month]
    half = [f"{month[:5]}{number:02d}" for number in (range(1, 7) if month[5:] < "07" else range(7, 13))]
    answers = [str(row.answer) for row in tx.execute(ANSWERS, asked) if str(row.answered_on)[:7] in half]
    heard = {"S10": (sum(answer >= "4" for answer in answers), len(answers))} if month == half[-1] else {}
    return {**heard, "K8": (planned.count("CANCELLED"), len(planned)), "S2": (len(newcomers), None),
            "S7": (sum(bool(row.agreed) for row in named), len(named)),
            "P0": (len(at_last), 20), "P1": (len(seen & set(active)), len(active)), "P3": (len(in_vain), len(done) + len(in_vain)),
            "P4": (len(overdue), len(at_last)), "P5": (sum("DOCTOR" in str(row["met_roles"]) for row in done), len(done)),
            "P6": (statistics.median(lengths) if lengths else None, len(lengths)), "P7": (len(done), len(active)),
            "M2": (len(given & set(at_last)), len(at_last)), "M3": (stock, None), "M4": (0, 0), "D1": (len(in_time), len(everything))}


def _read(value):
    return json.loads(value) if isinstance(value, str) else value


def _moment(value) -> datetime:
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).replace(tzinfo=None)
