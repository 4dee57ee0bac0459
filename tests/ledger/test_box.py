"""The sealed box opens for the server alone, in its own place alone, and whichever side closed it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.config import Settings
from app.ledger import box

VECTOR = json.loads(Path(__file__).with_name("box_vector.json").read_text("utf-8"))
KEYS = [VECTOR["secret"]]
ABOUT, CONTENT = VECTOR["about"], VECTOR["content"].encode()


@pytest.mark.parametrize("side", ["closed_by_phone", "closed_by_server"])
def test_a_box_that_either_side_closed_opens(side):
    assert box.opened(KEYS, VECTOR[side], ABOUT) == CONTENT


def test_the_same_secret_makes_the_same_key():
    assert box.public(KEYS) == VECTOR["public"]


def test_no_two_boxes_are_alike_and_nothing_can_be_read_off_one():
    one, other = (box.sealed(VECTOR["public"], ABOUT, CONTENT) for _ in range(2))
    assert one.split(".")[2][:80] != other.split(".")[2][:80] and "minutes" not in one
    assert box.opened(KEYS, one, ABOUT) == box.opened(KEYS, other, ABOUT) == CONTENT


def test_a_box_about_something_else_does_not_open():
    with pytest.raises(box.Broken):
        box.opened(KEYS, VECTOR["closed_by_phone"], ABOUT.replace("bb", "bc"))


def test_a_box_with_any_byte_changed_does_not_open():
    version, key_id, text = VECTOR["closed_by_phone"].split(".")
    raw = box._bytes(text)
    for place in range(len(raw)):
        bent = bytes([*raw[:place], raw[place] ^ 1, *raw[place + 1:]])
        with pytest.raises(box.Broken):
            box.opened(KEYS, f"{version}.{key_id}.{box._text(bent)}", ABOUT)


@pytest.mark.parametrize("junk", ["", ".", "1", "1..", "2.{id}.AAAA", "1.{id}.", "1.{id}.AAAA", "1.{id}.æøå", "1.{id}." + "A" * 200, "1.{id}.A.B"])
def test_what_is_no_box_is_broken(junk):
    with pytest.raises(box.Broken):
        box.opened(KEYS, junk.replace("{id}", VECTOR["public"]["id"]), ABOUT)


def test_a_box_for_another_server_names_a_key_that_is_not_here():
    with pytest.raises(box.UnknownKey):
        box.opened(["some other installation's secret"], VECTOR["closed_by_phone"], ABOUT)


def test_a_key_that_is_changed_still_opens_what_was_closed_before():
    settings = Settings(secret_key=VECTOR["secret"])
    assert settings.box_keys() == KEYS
    turned = Settings(secret_key=VECTOR["secret"], box_secrets=f"a-newer-secret-of-the-box {VECTOR['secret']}")
    assert box.public(turned.box_keys())["id"] != VECTOR["public"]["id"]
    assert box.opened(turned.box_keys(), VECTOR["closed_by_phone"], ABOUT) == CONTENT
