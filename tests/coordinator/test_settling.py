"""Whatever a person must decide stands in one list, can be decided there, and is gone from it afterwards."""

import re

import pytest
from sqlalchemy import select

from app.coordinator.desk import TABLES
from app.ledger.change import Change
from app.ledger.push import push, write
from tests.world import NOW, Phone, named, visit

LIST = "/kontor/afklaring"


def stored(world, key="besøg", kind="visit"):
    table = TABLES[kind]
    with world.db.read() as tx:
        return tx.execute(select(table).where(table.c.id == named(key))).mappings().first()


def sent(world, *ops, who=None):
    return push(world.db, who or world.signe, "telefon", ops, NOW).results


def linked(birthe, part):
    return re.search(rf'href="(/kontor/afklaring/{part}/[^"]+)"', birthe.text(LIST))[1]


@pytest.fixture
def clash(world):
    """Signe saw 20 minutes and wrote 25; Emre made it 30 meanwhile."""
    phone = Phone()
    sent(world, phone.create("visit", named("besøg"), visit()))
    write(world.db, world.emre, [Change("visit", named("besøg"), "update", {"minutes": 30}, {"minutes": 20})], NOW)
    assert sent(world, phone.update("visit", named("besøg"), {"minutes": 25}, {"minutes": 20}))[0].status == "conflict"
    return world


@pytest.mark.parametrize("choice, minutes", [("mine", 25), ("theirs", 30)])
def test_two_versions_stand_side_by_side_and_one_is_chosen(clash, birthe, choice, minutes):
    page = linked(birthe, "versioner")
    text = birthe.text(page)
    assert "Før: 20" in text and "Telefonens: <strong>25</strong>" in text and "Serverens nu: <strong>30</strong>" in text
    assert birthe.post(page, page, **{"choice-minutes": choice}).location == LIST
    assert stored(clash)["minutes"] == minutes
    assert "Alt er afklaret" in birthe.text(LIST) and birthe.get(page).status_code == 404


def test_a_choice_must_be_made(clash, birthe):
    page = linked(birthe, "versioner")
    assert birthe.post(page, page).status_code == 422 and stored(clash)["minutes"] == 30


@pytest.mark.parametrize("answer, gone", [("mine", False), ("theirs", True)])
def test_an_edit_of_a_deleted_visit_can_bring_it_back(world, birthe, answer, gone):
    phone = Phone()
    sent(world, phone.create("visit", named("besøg"), visit()))
    write(world.db, world.birthe, [Change("visit", named("besøg"), "delete", base=visit())], NOW)
    sent(world, phone.update("visit", named("besøg"), {"minutes": 25}, {"minutes": 20}))
    page = linked(birthe, "versioner")
    assert "Genopret den" in birthe.text(page)
    assert birthe.post(page, page, answer=answer).location == LIST
    assert stored(world)["deleted"] is gone and "Alt er afklaret" in birthe.text(LIST)


@pytest.mark.parametrize("answer, gone", [("mine", True), ("theirs", False)])
def test_a_deletion_of_an_edited_visit_asks(world, birthe, answer, gone):
    phone = Phone()
    sent(world, phone.create("visit", named("besøg"), visit()))
    write(world.db, world.birthe, [Change("visit", named("besøg"), "update", {"minutes": 30}, {"minutes": 20})], NOW)
    sent(world, phone.delete("visit", named("besøg"), visit()))
    page = linked(birthe, "versioner")
    assert birthe.post(page, page, answer=answer).location == LIST
    assert stored(world)["deleted"] is gone and "Alt er afklaret" in birthe.text(LIST)


@pytest.fixture
def stopped(world):
    assert sent(world, Phone().create("visit", named("besøg"), visit(minutes=999)))[0].code == "INVALID"
    return world


