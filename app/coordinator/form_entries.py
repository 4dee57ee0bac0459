"""The rows of a list field in a form: one input a column, a few empty rows at the end, empty rows are not kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from app.coordinator.danish import day_figures
from app.coordinator.shown import ENTRY_CODES, ENTRY_DAYS
from app.coordinator.words import choices
from app.records.wire import Bad, Spec
from app.rules import practice_cells as cells

EMPTY_ROWS = 1
CLOCKS = {(name, end) for name in ("opening", "phone_hours") for end in ("from", "to")}


def _amount(typed: str) -> str:
    if not typed.isdigit() or len(typed) > 6:
        raise Bad("skriv et helt tal uden punktum.")
    return str(int(typed))


READERS: dict[tuple[str, str], Callable[[str], str]] = {
    **dict.fromkeys(ENTRY_DAYS, cells.day), **dict.fromkeys(CLOCKS, cells.clock),
    ("targets", "value"): _amount, ("contacts", "phone"): cells.telephone, ("contacts", "mail"): cells.mail,
}
NEEDED = {"doctors": ("name",), "contacts": ("name",), "opening": ("weekday", "from", "to"), "phone_hours": ("from", "to"),
          "closures": ("from", "to"), "agreements": ("status", "from"), "closing_days": ("kind", "from"), "phases": ("phase", "from"),
          "terms": ("key", "label"), "targets": ("indicator", "value", "from")}


@dataclass(frozen=True)
class Column:
    """One column of the rows."""

    key: str
    title: str
    kind: str  # text, code, day, clock
    options: list[tuple[str, str]]


def columns(spec: Spec) -> list[Column]:
    found = []
    for key, title in spec.options["columns"].items():
        place = (spec.name, key)
        codes = choices(ENTRY_CODES[place]) if place in ENTRY_CODES else []
        kind = "code" if codes else "day" if place in ENTRY_DAYS else "clock" if place in CLOCKS else "text"
        found.append(Column(key, title, kind, codes))
    return found


def written(spec: Spec, entry: dict[str, str]) -> dict[str, str]:
    """One row as it stands in its inputs."""
    return {key: day_figures(value) if (spec.name, key) in ENTRY_DAYS and value else value for key, value in entry.items() if value}


def sent(spec: Spec, form: MultiDict[str, str]) -> list[dict[str, str]]:
    """The rows that say something. Inputs are named doctors-0-name."""
    rows: dict[int, dict[str, str]] = {}
    for name, value in form.items():
        parts = name.split("-", 2)
        if len(parts) == 3 and parts[0] == spec.name and parts[1].isdigit() and parts[2] in spec.options["columns"] and value.strip():
            rows.setdefault(int(parts[1]), {})[parts[2]] = value.strip()
    return [rows[number] for number in sorted(rows)]


def read(spec: Spec, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows in canonical form; raises Bad naming the row."""
    return [_row(spec, number, row) for number, row in enumerate(rows, 1)]


def _row(spec: Spec, number: int, row: dict[str, str]) -> dict[str, str]:
    titles, found = spec.options["columns"], {}
    for key, value in row.items():
        try:
            found[key] = READERS.get((spec.name, key), str)(value)
        except Bad as bad:
            raise Bad(f"Række {number}, {titles[key].lower()}: {bad}") from None
    missing = [titles[key].lower() for key in NEEDED.get(spec.name, ()) if not found.get(key)]
    if missing:
        raise Bad(f"Række {number}: udfyld {' og '.join(missing)}.")
    if spec.name != "opening" and found.get("from") and found.get("to") and found["to"] < found["from"]:
        raise Bad(f"Række {number}: slutter, før den begynder.")
    return found
