"""The people of the demo and how they sign in. The passphrases are no secrets: nothing in the demo is real."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.accounts.people import add
from app.db import Database
from app.demo.dice import Dice
from app.ledger.author import Author
from app.records.codes import label


@dataclass(frozen=True)
class Person:
    """`key` is the name that practices.csv and sample_data.json use."""

    key: str
    name: str
    initials: str
    role: str
    email: str
    passphrase: str
    more: dict[str, Any] = field(default_factory=dict)


def _adviser(profession: str, funding: str, *districts: str) -> dict[str, Any]:
    return {"profession": profession, "weekly_hours": 37.0, "employed_from": "2025-01-02", "districts": list(districts),
            "funding": [{"funding": funding, "from": "2025-01-02"}]}


PEOPLE = (
    Person("A1", "Signe Holmgaard-Lind", "SHL", "ADVISER", "signe@demo.example", "cykel regnvejr halmtorvet kaffe",
           _adviser("Socialrådgiver", "GRANT", "VESTERBRO", "KGS_ENGHAVE")),
    Person("A2", "Emre Bak Yildirim", "EBY", "ADVISER", "emre@demo.example", "toklokken valby havremel bagage",
           _adviser("Beskæftigelsesrådgiver", "OWN", "VALBY", "VESTERBRO")),
    Person("K1", "Birthe Strandvang", "BST", "COORDINATOR", "birthe@demo.example", "mandagslisten kontor tulipan fem",
           {"profession": "Projektkoordinator", "weekly_hours": 14.8}),
    Person("S1", "Grethe Poulsgaard", "GRP", "STEERING", "styregruppe@demo.example", "styregruppen ser kun summer"),
    Person("E1", "Lars Evenholt", "LEV", "EVALUATOR", "evaluator@demo.example", "samme bytes hver eneste gang"),
    Person("D1", "Maja Driftgaard", "MDG", "SYSADMIN", "drift@demo.example", "sikkerhedskopi hver eneste tirsdag"),
    Person("R1", "Viggo Tilsynsen", "VTI", "AUDITOR", "databeskyttelse@demo.example", "loggen bliver altid gemt"),
)


def sign_ins() -> list[tuple[str, str, str]]:
    """(role in Danish, e-mail, passphrase), advisers first."""
    return [(label("role", person.role), person.email, person.passphrase) for person in PEOPLE]


def hire(db: Database, project_id: str, begun: datetime) -> dict[str, Author]:
    """Adds everybody; the authors by key."""
    dice, authors = Dice("people"), {}
    for person in PEOPLE:
        user_id = add(db, person.email, person.name, person.initials, person.role, person.passphrase, begun,
                      dice.id(begun), **person.more)
        authors[person.key] = Author(user_id, project_id, person.role)
    return authors
