"""Every status and code of sync.md ch. 4, and the fine print of ch. 13 about ops and results, line by line."""

from __future__ import annotations

import json

import pytest

from app.ledger.ids import new_id
from tests.line.people import PUSH, codes
from tests.world import named, visit


def statuses(results):
    return [(r["status"], r["code"]) for r in results]


# --- accepted, duplicate --------------------------------------------------------------------------------------------

def test_a_new_visit_is_accepted_with_its_number_and_the_record(signe):
    op = signe.phone.create("visit", new_id(), visit(note="Ny plakat sat op"))
    result = signe.one(op)
    assert (result["op_id"], result["status"], result["code"], result["message"]) == (op["op_id"], "accepted", "OK", "Gemt på serveren.")
    record = result["record"]
    assert (record["kind"], record["id"], record["rev"]) == ("visit", op["id"], 1)
    assert record["data"] == {**op["set"]} and record["author_id"] == signe.user["id"]
    assert isinstance(result["seq"], int)


def test_results_stand_in_the_order_of_the_ops_with_the_ids_as_sent(signe):
    ops = [signe.phone.create("visit", new_id(), visit(minutes=n)) for n in (1, 0, 240, 241)]
    ops[0]["op_id"] = ops[0]["op_id"].upper()
    results = signe.push(*ops)
    assert [r["op_id"] for r in results] == [op["op_id"] for op in ops]
    assert codes(results) == ["OK", "INVALID", "OK", "INVALID"]


def test_a_second_delivery_has_one_effect(signe):
    op = signe.phone.create("visit", new_id(), visit())
    first, again = signe.one(op), signe.one(op)
    assert (again["status"], again["code"], again["original"]) == ("duplicate", "DUPLICATE", {"status": "accepted", "code": "OK"})
    assert (again["seq"], again["record"]) == (first["seq"], first["record"])
    shuffled = dict(reversed([(k, dict(reversed(v.items())) if isinstance(v, dict) else v) for k, v in op.items()]))
    assert signe.one(shuffled)["status"] == "duplicate"


def test_a_duplicate_shows_the_record_as_it_is_now(signe):
    op = signe.phone.create("visit", new_id(), visit())
    signe.push(op, signe.phone.update("visit", op["id"], {"minutes": 50}, {"minutes": 20}))
    assert signe.one(op)["record"]["data"]["minutes"] == 50
    signe.one(signe.phone.delete("visit", op["id"], visit(minutes=50)))
    assert "record" not in signe.one(op)


def test_both_deliveries_in_one_batch_have_the_same_number(signe):
    op = signe.phone.create("visit", new_id(), visit())
    first, second = signe.push(op, op)
    assert second["status"] == "duplicate" and second["seq"] == first["seq"] is not None
    assert second["original"] == {"status": "accepted", "code": "OK"}


def test_a_duplicate_of_a_refusal_tells_the_refusal(signe):
    op = signe.phone.create("visit", new_id(), visit(minutes=0))
    first, again = signe.one(op), signe.one(op)
    assert again["original"] == {"status": "rejected", "code": "INVALID"} and again["seq"] == first["seq"]
    assert again["fields"] == first["fields"]


def test_an_op_id_with_other_content_or_from_another_person_changes_nothing(signe, emre):
    op = signe.phone.create("visit", new_id(), visit())
    signe.one(op)
    for changed in ({**op, "set": {**op["set"], "minutes": 21}}, {**op, "device_seq": 10_000}, {**op, "made_at": "2026-11-25T09:00:01Z"},
                    {**op, "extra": 1}):
        assert statuses([signe.one(changed)]) == [("rejected", "OP_ID_REUSED")]
    result = emre.one(op)
    assert (result["status"], result["code"]) == ("rejected", "OP_ID_REUSED") and "seq" not in result
    assert signe.view()[op["id"]]["data"]["minutes"] == 20


# --- refused --------------------------------------------------------------------------------------------------------

def test_a_wrong_field_is_named_with_what_to_do(signe):
    result = signe.one(signe.phone.create("visit", new_id(), visit(minutes=0)))
    assert (result["status"], result["code"], result["fields"]) == ("rejected", "INVALID", {"minutes": "Skal være 1–240."})
    assert "record" not in result and isinstance(result["seq"], int)


