"""Who sees what, and who may write it (sync.md ch. 13, Views; domain.md 2.3)."""

from __future__ import annotations

import json

import pytest

from app.accounts.people import set_role
from app.ledger.ids import new_id
from tests.line.people import codes, newcomer
from tests.world import NOW, named, visit


@pytest.fixture
def case(signe):
    """A citizen of Signe's with all that hangs on them: kind → id."""
    citizen, talk, enrolment = signe.new_citizen(), new_id(), new_id()
    assert codes(signe.push(signe.talk(citizen, talk, note="fortroligt ord"), signe.phone.create("enrolment", enrolment, {
        "citizen_id": citizen, "course_run_id": named("hold"), "status": "INTERESTED", "enrolled_at": "2026-11-24T10:00:00Z"}))) == ["OK", "OK"]
    return {"citizen": citizen, "talk": talk, "enrolment": enrolment}


def test_catalogues_and_visits_are_everyones_who_works_in_the_project(signe, emre, birthe):
    id_ = signe.new_visit(note="til alle")
    for person in (signe, emre, birthe):
        view = person.view()
        assert {id_, named("halmtorvet"), named("hold"), named("oplag")} <= view.keys()
        assert view[id_]["data"]["note"] == "til alle"


def test_what_hangs_on_a_citizen_is_the_authors_and_the_coordinators(signe, emre, birthe, case):
    assert set(case.values()) <= signe.view().keys()
    assert not set(case.values()) & emre.view().keys()
    office = birthe.view()
    assert set(case.values()) <= office.keys()
    assert "note" not in office[case["talk"]]["data"] and signe.view()[case["talk"]]["data"]["note"] == "fortroligt ord"


def test_the_coordinator_never_gets_the_note_by_any_answer(birthe, signe, case):
    talk = signe.view()[case["talk"]]["data"]
    tries = [birthe.phone.update("talk", case["talk"], {"note": "a"}, {"note": "b"}),
             birthe.phone.create("talk", case["talk"], {**talk, "note": "c"}),
             birthe.phone.delete("talk", case["talk"], {"note": "d", "minutes": 30}),
             birthe.phone.update("talk", case["talk"], {"minutes": 35}, {"minutes": 30}),
             birthe.phone.update("talk", case["talk"], {"minutes": 40}, {"minutes": 1})]
    answers = birthe.push(*tries, *tries[:1])
    assert "fortroligt ord" not in json.dumps(answers) + json.dumps(birthe.pages())


def test_an_op_outside_ones_scope_is_not_allowed_and_shows_nothing(emre, case):
    tries = [emre.phone.update("citizen", case["citizen"], {"benefit": "OTHER"}, {"benefit": None}),
             emre.phone.delete("talk", case["talk"], {}),
             emre.phone.create("talk", case["talk"], {"type": "ANONYMOUS", "place": "PHONE", "occurred_at": "2026-11-24T10:00:00Z", "minutes": 30}),
             emre.talk(case["citizen"]), emre.given(case["citizen"]), emre.phone.update("enrolment", case["enrolment"], {}, {})]
    answers = emre.push(*tries)
    assert codes(answers) == ["NOT_ALLOWED"] * len(tries)
    assert all("record" not in a and "conflict" not in a for a in answers)


def test_a_handed_over_citizen_comes_with_everything(signe, emre, case):
    cursor = emre.head()
    later = new_id()
    results = signe.push(signe.phone.update("citizen", case["citizen"], {"adviser_id": emre.user["id"]}, {"adviser_id": None}),
                         signe.talk(case["citizen"], later))
    assert codes(results) == ["OK", "OK"]
    page = emre.pull(cursor)
    assert page["reset"] == "SCOPE_CHANGED" and {*case.values(), later} <= emre.view().keys()
    assert emre.view()[case["talk"]]["data"]["note"] == "fortroligt ord"
    assert codes([emre.one(emre.phone.update("talk", case["talk"], {"minutes": 35}, {"minutes": 30}))]) == ["OK"]
    held = emre.head()
    signe.one(signe.phone.update("citizen", case["citizen"], {"adviser_id": None}, {"adviser_id": emre.user["id"]}))
    after = emre.pull(held)
    assert after["reset"] == "SCOPE_CHANGED" and not {*case.values(), later} & emre.view().keys()
    assert codes([emre.one(emre.phone.update("talk", case["talk"], {"minutes": 36}, {"minutes": 35}))]) == ["NOT_ALLOWED"]


def test_made_and_handed_over_in_one_batch_it_is_seen_whole(signe, emre):
    citizen, talk = new_id(), new_id()
    made, yes = signe.citizen_ops(citizen)
    signe.push(made, yes, signe.talk(citizen, talk), signe.phone.update("citizen", citizen, {"adviser_id": emre.user["id"]}, {"adviser_id": None}))
    assert {citizen, yes["id"], talk} <= emre.view().keys()


@pytest.mark.parametrize("role", ["STEERING", "EVALUATOR", "SYSADMIN", "AUDITOR"])
def test_who_does_not_work_in_the_field_sees_and_writes_nothing(server, role, signe):
    person = newcomer(server, role)
    pages = person.pages()
    assert [page["changes"] for page in pages] == [[]] and pages[0]["reset"] == "FIRST" and pages[0]["conflicts"] == []
    tries = [person.phone.create("visit", new_id(), visit()), person.phone.update("visit", signe.new_visit(), {"minutes": 1}, {"minutes": 20}),
             person.phone.create("practice", new_id(), {})]
    answers = person.push(*tries)
    assert [(a["status"], a["code"]) for a in answers] == [("rejected", "NOT_ALLOWED")] * 3 and all("record" not in a for a in answers)


@pytest.mark.parametrize("role", ["ADVISER", "COORDINATOR"])
def test_a_new_user_has_the_view_at_once(server, role, signe):
    id_ = signe.new_visit()
    assert {id_, named("valby")} <= newcomer(server, role).view().keys()


def test_the_coordinator_writes_the_catalogues(birthe, signe):
    id_ = new_id()
    practice = {"name": "Ny Praksis", "district": "VALBY", "address": "Valby Langgade 1", "postal_code": "2500", "city": "Valby"}
    assert codes([birthe.one(birthe.phone.create("practice", id_, practice))]) == ["OK"]
    assert codes([signe.one(signe.phone.create("practice", new_id(), practice))]) == ["NOT_ALLOWED"]
    assert signe.view()[id_]["data"]["name"] == "Ny Praksis"
    assert codes([birthe.one(birthe.phone.create("user", new_id(), {"name": "X", "initials": "XX", "role": "COORDINATOR"}))]) == ["NOT_ALLOWED"]


def test_a_lost_role_empties_the_view_at_the_next_pull(server, signe):
    person = newcomer(server, "ADVISER")
    card = person.new_visit()
    signe.one(signe.phone.update("visit", card, {"minutes": 45}, {"minutes": 20}))
    assert person.one(person.phone.update("visit", card, {"minutes": 60}, {"minutes": 20}))["status"] == "conflict"
    cursor = person.head()
    db = server.database
    set_role(db, person.email, "STEERING", NOW)
    page = person.pull(cursor)
    assert (page["reset"], page["changes"], page["conflicts"]) == ("SCOPE_CHANGED", [], [])
    assert codes([person.one(person.phone.create("visit", new_id(), visit()))]) == ["NOT_ALLOWED"]
    set_role(db, person.email, "ADVISER", NOW)
    assert person.pull(page["cursor"])["reset"] == "SCOPE_CHANGED" and card in person.view()
