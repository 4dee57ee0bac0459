"""How a record looks on the line: each field's strict reading, its canonical form, its limits in Danish, its JSON Schema."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from app.records.codes import code_list
from app.records.record import ENVELOPE, Record

UUID = re.compile(r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\Z")
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
SETS = ("codes", "numbers", "entries")
Json = Any


class Bad(ValueError):
    """The value does not fit the field; the text says in Danish what to do."""


@dataclass(frozen=True)
class Spec:
    """One field of one kind."""

    name: str
    title: str
    shape: str
    required: bool
    default: Json
    options: dict[str, Any]

    @property
    def is_set(self) -> bool:
        return self.shape in SETS

    @property
    def is_text(self) -> bool:
        return self.shape in ("text", "entries")

    def read(self, value: Json) -> Json:
        """The canonical form of a value from the line; raises Bad."""
        return None if value is None else READERS[self.shape](self, value)

    def compare(self, value: Json) -> Json:
        """A form in which equal values are equal: order and repeats of a set, absent and null do not matter."""
        try:
            value = self.read(value)
        except Bad:
            return ("?", repr(value))
        if self.is_set:
            return tuple(sorted({_key(item) for item in value or ()}, key=str))
        return value


@cache
def specs(kind: type[Record]) -> dict[str, Spec]:
    """The fields of a kind in their order, without the envelope."""
    found = {}
    for name, info in kind.model_fields.items():
        if name not in ENVELOPE:
            options = dict(info.json_schema_extra or {})  # type: ignore[arg-type]
            default = None if info.is_required() else info.default
            found[name] = Spec(name, info.title or name, str(options.pop("shape")), info.is_required(), default, options)
    return found


def instant_text(moment: datetime) -> str:
    """An instant as the line writes it: UTC with `Z`, milliseconds unless it holds more."""
    text = moment.astimezone(UTC).isoformat(timespec="microseconds" if moment.microsecond % 1000 else "milliseconds")
    return text.replace("+00:00", "Z")


def read_instant(value: Json) -> datetime:
    """Any ISO 8601 instant with an offset; raises Bad."""
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Bad("Skal være et tidspunkt.") from None
    if moment.tzinfo is None or not 1900 < moment.year < 2200:
        raise Bad("Skal være et tidspunkt med tidszone.")
    return moment.astimezone(UTC)


def to_row(kind: type[Record], data: dict[str, Json]) -> dict[str, Any]:
    """Canonical data as column values; every field is named."""
    row: dict[str, Any] = {}
    for name, spec in specs(kind).items():
        value = data.get(name)
        if value is not None and spec.shape == "instant":
            value = datetime.fromisoformat(value)
        elif value is not None and spec.shape == "day":
            value = date.fromisoformat(value)
        row[name] = value
    return row


def to_data(kind: type[Record], row: Any) -> dict[str, Json]:
    """Column values (a mapping) as canonical data; what is empty is left out."""
    data: dict[str, Json] = {}
    for name, spec in specs(kind).items():
        value = row[name]
        if value is not None:
            data[name] = instant_text(value) if spec.shape == "instant" else value.isoformat() if spec.shape == "day" else value
    return data


def _key(item: Json) -> Json:
    return tuple(sorted((k, v) for k, v in item.items() if v != "")) if isinstance(item, dict) else item


def _text(spec: Spec, value: Json) -> str:
    if not isinstance(value, str):
        raise Bad("Skal være tekst.")
    most, pattern = spec.options["most"], spec.options.get("pattern")
    if len(value) > most:
        raise Bad(f"Må højst være {most} tegn.")
    if len(value) < spec.options.get("least", 0):
        raise Bad("Skal udfyldes.")
    if pattern and not re.fullmatch(pattern, value):
        raise Bad(spec.options.get("hint") or "Har ikke den rigtige form.")
    return value


def _limits(spec: Spec, value: float) -> None:
    if not spec.options["least"] <= value <= spec.options["most"]:
        raise Bad(f"Skal være {spec.options['least']}–{spec.options['most']}.")


def _whole(spec: Spec, value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Bad("Skal være et helt tal.")
    _limits(spec, value)
    return value


def _decimal(spec: Spec, value: Json) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        raise Bad("Skal være et tal.")
    _limits(spec, value)
    return float(value)


def _flag(_spec: Spec, value: Json) -> bool:
    if not isinstance(value, bool):
        raise Bad("Skal være ja eller nej.")
    return value


def _code(spec: Spec, value: Json) -> str:
    known = code_list(spec.options["codes"])
    if not isinstance(value, str) or value not in known.labels:
        raise Bad(f"Vælg {known.title.lower()} fra listen.")
    return value


def _set(spec: Spec, value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise Bad("Skal være en liste.")
    kept = list({_key(item): item for item in (_item(spec, item) for item in value)}.values())
    if len(kept) > spec.options["most"]:
        raise Bad(f"Vælg højst {spec.options['most']}.")
    return kept


def _item(spec: Spec, item: Json) -> Json:
    if spec.shape == "codes":
        return _code(spec, item)
    if spec.shape == "numbers":
        if not isinstance(item, int) or isinstance(item, bool) or not 0 <= item <= 1_000_000:
            raise Bad("Skal være hele tal.")
        return item
    if not isinstance(item, dict) or not all(isinstance(v, str) and len(v) <= 200 for v in item.values()):
        raise Bad("Skal være rækker af korte tekster.")
    if not set(item) <= set(spec.options["columns"]):
        raise Bad("Har en ukendt kolonne.")
    return {k: v for k, v in item.items() if v != ""}


def _ref(_spec: Spec, value: Json) -> str:
    if not isinstance(value, str) or not UUID.match(value):
        raise Bad("Vælg en fra listen.")
    return value.lower()


def _instant(_spec: Spec, value: Json) -> str:
    return instant_text(read_instant(value))


def _day(_spec: Spec, value: Json) -> str:
    try:
        if isinstance(value, str) and DAY.match(value) and 1900 < date.fromisoformat(value).year < 2200:
            return value
    except ValueError:
        pass
    raise Bad("Skal være en dato.")


READERS: dict[str, Any] = {"text": _text, "whole": _whole, "decimal": _decimal, "flag": _flag, "code": _code, "codes": _set,
                           "numbers": _set, "entries": _set, "ref": _ref, "instant": _instant, "day": _day}


def json_schema(kind: type[Record]) -> dict[str, Json]:
    """JSON Schema of the kind's data, with Danish titles (sync.md ch. 13, Schema)."""
    return {"type": "object", "title": kind.TITLE, "additionalProperties": False,
            "required": [s.name for s in specs(kind).values() if s.required],
            "properties": {s.name: {"title": s.title, **_schema(s)} for s in specs(kind).values()}}


