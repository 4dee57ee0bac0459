"""A field's value as a person reads it: Danish words for codes, dates and lists; citizens' notes stay hidden."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date
from typing import Any

from app.coordinator.danish import day_figures, instant_words, number_words
from app.coordinator.words import label
from app.records import KINDS, Record
from app.records.codes import code_list
from app.records.wire import Spec, specs
from app.rules.alphabet import sort_key

HIDDEN = {("talk", "note")}  # only by a reasoned look-up (domain.md 2.3)
NOTHING = "–"
ENTRY_CODES = {("opening", "weekday"): "weekday", ("agreements", "status"): "agreement_status", ("phases", "phase"): "project_phase",
               ("closing_days", "kind"): "closing_day", ("terms", "key"): "term_key",
               ("targets", "indicator"): "target_indicator", ("targets", "district"): "district",
               ("funding", "funding"): "adviser_funding"}
ENTRY_DAYS = {(name, end) for name in ("doctors", "closures", "agreements", "phases", "funding", "closing_days", "targets")
              for end in ("from", "to")} | {("terms", "valid_from"), ("terms", "valid_to")}


def shown(kind: str, name: str, value: Any, names: dict[str, str], hidden: Set[tuple[str, str]] = HIDDEN, on: date | None = None) -> str:
    """The value of one field in words; `names` knows the records that ids stand for, `on` is the record's own day."""
    spec = specs(KINDS[kind]).get(name) if kind in KINDS else None
    if value is None or value == "" or value == []:
        return NOTHING
    if (kind, name) in hidden:
        return "Note skjult"
    if spec is None:
        return str(value)
    try:
        return _words(spec, value, names, on)
    except (TypeError, ValueError, AttributeError, ArithmeticError, LookupError):
        return str(value)  # what a phone sent may have any form


def _words(spec: Spec, value: Any, names: dict[str, str], on: date | None) -> str:
    options = spec.options
    match spec.shape:
        case "code":
            return label(options["codes"], value, on)
        case "codes":
            return ", ".join(label(options["codes"], item, on) for item in value)
        case "flag":
            return "Ja" if value else "Nej"
        case "ref":
            return names.get(value, "ukendt")
        case "instant":
            return instant_words(value)
        case "day":
            return day_figures(value)
        case "numbers":
            return ", ".join(map(number_words, value))
        case "entries" if spec.name == "opening":
            return week_words(value)
        case "entries":
            return "; ".join(entry_words(spec.name, entry) for entry in value)
        case "decimal" | "whole":
            return number_words(value)
    return str(value)


def week_words(entries: list[dict[str, str]]) -> str:
    """"Mandag–onsdag 8.00–15.00, torsdag 8.00–17.00": neighbouring days with the same hours stand together."""
    week = list(code_list("weekday").labels)
    runs: list[tuple[list[int], str]] = []
    for entry in sorted(entries, key=lambda entry: week.index(entry.get("weekday", "MON"))):
        number, hours = week.index(entry.get("weekday", "MON")), f"{clock_words(entry.get('from', ''))}–{clock_words(entry.get('to', ''))}"
        if runs and runs[-1][1] == hours and runs[-1][0][-1] == number - 1:
            runs[-1][0].append(number)
        else:
            runs.append(([number], hours))
    names = [label("weekday", code) for code in week]
    told = [f"{names[days[0]]}{'–' + names[days[-1]].lower() if len(days) > 1 else ''} {hours}" for days, hours in runs]
    return ", ".join(words if number == 0 else words[0].lower() + words[1:] for number, words in enumerate(told))


def clock_words(text: str) -> str:
    """"08:30" → "8.30"."""
    return text.lstrip("0").replace(":", ".") if ":" in text and not text.startswith("00") else text.replace(":", ".")


def entry_words(name: str, entry: dict[str, str]) -> str:
    """"Lone Vestergaard, Lægesekretær, 13 00 00 01" or "Pause 02-03-2026 til 30-04-2026, Vikar"."""
    words = {key: cell_words(name, key, value) for key, value in entry.items() if value}
    span = span_words(words.pop("from", ""), words.pop("to", ""), (name, "from") in ENTRY_DAYS)
    lead = [words.pop(key) for key in ("weekday", "name", "status", "phase") if key in words]
    return ", ".join([" ".join(filter(None, [*lead, span])), *words.values()]).strip(", ")


def span_words(start: str, end: str, days: bool) -> str:
    """"8.00–9.00", "02-03-2026 til 30-04-2026", "fra 01-05-2026"."""
    if start and end:
        return f"{start} til {end}" if days else f"{start}–{end}"
    return f"fra {start}" if start else f"til {end}" if end else ""


def cell_words(name: str, key: str, value: str) -> str:
    if (name, key) in ENTRY_CODES:
        return label(ENTRY_CODES[name, key], value)
    if (name, key) in ENTRY_DAYS:
        return day_figures(value)
    return clock_words(value) if name in ("opening", "phone_hours") else value


def refs(kind: str, data: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """(kind, id) of every record that the data names, for `desk.names`."""
    for name, spec in specs(KINDS[kind]).items() if kind in KINDS else ():
        if spec.shape == "ref" and isinstance(data.get(name), str):
            yield spec.options["kind"], data[name]


def title(kind: str, name: str) -> str:
    """The Danish title of a field."""
    spec = specs(KINDS[kind]).get(name) if kind in KINDS else None
    return spec.title if spec else name


def kind_title(kind: str) -> str:
    cls: type[Record] | None = KINDS.get(kind)
    return cls.TITLE if cls else kind


def in_danish_order(words: Iterable[str]) -> list[str]:
    return sorted(words, key=sort_key)
