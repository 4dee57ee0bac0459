"""The language is whole: every field and code has a Danish word, no field takes an envelope's name, the phone speaks the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.records import KINDS, RESERVED
from app.records.codes import code_lists
from app.records.typescript import source
from app.records.wire import json_schema, specs

ROOT = Path(__file__).resolve().parents[2]
FIELDS = [(kind, spec) for kind, cls in KINDS.items() for spec in specs(cls).values()]


@pytest.mark.parametrize(("kind", "spec"), FIELDS, ids=lambda v: getattr(v, "name", v))
def test_every_field_has_a_danish_title(kind, spec):
    assert spec.title and spec.title != spec.name and spec.title[0].isupper(), f"{kind}.{spec.name}"


@pytest.mark.parametrize(("kind", "spec"), FIELDS, ids=lambda v: getattr(v, "name", v))
def test_no_field_takes_a_name_of_the_envelope(kind, spec):
    assert spec.name not in RESERVED, f"{kind}.{spec.name}"


@pytest.mark.parametrize(("kind", "spec"), FIELDS, ids=lambda v: getattr(v, "name", v))
def test_fields_are_named_after_what_they_hold(kind, spec):
    ending = {"instant": "_at", "ref": "_id"}.get(spec.shape)
    assert not ending or spec.name.endswith(ending), f"{kind}.{spec.name}"
    assert spec.shape == "instant" or not spec.name.endswith("_at")
    assert spec.shape == "ref" or not spec.name.endswith("_id")


@pytest.mark.parametrize("codes", code_lists().values(), ids=lambda c: c.name)
def test_every_code_has_a_danish_label_that_fits_a_chip(codes):
    assert codes.title
    for code, label in codes.labels.items():
        assert label and len(label) <= 60, f"{codes.name}.{code}"


def test_code_lists_that_fields_name_exist():
    for kind, spec in FIELDS:
        if "codes" in spec.options:
            assert spec.options["codes"] in code_lists(), f"{kind}.{spec.name}"
        if spec.shape == "ref":
            assert spec.options["kind"] in KINDS, f"{kind}.{spec.name}"


def test_the_phones_types_are_fresh():
    written = (ROOT / "static/phone/generated/records.ts").read_text("utf-8")
    assert written == source(), "Kør: python3 -m app generate"


def test_the_schema_names_every_field():
    for kind, cls in KINDS.items():
        assert set(json_schema(cls)["properties"]) == set(specs(cls)), kind


def test_every_class_of_the_line_has_a_danish_name():
    for cls in KINDS.values():
        assert cls.TITLE and cls.__doc__
