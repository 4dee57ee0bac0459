"""What an uploaded list would do, grouped for the eye, and the changes its good rows become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import clock
from app.coordinator.agreement import TAKES_A_PLACE, takes_new_place, with_period, with_reason
from app.coordinator.shown import shown, title
from app.ledger.change import Change
from app.ledger.ids import new_id
from app.rules.practice_compare import Plan, compare
from app.rules.practice_import import Row


@dataclass
class Preview:
    """Every row's plan, with what the page asks."""

    plans: list[Plan]
    revs: dict[str, int]
    names: dict[str, str]  # adviser id → name
    keys: list[tuple[str, str]]  # (key in the list, adviser it is taken for)
    over: int  # practices beyond the target when all goes in; asks for a reason
    target: int

    def of(self, kind: str) -> list[Plan]:
        return [plan for plan in self.plans if plan.kind == kind]

    @property
    def bad(self) -> list[Plan]:
        return self.of("BAD")

    @property
    def good(self) -> list[Plan]:
        return [plan for plan in self.plans if plan.kind in ("NEW", "CHANGED")]

    def fields(self, plan: Plan) -> list[tuple[str, str, str]]:
        """(title, before, after) of each field that changes."""
        return [(title("practice", name), shown("practice", name, plan.before.get(name), self.names), shown("practice", name, value, self.names))
                for name, value in plan.after.items()]


def preview(rows: list[Row], register: dict[str, dict[str, Any]], revs: dict[str, int], advisers: list[Any], answers: Mapping[str, str],
            target: int, today: date) -> Preview:
    """`advisers` are rows of id, initials and name; `answers` the coordinator's word for who a key is."""
    known = {word.casefold(): adviser.id for adviser in advisers for word in (adviser.initials, adviser.name)}
    keys = sorted({row.data["adviser_key"] for row in rows if row.data.get("adviser_key")})
    taken_for = {key: answers.get(key, known.get(key.casefold(), "")) for key in keys}
    valid = {adviser.id for adviser in advisers}
    plans = compare(rows, register, {key: adviser for key, adviser in taken_for.items() if adviser in valid}, today)
    taken = sum(data.get("agreement_status") in TAKES_A_PLACE for data in register.values())
    moves = [(plan.known, plan.known | plan.after) for plan in plans if not plan.errors]
    coming = sum(takes_new_place(before, after) for before, after in moves)
    leaving = sum(takes_new_place(after, before) for before, after in moves)
    return Preview(plans, revs, {adviser.id: adviser.name for adviser in advisers}, [*taken_for.items()],
                   max(0, taken + coming - leaving - max(target, taken)), target)


def changes_of(shown: Preview, form: Mapping[str, str]) -> tuple[list[Change], bool]:
    """(changes, did a practice move on since the preview?). Each change's base is what the preview showed."""
    changes, moved_on, reason = [], False, form.get("reason", "").strip()[:200]
    for plan in shown.good:
        if shown.over and takes_new_place(plan.known, plan.known | plan.after):
            periods = with_period(plan.known, plan.known | plan.after, clock.today())
            plan.before.setdefault("agreements", plan.known.get("agreements"))
            plan.after["agreements"] = with_reason(periods, plan.after["agreement_status"], reason)
        if plan.id is None:
            changes.append(Change("practice", new_id(), "create", {name: value for name, value in plan.after.items() if value is not None}))
        elif form.get(f"rev-{plan.id}") != str(shown.revs[plan.id]):
            moved_on = True
        else:
            changes.append(Change("practice", plan.id, "update", plan.after, {name: plan.before.get(name) for name in plan.after}))
    return changes, moved_on
