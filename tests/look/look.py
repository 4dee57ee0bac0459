"""Looks at what a browser shows: axe in each look, no sideways scroll, the page inspector on the page as it stands."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.look.screens import unfold
from tests.page_inspector import Page as Inspected
from tests.server import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FINDINGS = """rules => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)))"""
CONTRAST = ["color-contrast", "target-size"]  # what a theme and a width can change; the rest of the page is the same in all four looks
LOOKS = [(390, "light", RULES), (390, "dark", CONTRAST), (1280, "light", CONTRAST), (1280, "dark", RULES)]
EXPECTED = re.compile(r"status of (404|422)")
ROUTE = "href peger på »/"  # #/status is a screen of the phone, not a place on the page
NARROW = (320, 390)
SIDEWAYS = "Math.max(0, ...[document.documentElement, ...document.querySelectorAll('main')].map(one => one.scrollWidth - one.clientWidth))"


def faults(page: Page) -> list[str]:
    """All that is wrong with the page, with everything unfolded; nothing when it is fit to look at."""
    unfold(page)
    found = [problem for problem in Inspected(page.content()).problems() if not problem.startswith(ROUTE)]
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    for width, theme, rules in LOOKS:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found += [f"{width} {theme}: {finding}" for finding in page.evaluate(FINDINGS, rules)]
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 844})
        found += [f"{width}: {over} px sideways" for over in [page.evaluate(SIDEWAYS)] if over]
    return found


def listen(page: Page) -> list[str]:
    """What the console has complained of, as it comes. What is not there (404) or not right (422) is asked for on purpose."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" and not EXPECTED.search(message.text) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said
