"""Makes README's picture from the demo: I dag, Log besøg and Status side by side. `python -m tests.look.picture`"""

from __future__ import annotations

import tempfile
from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import FLAGS, chromium
from tests.journeys.demo_day import day_in, filled
from tests.journeys.handset import CLOCK_AND_COUNT
from tests.look.conftest import enter
from tests.look.trouble import PUSH
from tests.server import ROOT

SIZE = {"width": 390, "height": 800}
TARGET = ROOT / "docs" / "phone.png"
TOP = "main => { main.scrollTop = 0; document.activeElement.blur() }"
FRAME = """<style>body{margin:0;padding:20px;display:inline-flex;gap:20px;background:#e6eaeb}
img{border-radius:18px;box-shadow:0 0 0 1px #9aa5a8}</style>"""


def three_screens(page: Page) -> list[bytes]:
    """A day under way: something sent, a visit being written, the same visit waiting for a net."""
    page.get_by_role("button", name="Lukket").nth(2).click()
    page.get_by_role("dialog").get_by_role("button", name="Lukket").click()
    page.evaluate("hand.later += 11_000")
    page.evaluate("location.hash = '#/status'")
    page.get_by_role("button", name="Send nu").click()
    expect(page.locator(".receipt-all")).to_be_visible(timeout=20_000)
    page.evaluate("location.hash = '#/'")
    page.get_by_role("button", name="Ankommet").first.click()
    page.wait_for_timeout(7_000)  # the word to the user has gone
    page.locator("main").evaluate(TOP)
    shots = [page.screenshot()]
    page.get_by_role("link", name="Log besøg").first.click()
    page.get_by_role("button", name="Folder +10").click()
    page.locator("main").evaluate(TOP)
    shots.append(page.screenshot())
    page.route(PUSH, lambda route: route.abort())
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="I dag")).to_be_visible()
    page.evaluate("hand.later += 11_000")
    page.evaluate("location.hash = '#/status'")
    page.get_by_role("button", name="Send nu").click()
    page.wait_for_timeout(11_000)
    page.locator("main").evaluate(TOP)
    return [*shots, page.screenshot()]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        day = day_in(Path(folder) / "state", filled(Path(folder))).start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            context = browser.new_context(viewport=SIZE, locale="da-DK", timezone_id="Europe/Copenhagen", color_scheme="light",
                                          service_workers="block")
            context.add_init_script(CLOCK_AND_COUNT % (day.shift.total_seconds() * 1000))
            page = context.new_page()
            page.goto(day.address)
            enter(page, "signe")
            expect(page.locator(".place")).not_to_have_count(0, timeout=60_000)
            shots = three_screens(page)
            sheet = browser.new_page(viewport={"width": 1400, "height": 900})
            sheet.set_content(FRAME + "".join(f"<img src='data:image/png;base64,{b64encode(shot).decode()}'>" for shot in shots))
            sheet.locator("body").screenshot(path=TARGET)
        finally:
            browser.close()
            day.kill()


if __name__ == "__main__":
    main()