def broken_ops(phone):
    good = phone.create("visit", new_id(), visit())
    update = phone.update("visit", new_id(), {"minutes": 5}, {"minutes": 4})
    return {
        "unknown kind": {**good, "kind": "dragon"}, "no kind": {k: v for k, v in good.items() if k != "kind"},
        "kind of no text": {**good, "kind": 7},
        "unknown action": {**good, "action": "merge"}, "no id": {**good, "id": None}, "id no uuid": {**good, "id": "1"},
        "version 0": {**good, "v": 0}, "version below 0": {**good, "v": -1}, "version as text": {**good, "v": "1"},
        "version true": {**good, "v": True},
        "no version": {k: v for k, v in good.items() if k != "v"}, "no set": {k: v for k, v in good.items() if k != "set"},
        "set a list": {**good, "set": []}, "base on create": {**good, "base": {"minutes": 1}}, "made_at no instant": {**good, "made_at": "i går"},
        "no device_seq": {**good, "device_seq": None}, "device_seq below 0": {**good, "device_seq": -1}, "base missing": {**update, "base": None},
        "base without the key": {**update, "base": {"note": "x"}}, "set on delete": {**update, "action": "delete"},
        "unknown field": {**good, "set": {**good["set"], "shoe_size": 43}}, "envelope word": {**good, "set": {**good["set"], "rev": 4}},
        "lone surrogate": {**good, "set": {**good["set"], "note": "\ud83d"}}, "surrogate in a key": {**good, "set": {**good["set"], "\ud83d": 1}},
        "nul": {**good, "set": {**good["set"], "note": "a\x00b"}}, "beyond 64 bit": {**good, "set": {**good["set"], "minutes": 2**63}},
        "far beyond": {**good, "x": 10**400}, "below 64 bit": {**good, "x": -(2**63) - 1},
        "minutes as text": {**good, "set": {**good["set"], "minutes": "20"}}, "minutes 20.5": {**good, "set": {**good["set"], "minutes": 20.5}},
        "minutes true": {**good, "set": {**good["set"], "minutes": True}}, "roles no list": {**good, "set": {**good["set"], "met_roles": "DOCTOR"}},
        "no such role": {**good, "set": {**good["set"], "met_roles": ["KING"]}}, "no practice": {**good, "set": {**good["set"], "practice_id": None}},
        "practice no uuid": {**good, "set": {**good["set"], "practice_id": "P04"}},
        "no time zone": {**good, "set": {**good["set"], "occurred_at": "2026-11-24T09:40:00"}},
        "day 31 of February": {**good, "set": {**good["set"], "next_visit_on": "2026-02-31"}},
        "note too long": {**good, "set": {**good["set"], "note": "x" * 141}},
        "the future": {**good, "set": {**good["set"], "occurred_at": "2026-12-24T09:40:00Z"}},
    }


def test_everything_else_that_is_wrong_is_answered_per_op_and_stored(signe):
    ops = {name: {**op, "op_id": new_id()} for name, op in broken_ops(signe.phone).items()}
    results = signe.push(*ops.values())
    wrong = {name: (r["status"], r["code"]) for name, r in zip(ops, results, strict=True) if (r["status"], r["code"]) != ("rejected", "INVALID")}
    assert wrong == {}
    assert all(isinstance(r["seq"], int) and r["fields"] for r in results)
    assert {r["status"] for r in signe.push(*ops.values())} == {"duplicate"}


def test_an_endless_number_is_refused_per_op(signe):
    op = signe.phone.create("visit", new_id(), visit())
    body = json.dumps({"ops": [op]}).replace('"minutes": 20', '"minutes": 1e999').encode()
    assert signe.raw(PUSH, data=body)[2]["results"][0]["code"] == "INVALID"


def test_an_op_of_32_kib_is_read_and_a_longer_one_is_refused_but_kept(signe):
    small, large = (signe.phone.create("visit", new_id(), visit(note="x" * size)) for size in (20_000, 33_000))
    assert "tegn" in signe.one(small)["fields"]["note"]
    result = signe.one(large)
    assert (result["code"], list(result["fields"])) == ("INVALID", ["op"])
    assert signe.one(large)["status"] == "duplicate"


