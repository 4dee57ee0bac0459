"""Reads one op off the line: its shape, without a look at the database (sync.md ch. 3, 13)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.ledger.cleaning import without_numbers
from app.records import KINDS, Record
from app.records.wire import UUID, Bad, read_instant, specs

Json = Any
MOST_BYTES = 32 * 1024
BIG = 2**63
ACTIONS = ("create", "update", "delete")


class Malformed(ValueError):
    """The request as a whole cannot be answered: an op has no usable op_id."""


@dataclass
class Op:
    """One op. `wrong` says what its shape breaks; `cleaned` that a CPR number was taken out of it."""

    raw: dict[str, Json]
    sent_id: str
    op_id: str
    kind: str
    id: str
    action: str
    set: dict[str, Json]
    base: dict[str, Json]
    v: Json
    device_seq: int
    made_at: Json
    resolves: str | None
    restores: bool
    replaces: str | None = None  # the quarantined op that this one corrects
    wrong: dict[str, str] | None = None
    cleaned: frozenset[str] = frozenset()

    @property
    def record(self) -> type[Record] | None:
        return KINDS.get(self.kind)

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.id

    def refs(self) -> Iterator[tuple[str, str, str]]:
        """(field, kind, id) of every record that `set` names."""
        if self.record:
            for name, spec in specs(self.record).items():
                value = self.set.get(name)
                if spec.shape == "ref" and isinstance(value, str) and UUID.match(value):
                    yield name, spec.options["kind"], value.lower()


def read(raw: Json) -> Op:
    """The op with its CPR numbers taken out; raises Malformed."""
    if not isinstance(raw, dict) or not isinstance(raw.get("op_id"), str) or not UUID.match(raw["op_id"]):
        raise Malformed
    wrong = _unstorable(raw)
    raw, cleaned = without_numbers(_storable(raw))
    wrong = wrong or _wrong_frame(raw)  # of the cleaned op: what is wrong is told and stored by name
    return Op(raw=raw, sent_id=raw["op_id"], op_id=raw["op_id"].lower(), kind=_text(raw, "kind")[:40], id=_id(raw, "id") or "",
              action=_text(raw, "action")[:10], set=_part(raw, "set"), base=_part(raw, "base"), v=raw.get("v"),
              device_seq=_whole(raw.get("device_seq")), made_at=raw.get("made_at"), resolves=_id(raw, "resolves"),
              restores=raw.get("restores") is True, replaces=_id(raw, "replaces"), wrong=wrong, cleaned=cleaned)


def _text(raw: dict[str, Json], name: str) -> str:
    return raw[name] if isinstance(raw.get(name), str) else ""


def _id(raw: dict[str, Json], name: str) -> str | None:
    return raw[name].lower() if isinstance(raw.get(name), str) and UUID.match(raw[name]) else None


def _part(raw: dict[str, Json], name: str) -> dict[str, Json]:
    return dict(raw[name]) if isinstance(raw.get(name), dict) else {}


def _unstorable(raw: dict[str, Json]) -> dict[str, str] | None:
    """What no database could keep as it is, in Danish; None when there is nothing of the kind."""
    try:
        size = len(json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))
    except UnicodeEncodeError:
        return {"op": "Teksten har tegn, der ikke kan gemmes."}
    if size > MOST_BYTES:
        return {"op": "Registreringen er for stor."}
    if any(isinstance(v, str) and "\x00" in v or isinstance(v, float) and v in (float("inf"), float("-inf"))
           or isinstance(v, int) and not -BIG <= v < BIG for v in _leaves(raw)):
        return {"op": "Et tal eller et tegn kan ikke gemmes."}
    return None


def _wrong_frame(raw: dict[str, Json]) -> dict[str, str] | None:
    """What the op's shape breaks, as field → Danish text; None when it is well made."""
    action = raw.get("action")
    checks = {
        "kind": isinstance(raw.get("kind"), str) and raw["kind"] in KINDS,
        "id": isinstance(raw.get("id"), str) and bool(UUID.match(raw["id"])),
        "action": action in ACTIONS,
        "v": _is_count(raw.get("v")) and raw["v"] > 0,
        "device_seq": _is_count(raw.get("device_seq")),
        "made_at": _is_instant(raw.get("made_at")),
        "set": raw.get("set") is None if action == "delete" else isinstance(raw.get("set"), dict),
        "base": raw.get("base") in (None, {}) if action == "create" else isinstance(raw.get("base"), dict),
        "resolves": raw.get("resolves") is None or isinstance(raw["resolves"], str),
        "restores": raw.get("restores") in (None, True, False),
    }
    broken = {name: "Har ikke den rigtige form." for name, fits in checks.items() if not fits}
    if action == "delete" and raw.get("set") == {}:
        broken.pop("set", None)
    if not broken and action == "update":
        broken = {name: "Mangler det, der stod før." for name in raw["set"] if name not in raw["base"]}
    return broken or None


def _is_instant(value: Json) -> bool:
    try:
        return bool(read_instant(value))
    except Bad:
        return False


def _is_count(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _whole(value: Json) -> int:
    return value if _is_count(value) and value < BIG else 0


def _leaves(value: Json) -> Iterator[Json]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield key
            yield from _leaves(child)
    elif isinstance(value, list):
        for child in value:
            yield from _leaves(child)
    else:
        yield value


def _storable(value: Json) -> Json:
    """The same value without what no database takes: lone surrogates, NUL, endless numbers."""
    if isinstance(value, str):
        return value if "\x00" not in value and _is_clean(value) else value.replace("\x00", "�").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_storable(k): _storable(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_storable(v) for v in value]
    if isinstance(value, float) and value in (float("inf"), float("-inf")) or isinstance(value, int) and not -BIG <= value < BIG:
        return str(value)[:40]
    return value


def _is_clean(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
