"""Holds a list of practices against the register: what is new, what changes field by field, what stays, what cannot go in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.records import Practice
from app.records.wire import specs
from app.rules.practice_import import Row

Json = Any
NOT_TAKING_PART = {"DECLINED", "ENDED"}  # a ydernummer may have gone on to somebody else (domain.md 2.2)


@dataclass
class Plan:
    """What one row would do. `before` and `after` hold the fields that change; `errors` what keeps it out."""

    row: Row
    id: str | None = None  # the practice in the register; none = new
    known: dict[str, Json] = field(default_factory=dict)  # what the register holds of it
    before: dict[str, Json] = field(default_factory=dict)
    after: dict[str, Json] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """BAD, NEW, CHANGED or SAME."""
        return "BAD" if self.errors else "NEW" if self.id is None else "CHANGED" if self.after else "SAME"


def compare(rows: Iterable[Row], register: dict[str, dict[str, Json]], advisers: dict[str, str], today: date) -> list[Plan]:
    """One plan a row. `register` is id → canonical data, `advisers` the list's key for an adviser → user id."""
    plans = [_plan(row, register, advisers, today) for row in rows]
    _refuse_two_on_one(plans)
    return plans


def _plan(row: Row, register: dict[str, dict[str, Json]], advisers: dict[str, str], today: date) -> Plan:
    plan = Plan(row, errors=list(row.errors))
    if plan.errors:
        return plan
    wanted = {name: value for name, value in row.data.items() if name != "adviser_key"}
    if adviser := advisers.get(row.data.get("adviser_key", "")):
        wanted["responsible_adviser_id"] = adviser
    plan.id = _found(plan, register)
    if plan.id is None:
        plan.after = {name: spec.default for name, spec in specs(Practice).items() if spec.default is not None} | wanted
        plan.errors += _missing(wanted)
        return plan
    plan.known = known = register[plan.id]
    for name, value in wanted.items():
        merged = MERGES[name](known.get(name) or [], value, today) if name in MERGES else value
        if specs(Practice)[name].compare(merged) != specs(Practice)[name].compare(known.get(name)):
            plan.before[name], plan.after[name] = known.get(name), merged
    if overlaps(plan.after.get("agreements") or []):
        plan.errors.append("aftale_fra: Perioden overlapper en aftaleperiode i registret. Ret den i praksissens egen formular.")
    return plan


def _found(plan: Plan, register: dict[str, dict[str, Json]]) -> str | None:
    """The practice by praksis_id, else by ydernummer; a row that points at two is an error."""
    number, yder = plan.row.data.get("number"), plan.row.data.get("ydernummer")
    by_number = next((id for id, data in register.items() if number and data.get("number") == number), None)
    by_yder = next((id for id, data in register.items() if yder and data.get("ydernummer") == yder
                    and data.get("agreement_status") not in NOT_TAKING_PART), None)
    by_yder = by_yder or next((id for id, data in register.items() if yder and not number and data.get("ydernummer") == yder), None)
    other = register[by_yder].get("number") if by_yder else None
    if by_yder and number and by_yder != by_number and (by_number or other):
        plan.errors.append(f"ydernummer: {yder} hører til {register[by_yder]['name']} ({other or 'uden praksis-id'}). Ret nummeret.")
    return by_number or by_yder


def _missing(data: dict[str, Json]) -> list[str]:
    lacking = [spec.title.lower() for name, spec in specs(Practice).items() if spec.required and not data.get(name)]
    return [f"Ny praksis mangler {', '.join(lacking)}."] if lacking else []


def _refuse_two_on_one(plans: list[Plan]) -> None:
    first: dict[str, int] = {}
    for plan in plans:
        if plan.id and first.setdefault(plan.id, plan.row.number) != plan.row.number:
            plan.errors.append(f"Rækken er samme praksis som række {first[plan.id]}.")


def overlaps(periods: list[dict[str, str]]) -> bool:
    spans = sorted((period.get("from", ""), period.get("to") or "9999") for period in periods)
    return any(later[0] <= earlier[1] for earlier, later in zip(spans, spans[1:], strict=False))


# ---- Lists: what the register knows more of than the file stays


def _doctors(known: list[dict[str, str]], named: list[dict[str, str]], today: date) -> list[dict[str, str]]:
    """A doctor who is no longer named stops today; the history stays."""
    here = {entry["name"] for entry in named}
    kept = [entry if entry.get("to") or entry["name"] in here else {**entry, "to": today.isoformat()} for entry in known]
    open_now = {entry["name"] for entry in kept if not entry.get("to")}
    return kept + [entry for entry in named if entry["name"] not in open_now]


def _contacts(known: list[dict[str, str]], named: list[dict[str, str]], _today: date) -> list[dict[str, str]]:
    """The file knows one contact, the first; who else stands there stays."""
    first, rest = (known[0], known[1:]) if known else ({}, [])
    same = "name" not in named[0] or first.get("name") == named[0]["name"]
    return [{**first, **named[0]} if same else named[0], *rest]


def _closures(known: list[dict[str, str]], named: list[dict[str, str]], _today: date) -> list[dict[str, str]]:
    """Whole weeks of the file's year are the file's; single days and other years stay."""
    years = {entry["from"][:4] for entry in named}
    by_span = {(entry.get("from", ""), entry.get("to", "")): entry for entry in known}
    kept = [entry for entry in known if not (entry.get("from", "")[:4] in years and _whole_weeks(entry))]
    return sorted([*kept, *(by_span.get((entry["from"], entry["to"]), entry) for entry in named)], key=lambda e: e.get("from", ""))


def _whole_weeks(entry: dict[str, str]) -> bool:
    try:
        start, end = date.fromisoformat(entry.get("from", "")), date.fromisoformat(entry.get("to", ""))
    except ValueError:
        return False
    return start.weekday() == 0 and end.weekday() == 6


def _agreements(known: list[dict[str, str]], named: list[dict[str, str]], _today: date) -> list[dict[str, str]]:
    """Periods that are there already stay as they are; a new one ends the open one on the day before."""
    there = {(entry.get("status", ""), entry.get("from", "")): entry for entry in known}
    new = [entry for entry in named if (entry["status"], entry["from"]) not in there]
    ended = {key: {**there[key], "to": entry["to"]} for entry in named
             if (key := (entry["status"], entry["from"])) in there and entry.get("to") and not there[key].get("to")}
    kept = [ended.get((entry.get("status", ""), entry.get("from", "")), entry) for entry in known]
    for entry in new:
        before = (date.fromisoformat(entry["from"]) - timedelta(days=1)).isoformat()
        kept = [{**old, "to": before} if not old.get("to") and old.get("from", "") <= before else old for old in kept]
    return sorted([*kept, *new], key=lambda e: e.get("from", ""))


MERGES = {"doctors": _doctors, "contacts": _contacts, "closures": _closures, "agreements": _agreements}
