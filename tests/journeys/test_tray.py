"""What the server refused is put right on the phone, whatever it is; until then nobody is sent home."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.handset import Handset, sent_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
PUSH = "**/api/sync/v1/push"


def garble(phone: Handset, kind: str, **wrong: str) -> None:
    """Whatever of the kind is sent from now on says something else on its way."""
    def change(route: Route) -> None:
        content = sent_in(route.request)
        for op in content["ops"]:
            op["set"].update(wrong if op["kind"] == kind else {})
        headers = {name: value for name, value in route.request.headers.items() if name not in ("content-encoding", "content-length")}
        route.continue_(post_data=json.dumps(content), headers=headers)
    phone.context.route(PUSH, change)


def test_a_refused_call_is_mended_in_both_fields_and_only_then_is_she_sent_home(new_phone: Callable[..., Handset]) -> None:
    phone = new_phone("signe")
    practice = str(phone.cards().first.locator("h3 a").get_attribute("href")).rpartition("/")[2]
    garble(phone, "contact_log", practice_id="nowhere", channel="FAX")
    phone.show(f"kontakt/{practice}")
    phone.button("Gem").dblclick()
    phone.says("Gemt på telefonen")
    assert [row["kind"] for row in phone.outbox()] == ["contact_log"]
    phone.send()
    receipt = phone.page.locator(".receipt")
    expect(phone.page.get_by_role("heading", name="Skal rettes (1)")).to_be_visible(timeout=20_000)
    expect(receipt).to_contain_text("1 skal rettes, før du går hjem.")
    expect(receipt).not_to_contain_text("Gå trygt hjem")
    phone.context.unroute(PUSH)
    phone.link("Ret og send igen").click()
    expect(phone.heading("Ret og send igen")).to_be_visible()
    expect(phone.page.locator("#channel .form-error-message, #channel-error")).to_be_visible()
    phone.page.get_by_label("Praksis", exact=True).select_option(practice)
    phone.chip("Hvordan", "Telefon").click()
    phone.button("Gem").dblclick()
    phone.says("Rettet")
    phone.send()
    expect(phone.page.get_by_role("heading", name="Skal rettes")).to_have_count(0)
    expect(receipt).to_contain_text("Gå trygt hjem", timeout=20_000)
