"""Gives out course seats: in the order ops are applied, and never one that is taken (sync.md ch. 8; domain.md 2.9)."""

from __future__ import annotations

from typing import Any

from app.ledger.desk import Desk, Standing
from app.ledger.op import Op
from app.ledger.words import MESSAGES

SEATED = ("ENROLLED", "STARTED", "OFFERED")


def seat(desk: Desk, op: Op, data: dict[str, Any], before: Standing | None = None) -> str:
    """Puts who comes too late on the waiting list (changes `data`); the notice in Danish, or nothing."""
    if op.kind != "enrolment" or data.get("status") not in SEATED:
        return ""
    if before and before.data.get("status") in SEATED and before.data.get("course_run_id") == data.get("course_run_id"):
        return ""
    run = desk.standing("course_run", data["course_run_id"])
    others = [e for e in desk.rows_where("enrolment", "course_run_id", data["course_run_id"]) if e.id != op.id]
    if not run or sum(e.data["status"] in SEATED for e in others) < run.data.get("seats", 0):
        return ""
    data["status"] = "WAITLISTED"
    mine = (data["enrolled_at"], op.id)
    ahead = sum(e.data["status"] == "WAITLISTED" and (e.data["enrolled_at"], e.id) < mine for e in others)
    return MESSAGES["WAITLISTED"].format(place=ahead + 1)
