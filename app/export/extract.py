"""The evaluator's extract: who said yes to evaluation, under codes that were drawn for this extract alone and are kept nowhere (domain.md 4.4)."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app import __version__
from app.clock import COPENHAGEN, local_date
from app.db import Database
from app.export.codebook import codes_sheet
from app.export.data_package import NAME as DATA_PACKAGE
from app.export.data_package import data_package
from app.export.files import zipped
from app.export.high_stops import refuse_with_high_stops
from app.export.invented import invented
from app.export.readme import written
from app.export.seal import sealed, with_password
from app.export.sheets import Sheet
from app.figures import NotYet
from app.figures.evaluation import Taken, said_yes
from app.figures.hide import COVERED, LIMIT
from app.figures.tables import PROJECTS
from app.ledger import access
from app.ledger.author import Author
from app.rules.record_rules import CODE_SYMBOLS
from app.rules.text_guard import detect

COLUMNS = ("borgerkode", "begyndt", "bydel", "aldersgruppe", "ydelse", "samtaletal", "kursus_gennemfoert", "udfald_3", "udfald_6", "udfald_12")
POINTS = ("M3", "M6", "M12")
LENGTH = 8  # characters of a code
LEAST, MOST = 3, 120  # characters of the agreement's name
TOO_FEW = f"Under {LIMIT} borgere har sagt ja til evaluering. Der kan ikke laves et udtræk."


@dataclass(frozen=True)
class Prospect:
    """What an extract would hold, before anything leaves: rows, and how many of them have each trait hidden or widened."""

    rows: int
    hidden: dict[str, int]  # column → rows where it stands as "skjult"


def prospect(tx: Connection, project_id: str, now: datetime) -> Prospect:
    """Raises NotYet when too few have said yes."""
    taken = _taken(tx, project_id, now)
    hidden = Counter(column for one in taken for column, value in zip(COLUMNS[1:5], _known(one), strict=True) if value == COVERED)
    return Prospect(len(taken), {column: hidden[column] for column in COLUMNS[1:5]})


def wrong_agreement(agreement: str) -> str:
    """What is to be done about the name of the agreement, in Danish; empty when it is fine."""
    if not LEAST <= len(agreement) <= MOST:
        return f"Skriv aftalens navn eller sagsnummer, højst {MOST} tegn."
    return "" if detect(agreement).level not in ("HIGH", "MEDIUM") else "Teksten ligner et CPR-nummer. Skriv aftalens navn."


def extract(db: Database, author: Author, agreement: str, now: datetime, password: str = "", recipient: str = "") -> tuple[str, bytes]:
    """(name, bytes), locked with a password or to an age key. Each citizen in it gets a line in the access log before it is answered.

    Raises NotYet while it may not be made, ValueError for an agreement, a password or a key that cannot be used.
    """
    if told := wrong_agreement(agreement):
        raise ValueError(told)
    with db.read() as tx:
        refuse_with_high_stops(tx, author.project_id)
        taken = _taken(tx, author.project_id, now)
        content = _files(tx, author.project_id, taken, now)
    name = f"RPH_udtraek_{local_date(now):%Y-%m-%d}.zip"
    name, content = sealed(name, content, recipient) if recipient else (name, with_password(content, password))
    about = f"{name} {hashlib.sha256(content).hexdigest()[:16]}"
    access.log(db, author, [access.Entry("EXTRACT", "citizen", one.citizen_id, one.citizen_id, about=about, reason=agreement) for one in taken], now)
    return name, content


def _taken(tx: Connection, project_id: str, now: datetime) -> list[Taken]:
    try:
        return said_yes(tx, project_id, local_date(now))
    except ValueError:
        raise NotYet(TOO_FEW) from None


def _files(tx: Connection, project_id: str, taken: list[Taken], now: datetime) -> bytes:
    project = tx.execute(select(PROJECTS.c.name).where(PROJECTS.c.id == project_id)).scalar_one()
    note, title = invented(tx, project_id), f"{project}: udtræk til evaluator"
    rows = Sheet("01_borgere.csv", "Borgere", COLUMNS, _rows(taken))
    tables = [rows, codes_sheet([rows])]
    content = {"00_laesmig.txt": written(_told(title, len(taken), note, now)), **{one.name: one.content for one in tables},
               DATA_PACKAGE: data_package(title, "rph_udtraek", "udtræk", now, tables, note)}
    manifest = {"project": project, "as_of": now.astimezone(COPENHAGEN).isoformat(timespec="seconds"), "app_version": __version__,
                "small_number_limit": LIMIT, "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(content.items())}}
    content["manifest.json"] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    return zipped(content, now)


def _rows(taken: list[Taken]) -> list[tuple[Any, ...]]:
    """In the order of the new codes, so that a row's place says nothing either."""
    codes: set[str] = set()
    while len(codes) < len(taken):
        codes.add("E-" + "".join(secrets.choice(CODE_SYMBOLS) for _ in range(LENGTH)))
    mixed = list(codes)
    secrets.SystemRandom().shuffle(mixed)
    return sorted((code, *_known(one), one.talks, one.completed_course, *(one.outcomes.get(point) for point in POINTS))
                  for code, one in zip(mixed, taken, strict=True))


def _known(one: Taken) -> tuple[str | None, ...]:
    return one.traits.begun, one.traits.district or None, one.traits.age or None, one.traits.benefit or None


def _told(title: str, rows: int, note: str, now: datetime) -> list[str]:
    return [title, *([note] if note else []), "", f"Opgjort {now.astimezone(COPENHAGEN):%d-%m-%Y kl. %H.%M}, dansk tid. {rows} borgere.", "",
            "Kun borgere, hvis samtykke til evaluering gælder i dag, er med. Oplysningerne er personoplysninger, også uden navn.",
            "Koderne er trukket til dette udtræk, og ingen har en liste over, hvem de hører til. Koderne i to udtræk har intet med hinanden at gøre.",
            f"Hver forekommende kombination af begyndt, bydel, aldersgruppe og ydelse deles af mindst {LIMIT} borgere. Hvor de var færre, står "
            f"halvår i stedet for måned, et bredere aldersbånd, eller »{COVERED}«.",
            "Udfald er borgerens eget svar i vinduet omkring tre, seks og tolv måneder. Beskrivelse, ikke effekt: der er ingen sammenligningsgruppe.",
            "01_borgere.csv: én linje for hver borger. 11_koder.csv: hvad koderne betyder. datapackage.json: felter og typer."]
