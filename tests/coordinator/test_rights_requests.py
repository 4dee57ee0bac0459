"""What a citizen asks for is written down with the day it must be answered by, and what is done answers it (domain.md 2.16; GDPR art. 12)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from app import clock
from app.ledger import erasure, requests
from app.ledger.change import Change
from app.ledger.push import write
from app.ledger.requests import REQUESTS
from app.ledger.tables import ACCESS
from tests.world import NOW, named

CODE = "B-RW425"
RIGHTS, ASK = "/kontor/rettigheder", f"/kontor/rettigheder/{named(CODE)}/anmodning"
BOTH = pytest.mark.parametrize("place", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def citizen(world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    done = write(world.db, world.signe, [Change("citizen", named(CODE), "create", {"code": CODE, "first_practice_id": named("halmtorvet")})], NOW)
    assert done[0].status == "accepted"


def stands(world):
    with world.db.read() as tx:
        return [(row.kind, row.due_on, row.status, row.answer) for row in requests.all_of(tx, world.project_id)]


def log(world):
    with world.db.read() as tx:
        return [(row.act, row.about) for row in tx.execute(select(ACCESS).where(ACCESS.c.act.in_(("REQUEST", "ANSWER"))).order_by(ACCESS.c.number))]


@BOTH
def test_a_request_is_due_in_a_month_and_insight_answers_it(world, birthe, citizen):
    assert birthe.post(ASK, ASK, kind="ACCESS", received_on="31-10-2026").status_code == 303
    assert birthe.post(ASK, ASK, kind="RECTIFY", received_on="20-10-2026").status_code == 303
    assert stands(world) == [("RECTIFY", date(2026, 11, 20), "OPEN", ""), ("ACCESS", date(2026, 11, 30), "OPEN", "")]
    page = birthe.text(RIGHTS)
    assert page.count("Fristen er gået") == 1 and "man. 30. nov. 2026" in page
    insight = f"/kontor/rettigheder/{named(CODE)}/indsigt"
    assert birthe.post(insight, insight, form="html", reason="Borgeren bad om indsigt i oktober").status_code == 200
    assert [(kind, status) for kind, _, status, _ in stands(world)] == [("RECTIFY", "OPEN"), ("ACCESS", "ANSWERED")]
    assert log(world) == [("REQUEST", "indsigt"), ("REQUEST", "berigtigelse"), ("ANSWER", "indsigt")]


def test_an_answer_is_written_once_and_says_what_was_told(world, birthe, citizen):
    id_ = requests.receive(world.db, world.birthe, named(CODE), "OBJECT", date(2026, 11, 20), NOW)
    page = f"/kontor/rettigheder/anmodning/{id_}"
    for sent in ({}, {"status": "REFUSED", "reason": "nej"}, {"status": "OPEN", "reason": "Borgeren fik det at vide"},
                 {"status": "REFUSED", "reason": "Han hedder 070761-4285 og vil ikke"}):
        assert birthe.post(page, page, **sent).status_code == 422
    assert stands(world)[0][2] == "OPEN"
    assert birthe.post(page, page, status="REFUSED", reason="Loven siger, at det skal gemmes").status_code == 303
    assert stands(world)[0][2:] == ("REFUSED", "Loven siger, at det skal gemmes")
    assert birthe.get(page).status_code == 404 and "Afslået" in birthe.text(RIGHTS)


@pytest.mark.parametrize(("sent", "words"), [({}, "Vælg, hvad borgeren beder om"), ({"kind": "ACCESS", "received_on": "i går"}, "Skriv datoen som"),
                                             ({"kind": "ACCESS", "received_on": "26-11-2026"}, "ikke kommet endnu")])
def test_what_is_wrong_is_said_at_the_field(world, birthe, citizen, sent, words):
    answer = birthe.post(ASK, ASK, **sent)
    assert answer.status_code == 422 and words in answer.get_data(as_text=True) and stands(world) == []


def test_an_erased_citizens_requests_stay_without_words(world, birthe, citizen):
    requests.receive(world.db, world.birthe, named(CODE), "ERASE", date(2026, 11, 20), NOW)
    told = requests.receive(world.db, world.birthe, named(CODE), "OBJECT", date(2026, 11, 20), NOW)
    requests.answer(world.db, world.birthe, told, "ANSWERED", "Noget om borgeren", NOW)
    erasure.erase(world.db, world.project_id, CODE, NOW)
    assert [(status, answer) for *_, status, answer in stands(world)] == [("ANSWERED", "")] * 2
    page = birthe.text(RIGHTS)
    assert CODE not in page and len(re.findall("Slettet</td>", page)) == 2
    with world.db.read() as tx:
        assert set(tx.execute(select(REQUESTS.c.citizen_id)).scalars()) == {named(CODE)}


def test_another_projects_request_is_not_there(world, birthe, citizen):
    assert birthe.get(f"/kontor/rettigheder/anmodning/{named('en andens')}").status_code == 404
    assert birthe.get(f"/kontor/rettigheder/{named('ukendt')}/anmodning").status_code == 404
