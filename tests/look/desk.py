"""What a page of the office owes beside axe: every width, paper, keys alone, no JavaScript."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.look.look import SIDEWAYS
from tests.look.stumbles import keys, watch
from tests.server import ROOT

EYES = (ROOT / "tests/look/desk.js").read_text("utf-8")
WIDTHS = (320, 390, 768, 1280, 1920)
PAPER = {"width": 718, "height": 1016}  # A4 within its margins


def proven(page: Page, with_frame: bool = False) -> list[str]:
    """All of it on the page as it stands; the last look at it, for it is shortened on the way. `with_frame`: the menu's keys as well."""
    page.evaluate(EYES)
    found = page.evaluate("desk.scripted()")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        found += [f"{width}: {over} px sideways" for over in [page.evaluate(SIDEWAYS)] if over]
        found += [f"{width}: {code}" for code in page.evaluate("desk.brokenCodes()")]
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print", color_scheme="dark")
    found += page.evaluate("desk.printed()")
    page.emulate_media(media="screen", color_scheme="light")
    page.evaluate("desk.shorten()")
    if not with_frame:
        page.evaluate("desk.withoutFrame()")
    page.set_viewport_size({"width": 1280, "height": 844})
    page.set_viewport_size({"width": 1280, "height": page.evaluate("Math.min(8000, document.documentElement.scrollHeight + 100)")})
    watch(page)
    # Nothing of the office lies over anything else; a link in a wide table may stand half outside it.
    return found + [f"keys: {fault}" for fault in keys(page) if "out of sight" not in fault]
