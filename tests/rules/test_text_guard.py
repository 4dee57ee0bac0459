"""No CPR number reaches the disk, and nothing else is taken for one (domain.md 4.3)."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.text_guard import GONE, clean, detect

CATALOGUE = Path(__file__).parents[2] / "app" / "catalogue" / "cpr_testvectors.json"
VECTORS = json.loads(CATALOGUE.read_text(encoding="utf-8"))
TODAY = date.fromisoformat(VECTORS["today"])

digits = st.text("0123456789", max_size=12)
pieces = st.one_of(
    digits, st.text(max_size=6),
    st.sampled_from(["cpr", "CPR-nr.: ", "personnummer", "pers. nr", "sidste fire cifre ", "-", " - ", " ", ".", "/", "–", "\u2011",
                     "150858", "1508585000", "2307791000", "230779-1000", "1308781OS6", "xxxx", "P-nr. ", "ñ", "\u0301",
                     "\u200b", "١٥٠٨٥٨", "۱۵۰۸۵۸", "\n", "①", "ﬁ", "[fjernet]"]))
texts = st.lists(pieces, max_size=12).map("".join)


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector["text"])
def test_every_published_vector_has_its_level(vector: dict[str, str]) -> None:
    assert detect(vector["text"], TODAY).level == vector["expected"], vector["why"]


@given(texts)
def test_cleaned_text_is_never_high_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text, TODAY)
    assert detect(cleaned, TODAY).level != "HIGH"
    assert clean(cleaned, TODAY) == cleaned
    assert (cleaned == text) == (detect(text, TODAY).level != "HIGH")


@given(texts)
def test_hits_lie_inside_the_text_and_apart(text: str) -> None:
    end = 0
    for hit in detect(text, TODAY).hits:
        assert end <= hit.index < hit.index + hit.length <= len(text)
        end = hit.index + hit.length


def test_only_the_number_goes_and_the_rest_is_kept_as_it_was_written() -> None:
    assert clean("Ringe\u0301 150858‑5000\u00a0i dag, ﬁn tone", TODAY) == f"Ringe\u0301 {GONE}\u00a0i dag, ﬁn tone"


def test_several_numbers_all_go() -> None:
    assert clean("150858-5000 og 251248-9996", TODAY) == f"{GONE} og {GONE}"
    assert clean("cpr: 1234 5678 og 9999", TODAY).count(GONE) >= 1


def test_a_number_that_is_announced_is_not_taken_for_a_weaker_one() -> None:
    assert detect("cpr 2307791000", TODAY).level == "HIGH"


def test_digits_of_other_alphabets_count() -> None:
    assert detect("٢٣٠٧٧٩-١٠٠٠", TODAY).level == "HIGH"
    assert detect("۲۳۰۷۷۹-۱۰۰۰", TODAY).level == "HIGH"


def test_without_a_day_the_servers_own_counts() -> None:
    assert detect("010140-5123").level == "NONE", "born 2040"
    assert clean("150858-5000") == GONE


def test_what_is_read_as_it_is_written_has_no_other_spelling():
    """The short way past letters holds only while none of them turns into a digit, or into anything else."""
    import sys
    import unicodedata

    from app.rules.text_guard import _AS_WRITTEN, _NO_DIGIT

    short = [chr(n) for n in range(sys.maxunicode + 1) if _AS_WRITTEN.fullmatch(chr(n))]
    assert "æ" in short and "7" in short and len(short) == 192
    assert all(unicodedata.normalize("NFKC", one) == one and not unicodedata.category(one).startswith("M") for one in short)
    assert {one for one in short if not _NO_DIGIT.fullmatch(one)} == set("0123456789")
