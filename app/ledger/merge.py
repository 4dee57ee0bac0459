"""Three-way merge, field by field: what the user saw, what the user wants, what the server holds (sync.md ch. 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.records.wire import Spec

Json = Any
Clash = dict[str, Json]  # {"base","mine","theirs"}


@dataclass
class Merged:
    """What may be written, what clashes, and whether two sets were joined."""

    data: dict[str, Json]
    clashes: dict[str, Clash] = field(default_factory=dict)
    joined: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)

    def take_back(self, name: str, theirs: Json) -> None:
        """Leaves a field as the server holds it."""
        _put(self, name, theirs)
        self.changed.discard(name)
        self.joined.discard(name)


def merge(fields: Mapping[str, Spec], base: dict[str, Json], mine: dict[str, Json], theirs: dict[str, Json]) -> Merged:
    """`mine` holds the op's `set` in canonical form, `theirs` the record as it is. Nothing is ever overwritten unseen."""
    merged = Merged(dict(theirs))
    for name, wanted in mine.items():
        spec, seen, present = fields[name], base.get(name), theirs.get(name)
        if spec.compare(present) == spec.compare(wanted):
            continue
        if spec.compare(present) == spec.compare(seen):
            _put(merged, name, wanted)
        elif spec.is_set:
            _put(merged, name, join(spec, seen, wanted, present))
            merged.joined.add(name)
        else:
            merged.clashes[name] = {"base": seen, "mine": wanted, "theirs": present}
    return merged


def join(spec: Spec, base: Json, mine: Json, theirs: Json) -> list[Json]:
    """Three-way set merge: what either side added, without what either side took away. `base` is as the phone sent it."""
    def key(item: Json) -> Json:
        return spec.compare([item])
    seen = {key(item) for item in (base if isinstance(base, list) else ())}
    kept_by_me = {key(item) for item in mine or ()}
    kept = [item for item in theirs or () if key(item) not in seen or key(item) in kept_by_me]
    have = {key(item) for item in theirs or ()}
    return kept + [item for item in mine or () if key(item) not in seen and key(item) not in have]


def unseen(fields: Mapping[str, Spec], base: dict[str, Json], theirs: dict[str, Json]) -> dict[str, Clash]:
    """What a deleter did not see: the fields that changed since. What is absent in a whole record was seen empty."""
    whole = all(base.get(name) is not None for name, spec in fields.items() if spec.required)
    return {name: {"base": base.get(name), "mine": None, "theirs": theirs.get(name)} for name, spec in fields.items()
            if (whole or name in base) and spec.compare(base.get(name)) != spec.compare(theirs.get(name))}


def same(fields: Mapping[str, Spec], one: dict[str, Json], other: dict[str, Json]) -> bool:
    """Do two records hold the same?"""
    return not differing(fields, one, other)


def differing(fields: Mapping[str, Spec], mine: dict[str, Json], theirs: dict[str, Json]) -> dict[str, Clash]:
    return {name: {"base": None, "mine": mine.get(name), "theirs": theirs.get(name)} for name, spec in fields.items()
            if spec.compare(mine.get(name)) != spec.compare(theirs.get(name))}


def _put(merged: Merged, name: str, value: Json) -> None:
    merged.changed.add(name)
    if value is None:
        merged.data.pop(name, None)
    else:
        merged.data[name] = value
