"""A list of practices never wipes out what the register knows more of, and says which row cannot go in."""

from datetime import date

from app.rules.practice_compare import compare
from app.rules.practice_import import read_practices

from .test_practice_import import LIST, rows

TODAY = date(2026, 11, 22)


def register():
    return {f"id-{row.data['number']}": {k: v for k, v in row.data.items() if k != "adviser_key"} for row in read_practices(LIST)}


def plan(line, head, known=None):
    (only,) = compare(rows(line, head=head), register() if known is None else known, {}, TODAY)
    return only


def test_the_same_list_again_changes_nothing():
    assert {plan.kind for plan in compare(read_practices(LIST), register(), {}, TODAY)} == {"SAME"}


def test_an_empty_register_takes_every_row_as_new():
    plans = compare(read_practices(LIST), {}, {"A1": "signe", "A2": "emre"}, TODAY)
    assert {plan.kind for plan in plans} == {"NEW"}
    assert plans[0].after["responsible_adviser_id"] == "signe"


def test_one_changed_cell_is_shown_as_one_changed_field():
    changed = plan("P01;Lægerne Hjørnet", "praksis_id;navn")
    assert (changed.kind, changed.before, changed.after) == ("CHANGED", {"name": "Lægerne Skydebanehjørnet"}, {"name": "Lægerne Hjørnet"})


def test_a_practice_is_found_by_its_ydernummer_alone():
    assert plan("990101;Lægerne Hjørnet", "ydernummer;navn").id == "id-P01"


def test_a_row_that_points_at_two_practices_is_refused():
    assert plan("P01;990102", "praksis_id;ydernummer").kind == "BAD"


def test_a_ydernummer_may_go_on_to_a_new_practice_when_the_old_one_has_ended():
    new = plan("P21;990103;Ny praksis;VESTERBRO;Vej 1;1650;København V", "praksis_id;ydernummer;navn;bydel;adresse;postnr;by")
    assert new.kind == "NEW"


def test_a_new_practice_must_say_where_it_is():
    assert plan("P99;Ny", "praksis_id;navn").errors == ["Ny praksis mangler bydel, adresse, postnummer, by."]


def test_a_pause_ends_the_open_period_and_keeps_history():
    paused = plan("P01;PAUSED;02-03-2026", "praksis_id;aftalestatus;aftale_fra")
    assert paused.after["agreements"] == [{"status": "AGREED", "from": "2025-01-20", "to": "2026-03-01"},
                                          {"status": "PAUSED", "from": "2026-03-02"}]


def test_a_period_inside_another_is_refused():
    known = {"x": {"number": "P01", "agreements": [{"status": "AGREED", "from": "2025-01-20", "to": "2026-12-31"}]}}
    assert plan("P01;PAUSED;02-03-2026", "praksis_id;aftalestatus;aftale_fra", known).kind == "BAD"


def test_a_doctor_who_is_no_longer_named_stops_today():
    known = {"x": {"number": "P01", "doctors": [{"name": "Karen Ravnholt", "from": "2020-01-01"}]}}
    assert plan("P01;Jonas Birkelund", "praksis_id;laeger", known).after["doctors"] == [
        {"name": "Karen Ravnholt", "from": "2020-01-01", "to": "2026-11-22"}, {"name": "Jonas Birkelund"}]


def test_a_single_closed_day_stays_when_the_weeks_change():
    known = {"x": {"number": "P01", "closures": [{"from": "2026-06-05", "to": "2026-06-05"}, {"from": "2026-07-06", "to": "2026-07-26"}]}}
    assert [entry["from"] for entry in plan("P01;29", "praksis_id;lukkeuger_2026", known).after["closures"]] == ["2026-06-05", "2026-07-13"]


def test_another_contact_stays_when_the_first_gets_a_number():
    known = {"x": {"number": "P01", "contacts": [{"name": "Lone", "call_time": "12-13"}, {"name": "Jette"}]}}
    assert plan("P01;Lone;+4513000001", "praksis_id;kontaktperson;telefon", known).after["contacts"] == [
        {"name": "Lone", "call_time": "12-13", "phone": "13 00 00 01"}, {"name": "Jette"}]
