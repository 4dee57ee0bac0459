"""Three-way merge never overwrites what its author had not seen, whatever the values (sync.md ch. 8, I5)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.ledger.merge import join, merge, same, unseen
from app.records import Talk, Visit
from app.records.wire import specs

VISIT, TALK = specs(Visit), specs(Talk)
MINUTES = st.one_of(st.none(), st.integers(1, 240))
NOTES = st.one_of(st.none(), st.text(max_size=5))
ROLES = st.one_of(st.none(), st.lists(st.sampled_from(["DOCTOR", "NURSE", "SECRETARY", "MANAGER"]), max_size=5))
RECORD = st.fixed_dictionaries({}, optional={"minutes": MINUTES, "note": NOTES, "met_roles": ROLES})
JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3), max_leaves=6)


def canonical(data):
    return {name: VISIT[name].read(value) for name, value in data.items() if value is not None}


@given(RECORD, RECORD, RECORD)
def test_every_applied_value_replaced_its_base_or_equalled_or_was_a_set_merge(base, mine, theirs):
    mine, theirs = {n: VISIT[n].read(v) for n, v in mine.items()}, canonical(theirs)
    merged = merge(VISIT, base, mine, theirs)
    for name, spec in VISIT.items():
        before, after = spec.compare(theirs.get(name)), spec.compare(merged.data.get(name))
        wanted, seen = spec.compare(mine.get(name)), spec.compare(base.get(name))
        if name not in mine:
            assert after == before
        elif name in merged.clashes:
            assert after == before and before not in (seen, wanted)
            assert merged.clashes[name] == {"base": base.get(name), "mine": mine[name], "theirs": theirs.get(name)}
        elif spec.is_set and before not in (seen, wanted):
            assert set(after) == (set(before) - (set(seen) - set(wanted))) | (set(wanted) - set(seen))
        else:
            assert after == wanted and before in (seen, wanted)


@given(RECORD, RECORD, RECORD)
def test_two_edits_of_different_fields_commute(base, one, other):
    base = canonical(base)
    one = {n: VISIT[n].read(v) for n, v in one.items()}
    other = {n: VISIT[n].read(v) for n, v in other.items() if n not in one}
    first = merge(VISIT, base, other, merge(VISIT, base, one, base).data)
    second = merge(VISIT, base, one, merge(VISIT, base, other, base).data)
    assert same(VISIT, first.data, second.data) and not first.clashes and not second.clashes


@given(ROLES, ROLES, ROLES)
def test_set_merges_commute(base, one, other):
    spec, start = VISIT["met_roles"], VISIT["met_roles"].read(base)
    one_first = join(spec, base, spec.read(other), join(spec, base, spec.read(one), start))
    other_first = join(spec, base, spec.read(one), join(spec, base, spec.read(other), start))
    assert spec.compare(one_first) == spec.compare(other_first)


@given(RECORD, RECORD)
def test_an_edit_applied_twice_is_applied_once(base, mine):
    base, mine = canonical(base), {n: VISIT[n].read(v) for n, v in mine.items()}
    once = merge(VISIT, base, mine, base)
    twice = merge(VISIT, base, mine, once.data)
    assert same(VISIT, once.data, twice.data) and not twice.changed and not twice.clashes


@given(st.dictionaries(st.sampled_from(["minutes", "note", "met_roles", "occurred_at", "practice_id"]), JSON), RECORD)
def test_a_base_of_any_shape_breaks_nothing(base, theirs):
    theirs = canonical(theirs)
    mine = {"minutes": 7, "note": "x", "met_roles": ["NURSE"]}
    merged = merge(VISIT, base, mine, theirs)
    assert set(merged.clashes) | set(merged.changed) | {n for n in mine if VISIT[n].compare(theirs.get(n)) == VISIT[n].compare(mine[n])} == set(mine)
    unseen(VISIT, base, theirs)


WHOLE = {"practice_id": "0193a2b0-0000-7000-8000-000000000001", "occurred_at": "2026-11-24T09:40:00.000Z", "mode": "PHONE", "purpose": "REGULAR",
         "outcome": "COMPLETED", "minutes": 20, "met_roles": ["DOCTOR"]}


@given(RECORD, RECORD)
def test_a_delete_goes_through_only_when_nothing_has_changed_since_it_was_seen(seen, stands):
    seen, stands = {**WHOLE, **canonical(seen)}, {**WHOLE, **canonical(stands)}
    assert (unseen(VISIT, seen, stands) == {}) == same(VISIT, seen, stands)
