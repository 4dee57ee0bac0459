"""The rights of domain.md 2.3, asked of the running server cell by cell: what a role gets is what its cell says."""

from __future__ import annotations

import pytest

from app.ledger.ids import new_id
from tests.line.people import Person, newcomer
from tests.world import named, visit

ROLES = ("ADVISER", "COORDINATOR", "STEERING", "EVALUATOR", "SYSADMIN", "AUDITOR")
# The table of domain.md 2.3, word for word; - is nothing.
RIGHTS = {
    "own visits": ("write", "correct", "-", "-", "-", "-"),
    "others' visits": ("read", "correct", "-", "-", "-", "-"),
    "talks: facts": ("own + handed over", "read", "-", "-", "-", "-"),
    "talks: note": ("own + handed over", "-", "-", "-", "-", "-"),  # the coordinator's reasoned look-up has a page of its own, never the line
    "contact vault": ("own", "for follow-up calls", "-", "-", "-", "-"),
    "aggregates": ("project", "all", "-", "-", "-", "-"),  # the steering group's and the evaluator's have no page: nothing is open to them
    "hours per person": ("own", "all", "-", "-", "-", "-"),
}
CELLS = [(right, role, word) for right, words in RIGHTS.items() for role, word in zip(ROLES, words, strict=True)]


class Case:
    """Signe's visit, talk and hours; a talk that she handed over to whoever is asked about; and what the person wrote themselves."""

    def __init__(self, signe: Person, person: Person, role: str) -> None:
        self.person, self.role = person, role
        self.visit, self.citizen, self.talk = signe.new_visit(), signe.new_citizen(), new_id()
        self.hours, self.handed, self.handed_talk = new_id(), signe.new_citizen(), new_id()
        hours = {"worked_on": "2026-11-24", "activity": "RIDE", "minutes": 20, "source": "MANUAL"}
        made = signe.push(signe.talk(self.citizen, self.talk, note="fortroligt"), signe.phone.create("time_entry", self.hours, hours),
                          signe.talk(self.handed, self.handed_talk, note="overdraget"),
                          signe.phone.update("citizen", self.handed, {"adviser_id": person.user["id"]}, {"adviser_id": None}))
        assert {one["status"] for one in made} == {"accepted"}, made
        self.own_visit, self.own_hours = new_id(), new_id()
        self.wrote = {one["status"] for one in person.push(person.phone.create("visit", self.own_visit, visit()))} == {"accepted"}
        person.push(person.phone.create("time_entry", self.own_hours, hours))
        self.view = person.view()

    def opens(self, path: str) -> bool:
        return self.person.line.raw("GET", path, {}, None)[0] == 200

    def knocks(self, path: str, **body: str) -> int:
        return self.person.raw(path, body)[0]


def own_visits(case):
    return "correct" if case.opens(f"/kontor/besoeg/{case.own_visit}/rettelse") else "write" if case.wrote and case.own_visit in case.view else "-"


def others_visits(case):
    return "correct" if case.opens(f"/kontor/besoeg/{case.visit}/rettelse") else "read" if case.visit in case.view else "-"


def talks(case, shown):
    other, handed = (id_ in case.view and shown(case.view[id_]["data"]) for id_ in (case.talk, case.handed_talk))
    return "read" if other else "own + handed over" if handed else "-"


def contact_vault(case):
    number = {"phone": "20000011", "name": "Bo"}
    keeps = [case.knocks("/api/vault", citizen_id=id_, **number) for id_ in (case.citizen, case.handed)]
    calls = [case.knocks("/api/vault/call", citizen_id=id_) for id_ in (case.citizen, case.handed)]
    assert 200 not in calls  # no call is due today
    return {(404, 403): "own", (403, 403): "for follow-up calls" if calls == [404, 404] else "-"}[tuple(keeps)]


def aggregates(case):
    return "all" if case.opens("/kontor/maaneder/2026-10") else "project" if case.visit in case.view else "-"


def hours_per_person(case):
    return "all" if case.hours in case.view else "own" if case.own_hours in case.view else "-"


ASKED = {"own visits": own_visits, "others' visits": others_visits, "talks: facts": lambda case: talks(case, lambda _data: True),
         "talks: note": lambda case: talks(case, lambda data: "note" in data), "contact vault": contact_vault, "aggregates": aggregates,
         "hours per person": hours_per_person}


@pytest.fixture(scope="module")
def cases(server):
    signe = Person(server.address, "signe")
    return {role: Case(signe, newcomer(server, role), role) for role in ROLES}


@pytest.mark.parametrize("right, role, word", CELLS, ids=[f"{right}-{role}" for right, role, _ in CELLS])
def test_each_role_gets_what_its_cell_says(cases, right, role, word):
    assert ASKED[right](cases[role]) == word


def test_who_has_no_view_gets_not_even_an_id(cases):
    for role in ROLES[2:]:
        case = cases[role]
        assert not {case.visit, case.citizen, case.talk, case.hours, named("halmtorvet")} & case.view.keys()
