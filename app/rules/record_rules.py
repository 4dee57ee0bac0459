"""The hard rules between the fields of one record: shape and limits, never taste (domain.md ch. 2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

Data = dict[str, Any]
Broken = dict[str, str]
TOLERANCE = timedelta(minutes=5)
NOT_INSIDE = {"CLOSED", "NO_TIME", "CANCELLED_BY_PRACTICE", "CANCELLED_BY_US"}
CODE_SYMBOLS = "23456789BCDFGHJKMNPQRTVWX"


def broken(kind: str, data: Data, now: datetime) -> Broken:
    """Field → what to do, in Danish; empty when the record may stand. `data` is canonical."""
    return RULES[kind](data, now) if kind in RULES else {}


def _visit(data: Data, now: datetime) -> Broken:
    found = _not_in_future(data, now)
    roles, outcome = set(data.get("met_roles") or ()), data.get("outcome")
    if "NOBODY" in roles and len(roles) > 1:
        found["met_roles"] = "«Ingen» kan ikke stå sammen med andre."
    elif outcome == "COMPLETED" and not roles:
        found["met_roles"] = "Vælg hvem du mødte."
    elif outcome in NOT_INSIDE and not roles <= {"NOBODY", "SECRETARY"}:
        found["met_roles"] = "Når besøget ikke blev til noget, kan du kun have mødt «Sekretær» eller «Ingen»."
    return found


def _talk(data: Data, now: datetime) -> Broken:
    found = _not_in_future(data, now)
    if data.get("type") == "ANONYMOUS":
        for name in ("citizen_id", "topics", "note"):
            if data.get(name):
                found[name] = "En anonym samtale har kun dato, minutter og sted."
    elif not data.get("citizen_id"):
        found["citizen_id"] = "Vælg borger, eller gør samtalen anonym."
    return found


def _not_in_future(data: Data, now: datetime) -> Broken:
    moment = data.get("occurred_at")
    if moment and datetime.fromisoformat(moment) > now + TOLERANCE:
        return {"occurred_at": "Kan ikke ligge i fremtiden."}
    return {}


def _practice(data: Data, _now: datetime) -> Broken:
    periods = sorted((p.get("from", ""), p.get("to") or "9999-12-31") for p in data.get("agreements") or ())
    for (_, ends), (starts, _) in zip(periods, periods[1:], strict=False):
        if starts <= ends:
            return {"agreements": "To aftaleperioder overlapper. Ret datoerne."}
    if any(ends < starts for starts, ends in periods):
        return {"agreements": "En aftaleperiode slutter, før den begynder."}
    return {}


def _project(data: Data, _now: datetime) -> Broken:
    return {} if data["period_from"] <= data["period_to"] else {"period_to": "Skal ligge efter startdatoen."}


def _citizen(data: Data, _now: datetime) -> Broken:
    return {} if data["code"][-1] == check_character(data["code"][2:6]) else {"code": "Koden passer ikke. Tjek tegnene på kortet."}


def _consent_event(data: Data, _now: datetime) -> Broken:
    if data.get("valid_until") and data["valid_until"] < data["given_on"]:
        return {"valid_until": "Skal ligge efter datoen."}
    return {}


def check_character(four: str) -> str:
    """(4a + 3b + 2c + d) mod 25: catches every single typo and every swap of neighbours (domain.md 2.5)."""
    total = sum(weight * CODE_SYMBOLS.index(symbol) for weight, symbol in zip((4, 3, 2, 1), four, strict=True))
    return CODE_SYMBOLS[total % 25]


RULES: dict[str, Callable[[Data, datetime], Broken]] = {
    "visit": _visit, "talk": _talk, "stock_move": _not_in_future, "practice": _practice,
    "project": _project, "citizen": _citizen, "consent_event": _consent_event,
}
