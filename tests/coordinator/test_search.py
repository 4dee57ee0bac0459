"""One search finds a practice, a citizen's code and a course, however a Dane spells it; and tells nothing of another project."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from sqlalchemy import update

from app.ledger.change import Change
from app.ledger.tables import RECORDS
from tests.coordinator.test_monday import wrote
from tests.world import named, statements


@pytest.fixture
def full(world):
    wrote(world, world.signe, Change("citizen", named("borger"), "create", {"code": "B-RW425", "first_practice_id": named("halmtorvet")}))
    practice = {"doctors": [{"name": "Åge Nørgaard"}]}
    wrote(world, world.birthe, Change("practice", named("valby"), "update", practice, {"doctors": None}))
    return world


def hits(office, text):
    return re.findall(r'<li><a href="[^"]*">([^<]*)</a> <span', office.text(f"/kontor/soeg?q={quote(text)}"))


@pytest.mark.parametrize(("text", "found"), [
    ("aertebjerg", ["Ærtebjerg Lægeklinik"]), ("aage noergård", ["Ærtebjerg Lægeklinik"]), ("sydhavnen", ["Sjælørhusets Lægepraksis"]),
    ("990104", ["Lægerne Halmgården"]), ("rw42", ["B-RW425"]), ("b-rw425", ["B-RW425"]), ("brw425", ["B-RW425"]),
    ("find vej", ["Find vej i systemet", "Find vej i systemet"]), ("findes ikke", []), ("%", [])])
def test_it_is_found_however_it_is_spelt(full, birthe, text, found):
    assert hits(birthe, text) == found


def test_every_hit_leads_somewhere_and_the_box_is_on_every_page(full, birthe):
    for text in ("halmgården", "rw425", "find vej"):
        for address in re.findall(r'<li><a href="([^"]*)">[^<]*</a> <span', birthe.text(f"/kontor/soeg?q={quote(text)}")):
            assert birthe.get(address).status_code == 200
    assert 'action="/kontor/soeg"' in birthe.text("/kontor/maaneder")
    assert "Intet passer på »&lt;b&gt;«" in birthe.text("/kontor/soeg?q=%3Cb%3E")


def test_another_project_is_not_found(full, birthe):
    with full.db.write() as tx:
        for kind in ("practice", "citizen", "course", "course_run"):
            tx.execute(update(RECORDS[kind]).values(project_id=named("en anden")))
    assert [hits(birthe, text) for text in ("halmgården", "rw425", "find vej")] == [[], [], []]


def test_it_asks_no_more_when_there_is_more(full, birthe):
    birthe.text("/kontor/soeg?q=a")
    with statements(full.db) as few:
        birthe.text("/kontor/soeg?q=a")
    wrote(full, full.birthe, *(Change("course_run", named(f"h{at}"), "create", {"course_id": named("kursus"), "seats": 2, "starts_on": "2026-12-03"})
                               for at in range(40)))
    with statements(full.db) as many:
        page = birthe.text("/kontor/soeg?q=find vej")
    assert len(many) <= len(few) and "De første 25 er vist" in page
