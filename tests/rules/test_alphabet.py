"""Every list stands in the Danish order (INV-18)."""

from __future__ import annotations

import random

import pytest

from app.rules.alphabet import finds, sort_key

ORDER = ["Adam", "Wagner", "Zebra", "Ærtebjerg", "Øresund", "Aagaard", "Ålholm"]


def test_ae_oe_and_aa_come_last_and_double_a_is_aa():
    mixed = random.Random(18).sample(ORDER, len(ORDER))
    assert mixed != ORDER and sorted(mixed, key=sort_key) == ORDER


def test_capitals_decide_only_between_equals():
    assert sorted(["b", "A", "a", "B"], key=sort_key) == ["A", "a", "B", "b"]


@pytest.mark.parametrize(("typed", "written"), [("aagaard", "Ågård"), ("ågård", "Aagaard"), ("oeresund", "Øresund"), ("aertebjerg", "Ærtebjerg")])
def test_a_search_finds_either_spelling(typed, written):
    assert finds(typed, written)