def test_one_bad_op_never_fails_the_batch(signe):
    good = [signe.phone.create("visit", new_id(), visit()) for _ in range(3)]
    bad = [op | {"op_id": new_id()} for op in broken_ops(signe.phone).values()]
    results = signe.push(good[0], *bad[:10], good[1], *bad[10:], good[2])
    assert [r["status"] for r in results if r["op_id"] in {g["op_id"] for g in good}] == ["accepted"] * 3


def test_outside_the_project_is_said_so(signe):
    result = signe.one(signe.phone.create("visit", new_id(), visit(occurred_at="2024-12-31T10:00:00Z")))
    assert (result["status"], result["code"]) == ("rejected", "OUTSIDE_PROJECT")


def test_what_cannot_be_changed_is_not_allowed(signe):
    move = signe.phone.create("stock_move", new_id(), {"batch_id": named("oplag"), "move": "TO_BAG", "quantity": 5, "from_place": "DEPOT",
                                                       "to_place": "BAG"})
    citizen = signe.new_citizen(consent=False)
    yes = signe.given(citizen)
    assert codes(signe.push(move, yes)) == ["OK", "OK"]
    for op in (move, yes):
        tries = signe.phone.update(op["kind"], op["id"], {}, {}), signe.phone.delete(op["kind"], op["id"], op["set"])
        assert codes(signe.push(*tries)) == ["NOT_ALLOWED"] * 2
    practice = signe.phone.update("practice", named("valby"), {"city": "Valby By"}, {"city": "København V"})
    assert statuses([signe.one(practice)]) == [("rejected", "NOT_ALLOWED")]


def test_a_quantity_is_at_least_one(signe):
    move = {"batch_id": named("oplag"), "move": "TO_BAG", "from_place": "DEPOT", "to_place": "BAG"}
    assert codes([signe.one(signe.phone.create("stock_move", new_id(), {**move, "quantity": n})) for n in (0, -1, 1)]) == ["INVALID", "INVALID", "OK"]


def test_a_version_the_server_does_not_know_yet_is_stored(signe):
    op = {**signe.phone.create("visit", new_id(), visit(colour="red")), "v": 99}
    result = signe.one(op)
    assert (result["status"], result["code"]) == ("rejected", "VERSION_UNKNOWN") and isinstance(result["seq"], int)
    assert signe.one(op)["original"]["code"] == "VERSION_UNKNOWN"


# --- held -----------------------------------------------------------------------------------------------------------

def test_what_comes_before_its_record_waits_and_is_applied_when_it_comes(signe, emre):
    id_ = new_id()
    early = emre.phone.update("visit", id_, {"minutes": 45}, {"minutes": 20})
    assert statuses([emre.one(early)]) == [("held", "UNKNOWN_RECORD")]
    assert id_ not in emre.view()
    signe.one(signe.phone.create("visit", id_, visit()))
    assert signe.view()[id_]["data"]["minutes"] == 45
    assert emre.one(early)["original"] == {"status": "held", "code": "UNKNOWN_RECORD"}


def test_what_names_an_unknown_record_waits_for_it(signe):
    visit_id = new_id()
    handout = signe.phone.create("stock_move", new_id(), {"batch_id": named("oplag"), "move": "HANDED_OUT", "quantity": 3, "from_place": "BAG",
                                                          "to_place": "PRACTICE", "practice_id": named("valby"), "visit_id": visit_id})
    assert codes([signe.one(handout)]) == ["UNKNOWN_RECORD"]
    signe.one(signe.phone.create("visit", visit_id, visit()))
    assert signe.view()[handout["id"]]["data"]["quantity"] == 3


