"""The hard rules between the fields of one record: shape and limits, never taste (domain.md ch. 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from app.records.codes import label
from app.rules.holidays import can_be_worked, span

Data = dict[str, Any]
Broken = dict[str, str]
TOLERANCE = timedelta(minutes=5)
NOT_INSIDE = {"CLOSED", "NO_TIME", "CANCELLED_BY_PRACTICE", "CANCELLED_BY_US"}
WHOLE_PROJECT_ONLY, PERCENTAGES = ("S2", "S7"), ("P1", "P5", "S7")
MOST_CLOSED = 60  # days in one row
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
    found = {} if data["period_from"] <= data["period_to"] else {"period_to": "Skal ligge efter startdatoen."}
    if _overlap(data.get("phases"), ()):
        found["phases"] = "To faser overlapper. Ret datoerne."
    terms = [{**term, "from": term.get("valid_from", ""), "to": term.get("valid_to", "")} for term in data.get("terms") or ()]
    if _overlap(terms, ("key",)):
        found["terms"] = "To ord for det samme gælder på samme tid. Skriv, hvornår det første hører op."
    elif any(term["to"] and term["to"] < term["from"] for term in terms):
        found["terms"] = "Et ord hører op, før det begynder."
    days = [{**entry, "to": entry.get("to") or entry.get("from", "")} for entry in data.get("closing_days") or ()]
    if _overlap(days, ()):
        found["closing_days"] = "To rækker gælder samme dag. Ret datoerne."
    elif fixed := next((day for entry in days if entry.get("kind") == "OPEN" for day in span(entry) if not can_be_worked(day)), None):
        found["closing_days"] = f"{fixed:%d-%m-%Y} er ikke en lokal fridag. Kun lokale fridage kan gøres til arbejdsdage."
    elif any((date.fromisoformat(entry["to"]) - date.fromisoformat(entry["from"])).days > MOST_CLOSED for entry in days):
        found["closing_days"] = f"Luk højst {MOST_CLOSED} dage ad gangen."
    if wrong := _targets(data.get("targets") or ()):
        found["targets"] = wrong
    if (data.get("stuegang_cases_max") or 99) < (data.get("stuegang_cases_min") or 0):
        found["stuegang_cases_max"] = "Skal være mindst lige så mange som det mindste."
    return found


def _targets(targets: Iterable[dict[str, str]]) -> str:
    if _overlap(targets, ("indicator", "district")):
        return "To mål for det samme gælder på samme tid. Skriv, hvornår det første hører op."
    for target in targets:
        if target.get("district") and target.get("indicator") in WHOLE_PROJECT_ONLY:
            return f"{label('target_indicator', target['indicator'])} gøres ikke op pr. bydel. Lad bydelen stå tom."
        if target.get("indicator") in PERCENTAGES and int(target.get("value", "0")) > 100:
            return f"{label('target_indicator', target['indicator'])} er en procent. Skriv højst 100."
    return ""


def _overlap(entries: Iterable[dict[str, str]] | None, same: tuple[str, ...]) -> bool:
    """Do two rows about the same thing hold on the same day? An empty start is from the beginning, an empty end for good."""
    spans = sorted((tuple(entry.get(name, "") for name in same), entry.get("from", ""), entry.get("to") or "9999-12-31") for entry in entries or ())
    return any(one[0] == other[0] and other[1] <= one[2] for one, other in zip(spans, spans[1:], strict=False))


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
