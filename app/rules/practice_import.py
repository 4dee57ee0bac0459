"""Reads a list of practices with Danish headings: each row as a practice's fields, or what is wrong and what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.records import Practice
from app.records.wire import Bad, specs
from app.rules import practice_cells as cells
from app.rules.alphabet import fold
from app.rules.table_file import Table, Unreadable, read_table
from app.rules.text_guard import detect

Json = Any
Readers = Mapping[str, tuple[str, Callable[[str], Json]]]
ALSO_CALLED = {"ydernummer_fiktivt": "ydernummer", "yder": "ydernummer", "id": "praksis_id", "postnummer": "postnr", "mail": "email",
               "e_mail": "email", "tlf": "telefon", "interval": "besoegsinterval_dage", "raadgiver": "fast_raadgiver",
               "status": "aftalestatus", "historie": "demo_historie", "type": "praksistype", "praksis": "navn"}
# How the position was found; what follows from laeger; our own column of errors, when the list comes back.
PASSED_OVER = {"koord_kilde", "antal_laeger", "fejl"}

FIELDS: Readers = {
    "praksis_id": ("number", str), "ydernummer": ("ydernummer", str), "sor_kode": ("sor_code", str), "navn": ("name", str),
    "bydel": ("district", cells.code("district")), "adresse": ("address", str), "postnr": ("postal_code", str), "by": ("city", str),
    "lat": ("lat", cells.decimal), "lon": ("lon", cells.decimal), "praksistype": ("practice_type", cells.code("practice_type")),
    "laeger": ("doctors", cells.names), "aabningstid": ("opening", cells.opening), "telefontid": ("phone_hours", cells.hours),
    "bedste_besoegstid": ("visit_window", str), "undgaa": ("avoid", str), "samtalelokale": ("talk_room", cells.yes_or_no),
    "adgang_note": ("access_note", cells.access), "cykelnote": ("bike_note", str),
    "aftalestatus": ("agreement_status", cells.code("agreement_status")), "fast_raadgiver": ("adviser_key", str),
    "besoegsinterval_dage": ("interval_days", cells.interval), "stuegang": ("stuegang", cells.yes_or_no),
    "initiativ": ("initiative_by", cells.code("initiative")), "demo_historie": ("story", str),
}
CONTACT: Readers = {"kontaktperson": ("name", str), "kontaktrolle": ("role", str), "telefon": ("phone", cells.telephone),
           "email": ("mail", cells.mail)}
PERIOD: Readers = {"aftale_fra": ("from", cells.day), "aftale_til": ("to", cells.day)}
KNOWN = {*FIELDS, *CONTACT, *PERIOD, *PASSED_OVER}


@dataclass
class Row:
    """One row: its number in the file, the fields it speaks of (empty cells say nothing), and what is wrong with it."""

    number: int
    data: dict[str, Json] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.cells.get("navn") or self.cells.get("praksis_id") or f"række {self.number}"


def read_practices(content: bytes) -> list[Row]:
    """Every row of the file; raises Unreadable when it is no list of practices."""
    table = read_table(content)
    headings = _headings(table)
    rows = [_row(number, dict(zip(headings, line, strict=False)), len(line) > len(headings)) for number, line in table.rows]
    _refuse_repeats(rows)
    return rows


def unknown_headings(content: bytes) -> list[str]:
    """Headings that no field answers to; they are passed over, and the coordinator is told."""
    return [heading for heading in _headings(read_table(content)) if heading and heading not in KNOWN and not _year(heading)]


def _headings(table: Table) -> list[str]:
    plain = [re.sub(r"\W+", "_", fold(heading)).strip("_") for heading in table.headings]
    headings = [ALSO_CALLED.get(heading, heading) for heading in plain]
    twice = [heading for heading, count in Counter(filter(None, headings)).items() if count > 1]
    if twice:
        raise Unreadable(f"Overskriften »{twice[0]}« står der to gange. Slet den ene kolonne.")
    if not {"praksis_id", "ydernummer"} & set(headings):
        raise Unreadable("Første række skal have overskrifter, og en af dem skal være praksis_id eller ydernummer.")
    return headings


def _row(number: int, found: dict[str, str], too_long: bool) -> Row:
    row = Row(number, cells={heading: cell for heading, cell in found.items() if heading})
    filled = {heading: cell for heading, cell in row.cells.items() if cell}
    if too_long:
        row.errors.append("Rækken har flere felter end overskrifter. Se efter et semikolon midt i en tekst.")
    if not filled.get("praksis_id") and not filled.get("ydernummer"):
        row.errors.append("praksis_id: Skriv praksis-id eller ydernummer.")
    row.data = _read(row, filled, FIELDS)
    contact, period = _read(row, filled, CONTACT), _read(row, filled, PERIOD)
    if contact:
        row.data["contacts"] = [contact]
    if closures := _closures(row, filled):
        row.data["closures"] = closures
    if periods := _agreements(row, period):
        row.data["agreements"] = periods
    return row


def _read(row: Row, filled: dict[str, str], wanted: Readers) -> dict[str, Json]:
    data: dict[str, Json] = {}
    for heading, (name, read) in wanted.items():
        if heading in filled:
            try:
                if read is str and detect(filled[heading]).level == "HIGH":
                    row.errors.append(f"{heading}: Ligner et CPR-nummer. Det bruges ikke her: slet det.")
                    continue
                value = read(filled[heading])
                spec = specs(Practice).get(name) if wanted is FIELDS else None
                data[name] = spec.read(value) if spec else value
            except Bad as bad:
                row.errors.append(f"{heading}: {_with_hint(name, filled[heading], str(bad))}")
    return {name: value for name, value in data.items() if value is not None}


def _with_hint(name: str, cell: str, sentence: str) -> str:
    if name == "ydernummer" and cell.isdigit() and len(cell) < 6:
        return f"»{cell}« har {len(cell)} cifre. Regnearket har nok fjernet et nul foran: skriv {cell.zfill(6)}."
    return sentence if sentence.startswith("»") else f"»{cell}«. {sentence}"


def _closures(row: Row, filled: dict[str, str]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for heading, cell in filled.items():
        if year := _year(heading):
            try:
                found += cells.closed_weeks(year)(cell)
            except Bad as bad:
                row.errors.append(f"{heading}: {bad}")
    return found


def _year(heading: str) -> int | None:
    found = re.match(r"^lukkeuger_(20\d\d)$", heading)
    return int(found[1]) if found else None


def _agreements(row: Row, period: dict[str, str]) -> list[dict[str, str]]:
    """The file's one period. After an agreement that ended comes the time as ENDED, so that history has no hole."""
    status, start, end = row.data.get("agreement_status"), period.get("from"), period.get("to")
    if not status or not start:
        if end and not start:
            row.errors.append("aftale_fra: Skriv datoen, når aftale_til er udfyldt.")
        return []
    if end and end < start:
        row.errors.append(f"aftale_til: {end} ligger før aftale_fra {start}.")
        return []
    if status == "ENDED" and end:
        after = (date.fromisoformat(end) + timedelta(days=1)).isoformat()
        return [{"status": "AGREED", "from": start, "to": end}, {"status": "ENDED", "from": after}]
    return [{"status": status, "from": start, **({"to": end} if end else {})}]


def _refuse_repeats(rows: list[Row]) -> None:
    for heading, name in (("praksis_id", "number"), ("ydernummer", "ydernummer")):
        first: dict[str, int] = {}
        for row in rows:
            value = row.data.get(name)
            if value is not None and first.setdefault(value, row.number) != row.number:
                row.errors.append(f"{heading}: {value} står også i række {first[value]}.")
