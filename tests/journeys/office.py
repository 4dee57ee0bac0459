"""Birthe at her desk, in a browser of her own: what she sees of a visit, how she closes a month, the file she gets."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

from playwright.sync_api import Browser, expect

from tests.journeys.demo_day import PASSPHRASES, Day


class Office:
    """The office's pages as the coordinator opens them."""

    def __init__(self, browser: Browser, day: Day) -> None:
        self.day = day
        self.page = browser.new_page(locale="da-DK", viewport={"width": 1280, "height": 900})

    def enter(self) -> Office:
        self.page.goto(f"{self.day.address}/log-ind")
        self.page.get_by_label("E-mail").fill("birthe@demo.example")
        self.page.get_by_label("Adgangssætning").fill(PASSPHRASES["birthe"])
        self.page.get_by_role("button", name="Log ind", exact=True).click()
        expect(self.page.get_by_role("navigation", name="Kontor")).to_be_visible()
        return self

    def open(self, path: str) -> str:
        """A page of the office; the words of its main part."""
        answer = self.page.goto(f"{self.day.address}/kontor{path}")
        assert answer and answer.status == 200 and "/log-ind" not in answer.url, path
        return self.page.locator("main").inner_text()

    def close(self, month: str, name: str, reason: str = "") -> None:
        """Closes a month that is ready, or for a reason."""
        self.open(f"/maaneder/{month}")
        if reason:
            self.page.get_by_label("Begrundelse").fill(reason)
        self.page.get_by_role("button", name=f"Luk {name}").click()
        expect(self.page.locator("main")).to_contain_text("Som lukket")

    def file(self, month: str) -> bytes:
        """The month's zip, as the browser downloads it."""
        answer = self.page.request.get(f"{self.day.address}/kontor/maaneder/{month}/fil")
        assert answer.headers["content-type"] == "application/zip"
        return answer.body()


def table(content: bytes, name: str) -> list[dict[str, str]]:
    """The rows of one CSV file in a month's zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""), delimiter=";"))


def handed_out(content: bytes) -> dict[tuple[str, str], int]:
    """Pieces handed out, by kind of material and language."""
    found: dict[tuple[str, str], int] = {}
    for row in table(content, "05_materialer.csv"):
        key = row["type"], row["sprog"]
        found[key] = found.get(key, 0) + int(row["uddelt"])
    return found


def difference(before: dict[Any, int], after: dict[Any, int]) -> dict[Any, int]:
    return {key: change for key in after if (change := after[key] - before.get(key, 0))}
