"""Takes CPR numbers out of an op before anything of it is stored (sync.md ch. 13, CPR)."""

from __future__ import annotations

from typing import Any

from app.records import KINDS
from app.records.wire import DAY, UUID, Bad, Spec, read_instant, specs
from app.rules.text_guard import clean

Json = Any
LOOKED_PAST = ("_id", "_at", "_on")


def without_numbers(raw: dict[str, Json]) -> tuple[dict[str, Json], frozenset[str]]:
    """(the op as it may be stored, the fields of `set` and `base` that held a number)."""
    kind = KINDS.get(raw["kind"]) if isinstance(raw.get("kind"), str) else None
    known = specs(kind) if kind else {}
    kept: dict[str, Json] = {}
    hit: set[str] = set()
    for name, value in raw.items():
        if name not in ("set", "base") or not isinstance(value, dict):
            kept[clean(name)] = value if _is_id_or_moment(value) else _cleaned(value)
            continue
        part = kept[name] = {clean(field): _field(known.get(field), field, held) for field, held in value.items()}
        hit |= {clean(field) for field, held in value.items() if part.get(field) != held and not field.endswith(LOOKED_PAST)}
    return kept, frozenset(hit)


def _is_id_or_moment(value: Json) -> bool:
    try:
        return isinstance(value, str) and bool(UUID.match(value) or read_instant(value))
    except Bad:
        return False


def _field(spec: Spec | None, name: str, value: Json) -> Json:
    """Ids, moments and values of a code list can hold digits by chance; any other text is read.

    What is no id in the place of one is wrong for that reason, but a number in it is not kept either.
    """
    if name.endswith(LOOKED_PAST) and (_is_id_or_moment(value) or isinstance(value, str) and DAY.match(value)):
        return value
    return value if spec and not spec.is_text and _fits(spec, value) else _cleaned(value)


def _fits(spec: Spec, value: Json) -> bool:
    try:
        spec.read(value)
    except Bad:
        return False
    return True


def _cleaned(value: Json) -> Json:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(name): _cleaned(child) for name, child in value.items()}
    if isinstance(value, list):
        return [_cleaned(child) for child in value]
    return value
