"""The half-year report to the steering group and the funder (domain.md 3.6), out of what the closed months have told already.

A number about people stands here only as a month's file has it, or as the sum of months that all show theirs; so the
report tells nobody anything about a person that the files do not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.clock import COPENHAGEN
from app.export.dialect import cell
from app.export.invented import invented
from app.export.money import money
from app.export.month_page import basis, said
from app.export.paper import Block, Paper, Section, points, printed, table, words
from app.export.readme import SMALL_NUMBERS
from app.export.sentences import sentences
from app.export.sheets import told_change
from app.figures import definitions
from app.figures.corrections import booked_rows
from app.figures.figure import ALL, Figure, danish
from app.figures.ground import lay_out
from app.figures.hide import COVERED
from app.figures.indicators import BY_ID, DEFINITIONS
from app.figures.outside import Change, changes
from app.figures.tables import PROJECTS
from app.records.codes import code_list, label
from app.rules.calendar import half_of_year, half_year, month_name, months

PURPOSE = "At være bindeled mellem praktiserende læger, sygemeldte borgere og kommunen, så flere kommer i arbejde eller uddannelse."
CHAPTERS = (("Praksisser og besøg", "P"), ("Borgere og samtaler", "S"), ("Kurser", "K"), ("Kampagnemateriale", "M"), ("Uddannelse", "T"),
            ("Stuegang", "G"), ("Udfald", "U"))
PLAN = (("Kursusforløb for sygemeldte borgere", "K8"), ("Ansættelse af to konsulenter", "O2"), ("Uddannelse og opkvalificering", "T1"),
        ("Kampagnemateriale til praktiserende læger", "M1"), ("Evaluering og konference", "U0"))


@dataclass(frozen=True)
class Half:
    """A half-year, written 2026-H2."""

    name: str
    months: list[str]

    @property
    def words(self) -> str:
        return f"{month_name(self.months[0]).split()[0]}–{month_name(self.months[-1])}"


def half_of(month: str) -> Half:
    return Half(half_of_year(month), months(*half_year(month)))


def half_named(name: str) -> Half:
    """Raises ValueError for what is no half-year."""
    year, _, number = name.partition("-H")
    if number not in ("1", "2") or len(year) != 4 or not year.isdigit():
        raise ValueError(name)
    return half_of(f"{year}-{'01' if number == '1' else '07'}")


def report(tx: Connection, project_id: str, half: Half, as_of: datetime, after: int) -> tuple[bytes, int]:
    """(PDF, id of the newest correction that it holds). `after`: the newest correction that an earlier report holds."""
    ground, booked = lay_out(tx, project_id), booked_rows(tx, project_id)
    project = tx.execute(select(PROJECTS).where(PROJECTS.c.id == project_id)).one()
    told = told_figures(ground.closes, booked, half)
    mine, note = sentences(tx, project_id, half.name), invented(tx, project_id)
    open_ = [month for month in half.months if month not in ground.closes]
    lines = [f"Opgjort {as_of.astimezone(COPENHAGEN):%d-%m-%Y kl. %H.%M}, dansk tid, med alle rettelser, der er bogført.",
             *([f"Foreløbig: {', '.join(map(month_name, open_))} er ikke lukket."] if open_ else []), *([note] if note else [])]
    sections = [Section("1 Formål og periode", [words(PURPOSE), words(f"Projekt: {project.name}, sag {project.reference or '–'}. {half.words}.")]),
                Section("2 Fremdrift mod plan", _plan(told, half)),
                *(Section(f"{number} {name}", _chapter(letter, told, half)) for number, (name, letter) in enumerate(CHAPTERS, 3)),
                Section("10 Økonomi og tid", [*money(), *_chapter("O", told, half)]),
                Section("11 Afvigelser og rettelser til tidligere perioder",
                        [*_said(mine, 0), *_corrections([row for row in booked if row.id > after], changes(ground.closes, booked), half)]),
                Section("12 Læring", _said(mine, 1)), Section("13 Næste halvår", _said(mine, 2)), Section("Bilag", _annex())]
    paper = Paper(f"Statusrapport {half.words}", lines, sections, f"{project.name}, {half.words}")
    return printed(paper, as_of), max((row.id for row in booked), default=0)


def told_figures(closes: dict[str, Any], booked: list[Any], half: Half) -> dict[tuple[str, str], Figure]:
    """(month, indicator) → the whole project's figure as the files have told it, corrections included."""
    found = {}
    for month in half.months:
        for one in map(Figure.read, closes[month]["figures"] if month in closes else ()):
            if one.district == ALL and one.definition.external:
                found[month, one.indicator] = one if one.definition.people else _moved(one, [row for row in booked if row.month == month])
    for change in changes(closes, booked):
        if (change.month, change.now.indicator) in found and not change.now.is_hidden:
            found[change.month, change.now.indicator] = change.now
    return found


