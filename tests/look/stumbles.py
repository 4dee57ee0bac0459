"""What somebody stumbles over on the phone who reads large text, uses only the keys, listens, or cannot bear motion."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.server import ROOT

EYES = (ROOT / "tests/look/stumbles.js").read_text("utf-8")
SIZE = {"width": 390, "height": 844}
ZOOMED = {"width": 195, "height": 422}
LETTERS, LARGE = {"standard": 16, "fixed": 13}, {"standard": 32, "fixed": 26}
NAMED = {"button", "link", "textbox", "searchbox", "radio", "checkbox", "combobox", "listbox", "spinbutton", "DisclosureTriangle", "Date",
         "InputTime", "dialog", "heading", "region", "navigation", "image", "img"}
TOLD_APART = {"listitem", "region", "article", "row", "dialog", "group", "navigation", "search", "Date", "InputTime"}
ICON = re.compile("[‹›▸▾✓＋✕→←⚠!]+")


def watch(page: Page) -> None:
    """From here on the page remembers what opened a dialog."""
    if not page.evaluate("'stumbles' in window"):
        page.evaluate(EYES)


def stumbles(page: Page) -> list[str]:
    """All of it, in one visit to the screen as it stands."""
    watch(page)
    client = page.context.new_cdp_session(page)
    found = [*motion(page), *names(page, client), *large(page, client), *keys(page)]
    client.send("Page.setFontSizes", {"fontSizes": LETTERS})
    client.detach()
    return found


def motion(page: Page) -> list[str]:
    page.emulate_media(reduced_motion="no-preference")
    found = page.evaluate("stumbles.loops()")
    page.emulate_media(reduced_motion="reduce")
    return found + page.evaluate("stumbles.moves()")


def names(page: Page, client: CDPSession) -> list[str]:
    """By the browser's own tree of what is read aloud."""
    tree = {node["nodeId"]: node for node in client.send("Accessibility.getFullAXTree")["nodes"]}
    heard = [node for node in tree.values() if not node["ignored"]]
    found = [f"{_role(node)} without a name" for node in heard if _role(node) in NAMED and not re.search(r"\w", _name(node))]
    found += [f"an icon is read aloud: {_name(node)}" for node in heard if _role(node) == "StaticText" and ICON.fullmatch(_name(node).strip())]
    targets: dict[tuple[str, str, str], set[str]] = {}
    for node in heard:
        if _role(node) in ("link", "button") and _name(node):
            targets.setdefault((_role(node), _name(node), _context(node, tree)), set()).add(_target(node))
    found += [f"{len(to)} × {role} “{name}” for different things" for (role, name, _), to in targets.items() if len(to) > 1]
    return found + page.evaluate("stumbles.spoken()")


def _role(node: dict[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def _name(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", ""))


def _context(node: dict[str, Any], tree: dict[str, dict[str, Any]]) -> str:
    """The nearest thing around it that says what it is about."""
    while (node := tree.get(node.get("parentId", ""), {})) and _role(node) not in TOLD_APART:
        pass
    return str(node.get("nodeId", ""))


def _target(node: dict[str, Any]) -> str:
    return next((str(one["value"]["value"]) for one in node.get("properties", []) if one["name"] == "url"), str(node["nodeId"]))


def large(page: Page, client: CDPSession) -> list[str]:
    """The screen at half its width, then with letters of twice the size; it stays so."""
    page.set_viewport_size(ZOOMED)
    found = [f"zoomed: {fault}" for fault in page.evaluate("stumbles.large()")]
    page.set_viewport_size(SIZE)
    client.send("Page.setFontSizes", {"fontSizes": LARGE})
    return found + [f"200 %: {fault}" for fault in page.evaluate("stumbles.large()")]


def keys(page: Page) -> list[str]:
    """Once around with Tab, out of a dialog with Escape."""
    for _ in range(4 * page.evaluate("stumbles.begin()") + 12):
        page.keyboard.press("Tab")
        if page.evaluate("stumbles.around()"):
            break
    found = page.evaluate("stumbles.walked()")
    if page.evaluate("stumbles.inDialog()"):
        page.keyboard.press("Escape")
        found += page.evaluate("stumbles.escaped()")
    return list(found)
