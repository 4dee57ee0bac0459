"""The rights of domain.md 2.3, asked of the running server cell by cell: what a role gets is what its cell says."""

from __future__ import annotations

import pytest

from app.ledger.ids import new_id
from tests.line.people import Person, newcomer
from tests.world import named, visit

CLOSED = "2025-01"  # the oldest month of the world, with nothing in it
ROLES = ("ADVISER", "COORDINATOR", "STEERING", "EVALUATOR", "SYSADMIN", "AUDITOR")
# The table of domain.md 2.3, word for word; - is nothing.
RIGHTS = {
    "own visits": ("write", "correct", "-", "-", "-", "-"),
    "others' visits": ("read", "correct", "-", "-", "-", "-"),
    "talks: facts": ("own + handed over", "read", "-", "pseudonymous extract, EVALUATION consent", "-", "-"),
    "talks: note": ("own + handed over", "only by \"begrundet opslag\" (reason logged)", "-", "-", "-", "-"),
    "contact vault": ("own", "for follow-up calls", "-", "-", "-", "-"),
    "aggregates": ("project", "all", "suppressed", "all", "-", "-"),
    "hours per person": ("own", "all", "-", "-", "-", "-"),
    "access log": ("-", "-", "-", "-", "-", "read"),
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

    def page(self, path: str) -> str:
        return self.person.line.raw("GET", path, {}, None)[2].decode()

    def knocks(self, path: str, **body: str) -> int:
        return self.person.raw(path, body)[0]


def own_visits(case):
    return "correct" if case.opens(f"/kontor/besoeg/{case.own_visit}/rettelse") else "write" if case.wrote and case.own_visit in case.view else "-"


def others_visits(case):
    return "correct" if case.opens(f"/kontor/besoeg/{case.visit}/rettelse") else "read" if case.visit in case.view else "-"


def talks(case, shown):
    other, handed = (id_ in case.view and shown(case.view[id_]["data"]) for id_ in (case.talk, case.handed_talk))
    return "read" if other else "own + handed over" if handed else "-"


def facts(case):
    """The evaluator has no view: the office hands the extract over, and whose it holds is asked in tests/export/test_extract.py."""
    if case.role == "EVALUATOR" and "af koordinatoren" in case.page("/tal"):
        assert talks(case, lambda _data: True) == "-"
        return "pseudonymous extract, EVALUATION consent"
    return talks(case, lambda _data: True)


def note(case):
    """Its look-up shows a form, and the words only after a reason (tests/coordinator/test_talks.py): nothing of it before."""
    look_up = f"/kontor/samtaler/{case.talk}/opslag"
    if case.opens(look_up):
        assert not any("fortroligt" in case.page(place) for place in (look_up, f"/kontor/samtaler/{case.talk}"))
        assert "fortroligt" not in str(case.view)
        return "only by \"begrundet opslag\" (reason logged)"
    return talks(case, lambda data: "note" in data)


def contact_vault(case):
    number = {"phone": "20000011", "name": "Bo"}
    keeps = [case.knocks("/api/vault", citizen_id=id_, **number) for id_ in (case.citizen, case.handed)]
    calls = [case.knocks("/api/vault/call", citizen_id=id_) for id_ in (case.citizen, case.handed)]
    assert 200 not in calls  # no call is due today
    return {(404, 403): "own", (403, 403): "for follow-up calls" if calls == [404, 404] else "-"}[tuple(keeps)]


def aggregates(case):
    """In the office every number; outside it closed months, all of each or its one page, which hides numbers below five."""
    if case.opens("/kontor/maaneder/2026-10") or case.opens(f"/tal/{CLOSED}/fil"):
        return "all"
    return "suppressed" if case.opens(f"/tal/{CLOSED}/side") else "project" if case.visit in case.view else "-"


def hours_per_person(case):
    return "all" if case.hours in case.view else "own" if case.own_hours in case.view else "-"


ASKED = {"own visits": own_visits, "others' visits": others_visits, "talks: facts": facts, "talks: note": note,
         "contact vault": contact_vault, "aggregates": aggregates, "hours per person": hours_per_person,
         "access log": lambda case: "read" if case.opens("/log") else "-"}


@pytest.fixture(scope="module")
def cases(server):
    done = server.command("month", "close", CLOSED, "--reason", "Projektets første måned er forbi")
    assert done.returncode == 0, done.stderr
    signe = Person(server.address, "signe")
    return {role: Case(signe, newcomer(server, role), role) for role in ROLES}


@pytest.mark.parametrize("right, role, word", CELLS, ids=[f"{right}-{role}" for right, role, _ in CELLS])
def test_each_role_gets_what_its_cell_says(cases, right, role, word):
    assert ASKED[right](cases[role]) == word


def test_who_has_no_view_gets_not_even_an_id(cases):
    for role in ROLES[2:]:
        case = cases[role]
        assert not {case.visit, case.citizen, case.talk, case.hours, named("halmtorvet")} & case.view.keys()
