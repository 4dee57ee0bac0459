"""An adviser's phone with the demo's clock, that counts the touches and keys it gets, and the verbs of a field day."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Playwright, Request, expect

from tests.browser import FLAGS, SIZE, Phone, chromium, until
from tests.journeys.demo_day import PASSPHRASES, Day

# Moves what the page calls now, and nothing else: timers stay real. Counts what a hand does, however the test does it.
# `hand.later` puts the clock forward while the page is open; `hand.badge` is what the app's icon shows.
CLOCK_AND_COUNT = """(() => {
  const Real = Date, now = () => Real.now() + %d + hand.later
  globalThis.hand = { taps: 0, keys: 0, later: 0, badge: null }
  navigator.setAppBadge = (count) => { hand.badge = count; return Promise.resolve() }
  globalThis.Date = new Proxy(Real, {
    construct: (_, given, as) => Reflect.construct(Real, given.length ? given : [now()], as),
    get: (_, name) => name === 'now' ? now : Real[name],
  })
  addEventListener('pointerdown', () => { hand.taps += 1 }, true)
  addEventListener('keydown', () => { hand.keys += 1 }, true)
})()"""


GZIP = b"\x1f\x8b"


def sent_in(request: Request) -> Any:
    """The body of what the phone has sent; a short one goes as it is."""
    body = request.post_data_buffer or b""
    return json.loads(gzip.decompress(body) if body[:2] == GZIP else body)


class Handset(Phone):
    """One adviser's phone on the demo's day."""

    def __init__(self, playwright: Playwright, profile: Path, day: Day, address: str = "") -> None:
        super().__init__(playwright, profile, address or day.address)
        self.day = day

    def open(self) -> Handset:
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile, executable_path=chromium(), headless=True, args=FLAGS, viewport=SIZE, locale="da-DK", timezone_id="Europe/Copenhagen",
            env={**os.environ, "LANGUAGE": "da"})
        self.context.add_init_script(CLOCK_AND_COUNT % (self.day.shift.total_seconds() * 1000))
        self.page = self.context.pages[0]
        self.page.goto(f"{self.address}/")
        return self

    def enter(self, who: str) -> Handset:
        """Signs in for the first time and waits for the practices."""
        self.sign_in(who, PASSPHRASES[who])
        expect(self.page.locator(".place")).not_to_have_count(0, timeout=60_000)
        return self

    def enter_again(self, who: str) -> None:
        """The session ended with the browser, or with the day; the notebook is open."""
        self.show("log-ind")
        self.sign_in(who, PASSPHRASES[who])
        expect(self.heading("Status")).to_be_visible(timeout=20_000)

    def hand(self) -> dict[str, int]:
        """Taps and keys since the page was opened."""
        return dict(self.page.evaluate("({ taps: hand.taps, keys: hand.keys })"))

    def today(self) -> None:
        self.show("")
        expect(self.heading("I dag")).to_be_visible()

    def cards(self) -> Locator:
        """The practices of today."""
        return self.page.locator(".place")

    def says(self, words: str) -> None:
        """The message at the bottom of the screen."""
        expect(self.page.locator(".messages [role=status]")).to_contain_text(words, timeout=15_000)

    def chip(self, group: str, name: str) -> Locator:
        """A choice drawn as a chip: the radio or box that lies over its label."""
        return self.page.get_by_role("group", name=group).get_by_label(name, exact=True)

    def send(self) -> None:
        """Sends all there is, past the ten seconds in which it can be taken back."""
        self.show("status")
        until(lambda: not any(row.get("hold_until", 0) > self.page.evaluate("Date.now()") for row in self.outbox()), "the time to undo is over")
        self.button("Send nu").click()
        until(lambda: not self.outbox(), "the outbox is empty")
