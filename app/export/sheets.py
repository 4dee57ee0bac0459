"""The tables of a month's export, one function a file: columns by the names of indicators.md ch. 4, and rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.export.dialect import Signed, Written, csv_bytes
from app.figures.events import Event
from app.figures.figure import Figure, danish
from app.figures.ground import Ground
from app.figures.hide import COVERED, LIMIT, SMALL
from app.figures.month_table import Moved
from app.figures.outside import Change
from app.records import Material, MaterialBatch, Practice
from app.rules.calendar import first_of, last_of, week_code

PRACTICES: Any = Practice.__table__  # type: ignore[attr-defined]
MATERIALS: Any = Material.__table__  # type: ignore[attr-defined]
BATCHES: Any = MaterialBatch.__table__  # type: ignore[attr-defined]
HOUR = 3600
FIGURES = "01_maanedstal.csv"


@dataclass(frozen=True)
class Sheet:
    """One file of the export before it is written."""

    name: str
    title: str  # what the preview and the readme call it
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]

    @property
    def content(self) -> bytes:
        return csv_bytes(self.columns, self.rows)


def figures_sheet(figures: list[Figure], version: str, as_of: datetime) -> Sheet:
    """01: every figure of the month, whole project and by district."""
    columns = ("indikator", "navn", "bydel", "taeller", "naevner", "vaerdi", "enhed", "version", "opgjort", "note")
    rows = [(one.indicator, one.definition.name, one.district, counted(one), one.of_mark or one.of, value(one),
             one.definition.unit, version, as_of, "" if one.is_hidden else one.remarks) for one in figures]
    return Sheet(FIGURES, "Månedens tal", columns, rows)


def counted(figure: Figure) -> float | str | None:
    """The numerator or its mark. A median has none; its basis stands in the denominator."""
    return figure.n_mark or (None if figure.definition.median else figure.n)


def value(figure: Figure) -> str:
    if figure.is_hidden:
        return figure.n_mark if figure.of is None else COVERED
    return Written(figure.shown)


def talks_sheet(figures: list[Figure], month: str) -> Sheet:
    """03: talks by district and month, small numbers hidden. Nothing by practice, and no row about one talk."""
    rows = [(month, one.district, one.n_mark or one.n) for one in figures if one.indicator == "S1"]
    return Sheet("03_samtaler_sum.csv", "Samtaler efter bydel", ("maaned", "bydel", "samtaler"), rows)


def visits_sheet(tx: Connection, ground: Ground, month: str) -> Sheet:
    """02: one line a visit. No citizen, no number of talks, no free text."""
    columns = ("besoegsid", "dato", "iso_uge", "praksis_id", "ydernummer", "bydel", "form", "formaal", "moedte", "resultat",
               "minutter", "synket_timer")
    known = {row.id: row for row in tx.execute(select(PRACTICES).where(PRACTICES.c.project_id == ground.project_id))}
    visits = [event for event in ground.by_month.get(month, ()) if event.kind == "visit"]
    rows = [_visit(event, known.get(event.practice_id or "")) for event in sorted(visits, key=lambda one: (one.day, one.id))]
    return Sheet("02_besoeg.csv", "Besøg", columns, rows)


def _visit(event: Event, practice: Any) -> tuple[Any, ...]:
    row = event.row
    hours = max(0.0, (row.received_at - row.occurred_at).total_seconds() / HOUR)
    return (event.id, event.day, week_code(event.day), (practice.number or practice.id) if practice else None,
            practice.ydernummer if practice else None, event.district or None, row.mode, row.purpose,
            "|".join(sorted(row.met_roles or ())), row.outcome, row.minutes, Written(danish(round(hours, 1), 1)))


def materials_sheet(tx: Connection, ground: Ground, month: str, today: Any) -> Sheet:
    """05: what came and went of each material and language, and what is left on the last day."""
    columns = ("materiale", "type", "sprog", "modtaget", "uddelt", "retur", "kasseret", "optalt_forskel",
               "beholdning_ultimo", "enhed", "note")
    named = {row.id: row for row in tx.execute(select(MATERIALS).where(MATERIALS.c.project_id == ground.project_id))}
    batches = {row.id: row for row in tx.execute(select(BATCHES).where(BATCHES.c.project_id == ground.project_id))}
    last = min(last_of(month), today)
    moved, levels = _moved(ground, batches, month), _levels(ground, batches, last)
    keys = sorted(moved.keys() | levels.keys(), key=lambda key: (named[key[0]].title if key[0] in named else "", key))
    rows = []
    for key in keys:
        material, counts, level = named.get(key[0]), moved.get(key, {}), levels.get(key, 0)
        rows.append((material.title if material else None, material.type if material else None, key[1],
                     *(counts.get(name, 0) for name in ("RECEIVED", "HANDED_OUT", "RETURNED", "SCRAPPED", "COUNT")),
                     level, material.unit if material else None, "Lager går ikke op" if level < 0 else None))
    return Sheet("05_materialer.csv", "Materialer", columns, rows)


def _moved(ground: Ground, batches: dict[str, Any], month: str) -> dict[tuple[str, str], dict[str, int]]:
    """(material, language) → pieces by kind of move; a COUNT is the difference it found."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for entry in ground.shelf.until(last_of(month)):
        batch = batches.get(entry.move.batch_id)
        if batch and entry.move.day >= first_of(month):
            pieces = entry.change if entry.move.move == "COUNT" else entry.move.quantity
            found[batch.material_id, batch.language][entry.move.move] += pieces
    return {key: counts for key, counts in found.items() if set(counts) != {"TO_BAG"}}


