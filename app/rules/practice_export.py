"""Writes practices as the list that the import reads back: Danish headings, and nothing changed when it is read again.

What the list has no words for (a second contact, two spans on a day, days that are no whole weeks) is left out: an empty cell changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from app.records import Practice
from app.records.codes import code_list
from app.records.wire import Bad, specs
from app.rules.practice_cells import DAYS
from app.rules.practice_import import CONTACT, FIELDS, PERIOD

Json = Any
Data = Mapping[str, Json]
AS_TEXT = ("ydernummer", "sor_kode")  # Excel would take a zero away, or write 1,2E+11
SHORT = {code: word for word, code in DAYS.items()}


def written(practices: Iterable[Data], advisers: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """(headings, rows). `advisers`: id → initials, the list's key for an adviser."""
    register = list(practices)
    years = sorted({year for data in register for year, _ in _weeks(data)})
    headings = [*(name for name in FIELDS if name != "demo_historie"), *CONTACT, *PERIOD, *(f"lukkeuger_{year}" for year in years), "demo_historie"]
    return headings, [[cells.get(heading, "") for heading in headings] for cells in (_cells(data, advisers) for data in register)]


def _cells(data: Data, advisers: Mapping[str, str]) -> dict[str, str]:
    found = {heading: _cell(heading, name, data) for heading, (name, _) in FIELDS.items()}
    found["fast_raadgiver"] = advisers.get(data.get("responsible_adviser_id") or "", "")
    contact: dict[str, str] = next(iter(data.get("contacts") or ()), {})
    found |= {heading: contact.get(name, "") for heading, (name, _) in CONTACT.items()}
    found |= dict(zip(PERIOD, _period(data), strict=True))
    for year in {year for year, _ in _weeks(data)}:
        found[f"lukkeuger_{year}"] = ", ".join(weeks for at, weeks in _weeks(data) if at == year)
    return found


def _cell(heading: str, name: str, data: Data) -> str:
    """The value as the list says it; nothing when it would be read as something else."""
    value = data.get(name)
    if value is None or name == "adviser_key":
        return ""
    spec = specs(Practice)[name]
    if heading in LISTS:
        text = LISTS[heading](value)
    elif spec.shape == "code":
        text = code_list(spec.options["codes"]).label(value)
    elif spec.shape == "flag":
        text = "JA" if value else "NEJ"
    else:
        text = str(value).replace(".", ",") if spec.shape == "decimal" else str(value)
    try:
        same = heading == "laeger" or spec.compare(FIELDS[heading][1](text)) == spec.compare(value)
    except Bad:
        same = False
    return (f'="{text}"' if heading in AS_TEXT else text) if same else ""


def _period(data: Data) -> tuple[str, str]:
    """From and to of the period that the status stands for; an agreement that ended is told by the time it held."""
    periods = sorted(data.get("agreements") or (), key=lambda period: period.get("from", ""))
    mine = [period for period in periods if period.get("status") == data.get("agreement_status")]
    if not mine:
        return "", ""
    newest = mine[-1]
    if newest["status"] == "ENDED" and newest.get("from"):
        before = (date.fromisoformat(newest["from"]) - timedelta(days=1)).isoformat()
        held = next((period for period in periods if period.get("status") == "AGREED" and period.get("to") == before), None)
        newest = held or {}
    return _day(newest.get("from", "")), _day(newest.get("to", ""))


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d-%m-%Y}" if text else ""


def _weeks(data: Data) -> list[tuple[int, str]]:
    """(year, "28-30") of each closure that is whole weeks of one year."""
    found = []
    for entry in data.get("closures") or ():
        try:
            first, last = (date.fromisoformat(entry[end]).isocalendar() for end in ("from", "to"))
        except (KeyError, ValueError):
            continue
        if (first.weekday, last.weekday) == (1, 7) and first.year == last.year:
            found.append((first.year, str(first.week) if first.week == last.week else f"{first.week}-{last.week}"))
    return found


def _opening(rows: list[dict[str, str]]) -> str:
    return "; ".join(f"{SHORT.get(row.get('weekday', ''), '?')} {row.get('from')}-{row.get('to')}" for row in rows)


def _spans(rows: list[dict[str, str]]) -> str:
    return ", ".join(f"{row.get('from')}-{row.get('to')}" for row in rows)


def _names(rows: list[dict[str, str]]) -> str:
    return " | ".join(row["name"] for row in rows if row.get("name") and not row.get("to"))


LISTS = {"laeger": _names, "aabningstid": _opening, "telefontid": _spans}