def test_ops_of_one_device_on_one_record_are_applied_in_their_order(signe):
    id_, other = new_id(), new_id()
    talk = signe.new_citizen()
    signe.one(signe.talk(talk, id_))
    waits = signe.phone.update("talk", id_, {"visit_id": other, "minutes": 40}, {"visit_id": None, "minutes": 30})
    later = signe.phone.update("talk", id_, {"minutes": 50}, {"minutes": 40})
    last = signe.phone.update("talk", id_, {"minutes": 60}, {"minutes": 50})
    assert codes(signe.push(waits, later)) == ["UNKNOWN_RECORD"] * 2
    assert codes([signe.one(last)]) == ["UNKNOWN_RECORD"]
    signe.one(signe.phone.create("visit", other, visit()))
    stands = signe.view()[id_]
    assert (stands["data"]["minutes"], stands["data"]["visit_id"], stands["rev"]) == (60, other, 4)


def test_a_held_op_that_turns_into_a_conflict_is_told_at_the_next_pull(signe, emre):
    id_ = new_id()
    early = emre.phone.update("visit", id_, {"minutes": 45}, {"minutes": 30})
    emre.one(early)
    signe.one(signe.phone.create("visit", id_, visit()))
    card = next(c for c in emre.pull()["conflicts"] if c["record_id"] == id_)
    assert (card["kind"], card["code"], card["op_id"]) == ("visit", "FIELD_CONFLICT", early["op_id"])
    assert card["fields"] == {"minutes": {"base": 30, "mine": 45, "theirs": 20}}


# --- CPR ------------------------------------------------------------------------------------------------------------

NUMBER = "010190-1234"


def test_a_number_is_refused_and_leaves_no_trace(signe, server):
    secret = "150385-4321"
    ops = [signe.phone.create("visit", new_id(), visit(note=f"ring til {secret}")),
           signe.phone.update("visit", signe.new_visit(), {"note": "x"}, {"note": f"{secret}"}),
           signe.phone.delete("visit", new_id(), visit(note=secret)),
           signe.phone.create("visit", new_id(), visit(note=f"{secret} og for lang " * 20)),
           {**signe.phone.create("visit", new_id(), visit()), "kind": "dragon", "set": {"any": [{"deep": secret}]}},
           signe.phone.create("visit", new_id(), visit(minutes=secret)), signe.phone.create("visit", new_id(), visit(mode=secret)),
           signe.phone.create("visit", new_id(), visit(**{secret: "x"})),
           signe.phone.update("visit", new_id(), {secret: 1}, {}), signe.phone.create("visit", new_id(), visit(met_roles=[secret]))]
    results = signe.push(*ops)
    assert [r["code"] for r in results[:3]] == ["CPR_NUMBER"] * 3 and results[0]["fields"].keys() == {"note"}
    assert {r["status"] for r in results} == {"rejected"} and secret not in json.dumps(results)
    assert {r["status"] for r in signe.push(*ops)} == {"duplicate"}
    odd = [{**signe.phone.create("visit", new_id(), visit()), "comment": secret}, {**signe.phone.create("visit", new_id(), visit()), "id": secret},
           {**signe.phone.create("visit", new_id(), visit()), "kind": secret}]
    signe.push(*odd)
    from sqlalchemy import String, cast, func, select

    from app.ledger.tables import OPS
    with server.database.read() as tx:
        held = [column for column in OPS.c if tx.execute(select(func.count()).where(cast(column, String).like(f"%{secret}%"))).scalar()]
    assert held == []


def test_ids_moments_and_codes_are_never_looked_at(signe):
    number_in_id = "01019012-3456-7000-8010-010190123400"
    op = signe.phone.create("visit", number_in_id, visit())
    assert codes([signe.one(op)]) == ["OK"]
    held = signe.phone.create("stock_move", new_id(), {"batch_id": "01019012-1234-7000-8000-010190123401", "move": "TO_BAG", "quantity": 1,
                                                       "from_place": "DEPOT", "to_place": "BAG"})
    assert codes([signe.one(held)]) == ["UNKNOWN_RECORD"]


def test_a_doubtful_number_is_stored(signe):
    assert codes([signe.one(signe.phone.create("visit", new_id(), visit(note="0101901235 kl. 10")))]) in (["OK"], ["CPR_NUMBER"])
    assert codes([signe.one(signe.phone.create("visit", new_id(), visit(note="Ring 33 66 33 66 eller 24-11-2026 10:30")))]) == ["OK"]


# --- values ---------------------------------------------------------------------------------------------------------

