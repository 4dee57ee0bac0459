"""A browser has thrown a notebook away: the phone that comes back with less than it had says so, to its owner and to the office."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.ledger.tables import DEVICES
from tests.browser import until
from tests.journeys.demo_day import Day
from tests.journeys.handset import Handset
from tests.journeys.office import Office
from tests.look.look import faults
from tests.look.trouble import PUSH

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
EVICTED = "indexeddb,local_storage,cache_storage,service_workers"  # all that a browser takes when it is short of room; cookies stay


def told(day: Day) -> list[int]:
    """How much each of the phones in use has said to be waiting."""
    db = day.database
    with db.read() as tx:
        found = list(tx.execute(select(DEVICES.c.unsent).where(DEVICES.c.name == "Linux")).scalars())
    db.close()
    return found


def test_what_the_browser_threw_away_is_said_once_to_adviser_and_coordinator(
        new_phone: Callable[..., Handset], day: Day, office: Office) -> None:
    phone = new_phone("signe")
    phone.context.route(PUSH, lambda route: route.abort())
    phone.cards().first.get_by_role("link", name="Log besøg").click()
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    waiting = len(phone.outbox())
    phone.show("status")
    phone.button("Send nu").click()
    until(lambda: waiting in told(day), "the server has heard how much waits", seconds=40)

    phone.page.goto("about:blank")
    phone.context.new_cdp_session(phone.page).send("Storage.clearDataForOrigin", {"origin": phone.address, "storageTypes": EVICTED})
    phone.context.unroute(PUSH)
    phone.page.goto(phone.address)
    phone.enter("signe")
    card = phone.page.get_by_role("complementary", name="Kan være gået tabt")
    words = "1 registrering kan være gået tabt" if waiting == 1 else f"{waiting} registreringer kan være gået tabt"
    expect(card).to_contain_text(words)
    assert faults(phone.page) == []
    phone.show("status")
    expect(card).to_contain_text(words)
    assert "Kom tom tilbage" in (page := office.open("/telefoner")) and words in page

    card.get_by_role("button", name="Jeg har set det").click()
    expect(card).to_have_count(0)
    phone.page.reload()
    phone.unlock()
    expect(phone.heading("Status")).to_be_visible()
    expect(card).to_have_count(0)