def _moved(figure: Figure, rows: Iterable[Any]) -> Figure:
    """What is not about people, as it is now: v1 and its corrections."""
    for row in (row for row in rows if row.indicator == figure.indicator):
        if row.delta is not None and figure.of is None:
            figure = replace(figure, n=(figure.n or 0) + row.delta)
        elif row.new_value is not None and row.district == ALL and "/" in row.new_value:
            n, _, of = row.new_value.partition("/")
            figure = replace(figure, n=float(n.replace(",", ".")) if "," in n else int(n), of=int(of))
    return figure


def _chapter(letter: str, told: dict[tuple[str, str], Figure], half: Half) -> list[Block]:
    mine = [one for one in definitions() if one.id[0] == letter and one.external]
    used = [one for one in mine if one.in_use and any((month, one.id) in told for month in half.months)]
    rows = [[f"{one.id} {one.name}{' (%)' if one.share else ''}", *(month_cell(told.get((month, one.id))) for month in half.months),
             half_sum(one.id, told, half)] for one in used]
    heads = [month_name(month).split()[0][:3] for month in half.months]
    waiting = [f"{one.id} {one.name}" for one in mine if not one.in_use]
    return [*([table("Hele projektet, måned for måned", ("Tal", *heads, "Halvår"), rows, (8, *[3] * 7), range(1, 8))] if rows else []),
            *([words("Beskrivelse, ikke effekt: der er ingen sammenligningsgruppe.")] if letter == "U" else []),
            *([words(f"Ikke i brug: {', '.join(waiting)}.")] if waiting else [])]


def month_cell(figure: Figure | None) -> str:
    if figure is None:
        return "–"
    return f"{said(figure)} ({basis(figure)})" if figure.definition.share and not figure.is_hidden else said(figure)


def half_sum(indicator: str, told: dict[tuple[str, str], Figure], half: Half) -> str:
    """Months are added up only where they may be, and only when every one of them shows its number."""
    if BY_ID[indicator].period != "måned":
        return "–"
    if not BY_ID[indicator].additive or BY_ID[indicator].share:
        return ""
    found = [told.get((month, indicator)) for month in half.months]
    if any(one is not None and one.is_hidden for one in found):
        return COVERED
    return danish(sum(one.n or 0 for one in found if one is not None)) if all(found) else "–"


def _plan(told: dict[tuple[str, str], Figure], half: Half) -> list[Block]:
    last = next((told[month, "P0"] for month in reversed(half.months) if (month, "P0") in told), None)
    goal = f"{danish(last.n)} af {last.of} praksisser har aftale." if last else "Ingen måned i halvåret er lukket."
    return [words(goal), points([f"{what}: {_state(id_, told, half)}" for what, id_ in PLAN])]


def _state(indicator: str, told: dict[tuple[str, str], Figure], half: Half) -> str:
    one = next(one for one in definitions() if one.id == indicator)
    found = [month for month in half.months if (month, indicator) in told]
    return f"{one.name.lower()} er talt i {len(found)} af 6 måneder ({indicator})" if found else f"{one.name.lower()} er ikke talt ({indicator})"


def _said(mine: list[str], number: int) -> list[Block]:
    return [words(mine[number] if len(mine) > number else "Ikke skrevet endnu.")]


def _corrections(rows: list[Any], about_people: list[Change], half: Half) -> list[Block]:
    """`rows`: booked since the report before. Of people only what the files have told, in the whole project."""
    earlier = [row for row in rows if row.month < half.months[0] and not BY_ID[row.indicator].people and BY_ID[row.indicator].external]
    booked = {(row.month, row.indicator, row.booked_in) for row in rows}
    told = [one for one in about_people if one.month < half.months[0] and (one.month, one.now.indicator, one.booked_in) in booked]
    if not earlier and not told:
        return [words("Ingen rettelser til tidligere perioder siden sidste rapport.")]
    lines = [(month_name(row.month), f"{row.indicator} {BY_ID[row.indicator].name}", "Hele projektet" if row.district == ALL else
              label("district", row.district) if row.district else "Uden bydel",
              f"{row.delta:+d}" if row.delta is not None else f"{row.old_value} → {row.new_value}", label("correction_reason", row.reason))
             for row in earlier]
    lines += [(month_name(one.month), f"{one.now.indicator} {one.now.definition.name}", "Hele projektet", cell(told_change(one.before, one.now)),
               ", ".join(label("correction_reason", reason) for reason in one.reasons)) for one in told]
    return [table("Rettelser til tidligere perioder", ("Måned", "Tal", "Bydel", "Rettelse", "Årsag"), lines, (4, 6, 4, 4, 4))]


def _annex() -> list[Block]:
    reasons = ", ".join(code_list("correction_reason").labels.values()).lower()
    return [words(f"Definitioner, udgave {DEFINITIONS}. Rettelsesårsager: {reasons}."), *(words(line) for line in SMALL_NUMBERS),
            points([f"{one.id} {one.name}: {one.definition}" for one in definitions() if one.in_use and one.external])]
