"""Tilbagemelding til lægen: one page to one practice about its own visits, and about citizens only what the whole project tells anybody.

No number about citizens is the practice's own: with twenty practices nearly every one would point at somebody (indicators.md ch. 5).
What stands here about the whole project is what the closed months' files have told already, with their marks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.clock import COPENHAGEN
from app.export.half_year import Half, half_sum, month_cell, told_figures
from app.export.invented import invented
from app.export.paper import Block, Paper, Section, table, words
from app.export.sentences import wrong
from app.figures.corrections import booked_rows
from app.figures.events import visit_counts
from app.figures.hide import LIMIT
from app.figures.indicators import BY_ID
from app.figures.months import closed_months
from app.figures.tables import BATCHES, MOVES, PROJECTS, RECORDS, VISITS
from app.records.codes import label
from app.rules.alphabet import sort_key
from app.rules.calendar import first_of, last_of, month_name

MOST = 300
ABOUT_ALL = ("S1", "S2", "S7", "S10", "K1")
CODE = re.compile(r"\bB\W?[2-9BCDFGHJKMNPQRTVWX]{5}\b", re.IGNORECASE)
ABOUT = (f"Ingen tal om borgere er opgjort for den enkelte praksis. Tal under {LIMIT} vises som »<{LIMIT}«, og et tal er »skjult«, hvis et lille tal "
         "ellers kunne regnes ud. Rådgiverne er bindeled. De bestemmer ikke i borgerens sag og har ikke adgang til kommunens systemer.")
MATERIALS = RECORDS["material"]


def wrong_message(text: str) -> str:
    """What is to be done about the words to the doctor, in Danish; empty where they are fine."""
    if CODE.search(text):
        return "Teksten ser ud til at indeholde en borgers kode. Skriv den uden."
    return wrong([text])[0]


def feedback(tx: Connection, project_id: str, practice: Mapping[str, Any], half: Half, message: str, as_of: datetime) -> Paper:
    """The page, before it is printed. Raises ValueError for words that may not leave the house."""
    if wrong_message(message):
        raise ValueError("message")
    project = tx.execute(select(PROJECTS).where(PROJECTS.c.id == project_id)).one()
    note = invented(tx, project_id)
    lines = [f"{project.name}. {half.words}. Opgjort {as_of.astimezone(COPENHAGEN):%d-%m-%Y}.", *([note] if note else [])]
    sections = [Section("Tak for samarbejdet", [words(message or "Her er, hvad vi har lavet sammen i halvåret.")]),
                Section("Vores besøg hos jer", _visits(tx, project_id, practice, half)),
                Section("I hele projektet", _everybody(tx, project_id, half)),
                Section("Om tallene", [words(ABOUT)])]
    return Paper(f"Tilbagemelding til {practice['name']}", lines, sections, f"{project.name}, {half.words}")


def _visits(tx: Connection, project_id: str, practice: Mapping[str, Any], half: Half) -> list[Block]:
    first, last = first_of(half.months[0]), last_of(half.months[-1])
    rows = tx.execute(select(VISITS.c.mode, VISITS.c.outcome, VISITS.c.met_roles).where(
        VISITS.c.project_id == project_id, VISITS.c.practice_id == practice["id"], VISITS.c.deleted.is_(False),
        VISITS.c.event_date.between(first, last))).all()
    counts: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for row in rows:
        mine = visit_counts(row.mode, row.outcome, row.met_roles)
        counts.update(mine)
        met.update(role for role in row.met_roles or () if "P2" in mine and role != "NOBODY")
    facts = [("Gennemførte besøg", str(counts["P2"])), ("Besøg, hvor vi gik forgæves", str(counts["P3"])),
             *((f"Besøg, hvor vi mødte: {label('met_role', role).lower()}", str(count)) for role, count in sorted(met.items()))]
    return [table("Besøg i halvåret", ("Hvad", "Antal"), facts, (6, 2), (1,)), *_handed_out(tx, project_id, practice, half)]


def _handed_out(tx: Connection, project_id: str, practice: Mapping[str, Any], half: Half) -> list[Block]:
    found: Counter[tuple[str, str]] = Counter()
    rows = tx.execute(select(MATERIALS.c.title, BATCHES.c.language, MOVES.c.quantity)
                      .join_from(MOVES, BATCHES, BATCHES.c.id == MOVES.c.batch_id).join(MATERIALS, MATERIALS.c.id == BATCHES.c.material_id)
                      .where(MOVES.c.project_id == project_id, MOVES.c.practice_id == practice["id"], MOVES.c.deleted.is_(False),
                             MOVES.c.move == "HANDED_OUT", MOVES.c.event_date.between(first_of(half.months[0]), last_of(half.months[-1]))))
    for row in rows:
        found[row.title, label("language", row.language)] += row.quantity
    if not found:
        return [words("I har ikke fået trykt materiale af os i halvåret. Sig til, når rådgiveren kommer, hvis I mangler noget.")]
    lines = [(*key, str(count)) for key, count in sorted(found.items(), key=lambda one: [sort_key(name) for name in one[0]])]
    return [table("Materiale, I har fået", ("Materiale", "Sprog", "Antal"), lines, (6, 3, 2), (2,))]


def _everybody(tx: Connection, project_id: str, half: Half) -> list[Block]:
    """As the files of the closed months have told it."""
    closes = closed_months(tx, project_id)
    told = told_figures(closes, booked_rows(tx, project_id), half)
    if not told:
        return [words("Ingen måned i halvåret er gjort op endnu. Tallene kommer, når den første er.")]
    known = [month for month in half.months if month in closes]
    rows = [(BY_ID[id_].name + (" (%)" if BY_ID[id_].share else ""), *(month_cell(told.get((month, id_))) for month in known),
             half_sum(id_, told, half) or "–") for id_ in ABOUT_ALL if any((month, id_) in told for month in known)]
    return [table("Alle praksisser tilsammen, de måneder der er gjort op", ("Hvad", *(month_name(month).split()[0] for month in known), "Halvår"),
                  rows, (5, *(3 for _ in known), 3), range(1, len(known) + 2))]
