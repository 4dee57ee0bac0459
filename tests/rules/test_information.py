"""What a citizen is told says the same in every language, plainly, and all that GDPR art. 13 asks for (domain.md 2.6, 4.1, 4.8)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.records import KINDS
from app.records.codes import code_list
from app.records.wire import specs
from tests.house.test_words import FORBIDDEN
from tests.page_inspector import FORBIDDEN as ON_SCREEN

INFORMATION = json.loads((Path(__file__).resolve().parents[2] / "app/catalogue/information.json").read_text("utf-8"))
LANGUAGES: dict[str, Any] = INFORMATION["languages"]
DANISH = LANGUAGES["da"]
ARTICLE_13 = ["responsible", "purpose", "basis", "written", "seen", "kept", "rights", "withdraw", "complaint", "voluntary"]
SETTINGS = {"controller", "dpo", "basis", "jobcenter"}
SHARED = {"{basis}"}


def texts(node: Any) -> list[str]:
    """Every text that a citizen reads in a language, in order."""
    if isinstance(node, str):
        return [node]
    if isinstance(node, dict):
        return texts([child for key, child in node.items() if key not in ("key", "dir")])
    return [text for child in node for text in texts(child)] if isinstance(node, list) else []


def shape(node: Any) -> Any:
    """The same tree without its words."""
    if isinstance(node, dict):
        return {key: value if key == "key" else shape(value) for key, value in node.items()}
    return [shape(child) for child in node] if isinstance(node, list) else type(node).__name__


def filled(language: dict[str, Any], text: str) -> str:
    return text.format(**language["defaults"], phone="13 00 00 01")


def lix(text: str) -> float:
    """Words per sentence and the share of words of more than six letters (LIX by Björnsson)."""
    words, sentences = re.findall(r"[^\W_]+(?:-[^\W_]+)*", text), len(re.findall(r"[.?!:](?:\s|$)", text)) or 1
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_says_the_same_things_in_the_same_order(code):
    assert shape(LANGUAGES[code]) == shape(DANISH)
    assert [section["key"] for section in LANGUAGES[code]["sections"]] == ARTICLE_13
    assert tuple(LANGUAGES[code]["scopes"]) == code_list("consent_scope").codes
    assert tuple(LANGUAGES[code]["heard"]["answers"]) == code_list("heard_scale").codes


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_is_empty_or_left_in_danish(code):
    said = texts(LANGUAGES[code])
    assert all(text.strip() == text and text for text in said)
    if code != "da":
        assert set(said) & (set(texts(DANISH)) - SHARED) == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_same_settings_stand_open_in_the_same_sentences(code):
    def open_in(language):
        return [sorted(set(re.findall(r"\{(\w+)\}", text))) for text in texts(language)]
    assert open_in(LANGUAGES[code]) == open_in(DANISH)
    assert set(LANGUAGES[code]["defaults"]) == SETTINGS and not any("{" in filled(LANGUAGES[code], text) for text in texts(LANGUAGES[code]))


def test_the_languages_are_those_of_the_code_list_and_run_the_right_way():
    assert tuple(LANGUAGES) == code_list("language").codes
    assert {code for code, language in LANGUAGES.items() if language["dir"] == "rtl"} == {"ar", "ur", "fa"}
    for code, language in LANGUAGES.items():
        assert bool(re.search("[\u0600-\u06ff]", language["title"])) == (language["dir"] == "rtl"), code


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_times_and_the_place_to_complain_are_the_same_everywhere(code):
    sections = {section["key"]: " ".join(section["text"]) for section in LANGUAGES[code]["sections"]}
    assert re.findall(r"\d+", sections["kept"]) == ["90", "13", "6", "13", "12"]
    assert all(word in sections["complaint"] for word in ("Datatilsynet", "datatilsynet.dk", "33 19 32 00"))
    assert re.findall(r"\d+", LANGUAGES[code]["scopes"]["FOLLOW_UP"]) == ["3", "6", "12"]


def test_the_text_has_a_version_that_a_record_can_carry():
    version = INFORMATION["version"]
    assert re.fullmatch(r"\d{4}-\d{2}-\d+", version)
    assert all(specs(KINDS[kind])["text_version"].read(version) == version for kind in ("information_given", "consent_event"))


def test_a_language_that_nobody_has_read_through_says_so():
    assert DANISH["reviewed"] is True and all(isinstance(language["reviewed"], bool) for language in LANGUAGES.values())


def test_danish_is_easy_to_read():
    parts = [" ".join(section["text"]) for section in DANISH["sections"]] + [" ".join(DANISH["scopes"].values())]
    assert all(lix(filled(DANISH, part)) < 35 for part in parts), [round(lix(filled(DANISH, part))) for part in parts]
    assert lix("Kommunens databeskyttelsesrådgiver behandler personoplysninger i overensstemmelse med forordningen.") > 60


@pytest.mark.parametrize("code", LANGUAGES)
def test_sentences_are_short(code):
    for text in texts(LANGUAGES[code]):
        for sentence in re.split(r"(?<=[.?!؟۔:])\s", filled(LANGUAGES[code], text)):
            assert len(sentence.split()) <= 26, sentence


@pytest.mark.parametrize("code", ["da", "en"])
def test_no_word_that_the_adviser_cannot_stand_by(code):
    for text in texts(LANGUAGES[code]):
        said = filled(LANGUAGES[code], text)
        assert not FORBIDDEN.search(said) and not ON_SCREEN.search(said), said


def test_every_purpose_has_a_sentence_of_its_own():
    for language in LANGUAGES.values():
        said = list(language["scopes"].values())
        assert len(set(said)) == len(said) == 8
