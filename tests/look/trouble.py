"""A phone in trouble: a record refused in a number, one in what it points to, one held, one disputed and one that waits."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser import NOTEBOOKS
from tests.world import named

PUSH = "**/api/sync/v1/push"


def get_into_trouble(page: Page, visit: str, meanwhile: Callable[[], None]) -> dict[str, str]:
    """Logs four things over a line that garbles them, and one over a dead line; the numbers of the refused ones.

    `visit` is one that somebody else changes `meanwhile`."""
    garbled = iter([{"minutes": 999}, {"practice_id": "nowhere"}, {"practice_id": named("nowhere")}])
    page.route(PUSH, lambda route: _garble(route, garbled))
    for number in range(3):
        _closed(page, number)
    _open(page, f"besoeg/{visit}", "Ret besøg")
    page.get_by_role("group", name="Hvor mange minutter?").get_by_label("60", exact=True).click()
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="I dag")).to_be_visible()
    meanwhile()
    _send(page)
    expect(page.get_by_role("heading", name="Skal afklares (1)")).to_be_visible(timeout=20_000)
    page.unroute(PUSH)
    page.route(PUSH, lambda route: route.abort())
    _open(page, "", "I dag")
    _closed(page, 0)
    _send(page)
    refused, pointed = sorted(str(row["op_id"]) for row in page.evaluate(NOTEBOOKS)["tray"])
    return {"refused": refused, "pointed": pointed}


def _closed(page: Page, number: int) -> None:
    page.locator(".place").nth(number).get_by_role("button", name="Lukket").click()
    page.get_by_role("dialog").get_by_role("button", name="Lukket").click()
    expect(page.locator(".messages [role=status]")).to_contain_text("Gemt på telefonen")


def _garble(route: Route, garbled: Any) -> None:
    content = json.loads(gzip.decompress(route.request.post_data_buffer or b""))
    for op in content["ops"]:
        if op["kind"] == "visit" and op["action"] == "create":
            op["set"].update(next(garbled, {}))
    headers = {name: value for name, value in route.request.headers.items() if name not in ("content-encoding", "content-length")}
    route.continue_(post_data=json.dumps(content), headers=headers)


def _send(page: Page) -> None:
    """Past the ten seconds in which it can be taken back."""
    page.evaluate("hand.later += 11_000")
    _open(page, "status", "Status")
    page.get_by_role("button", name="Send nu").click()
    expect(page.get_by_text("Sender …", exact=True)).to_have_count(0, timeout=20_000)


def _open(page: Page, place: str, title: str) -> None:
    page.evaluate("place => { location.hash = `#/${place}` }", place)
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
