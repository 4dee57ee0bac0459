"""The catalogue: a course, a run on it, its sessions, a material and its print run are added and put right by the office."""

from __future__ import annotations

import re
from datetime import timedelta

from app import clock
from app.ledger.change import Change
from app.ledger.tables import RECORDS
from app.records.codes import code_list
from tests.coordinator.test_monday import wrote
from tests.world import named

NEW = "/kontor/katalog/{}/ny"


def first(codes):
    return next(iter(code_list(codes).labels))


def one(world, kind, **where):
    table = RECORDS[kind]
    with world.db.read() as tx:
        return tx.execute(table.select().where(*(table.c[name] == value for name, value in where.items()))).one()


def figures(days):
    return f"{clock.today() + timedelta(days=days):%d-%m-%Y}"


def test_a_course_with_a_run_and_sessions_is_made_from_nothing(world, birthe):
    page = NEW.format("kursus")
    assert birthe.post(page, page, type=first("course_type"), title="Ro og retning", seats="8", session_minutes="120").location == "/kontor/kurser"
    course = one(world, "course", title="Ro og retning")
    page = f"{NEW.format('hold')}?til={course.id}"
    assert "Ro og retning" in birthe.text(page) and 'value="8"' in birthe.text(page)
    assert birthe.post(page, page, seats="6", starts_on=figures(3), place="Kælderen", status="PLANNED").location == "/kontor/kurser"
    run = one(world, "course_run", course_id=course.id)
    assert run.seats == 6 and "Ro og retning" in birthe.text("/kontor/kurser")
    page = f"{NEW.format('moedegang')}?til={run.id}"
    for number in ("1", "2"):
        assert f'value="{number}"' in re.search(r'<input[^>]*id="number"[^>]*>', birthe.text(page))[0] and 'value="120"' in birthe.text(page)
        sent = {"number": number, "starts_at": figures(3), "starts_at-kl": "10.00", "minutes": "120", "status": "PLANNED"}
        assert birthe.post(page, page, **sent).location == f"/kontor/kurser/{run.id}"
    assert birthe.text(f"/kontor/kurser/{run.id}").count("kl. 10.00") == 2


def test_a_wrong_field_is_told_at_the_field_and_nothing_is_written(world, birthe):
    page = NEW.format("kursus")
    answer = birthe.post(page, page, type=first("course_type"), title="", seats="mange")
    words = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Skal udfyldes." in words and "Skriv et helt tal" in words and 'value="mange"' in words
    with world.db.read() as tx:
        assert len(tx.execute(RECORDS["course"].select()).all()) == 1


def test_a_run_is_put_right_and_a_colleague_who_was_quicker_is_asked_about(world, birthe):
    page = f"/kontor/katalog/hold/{named('hold')}"
    base = birthe.hidden(page)["base"]
    run = one(world, "course_run", id=named("hold"))
    sent = {"base": base, "starts_on": f"{run.starts_on:%d-%m-%Y}", "status": run.status or ""}
    assert birthe.post(page, page, **sent, seats="4", place="Salen").location == "/kontor/kurser"
    assert one(world, "course_run", id=named("hold")).seats == 4
    assert "/kontor/afklaring/versioner/" in birthe.post(page, page, **sent, seats="9").location


def test_material_and_print_run(world, birthe):
    page = NEW.format("materiale")
    sent = {"type": first("material_type"), "title": "Kom og vær med", "min_stock": "50"}
    assert "Skriv et helt tal" in birthe.post(page, page, **sent, quick=["fem"]).get_data(as_text=True)
    assert birthe.post(page, page, **sent, quick=["5", "10", ""]).location == "/kontor/materiale"
    material = one(world, "material", title="Kom og vær med")
    assert material.quick == [5, 10]
    assert birthe.text(f"/kontor/katalog/materiale/{material.id}").count('name="quick"') == 4
    page = f"{NEW.format('oplag')}?til={material.id}"
    assert birthe.post(page, page, language="da", name="2026-B", quantity="500").location == "/kontor/materiale"
    batch = one(world, "material_batch", material_id=material.id)
    assert "2026-B" in birthe.text("/kontor/materiale")
    page = f"/kontor/katalog/oplag/{batch.id}"
    base = birthe.hidden(page)["base"]
    birthe.post(page, page, base=base, language="da", name="2026-B", quantity="500", retired_on=figures(0), retired_reason="Forældet")
    assert "Trukket tilbage" in birthe.text("/kontor/materiale")


def test_what_belongs_to_nothing_is_not_found(world, birthe):
    wrote(world, world.birthe, Change("course_run", named("hold"), "delete", base={}))
    for page in (NEW.format("hus"), NEW.format("hold"), f"{NEW.format('hold')}?til={named('ingen')}", f"/kontor/katalog/hold/{named('hold')}",
                 f"/kontor/katalog/hus/{named('hold')}"):
        assert birthe.get(page).status_code == 404, page
