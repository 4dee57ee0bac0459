"""The merge table of sync.md ch. 8, row by row, between two advisers at the real server."""

from __future__ import annotations

from app.ledger.ids import new_id
from tests.line.people import codes
from tests.world import visit


def test_a_new_record_never_conflicts_and_near_twins_are_both_kept(signe):
    ids = [new_id(), new_id()]
    assert codes(signe.push(*(signe.phone.create("visit", i, visit()) for i in ids))) == ["OK", "OK"]
    assert set(ids) <= signe.view().keys()


def test_different_fields_of_one_record_both_stand(signe, emre):
    id_ = signe.new_visit()
    assert codes([signe.one(signe.phone.update("visit", id_, {"minutes": 45}, {"minutes": 20}))]) == ["OK"]
    assert emre.one(emre.phone.update("visit", id_, {"note": "hej"}, {"note": None}))["code"] in ("OK", "MERGED")
    data = signe.view()[id_]["data"]
    assert (data["minutes"], data["note"]) == (45, "hej")


def test_the_same_value_from_both_is_no_conflict(signe, emre):
    id_ = signe.new_visit()
    signe.one(signe.phone.update("visit", id_, {"minutes": 45}, {"minutes": 20}))
    result = emre.one(emre.phone.update("visit", id_, {"minutes": 45}, {"minutes": 20}))
    assert (result["code"], result["record"]["rev"]) == ("OK", 2)


def test_one_value_changed_by_both_is_a_conflict_that_keeps_both(signe, emre):
    id_ = signe.new_visit()
    signe.one(signe.phone.update("visit", id_, {"minutes": 45}, {"minutes": 20}))
    result = emre.one(emre.phone.update("visit", id_, {"minutes": 60, "note": "med"}, {"minutes": 20, "note": None}))
    assert (result["status"], result["code"]) == ("conflict", "FIELD_CONFLICT")
    assert result["conflict"]["fields"] == {"minutes": {"base": 20, "mine": 60, "theirs": 45}}
    assert (result["record"]["data"]["minutes"], result["record"]["data"]["note"]) == (45, "med")  # untouched fields are applied
    told = [c for c in emre.pull()["conflicts"] if c["record_id"] == id_]
    assert [(c["id"], c["fields"]) for c in told] == [(result["conflict"]["id"], result["conflict"]["fields"])]
    assert not [c for c in signe.pull()["conflicts"] if c["record_id"] == id_]


def test_free_text_is_never_joined_by_a_machine(signe, emre):
    id_ = signe.new_visit(note="fælles")
    signe.one(signe.phone.update("visit", id_, {"note": "fælles, og Signes"}, {"note": "fælles"}))
    result = emre.one(emre.phone.update("visit", id_, {"note": "fælles, og Emres"}, {"note": "fælles"}))
    assert result["conflict"]["fields"]["note"] == {"base": "fælles", "mine": "fælles, og Emres", "theirs": "fælles, og Signes"}


def test_sets_are_merged_three_ways(signe, emre):
    id_ = signe.new_visit(met_roles=["DOCTOR", "NURSE"])
    signe.one(signe.phone.update("visit", id_, {"met_roles": ["DOCTOR", "SECRETARY"]}, {"met_roles": ["DOCTOR", "NURSE"]}))
    result = emre.one(emre.phone.update("visit", id_, {"met_roles": ["NURSE", "DOCTOR", "MANAGER"]}, {"met_roles": ["DOCTOR", "NURSE"]}))
    assert (result["status"], result["code"]) == ("accepted", "MERGED")
    assert sorted(result["record"]["data"]["met_roles"]) == ["DOCTOR", "MANAGER", "SECRETARY"]


def test_a_merged_set_that_breaks_a_rule_is_a_conflict(signe, birthe):
    citizen, id_ = signe.new_citizen(), new_id()
    signe.one(signe.talk(citizen, id_, topics=["WORK", "MONEY"]))
    birthe.one(birthe.phone.update("talk", id_, {"topics": ["WORK", "MONEY", "COPING"]}, {"topics": ["WORK", "MONEY"]}))
    result = signe.one(signe.phone.update("talk", id_, {"topics": ["WORK", "MONEY", "MIND"], "minutes": 35},
                                          {"topics": ["WORK", "MONEY"], "minutes": 30}))
    assert (result["status"], result["code"], list(result["conflict"]["fields"])) == ("conflict", "FIELD_CONFLICT", ["topics"])
    stands = signe.view()[id_]["data"]
    assert (sorted(stands["topics"]), stands["minutes"]) == (["COPING", "MONEY", "WORK"], 35)