def test_what_could_not_be_booked_is_corrected_in_its_authors_name(stopped, birthe):
    page = linked(birthe, "skal-rettes")
    text = birthe.text(page)
    assert "Skal være 1–240" in text and 'value="999"' in text
    fields = {"practice_id": named("halmtorvet"), "occurred_at": "24-11-2026", "occurred_at-kl": "10.40", "minutes": "25", "mode": "IN_PERSON",
              "purpose": "REGULAR", "met_roles": ["DOCTOR"], "outcome": "COMPLETED"}
    wrong = birthe.post(page, page, act="correct", base=birthe.hidden(page)["base"], **{**fields, "minutes": "1000"})
    assert wrong.status_code == 422 and stored(stopped) is None
    assert birthe.post(page, page, act="correct", base=birthe.hidden(page)["base"], **fields).location == LIST
    assert stored(stopped)["minutes"] == 25 and stored(stopped)["author_id"] == named("signe")
    assert "Alt er afklaret" in birthe.text(LIST)


def test_trying_again_says_that_it_still_cannot_be_booked(stopped, birthe):
    page = linked(birthe, "skal-rettes")
    assert birthe.post(page, page, act="again").status_code == 422


def test_putting_away_needs_a_reason(stopped, birthe):
    page = linked(birthe, "skal-rettes")
    assert birthe.post(page, page, act="drop").status_code == 422
    assert birthe.post(page, page, act="drop", why="Skrevet to gange").location == LIST
    assert "Alt er afklaret" in birthe.text(LIST) and stored(stopped) is None


def test_anything_a_phone_may_send_can_be_looked_at(world, birthe):
    phone = Phone()
    sent(world, phone.create("visit", named("a"), {"practice_id": 7, "occurred_at": [], "minutes": "ti", "met_roles": "DOCTOR", "extra": {"a": 1}}),
         phone.create("ukendt", named("b"), {"x": "y"}), phone.op("delete", "stock_move", named("c"), None, {}),
         phone.create("practice", named("d"), {"name": "X"}))
    for page in set(re.findall(r'href="(/kontor/afklaring/skal-rettes/[^"]+)"', birthe.text(LIST))):
        birthe.text(page)


def test_a_citizens_note_is_not_shown(world, birthe):
    talk = {"type": "FIRST", "place": "PHONE", "occurred_at": "2026-11-24T10:00:00Z", "minutes": 30, "citizen_id": named("borger"),
            "note": "hemmeligt emne"}
    phone = Phone()
    sent(world, phone.create("citizen", named("borger"), {"code": "B-2222B", "first_practice_id": named("halmtorvet")}))
    sent(world, phone.create("citizen", named("borger"), {"code": _code(), "first_practice_id": named("halmtorvet")}),
         phone.create("talk", named("samtale"), talk))
    pages = set(re.findall(r'href="(/kontor/afklaring/skal-rettes/[^"]+)"', birthe.text(LIST)))
    texts = [birthe.text(page) for page in pages]
    assert any("Note skjult" in text for text in texts) and not any("hemmeligt" in text for text in texts)


def _code():
    from app.rules.record_rules import check_character
    return "B-7K3M" + check_character("7K3M")


def test_what_waits_says_for_what(world, birthe):
    sent(world, Phone().create("visit", named("besøg"), visit(practice_id=named("ukendt praksis"))))
    page = birthe.text(LIST)
    assert "Venter på en anden registrering (1)" in page and "<td>praksis</td>" in page
    birthe.text(linked(birthe, "skal-rettes"))


@pytest.mark.parametrize("how, left", [("SAME", 1), ("BOTH", 2)])
def test_two_visits_that_look_like_one_are_asked_about(world, birthe, how, left):
    phone = Phone()
    sent(world, phone.create("visit", named("første"), visit()),
         phone.create("visit", named("andet"), visit(occurred_at="2026-11-24T09:45:00.000Z", minutes=25)))
    page = linked(birthe, "dublet")
    assert "<td>20</td><td>25</td><td>Ja</td>" in birthe.text(page)
    assert birthe.post(page, page, how=how).location == LIST
    with world.db.read() as tx:
        assert len(tx.execute(select(TABLES["visit"].c.id).where(TABLES["visit"].c.deleted.is_(False))).all()) == left
    assert "Alt er afklaret" in birthe.text(LIST)


def test_the_start_page_counts_what_needs_a_person(clash, birthe):
    assert "1 registrering findes i to versioner" in birthe.text("/kontor/")