def test_absent_and_null_are_the_same(signe):
    id_ = new_id()
    result = signe.one(signe.phone.create("visit", id_, visit(note=None, next_visit_on=None)))
    assert result["code"] == "OK" and "note" not in result["record"]["data"]
    assert codes(signe.push(signe.phone.update("visit", id_, {"note": "a"}, {"note": None}),
                            signe.phone.update("visit", id_, {"note": None}, {"note": "a"}),
                            signe.phone.create("visit", id_, visit()))) == ["OK"] * 3
    assert signe.view()[id_]["rev"] == 3 and "note" not in signe.view()[id_]["data"]


@pytest.mark.parametrize("written", ["2026-11-24T10:40:00+01:00", "2026-11-24T09:40:00Z", "2026-11-24T09:40:00.000000Z", "2026-11-24T09:40Z"])
def test_equal_instants_are_equal_and_come_back_in_utc(signe, written):
    id_ = new_id()
    result = signe.one(signe.phone.create("visit", id_, visit(occurred_at=written)))
    assert result["record"]["data"]["occurred_at"] == "2026-11-24T09:40:00.000Z"
    changed = signe.one(signe.phone.update("visit", id_, {"occurred_at": "2026-11-24T09:00:00Z"}, {"occurred_at": written}))
    assert (changed["code"], changed["record"]["rev"]) == ("OK", 2)


def test_text_is_kept_code_point_by_code_point(signe):
    for text in ("Å", "A\u030a", "  to  mellemrum ", "🚲 ´`'\"\\/", "linje\nskift\ttab", "\u200b", "İıſß"):
        assert signe.one(signe.phone.create("visit", new_id(), visit(note=text)))["record"]["data"]["note"] == text


def test_lists_are_sets(signe):
    id_ = new_id()
    signe.one(signe.phone.create("visit", id_, visit(met_roles=["DOCTOR", "NURSE", "DOCTOR"])))
    assert sorted(signe.view()[id_]["data"]["met_roles"]) == ["DOCTOR", "NURSE"]
    same = signe.one(signe.phone.update("visit", id_, {"met_roles": ["NURSE", "DOCTOR", "NURSE"]}, {"met_roles": ["DOCTOR", "NURSE"]}))
    assert (same["code"], same["record"]["rev"]) == ("OK", 1)


def test_an_update_that_changes_nothing_is_ok_and_the_revision_stays(signe):
    id_ = signe.new_visit()
    for set_, base in (({}, {}), ({"minutes": 20}, {"minutes": 20}), ({"minutes": 20}, {"minutes": 99})):
        result = signe.one(signe.phone.update("visit", id_, set_, base))
        assert (result["status"], result["code"], result["record"]["rev"]) == ("accepted", "OK", 1)


def test_receipts_tell_what_the_server_has(signe, emre):
    op = signe.phone.create("visit", new_id(), visit(minutes=0))
    seq = signe.one(op)["seq"]
    unknown = new_id()
    told = signe.line.ask("/api/sync/v1/receipts", {"op_ids": [op["op_id"], unknown]})["receipts"]
    assert [(r["op_id"], r["status"], r.get("code"), r.get("seq")) for r in told] == [
        (op["op_id"], "rejected", "INVALID", seq), (unknown, "unknown", None, None)]
    assert emre.line.ask("/api/sync/v1/receipts", {"op_ids": [op["op_id"]]})["receipts"][0]["status"] == "unknown"
    assert signe.line.ask("/api/sync/v1/handover", {"op_ids": [op["op_id"], unknown]})["handed_over"] == [op["op_id"]]
    assert emre.line.ask("/api/sync/v1/handover", {"op_ids": [op["op_id"]]})["handed_over"] == []


def test_a_corrected_op_takes_the_place_of_the_refused_one(signe):
    wrong = signe.phone.create("visit", new_id(), visit(minutes=0))
    signe.one(wrong)
    right = signe.phone.create("visit", wrong["id"], visit(minutes=10), replaces=wrong["op_id"])
    assert codes([signe.one(right)]) == ["OK"]
    assert signe.line.ask("/api/sync/v1/receipts", {"op_ids": [wrong["op_id"]]})["receipts"][0]["settled"] == "Rettet af rådgiveren"
