"""The traps of the texts that the project came from pass the guard, said in sentences of our own (INV-20)."""

import json
from datetime import date
from pathlib import Path

import pytest

from app.rules.text_guard import clean, detect

CATALOGUE = Path(__file__).parents[2] / "app" / "catalogue"
TRAPS = json.loads((CATALOGUE / "source_traps.json").read_text(encoding="utf-8"))
TODAY = date.fromisoformat(TRAPS["today"])


@pytest.mark.parametrize("sentence", TRAPS["sentences"])
def test_a_sentence_with_the_sources_numbers_is_no_hit(sentence: str) -> None:
    assert detect(sentence, TODAY).level == "NONE"
    assert clean(sentence, TODAY) == sentence


def test_all_of_them_in_one_text_are_no_hit_either() -> None:
    for between in (" ", "\n", "\u00a0"):
        assert detect(between.join(TRAPS["sentences"]), TODAY).level == "NONE"