def test_a_mixture_that_breaks_a_rule_is_a_conflict_and_not_the_authors_mistake(signe, emre):
    id_ = signe.new_visit(met_roles=[], outcome="CLOSED")
    signe.one(signe.phone.update("visit", id_, {"outcome": "NO_TIME"}, {"outcome": "CLOSED"}))
    result = emre.one(emre.phone.update("visit", id_, {"outcome": "COMPLETED", "met_roles": ["DOCTOR"]}, {"outcome": "CLOSED", "met_roles": []}))
    assert (result["status"], sorted(result["conflict"]["fields"])) == ("conflict", ["met_roles", "outcome"])
    stands = signe.view()[id_]["data"]
    assert (stands["outcome"], stands["met_roles"]) == ("NO_TIME", [])


def test_a_base_of_the_wrong_shape_is_a_conflict_and_not_a_fault(signe):
    id_ = signe.new_visit()
    for base in (7, "DOCTOR", {"a": 1}, [[1]], [None], True):
        result = signe.one(signe.phone.update("visit", id_, {"met_roles": ["NURSE"]}, {"met_roles": base}))
        assert result["code"] in ("MERGED", "FIELD_CONFLICT", "OK"), result
    result = signe.one(signe.phone.update("visit", id_, {"minutes": 9}, {"minutes": {"x": []}}))
    assert result["code"] == "FIELD_CONFLICT"


# --- settling -------------------------------------------------------------------------------------------------------

def conflict(signe, emre):
    id_ = signe.new_visit()
    signe.one(signe.phone.update("visit", id_, {"minutes": 45}, {"minutes": 20}))
    return id_, emre.one(emre.phone.update("visit", id_, {"minutes": 60}, {"minutes": 20}))["conflict"]["id"]


def is_open(person, conflict_id):
    return conflict_id in {c["id"] for c in person.pull()["conflicts"]}


def test_an_op_that_resolves_settles_the_conflict(signe, emre):
    id_, card = conflict(signe, emre)
    result = emre.one(emre.phone.update("visit", id_, {"minutes": 60}, {"minutes": 45}, resolves=card))
    assert (result["code"], result["record"]["data"]["minutes"]) == ("OK", 60)
    assert not is_open(emre, card)


def test_keeping_theirs_settles_it_too(signe, emre):
    id_, card = conflict(signe, emre)
    assert codes([emre.one(emre.phone.update("visit", id_, {}, {}, resolves=card))]) == ["OK"]
    assert not is_open(emre, card) and signe.view()[id_]["data"]["minutes"] == 45


def test_the_coordinator_may_settle_it_and_a_colleague_may_not(signe, emre, birthe):
    id_, card = conflict(signe, emre)
    signe.one(signe.phone.update("visit", id_, {}, {}, resolves=card))
    assert is_open(emre, card)
    birthe.one(birthe.phone.update("visit", id_, {"minutes": 60}, {"minutes": 45}, resolves=card))
    assert not is_open(emre, card)


def test_an_op_on_another_record_settles_nothing(signe, emre):
    _, card = conflict(signe, emre)
    emre.one(emre.phone.update("visit", emre.new_visit(), {}, {}, resolves=card))
    assert is_open(emre, card)


def test_a_resolution_that_conflicts_again_leaves_one_open_card(signe, emre):
    id_, card = conflict(signe, emre)
    signe.one(signe.phone.update("visit", id_, {"minutes": 50}, {"minutes": 45}))
    again = emre.one(emre.phone.update("visit", id_, {"minutes": 60}, {"minutes": 45}, resolves=card))
    assert again["status"] == "conflict"
    assert [c["id"] for c in emre.pull()["conflicts"] if c["record_id"] == id_] == [again["conflict"]["id"]]


