"""A code is read however it is written, and what is wrong with it is said; the phone is held to the same vectors (domain.md 2.5)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.rules.codes import Problem, make, read
from app.rules.record_rules import CODE_SYMBOLS

READINGS = json.loads((Path(__file__).resolve().parents[2] / "app/catalogue/code_vectors.json").read_text("utf-8"))["readings"]


@pytest.mark.parametrize("reading", READINGS, ids=lambda r: repr(r["typed"]))
def test_a_code_is_read_as_the_vectors_say(reading):
    found = read(reading["typed"])
    if "code" in reading:
        assert found == reading["code"]
    else:
        assert isinstance(found, Problem) and (found.kind, found.at) == (reading["problem"], reading.get("at")) and found.words.endswith((".", "?"))


def test_every_code_that_is_made_can_be_read():
    codes = {make() for _ in range(300)}
    assert len(codes) > 290 and all(read(code) == code and re.fullmatch(r"B-[2-9BCDFGHJKMNPQRTVWX]{5}", code) for code in codes)


def test_a_code_that_is_taken_is_not_made_again():
    asked = []

    class Taken:
        def __contains__(self, code):
            asked.append(code)
            return len(asked) < 3
    assert make(Taken()) == asked[2] and len(asked) == 3


def test_every_single_typo_and_every_swap_of_neighbours_is_caught():
    for body in (make()[2:] for _ in range(200)):
        typos = {body[:i] + symbol + body[i + 1:] for i in range(5) for symbol in CODE_SYMBOLS}
        swaps = {body[:i] + body[i + 1] + body[i] + body[i + 2:] for i in range(4)}
        assert all(isinstance(read(wrong), Problem) for wrong in (typos | swaps) - {body})
