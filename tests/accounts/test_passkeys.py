"""A passkey in a real browser, with a phone's finger reader that is made of software: kept, used, not to be copied, removed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import CDPSession, Page, Playwright, expect

from tests.browser import FLAGS
from tests.browser import chromium as program
from tests.conftest import DATABASES
from tests.world import PASSPHRASE

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("own_server", DATABASES[:1], indirect=True)]
FINGER = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
          "automaticPresenceSimulation": True}


@pytest.fixture
def desk(playwright: Playwright, own_server) -> Iterator[Page]:
    """A page at the server by its name: a passkey belongs to a name, never to a number."""
    browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
    yield browser.new_page(base_url=own_server.start().address.replace("127.0.0.1", "localhost"), locale="da-DK")
    browser.close()


def finger(page: Page) -> tuple[CDPSession, str]:
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    return tools, tools.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})["authenticatorId"]


def come_in(page: Page) -> None:
    page.goto("/log-ind")
    page.get_by_label("E-mail").fill("birthe@demo.example")
    page.get_by_label("Adgangssætning").fill(PASSPHRASE)
    page.get_by_role("button", name="Log ind", exact=True).click()
    expect(page.get_by_role("button", name="Log ud")).to_be_visible()


def go_out(page: Page) -> None:
    page.get_by_role("button", name="Log ud").click()
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()


def test_birthe_keeps_a_passkey_and_comes_in_with_it(desk: Page) -> None:
    tools, reader = finger(desk)
    come_in(desk)
    desk.goto("/konto/passkeys")
    desk.get_by_role("button", name="Gem en passkey").click()
    expect(desk.get_by_text("Din passkey er gemt")).to_be_visible()
    expect(desk.get_by_role("row", name="Chrome på Linux")).to_contain_text("aldrig")

    go_out(desk)
    with desk.expect_request("**/log-ind/passkey") as sent:
        desk.get_by_role("button", name="Log ind med passkey").click()
    expect(desk).to_have_url(re.compile(r"/kontor/$"))
    desk.goto("/konto/passkeys")
    expect(desk.get_by_role("row", name="Chrome på Linux")).not_to_contain_text("aldrig")

    go_out(desk)  # whoever has copied the answer comes too late: its question has been answered
    copied = parse_qs(sent.value.post_data or "")["answer"][0]
    desk.locator("form[data-passkey]").evaluate("(form, copied) => { form.elements.answer.value = copied; form.submit() }", copied)
    expect(desk.get_by_text("Serveren kender ikke den passkey")).to_be_visible()

    tools.send("WebAuthn.setUserVerified", {"authenticatorId": reader, "isUserVerified": False})  # a finger that is not hers
    desk.get_by_role("button", name="Log ind med passkey").click()
    expect(desk.get_by_text("Det lykkedes ikke")).to_be_visible()
    tools.send("WebAuthn.setUserVerified", {"authenticatorId": reader, "isUserVerified": True})

    come_in(desk)
    desk.goto("/konto/passkeys")
    desk.get_by_role("button", name="Fjern passkey").click()
    expect(desk.get_by_text("Din passkey er fjernet")).to_be_visible()
    go_out(desk)
    desk.get_by_role("button", name="Log ind med passkey").click()
    expect(desk.get_by_text("Serveren kender ikke den passkey")).to_be_visible()
