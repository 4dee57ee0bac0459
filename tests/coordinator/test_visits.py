"""Birthe finds a visit, sees what was handed out and who wrote what, and corrects it in the open."""

import pytest
from sqlalchemy import select

from app.coordinator.desk import TABLES
from app.ledger.change import Change
from app.ledger.push import Busy, StorageFull, write
from tests.world import NOW, named, statements, visit

VISIT = f"/kontor/besoeg/{named('besøg')}"


@pytest.fixture
def visits(world):
    """One of Signe's with ten flyers handed out, one of Emre's in Valby, futile."""
    changes = [Change("visit", named("besøg"), "create", visit(note="Spurgte til foldere")),
               Change("stock_move", named("uddelt"), "create", {
                   "batch_id": named("oplag"), "move": "HANDED_OUT", "quantity": 10, "from_place": "BAG", "to_place": "PRACTICE",
                   "practice_id": named("halmtorvet"), "visit_id": named("besøg")})]
    emre = [Change("visit", named("forgæves"), "create", visit(practice_id=named("valby"), outcome="CLOSED", met_roles=["NOBODY"],
                                                              occurred_at="2026-11-02T08:00:00Z"))]
    results = [*write(world.db, world.signe, changes, NOW), *write(world.db, world.emre, emre, NOW)]
    assert {result.status for result in results} == {"accepted"}
    return world


def stored(world, key="besøg"):
    table = TABLES["visit"]
    with world.db.read() as tx:
        return tx.execute(select(table).where(table.c.id == named(key))).mappings().one()


def filled(**changed):
    return {"practice_id": named("halmtorvet"), "occurred_at": "24-11-2026", "occurred_at-kl": "10.40", "minutes": "20", "mode": "IN_PERSON",
            "purpose": "REGULAR", "met_roles": ["DOCTOR"], "outcome": "COMPLETED", "note": "Spurgte til foldere", **changed}


def correct(birthe, **changed):
    page = f"{VISIT}/rettelse"
    return birthe.post(page, page, base=birthe.hidden(page)["base"], **filled(**changed))


@pytest.mark.parametrize("address, found, not_found", [
    ("?bydel=VALBY", "Ærtebjerg", "Lægerne Halmgården</a>"), ("?resultat=COMPLETED", "Lægerne Halmgården</a>", "Ærtebjerg Lægeklinik</a>"),
    ("?fra=20-11-2026", "Lægerne Halmgården</a>", "Ærtebjerg Lægeklinik</a>"),
    ("?til=2026-11-20", "Ærtebjerg Lægeklinik</a>", "Lægerne Halmgården</a>"),
    (f"?raadgiver={named('emre')}", "Ærtebjerg Lægeklinik</a>", "Lægerne Halmgården</a>"),
    (f"?praksis={named('valby')}", "Ærtebjerg Lægeklinik</a>", "Lægerne Halmgården</a>")])
def test_filters_stand_in_the_address(visits, birthe, address, found, not_found):
    page = birthe.text("/kontor/besoeg" + address)
    assert found in page and not_found not in page and "1 besøg" in page


def test_an_impossible_date_is_answered_at_the_field_and_finds_nothing_less(visits, birthe):
    page = birthe.text("/kontor/besoeg?fra=31-02-2026")
    assert 'id="fra-fejl"' in page and "2 besøg" in page


def test_fifty_a_page_and_the_filter_follows(world, birthe):
    more = [Change("visit", named(f"v{number}"), "create", visit(occurred_at=f"2026-10-{number % 28 + 1:02}T08:00:00Z")) for number in range(51)]
    write(world.db, world.signe, more, NOW)
    page = birthe.text("/kontor/besoeg?formaal=REGULAR")
    assert "51 besøg, side 1 af 2" in page and "formaal=REGULAR&amp;side=2" in page
    assert birthe.text("/kontor/besoeg?side=2").count("/kontor/besoeg/") == birthe.text("/kontor/besoeg?side=99").count("/kontor/besoeg/")


def test_the_number_of_statements_does_not_grow_with_the_visits(world, birthe):
    def asked():
        with statements(birthe.client.application.extensions["database"]) as seen:
            for page in ("/kontor/besoeg", "/kontor/praksisser", "/kontor/", "/kontor/afklaring"):
                birthe.text(page)
        return len(seen)
    write(world.db, world.signe, [Change("visit", named(f"v{number}"), "create", visit()) for number in range(3)], NOW)
    few = asked()
    write(world.db, world.signe, [Change("visit", named(f"v{number}"), "create", visit()) for number in range(3, 30)], NOW)
    assert asked() == few


def test_one_visit_shows_its_handouts_and_its_history(visits, birthe):
    page = birthe.text(VISIT)
    assert "Er du sygemeldt?" in page and "2026-A" in page and "Spurgte til foldere" in page and "Oprettet (kontor)" in page


def test_a_correction_is_booked_with_before_and_after(visits, birthe):
    assert correct(birthe, minutes="30").status_code == 303
    assert stored(visits)["minutes"] == 30 and stored(visits)["author_id"] == named("signe")
    page = birthe.text(VISIT)
    assert "<td>20</td><td>30</td>" in page and "Birthe" in page


def test_untouched_fields_keep_their_exact_value(visits, birthe):
    before = stored(visits)["occurred_at"]
    correct(birthe, outcome="DESK_ONLY")
    assert stored(visits)["occurred_at"] == before and stored(visits)["rev"] == 2


def test_rules_between_fields_are_said_at_the_field(visits, birthe):
    response = correct(birthe, outcome="CLOSED")
    assert response.status_code == 422 and 'id="met_roles-fejl"' in response.get_data(as_text=True)
    assert stored(visits)["rev"] == 1


def test_the_phones_later_word_is_not_overwritten(visits, birthe):
    base = birthe.hidden(f"{VISIT}/rettelse")["base"]
    write(visits.db, visits.signe, [Change("visit", named("besøg"), "update", {"minutes": 25}, {"minutes": 20})], NOW)
    response = birthe.post(f"{VISIT}/rettelse", f"{VISIT}/rettelse", base=base, **filled(minutes="30"))
    assert "/kontor/afklaring/versioner/" in response.location and stored(visits)["minutes"] == 25


def test_deleting_needs_a_reason_and_keeps_it(visits, birthe):
    page = f"{VISIT}/sletning"
    base = birthe.hidden(page)["base"]
    assert birthe.post(page, page, base=base, why=" ").status_code == 422
    assert birthe.post(page, page, base=base, why="Skrevet to gange").status_code == 303
    assert stored(visits)["deleted"] and birthe.get(VISIT).status_code == 404
    from app.ledger.tables import OPS
    with visits.db.read() as tx:
        assert tx.execute(select(OPS.c.settled_how).where(OPS.c.action == "delete")).scalar_one() == "Skrevet to gange"


@pytest.mark.parametrize(("fault", "status", "said"), [(Busy, 503, "Serveren har travlt"), (StorageFull, 507, "løbet tør for plads")])
def test_what_could_not_be_written_is_said(visits, birthe, monkeypatch, fault, status, said):
    def fails(*_words):
        raise fault
    monkeypatch.setattr("app.coordinator.desk.write", fails)
    response = correct(birthe, minutes="25")
    assert response.status_code == status and said in response.get_data(as_text=True) and "Intet er gemt" in response.get_data(as_text=True)


def test_an_unknown_visit_is_not_there(birthe):
    assert birthe.get(f"/kontor/besoeg/{named('ingen')}").status_code == 404
    assert birthe.get("/kontor/besoeg/noget/rettelse").status_code == 404
