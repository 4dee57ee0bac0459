"""Birthe sees who has not been heard from, and shuts a lost phone out."""

from datetime import timedelta

from sqlalchemy import insert, select

from app import clock
from app.ledger.tables import DEVICES
from tests.world import named

PHONE = named("signes telefon")


def with_phone(world, days=0, unsent=0, offset=0):
    with world.db.write() as tx:
        tx.execute(insert(DEVICES).values(id=PHONE, project_id=world.project_id, user_id=named("signe"), name="Signes telefon",
                                          created_at=clock.now(), seen_at=clock.now() - timedelta(days=days), app_version="1.0.0", unsent=unsent,
                                          clock_offset_s=offset))


def test_a_silent_phone_is_said_in_words(world, birthe):
    with_phone(world, days=6, unsent=12)
    page = birthe.text("/kontor/telefoner")
    assert "6 dage siden" in page and "Tavs i over 5 dage" in page and '<td class="number">12' in page
    assert '<span class="figure-number">12</span>' in birthe.text("/kontor/")


def test_a_clock_that_is_wrong_by_more_than_ten_minutes_is_said(world, birthe):
    with_phone(world, offset=-1260)
    assert "Uret går 21 minutter for langsomt" in birthe.text("/kontor/telefoner")


def test_everyone_who_works_here_is_listed(birthe):
    page = birthe.text("/kontor/telefoner")
    assert all(name in page for name in ("Signe", "Emre", "Birthe", "Sanne"))


def test_a_lost_phone_is_shut_out(app, world, birthe):
    app.extensions.setdefault("revoke_device", _revoke)
    with_phone(world)
    page = f"/kontor/telefoner/{PHONE}/spaerring"
    assert page in birthe.text("/kontor/telefoner")
    assert birthe.post(page, page).status_code == 422
    assert birthe.post(page, page, how="wipe").status_code == 303
    with world.db.read() as tx:
        assert tx.execute(select(DEVICES.c.revoked_how).where(DEVICES.c.id == PHONE)).scalar_one() == "wipe"
    assert birthe.get(page).status_code == 404


def _revoke(db, device_id, wipe, now):
    from app.sync.devices import revoke
    return revoke(db, device_id, wipe, now)
