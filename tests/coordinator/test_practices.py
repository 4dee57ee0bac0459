"""Birthe keeps the register: she finds, corrects and adds practices, and two coordinators cannot overwrite each other."""

from sqlalchemy import select

from app.coordinator.desk import TABLES
from app.ledger.change import Change
from app.ledger.push import write
from tests.world import NOW, named, visit

HALM = f"/kontor/praksisser/{named('halmtorvet')}"
FORM = f"{HALM}/rettelse"


def stored(world, key="halmtorvet"):
    table = TABLES["practice"]
    with world.db.read() as tx:
        return tx.execute(select(table).where(table.c.id == named(key))).mappings().one()


def filled(world, key="halmtorvet", **changed):
    """The form as a browser sends it back."""
    row = stored(world, key)
    plain = {name: row[name] for name in ("number", "name", "district", "address", "postal_code", "city", "ydernummer", "agreement_status",
                                          "interval_days")}
    periods = {f"agreements-{at}-{k}": "-".join(reversed(v.split("-"))) if k in ("from", "to") else v
               for at, period in enumerate(row["agreements"] or ()) for k, v in period.items()}
    return {name: str(value) for name, value in plain.items() if value is not None} | periods | changed


def correct(world, birthe, page=FORM, key="halmtorvet", **changed):
    return birthe.post(page, page, base=birthe.hidden(page)["base"], **filled(world, key, **changed))


def test_search_folds_danish_letters_and_knows_sydhavnen(birthe):
    assert "Ærtebjerg" in birthe.text("/kontor/praksisser?q=aertebjerg")
    assert "Sjælørhusets" in birthe.text("/kontor/praksisser?q=sydhavnen")
    assert "Ærtebjerg" not in birthe.text("/kontor/praksisser?q=sydhavnen")


def test_filters_stand_in_the_address(birthe):
    page = birthe.text("/kontor/praksisser?bydel=VALBY&status=AGREED&sorter=sidst")
    assert "Ærtebjerg" in page and "Halmgården" not in page
    assert "Ingen praksisser passer" in birthe.text("/kontor/praksisser?status=ENDED")


def test_the_list_shows_the_last_and_the_next_visit(world, birthe):
    write(world.db, world.signe, [Change("visit", named("v"), "create", visit(next_visit_on="2027-12-15"))], NOW)
    page = birthe.text("/kontor/praksisser?bydel=VESTERBRO")
    assert "tir. 24. nov. 2026" in page and "ons. 15. dec. 2027" in page
    assert "tir. 24. nov. 2026 kl. 10.40" in birthe.text(HALM)


def test_one_corrected_field_is_one_change_in_history(world, birthe):
    response = correct(world, birthe, name="Lægerne på Halmtorvet")
    assert response.location == HALM
    assert stored(world)["name"] == "Lægerne på Halmtorvet" and stored(world)["rev"] == 2
    page = birthe.text(HALM)
    assert "Lægerne Halmgården" in page and "Rettet (kontor)" in page


def test_nothing_changed_writes_nothing(world, birthe):
    correct(world, birthe)
    assert stored(world)["rev"] == 1


def test_errors_stand_at_their_field_and_nothing_is_stored(world, birthe):
    response = correct(world, birthe, postal_code="17", interval_days="1.400")
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert 'aria-describedby="postal_code-hjaelp postal_code-fejl"' in page and 'href="#interval_days"' in page and 'value="1.400"' in page
    assert stored(world)["rev"] == 1


def test_two_coordinators_get_a_choice_and_nothing_is_overwritten(world, birthe, office):
    base = birthe.hidden(FORM)["base"]
    correct(world, office("birthe"), name="Den første")
    response = birthe.post(FORM, FORM, base=base, **filled(world, name="Den anden"))
    assert "/kontor/afklaring/versioner/" in response.location
    assert stored(world)["name"] == "Den første"
    page = birthe.text(response.location)
    assert "Den første" in page and "Den anden" in page and "Lægerne Halmgården" in page


def test_the_base_of_another_practice_is_not_taken(world, birthe):
    other = birthe.hidden(f"/kontor/praksisser/{named('valby')}/rettelse")["base"]
    assert birthe.post(FORM, FORM, base=other, **filled(world)).status_code == 400


def test_overlapping_agreements_are_refused_at_the_field(world, birthe):
    response = correct(world, birthe, **{"agreements-1-status": "PAUSED", "agreements-1-from": "01-03-2026"})
    page = response.get_data(as_text=True)
    assert response.status_code == 422 and "overlapper" in page and 'id="agreements-fejl"' in page


def test_a_pause_gets_its_period_by_itself(world, birthe):
    correct(world, birthe, agreement_status="PAUSED")
    first, second = stored(world)["agreements"]
    assert first["to"] < second["from"] and second["status"] == "PAUSED"


def test_a_new_practice_is_created_once_however_often_the_button_is_pressed(world, birthe):
    page = birthe.get("/kontor/praksisser/ny").get_data(as_text=True)
    address = page.split('action="/kontor/praksisser/')[1].split('"')[0]
    base = page.split('name="base" value="')[1].split('"')[0]
    fields = {"name": "Ny praksis", "district": "VALBY", "address": "Vej 1", "postal_code": "2500", "city": "Valby", "agreement_status": "CANDIDATE"}
    for _ in range(2):
        assert birthe.post(f"/kontor/praksisser/{address}", "/kontor/praksisser/ny", base=base, **fields).status_code == 303
    with world.db.read() as tx:
        assert len(tx.execute(select(TABLES["practice"].c.id)).all()) == 4


def test_practice_number_21_asks_for_a_reason_and_is_no_wall(world, birthe):
    plain = {"district": "VALBY", "address": "Vej 1", "postal_code": "2500", "city": "Valby"}
    more = [Change("practice", named(f"p{number}"), "create", {"name": f"Praksis {number}", "agreement_status": "AGREED", **plain})
            for number in range(17)]
    more.append(Change("practice", named("nr21"), "create", {"name": "Nummer 21", "agreement_status": "CANDIDATE", **plain}))
    assert all(result.status == "accepted" for result in write(world.db, world.birthe, more, NOW))
    page = f"/kontor/praksisser/{named('nr21')}/rettelse"
    asked = correct(world, birthe, page, "nr21", agreement_status="AGREED")
    assert asked.status_code == 422 and "Hvorfor praksis nr. 21?" in asked.get_data(as_text=True)
    assert stored(world, "nr21")["agreement_status"] == "CANDIDATE"
    assert correct(world, birthe, page, "nr21", agreement_status="AGREED", reason="P03 lukker til nytår").status_code == 303
    assert stored(world, "nr21")["agreements"][-1]["reason"] == "P03 lukker til nytår"


def test_a_ydernummer_in_use_is_named_at_the_field(world, birthe):
    response = correct(world, birthe, ydernummer="990109")
    assert response.status_code == 422 and "Bruges allerede af Ærtebjerg" in response.get_data(as_text=True)
    assert "Alt er afklaret" in birthe.text("/kontor/afklaring")


def test_a_cpr_number_in_a_note_is_not_kept(world, birthe):
    response = correct(world, birthe, bike_note="Spørg 010170-1234")
    assert response.status_code == 422
    with world.db.read() as tx:
        from app.ledger.tables import OPS
        assert not [row for row in tx.execute(select(OPS.c.content)).scalars() if "010170" in str(row)]
