"""A phone in Chromium: one profile that outlives the browser, screens by what they are called, and a look at what lies on its disk."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Playwright

from tests.world import PASSPHRASE

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync"]
SIZE = {"width": 412, "height": 915}

# Every notebook on this origin, store by store, with the boxes left out: they are sealed. The browser is asked first, so that looking
# creates nothing.
NOTEBOOKS = """async () => {
  const done = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error) })
  const found = {}
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('raadgiver-')) continue
    const db = await done(indexedDB.open(name))
    for (const store of ['outbox', 'journal', 'tray', 'records', 'lots', 'drafts', 'conflicts']) {
      if (!db.objectStoreNames.contains(store)) continue
      const rows = await done(db.transaction(store).objectStore(store).getAll())
      found[store] = [...(found[store] ?? []), ...rows.map(({ box, ...open }) => open)]
    }
    if (db.objectStoreNames.contains('meta')) found.head = await done(db.transaction('meta').objectStore('meta').get('head'))
    db.close()
  }
  return found
}"""


def chromium() -> str:
    """The browser's path; the test is skipped where the machine has none."""
    names = (os.environ.get("RAADGIVER_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for path in (shutil.which(name) for name in names if name) if path), None)
    return found or pytest.skip("no Chromium: apt-get install -y chromium")


class Phone:
    """One adviser's phone. `profile` is its disk: whatever happens to the browser, it is opened again on the same."""

    def __init__(self, playwright: Playwright, profile: Path, address: str) -> None:
        self.playwright, self.profile, self.address = playwright, profile, address
        self.passphrase = PASSPHRASE
        self.context: BrowserContext
        self.page: Page

    def open(self) -> Phone:
        """Starts the browser on the profile and the app in it."""
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile, executable_path=chromium(), headless=True, args=FLAGS, viewport=SIZE, locale="da-DK", timezone_id="Europe/Copenhagen",
            env={**os.environ, "LANGUAGE": "da"})
        self.page = self.context.pages[0]
        self.page.goto(f"{self.address}/")
        return self

    def close(self) -> None:
        self.context.close()

    def kill(self) -> None:
        """SIGKILL to the whole browser, as a system does that needs the memory; the profile stays."""
        for process in self._processes():
            os.kill(process, signal.SIGKILL)
        until(lambda: not self._processes(), "the browser is gone")

    def _processes(self) -> list[int]:
        """The processes that run on this profile."""
        mark = f"--user-data-dir={self.profile}".encode()
        return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and mark in _command_line(entry)]

    # --- what a person does ----------------------------------------------------------------------------------------

    def sign_in(self, who: str, passphrase: str = PASSPHRASE) -> None:
        self.page.get_by_label("E-mail").fill(f"{who}@demo.example")
        self.page.get_by_label("Adgangssætning").fill(passphrase)
        self.passphrase = passphrase
        self.button("Log ind").click()

    def unlock(self, tab: Page | None = None) -> None:
        """Opened again, the phone is locked; it knows whose it is."""
        page = tab or self.page
        page.get_by_label("Adgangssætning").fill(self.passphrase)
        page.get_by_role("button", name="Lås op", exact=True).click()
        page.get_by_role("heading", level=1, name="Lås op").wait_for(state="detached")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", level=1, name=name)

    def show(self, place: str) -> None:
        """Opens a screen by its address behind the #."""
        self.page.evaluate("place => { location.hash = `#/${place}` }", place)

    def text(self) -> str:
        """All that stands on the screen."""
        return self.page.locator("body").inner_text()

    # --- what lies on its disk -------------------------------------------------------------------------------------

    def notebook(self) -> dict[str, list[dict[str, Any]]]:
        """Store → rows as they lie in IndexedDB."""
        return dict(self.page.evaluate(NOTEBOOKS))

    def outbox(self) -> list[dict[str, Any]]:
        return self.notebook().get("outbox", [])

    def unsent(self) -> list[dict[str, Any]]:
        """The outbox without the mark that the time to undo is not over: what has been taken for sending loses it."""
        return [{name: value for name, value in row.items() if name != "hold_until"} for row in self.outbox()]


def until(true: Callable[[], Any], what: str, seconds: float = 20) -> Any:
    """Waits for something to become true; its value. CSP forbids Playwright's own way to wait for a function."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if value := true():
            return value
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s: {what}")


def _command_line(entry: Path) -> bytes:
    try:
        return (entry / "cmdline").read_bytes()
    except OSError:
        return b""
