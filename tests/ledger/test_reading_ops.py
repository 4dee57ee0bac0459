"""Anything that parses gets an answer, and no CPR number survives the reading (sync.md ch. 13)."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.ledger.ids import new_id
from app.ledger.op import Malformed, read
from app.ledger.push import push
from app.records import KINDS
from app.records.wire import UUID, specs
from app.rules.text_guard import detect
from tests.world import NOW, named

NUMBERS = st.sampled_from(["010190-1234", "150385-4321", "cpr 0101901234", "01.01.90-1234", "１５０３８５-4321", "150385 - 4321"])
TEXT = st.one_of(st.text(max_size=8), NUMBERS, st.builds("{} {}".format, st.text(max_size=4), NUMBERS), st.just("\ud800"), st.just("a\x00"))
VALUE = st.recursive(st.none() | st.booleans() | st.integers(-2**70, 2**70) | st.floats(allow_nan=False) | TEXT | st.just(named("halmtorvet")),
                     lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=8)
FIELDS = sorted({name for kind in KINDS.values() for name in specs(kind)})
PART = st.one_of(VALUE, st.dictionaries(st.one_of(st.sampled_from(FIELDS), TEXT), VALUE, max_size=5))
OP = st.fixed_dictionaries({"op_id": st.builds(new_id)}, optional={
    "kind": st.one_of(st.sampled_from(sorted(KINDS)), VALUE), "id": st.one_of(st.builds(new_id), st.just(named("v1")), VALUE),
    "action": st.one_of(st.sampled_from(["create", "update", "delete"]), VALUE), "set": PART, "base": PART, "v": st.one_of(st.just(1), VALUE),
    "device_seq": st.one_of(st.integers(0, 9), VALUE), "made_at": st.one_of(st.just("2026-11-24T09:00:00Z"), VALUE), "resolves": VALUE,
    "restores": VALUE, "replaces": VALUE, "extra": VALUE})


def texts(value):
    """Every text that would be stored, names too, but for ids and moments."""
    if isinstance(value, dict):
        yield from (text for key, child in value.items() for text in (key, *texts(child)))
    elif isinstance(value, list):
        yield from (text for child in value for text in texts(child))
    elif isinstance(value, str) and not UUID.match(value):
        yield value


@given(OP)
def test_no_number_of_level_high_survives_in_any_text(raw):
    op = read(json.loads(json.dumps(raw)))
    found = [text for text in texts(op.raw) if detect(text).level == "HIGH"]
    assert found == []
    text = json.dumps(op.raw, ensure_ascii=False)
    text.encode("utf-8")  # raises where a lone surrogate is left
    assert "\\u0000" not in text


@given(VALUE.filter(lambda value: not (isinstance(value, str) and UUID.match(value))))
def test_only_what_has_an_op_id_is_an_op(raw):
    with pytest.raises(Malformed):
        read({"op_id": raw} if not isinstance(raw, dict) else {k: v for k, v in raw.items() if k != "op_id"})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(OP, min_size=1, max_size=8))
def test_any_batch_of_ops_is_answered_op_by_op_on_both_databases(world, ops):
    results = push(world.db, world.signe, new_id(), json.loads(json.dumps(ops)), NOW).results
    assert [r.op_id for r in results] == [op["op_id"] for op in ops]
    assert {r.status for r in results} <= {"accepted", "duplicate", "conflict", "held", "rejected"}
    assert "QUARANTINED" not in {r.code for r in results}
    json.dumps([r.wire() for r in results])
    again = push(world.db, world.signe, new_id(), json.loads(json.dumps(ops)), NOW).results
    assert {r.status for r in again} <= {"duplicate", "rejected"} and {r.code for r in again} <= {"DUPLICATE", "ERASED"}