def test_a_newer_card_about_the_same_field_takes_the_place_of_the_older(signe, emre):
    id_, card = conflict(signe, emre)
    again = emre.one(emre.phone.update("visit", id_, {"minutes": 61, "note": "x"}, {"minutes": 20, "note": "y"}))
    assert [(c["id"], sorted(c["fields"])) for c in emre.pull()["conflicts"] if c["record_id"] == id_] == [
        (again["conflict"]["id"], ["minutes", "note"])]
    other = emre.one(emre.phone.update("visit", id_, {"purpose": "OTHER"}, {"purpose": "TRAINING"}))
    assert {c["id"] for c in emre.pull()["conflicts"] if c["record_id"] == id_} == {again["conflict"]["id"], other["conflict"]["id"]}


def test_two_conflicts_in_one_batch_leave_one_card(signe, emre):
    id_ = signe.new_visit()
    signe.one(signe.phone.update("visit", id_, {"minutes": 45}, {"minutes": 20}))
    results = emre.push(*(emre.phone.update("visit", id_, {"minutes": n}, {"minutes": 20}) for n in (60, 61)))
    assert codes(results) == ["FIELD_CONFLICT"] * 2
    assert [c["id"] for c in emre.pull()["conflicts"] if c["record_id"] == id_] == [results[1]["conflict"]["id"]]


# --- delete and edit ------------------------------------------------------------------------------------------------

def test_a_delete_of_what_the_deleter_saw_goes_through_and_a_second_has_no_effect(signe, emre):
    id_ = signe.new_visit()
    assert codes([signe.one(signe.phone.delete("visit", id_, visit()))]) == ["OK"]
    second = emre.one(emre.phone.delete("visit", id_, visit()))
    assert (second["status"], second["code"]) == ("accepted", "OK") and "record" not in second
    assert id_ not in signe.view()


def test_a_delete_never_takes_an_unseen_edit_with_it(signe, emre):
    for field, value in (("minutes", 45), ("note", "vigtigt")):  # a changed field, and one that was empty when the deleter looked
        id_ = signe.new_visit()
        emre.one(emre.phone.update("visit", id_, {field: value}, {field: visit().get(field)}))
        result = signe.one(signe.phone.delete("visit", id_, visit()))
        assert (result["status"], result["code"]) == ("conflict", "DELETE_VS_EDIT")
        assert result["conflict"]["fields"] == {field: {"base": visit().get(field), "mine": None, "theirs": value}}
        assert result["record"]["data"][field] == value and id_ in emre.view()


def test_a_delete_that_names_few_fields_is_judged_by_those(signe, emre):
    id_ = signe.new_visit(note="x")
    assert codes([signe.one(signe.phone.delete("visit", id_, {"minutes": 20}))]) == ["OK"]


def test_an_edit_of_a_deleted_record_is_kept_and_can_bring_it_back(signe, emre):
    id_ = signe.new_visit()
    signe.one(signe.phone.delete("visit", id_, visit()))
    result = emre.one(emre.phone.update("visit", id_, {"minutes": 45}, {"minutes": 20}))
    assert (result["status"], result["code"]) == ("conflict", "EDIT_VS_DELETE") and "record" not in result
    assert result["conflict"]["fields"] == {"minutes": {"base": 20, "mine": 45, "theirs": None}}
    assert codes([emre.one(emre.phone.create("visit", id_, visit(minutes=45)))]) == ["EDIT_VS_DELETE"]
    back = emre.one(emre.phone.create("visit", id_, visit(minutes=45), restores=True, resolves=result["conflict"]["id"]))
    assert (back["status"], back["code"], back["record"]["rev"]) == ("accepted", "OK", 3)
    assert signe.view()[id_]["data"]["minutes"] == 45


def test_restores_means_nothing_on_a_live_record(signe):
    id_ = signe.new_visit()
    assert codes([signe.one(signe.phone.create("visit", id_, visit(), restores=True))]) == ["OK"]
    assert codes([signe.one(signe.phone.create("visit", id_, visit(minutes=9), restores=True))]) == ["ID_EXISTS"]


def test_an_equal_create_has_no_effect_and_another_is_a_conflict(signe, emre):
    id_ = signe.new_visit()
    same = emre.one(emre.phone.create("visit", id_, visit()))
    assert (same["status"], same["code"], same["record"]["rev"]) == ("accepted", "OK", 1)
    other = emre.one(emre.phone.create("visit", id_, visit(minutes=9)))
    assert (other["status"], other["code"]) == ("conflict", "ID_EXISTS")
    assert other["conflict"]["fields"] == {"minutes": {"base": None, "mine": 9, "theirs": 20}}
    assert signe.view()[id_]["data"]["minutes"] == 20
