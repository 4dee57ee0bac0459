"""A phone whose clock is wrong by more than ten minutes: said in Danish, remembered by the server, and nothing changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.clock import COPENHAGEN
from app.ledger.tables import RECORDS
from app.records.account import Device
from tests.journeys.demo_day import Day
from tests.journeys.handset import Handset

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


def test_a_clock_twenty_minutes_slow_is_said_remembered_and_changes_nothing(new_phone: Callable[..., Handset], day: Day) -> None:
    phone = new_phone("signe")
    phone.page.evaluate("hand.later = -20 * 60_000")
    phone.today()
    phone.cards().first.get_by_role("link", name="Log besøg").click()
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    visit = next(row for row in phone.outbox() if row["kind"] == "visit")["id"]
    phone.show(f"besoeg/{visit}")
    minutes = phone.page.locator("input[type=time]").input_value()
    phone.send()
    phone.send()  # a phone knows how wrong it is once the server has answered, and says so the next time
    phone.today()
    expect(phone.page.get_by_text("minutter for langsomt. Ret det i telefonens indstillinger.")).to_be_visible()

    db = day.database
    with db.read() as tx:
        offsets = [offset for offset in tx.execute(select(Device.__table__.c.clock_offset_s)).scalars() if offset]
        at = tx.execute(select(RECORDS["visit"].c.occurred_at).where(RECORDS["visit"].c.id == visit)).scalar_one()
    db.close()
    assert any(-25 * 60 < offset < -15 * 60 for offset in offsets)
    assert at.astimezone(COPENHAGEN).strftime("%H:%M") == minutes, "as the phone wrote it"