def _schema(spec: Spec) -> dict[str, Json]:
    options = spec.options
    if spec.shape in ("text", "whole", "decimal"):
        return _limited_schema(spec)
    if spec.shape == "codes":
        return {"type": "array", "items": {"enum": list(code_list(options["codes"]).codes)}, "maxItems": options["most"], "uniqueItems": True}
    if spec.shape == "numbers":
        return {"type": "array", "items": {"type": "integer"}, "maxItems": options["most"]}
    if spec.shape == "entries":
        columns = {key: {"title": title, "type": "string", "maxLength": 200} for key, title in options["columns"].items()}
        return {"type": "array", "maxItems": options["most"],
                "items": {"type": "object", "additionalProperties": False, "properties": columns}}
    plain: dict[str, dict[str, Json]] = {
        "flag": {"type": "boolean"}, "ref": {"type": "string", "format": "uuid", "x-kind": options.get("kind")},
        "instant": {"type": "string", "format": "date-time"}, "day": {"type": "string", "format": "date"},
        "code": {"type": "string", "enum": list(code_list(options.get("codes", "role")).codes)}}
    return plain[spec.shape]


def _limited_schema(spec: Spec) -> dict[str, Json]:
    options = spec.options
    if spec.shape == "text":
        pattern = {"pattern": options["pattern"]} if options.get("pattern") else {}
        return {"type": "string", "maxLength": options["most"], "minLength": options.get("least", 0), **pattern}
    return {"type": "integer" if spec.shape == "whole" else "number", "minimum": options["least"], "maximum": options["most"]}