def _levels(ground: Ground, batches: dict[str, Any], day: Any) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for batch_id, level in ground.shelf.levels(day).items():
        if batch := batches.get(batch_id):
            found[batch.material_id, batch.language] += level
    return dict(found)


def corrections_sheet(rows: list[dict[str, Any]], told: list[Change]) -> Sheet:
    """08: what this month books for earlier ones. A delta, or old → new of what does not add up."""
    columns = ("aktivitetsmaaned", "bogfoert_maaned", "indikator", "bydel", "delta", "aarsag", "antal_poster")
    lines = [(row["month"], row["booked_in"], row["indicator"], row["district"], _delta(row), row["reason"], row["records"])
             for row in rows]
    lines += [(one.month, one.booked_in, one.now.indicator, one.now.district, told_change(one.before, one.now), "|".join(one.reasons),
               COVERED if one.now.is_hidden else one.records if one.records >= LIMIT else SMALL) for one in told]
    return Sheet("08_rettelser.csv", "Rettelser til tidligere måneder", columns, lines)


def _delta(row: dict[str, Any]) -> Signed | str:
    return Signed(row["delta"]) if row["delta"] is not None else f"{row['old_value']} → {row['new_value']}"


def told_change(before: Figure, now: Figure) -> Signed | str:
    if before.is_hidden or now.is_hidden:
        return COVERED
    return Signed((now.n or 0) - (before.n or 0)) if now.definition.additive else f"{before.basis} → {now.basis}"


def moved_sheet(moved: list[Moved], told: list[Change]) -> Sheet:
    """09: Som lukket, Rettelser hidtil and Nu of every earlier month that moved (indicators.md 2.6)."""
    columns = ("aktivitetsmaaned", "indikator", "navn", "bydel", "som_lukket", "rettelser_hidtil", "nu")
    rows = [(one.month, one.figure.indicator, one.figure.definition.name, one.figure.district, *_three(one)) for one in moved]
    newest = {(one.month, one.now.indicator): one for one in told}  # in the order of booking
    rows += [(one.month, one.now.indicator, one.now.definition.name, one.now.district, _basis(one.closed), told_change(one.closed, one.now),
              _basis(one.now)) for _, one in sorted(newest.items())]
    return Sheet("09_tidligere_maaneder.csv", "Tidligere måneder, der har flyttet sig", columns, rows)


def _basis(figure: Figure) -> str:
    """n, or "n af N": "5/6" alone in a cell would become 5 June."""
    n, of = figure.n_mark or danish(figure.n), figure.of_mark or figure.of
    return Written(n) if of is None else f"{n} af {of}"


def _three(one: Moved) -> tuple[Any, Any, Any]:
    if one.figure.definition.additive:
        return Written(one.closed), Signed(int(one.change)), Written(one.now)
    closed, now = (text.replace("/", " af ") if "/" in text else Written(text) for text in (one.closed, one.now))
    return closed, f"{one.change} {'ændring' if one.change == '1' else 'ændringer'}", now
