"""What a phone is told when the app is put on its home screen: complete, true, and no larger than it needs to be."""

import struct

import pytest

from app.config import ROOT
from app.field.manifest import MANIFEST

WANTED = {"id", "name", "short_name", "description", "lang", "dir", "start_url", "scope", "display", "display_override", "orientation",
          "theme_color", "background_color", "categories", "icons", "screenshots", "shortcuts", "launch_handler"}
PICTURES = [*MANIFEST["icons"], *MANIFEST["screenshots"]]
MOST_BYTES = 100 * 1024


def size(path):
    """Width and height out of a PNG's first chunk."""
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", head[16:24])


def test_the_manifest_is_served_whole_and_in_danish(phone):
    answer = phone.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    told = answer.get_json(force=True)
    assert set(told) >= WANTED
    assert (told["lang"], told["dir"], told["start_url"], told["scope"]) == ("da", "ltr", "/", "/")


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture["src"])
def test_each_picture_is_what_the_manifest_says(picture):
    path = ROOT / picture["src"].lstrip("/")
    assert "x".join(map(str, size(path))) == picture["sizes"]
    assert path.stat().st_size <= MOST_BYTES


def test_there_is_an_icon_for_every_phone():
    kinds = {(icon["sizes"], icon["purpose"]) for icon in MANIFEST["icons"]}
    assert kinds == {(f"{n}x{n}", purpose) for n in (192, 512) for purpose in ("any", "maskable")}
    assert len({icon["src"] for icon in MANIFEST["icons"]}) == 4
    assert size(ROOT / "static/icons/apple-180.png") == (180, 180)


def test_both_a_narrow_and_a_wide_screen_are_shown():
    assert {picture["form_factor"] for picture in MANIFEST["screenshots"]} == {"narrow", "wide"}


def test_shortcuts_lead_to_screens_the_phone_has():
    routes = (ROOT / "static/phone/main.tsx").read_text()
    for shortcut in MANIFEST["shortcuts"]:
        place = shortcut["url"].removeprefix("/#/").split("/")[0]
        assert f"case '{place}':" in routes
