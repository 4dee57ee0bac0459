"""A talk's note lives 90 days, or until the citizen takes the yes back; the talk itself stays as it was counted (domain.md 2.6, 2.7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.export import month_close, verify_months
from app.ledger.ids import new_id
from app.ledger.notes import forget_notes
from app.ledger.pull import pull
from app.ledger.push import push
from app.ledger.tables import OPS
from app.ledger.verify import verify
from tests.world import NOW, Phone, named

NOTE = "Vil gerne høre om kursus i foråret"


@pytest.fixture
def phone(world):
    """Signe's, with a talk of 27 August and one of today, each with a note."""
    phone = Phone()
    phone.first = talk(phone, "old", "2026-08-27")
    send(world, phone, phone.create("citizen", named("borger"), {"code": "B-7K3MB", "first_practice_id": named("valby")}),
         said(phone, "GIVEN", "2026-08-27"), phone.first, talk(phone, "new", "2026-11-25"))
    return phone


def talk(phone, name, day):
    return phone.create("talk", named(name), {"type": "FOLLOW_UP", "place": "CLINIC_ROOM", "occurred_at": f"{day}T08:00:00Z", "minutes": 30,
                                              "citizen_id": named("borger"), "topics": ["WORK"], "note": f"{NOTE}, {name}"})


def said(phone, event, on):
    return phone.create("consent_event", new_id(), {"citizen_id": named("borger"), "scope": "TALK_RECORD", "event": event, "form": "ORAL_NOTED",
                                                    "given_on": on})


def send(world, phone, *ops, status="accepted"):
    results = push(world.db, world.signe, phone.device_id, ops, NOW).results
    assert [result.status for result in results] == [status] * len(ops), [result.message for result in results]


def notes(world):
    changes = pull(world.db, world.signe, None, 1_000, NOW)["changes"]
    return {change["id"]: change["data"].get("note") for change in changes if change["kind"] == "talk"}


def words_in_ops(world):
    with world.db.read() as tx:
        return [content for content in tx.execute(select(OPS.c.content).where(OPS.c.kind == "talk")).scalars() if content and NOTE in str(content)]


def test_a_note_goes_on_the_91st_day_and_the_ops_forget_it_too(world, phone):
    assert forget_notes(world.db, world.project_id, NOW) == 0  # the 90th
    assert forget_notes(world.db, world.project_id, NOW + timedelta(days=1)) == 1
    assert notes(world) == {named("old"): None, named("new"): f"{NOTE}, new"}
    assert len(words_in_ops(world)) == 1
    assert forget_notes(world.db, world.project_id, NOW + timedelta(days=1)) == 0


def test_a_closed_month_does_not_move(world, phone):
    month_close(world.db, world.project_id, "2026-08", None, "prøve", NOW)
    forget_notes(world.db, world.project_id, NOW + timedelta(days=1))
    with world.db.read() as tx:
        assert verify(tx, world.project_id) == [] and verify_months(tx) == []


def test_every_note_goes_once_the_yes_is_taken_back(world, phone):
    send(world, phone, said(phone, "WITHDRAWN", "2026-11-25"))
    assert forget_notes(world.db, world.project_id, NOW) == 2
    assert notes(world) == {named("old"): None, named("new"): None} and words_in_ops(world) == []


def test_a_talk_that_is_sent_again_afterwards_is_the_same_one(world, phone):
    forget_notes(world.db, world.project_id, NOW + timedelta(days=1))
    send(world, phone, phone.first, status="duplicate")
    assert notes(world)[named("old")] is None


def test_only_the_notes_with_the_doctor_go_when_the_doctors_yes_is_taken_back(world, phone):
    three = talk(phone, "three", "2026-11-25")
    three["set"] |= {"type": "THREE_PARTY", "three_party_with": ["DOCTOR"]}
    send(world, phone, doctors(phone, "GIVEN"), three, doctors(phone, "WITHDRAWN"))
    assert forget_notes(world.db, world.project_id, NOW) == 1
    assert notes(world)[named("three")] is None and notes(world)[named("new")] == f"{NOTE}, new"


def doctors(phone, event):
    op = said(phone, event, "2026-11-25")
    op["set"]["scope"] = "GP_EXCHANGE"
    return op
