"""/kontor/soeg: one search over practices, citizens' codes and courses, folded the Danish way; what is typed stands in the address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, select

from app.answers import database
from app.coordinator import words
from app.coordinator.danish import day_words
from app.coordinator.desk import TABLES
from app.coordinator.register import FOUND_BY, spoken
from app.coordinator.room import room
from app.guards import admit
from app.rules.alphabet import finds, sort_key

MOST = 25  # of each kind on the page
PRACTICES, CITIZENS, COURSES, RUNS = (TABLES[kind] for kind in ("practice", "citizen", "course", "course_run"))


@dataclass(frozen=True)
class Hit:
    """One line: where it leads, what it is called, and what tells it from its neighbours."""

    href: str
    title: str
    about: str


@dataclass(frozen=True)
class Shelf:
    """The hits of one kind. `count`: all of them, also those that are not shown."""

    name: str
    hits: list[Hit]
    count: int


@room.get("/soeg")
@admit("COORDINATOR")
def search() -> Any:
    text = " ".join(request.args.get("q", "").split())[:60]
    shelves = []
    if text:
        with database().read() as tx:
            shelves = [_shelf(name, look(tx, text)) for name, look in LOOKS]
    return render_template("coordinator/search.html", text=text, shelves=[shelf for shelf in shelves if shelf.count])


def _shelf(name: str, hits: Iterable[Hit]) -> Shelf:
    found = sorted(hits, key=lambda hit: (sort_key(hit.title), hit.about))
    return Shelf(name, found[:MOST], len(found))


def _practices(tx: Connection, text: str) -> Iterable[Hit]:
    columns = [PRACTICES.c[name] for name in ("id", "district", "doctors", "contacts", *FOUND_BY)]
    for row in tx.execute(_own(PRACTICES, *columns)).mappings():
        if finds(text, *spoken(row)):
            yield Hit(url_for("coordinator.practice", practice_id=row["id"]), row["name"],
                      f"{row['address']}, {words.label('district', row['district'])}")


def _codes(tx: Connection, text: str) -> Iterable[Hit]:
    """By code alone; with or without its B and its line."""
    for row in tx.execute(_own(CITIZENS, CITIZENS.c.code, CITIZENS.c.status)):
        if finds(text, row.code, row.code.replace("-", "")):
            yield Hit(url_for("coordinator.rights", borger=row.code), row.code, words.label("citizen_status", row.status or "ACTIVE"))


def _courses(tx: Connection, text: str) -> Iterable[Hit]:
    """A course by its title or type; a run by its course, place or teacher."""
    kinds = {row.id: row for row in tx.execute(_own(COURSES, COURSES.c.id, COURSES.c.title, COURSES.c.type))}
    for row in kinds.values():
        if finds(text, row.title, words.label("course_type", row.type)):
            yield Hit(url_for("coordinator.entry", what="kursus", record_id=row.id), row.title, "Kursus")
    for run in tx.execute(_own(RUNS, RUNS.c.id, RUNS.c.course_id, RUNS.c.place, RUNS.c.teacher, RUNS.c.starts_on)):
        title = kinds[run.course_id].title if run.course_id in kinds else "ukendt kursus"
        if finds(text, title, run.place, run.teacher):
            about = ", ".join(filter(None, [f"Hold fra {day_words(run.starts_on)}", run.place]))
            yield Hit(url_for("coordinator.course_run", run_id=run.id), title, about)


LOOKS = (("Praksisser", _practices), ("Borgerkoder", _codes), ("Kurser og hold", _courses))


def _own(table: Any, *columns: Any) -> Any:
    return select(*columns).where(table.c.project_id == current_user.project_id, table.c.deleted.is_(False))
