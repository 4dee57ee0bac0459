"""The citizens who have said yes to evaluation, as an evaluator may see them: coarse, in no order, and known by nothing (domain.md 4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from app.figures.coarse import Traits, coarsened
from app.figures.tables import PRACTICES
from app.rules.calendar import month_of
from app.rules.consent import is_open
from app.rules.outcomes import Outcome, due
from app.rules.persons import Person, persons, runs
from app.rules.tally import AT_WORK, answers_when_due, has_completed

TALKS = ((1, "1"), (2, "2"), (4, "3-4"))  # at most so many; more are "5+"
WORDS = {**dict.fromkeys(AT_WORK, "I job eller uddannelse"), "PARTIAL_RETURN": "Delvist tilbage", "WELL_UNEMPLOYED": "Rask, uden job",
         "STILL_SICK": "Sygemeldt", "NEW_SICK": "Sygemeldt"}
NO_ANSWER, OTHER = "Intet svar", "Andet"


@dataclass(frozen=True)
class Taken:
    """One row. `citizen_id` is for the access log alone and stands in no file."""

    citizen_id: str
    traits: Traits
    talks: str
    completed_course: bool
    outcomes: dict[str, str]  # M3, M6, M12 → the group of answers; a point that is not due is not there


def said_yes(tx: Connection, project_id: str, today: date) -> list[Taken]:
    """Every citizen whose yes to evaluation is valid today, coarsened. Raises ValueError when they are fewer than five."""
    courses = runs(tx, project_id)
    districts = {row.id: row.district for row in tx.execute(select(PRACTICES.c.id, PRACTICES.c.district).where(PRACTICES.c.project_id == project_id))}
    people = [one for one in persons(tx, project_id) if one.talks and one.talks[0].event_date <= today
              and is_open(one.consents, "EVALUATION", today, today)]
    traits = coarsened([_traits(one, districts) for one in people])
    return [Taken(one.row.id, known, _band(sum(talk.event_date <= today for talk in one.talks)), has_completed(one, courses), _outcomes(one, today))
            for one, known in zip(people, traits, strict=True)]


def _traits(person: Person, districts: Mapping[str, str]) -> Traits:
    first, row = person.talks[0], person.row
    where = first.district or districts.get(first.practice_id or "") or districts.get(row.first_practice_id or "", "")
    return Traits(month_of(first.event_date), where, row.age_band or "", row.benefit or "")


def _band(talks: int) -> str:
    return next((name for most, name in TALKS if talks <= most), "5+")


def _outcomes(person: Person, today: date) -> dict[str, str]:
    index_on = person.talks[0].event_date
    return {point: _group(answer) for point, answer in answers_when_due(person) if due(index_on, point).last < today or answer}


def _group(answer: Outcome | None) -> str:
    outcome: Any = answer and answer["outcome"]
    return WORDS.get(outcome, OTHER) if outcome else NO_ANSWER
