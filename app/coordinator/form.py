"""A form over one kind of record: what each field shows, and what the sent form says back, with what to do at the field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from werkzeug.datastructures import MultiDict

from app.clock import COPENHAGEN
from app.coordinator import form_entries
from app.coordinator.danish import as_instant, day_figures, number_words
from app.coordinator.words import choices
from app.records import KINDS
from app.records.wire import Bad, Spec, instant_text, specs
from app.rules import practice_cells as cells

Json = Any
HINTS = {"instant": "Skriv dd-mm-åååå og tt.mm.", "day": "Skriv dd-mm-åååå.", "decimal": "Fx 55,6696."}


@dataclass
class Field:
    """One field as a template draws it. `value` is what stands in the input, also when it was wrong."""

    name: str
    title: str
    shape: str
    required: bool
    value: Any
    error: str = ""
    hint: str = ""
    most: int = 0
    options: list[tuple[str, str]] = field(default_factory=list)
    columns: list[form_entries.Column] = field(default_factory=list)

    @property
    def described(self) -> str:
        """The ids that aria-describedby names."""
        return " ".join(filter(None, [f"{self.name}-hjaelp" if self.hint else "", f"{self.name}-fejl" if self.error else ""]))


@dataclass
class Form:
    """The fields of one kind, in order. `choices` gives the (id, name) options of a reference field."""

    kind: str
    names: tuple[str, ...]
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def shown(self, data: Mapping[str, Json], errors: Mapping[str, str] | None = None, sent: MultiDict[str, str] | None = None) -> list[Field]:
        """Every field, filled from `data`, or from what was sent when that had errors."""
        found = []
        for spec in self.specs():
            value = _sent(spec, sent) if sent is not None else written(spec, data.get(spec.name))
            found.append(self._field(spec, value, (errors or {}).get(spec.name, "")))
        return found

    def read(self, sent: MultiDict[str, str], base: Mapping[str, Json]) -> tuple[dict[str, Json], dict[str, str]]:
        """(data, errors). What looks as it did when the form was filled keeps its exact value."""
        data, errors = {}, {}
        for spec in self.specs():
            typed, before = _sent(spec, sent), base.get(spec.name)
            if typed == written(spec, before) and before is not None:
                data[spec.name] = before
                continue
            try:
                value = spec.read(READ[spec.shape](spec, typed)) if _says_something(typed) else None
            except Bad as bad:
                errors[spec.name] = str(bad)
                continue
            if value is None and spec.required:
                errors[spec.name] = "Skal udfyldes."
            data[spec.name] = value
        return data, errors

    def specs(self) -> list[Spec]:
        every = specs(KINDS[self.kind])
        return [every[name] for name in self.names]

    def _field(self, spec: Spec, value: Any, error: str) -> Field:
        options: list[tuple[str, str]] = []
        if spec.shape in ("code", "codes"):
            options = choices(spec.options["codes"])
        elif spec.shape == "flag":
            options = [("ja", "Ja"), ("nej", "Nej")]
        elif spec.shape == "ref":
            options = list(self.choices.get(spec.name, {}).items())
        columns = form_entries.columns(spec) if spec.shape == "entries" else []
        hint = spec.options.get("hint") or HINTS.get(spec.shape, "")
        if spec.shape in ("whole",):
            hint = f"{spec.options['least']}–{number_words(spec.options['most'])}"
        return Field(spec.name, spec.title, spec.shape, spec.required, value, error, hint, spec.options.get("most", 0) if spec.shape == "text" else 0,
                     options, columns)


def changed(kind: str, base: Mapping[str, Json], data: Mapping[str, Json]) -> tuple[dict[str, Json], dict[str, Json]]:
    """(set, base) of an update: only what the person changed."""
    every = specs(KINDS[kind])
    moved = [name for name in data if every[name].compare(data[name]) != every[name].compare(base.get(name))]
    return {name: data[name] for name in moved}, {name: base.get(name) for name in moved}


def written(spec: Spec, value: Json) -> Any:
    """How a value stands in its input."""
    if spec.shape == "entries":
        return [form_entries.written(spec, entry) for entry in value or ()]
    if spec.shape in ("codes", "numbers"):
        return [str(item) for item in value or ()]
    if spec.shape == "instant":
        moment = as_instant(value) if value else None
        return (f"{moment:%d-%m-%Y}", f"{moment.hour}.{moment.minute:02}") if moment else ("", "")
    if value is None:
        return ""
    if spec.shape == "flag":
        return "ja" if value else "nej"
    if spec.shape == "day":
        return day_figures(value)
    return str(value).replace(".", ",") if spec.shape == "decimal" else str(value)


def _sent(spec: Spec, sent: MultiDict[str, str]) -> Any:
    if spec.shape == "entries":
        return form_entries.sent(spec, sent)
    if spec.shape in ("codes", "numbers"):
        return [item.strip() for item in sent.getlist(spec.name) if item.strip()]
    if spec.shape == "instant":
        return sent.get(spec.name, "").strip(), sent.get(f"{spec.name}-kl", "").strip()
    return sent.get(spec.name, "").replace("\r\n", "\n").strip()


def _says_something(typed: Any) -> bool:
    return any(typed) if isinstance(typed, tuple) else bool(typed)


def _whole(_spec: Spec, typed: str) -> int:
    if not typed.lstrip("-").isdigit():
        raise Bad("Skriv et helt tal uden punktum.")
    return int(typed)


def _instant(_spec: Spec, typed: tuple[str, str]) -> str:
    if not all(typed):
        raise Bad("Skriv både dato og klokkeslæt.")
    moment = datetime.combine(datetime.fromisoformat(cells.day(typed[0])).date(), time.fromisoformat(cells.clock(typed[1])), COPENHAGEN)
    return instant_text(moment)


def _as_it_is(_spec: Spec, typed: Any) -> Any:
    return typed


READ: dict[str, Any] = {
    "text": _as_it_is, "code": _as_it_is, "codes": _as_it_is, "ref": _as_it_is, "entries": form_entries.read, "whole": _whole, "instant": _instant,
    "decimal": lambda _spec, typed: cells.decimal(typed), "flag": lambda _spec, typed: cells.yes_or_no(typed),
    "day": lambda _spec, typed: cells.day(typed), "numbers": lambda spec, typed: [_whole(spec, item) for item in typed],
}
