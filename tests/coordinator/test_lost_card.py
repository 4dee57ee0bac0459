"""A lost card: the citizen gets a new code from the office, with a reason in the log; the old one opens nothing and is never given out again."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.ledger import erasure
from app.ledger.change import Change
from app.ledger.pull import pull
from app.ledger.push import push, write
from app.ledger.tables import ACCESS, ACCESS_REASONS, RECORDS
from app.rules import codes
from tests.world import NOW, Phone, named

OLD = "B-RW425"
RIGHTS, LOST = "/kontor/rettigheder", f"/kontor/rettigheder/{named(OLD)}/kort"
REASON = "Borgeren har tabt kortet og spurgte rådgiveren"
BOTH = pytest.mark.parametrize("place", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def citizen(world):
    yes = {"citizen_id": named(OLD), "event": "GIVEN", "form": "WRITTEN_PAPER", "given_on": "2026-11-01", "scope": "TALK_RECORD"}
    done = write(world.db, world.signe, [
        Change("citizen", named(OLD), "create", {"code": OLD, "first_practice_id": named("halmtorvet")}),
        Change("consent_event", named("ja"), "create", yes)], NOW)
    assert {result.status for result in done} == {"accepted"}


def exchange(birthe, reason=REASON):
    return birthe.post(LOST, LOST, base=birthe.hidden(LOST)["base"], reason=reason)


def seen(world):
    """The citizen as it comes to Signe's phone."""
    return next(change["data"] for change in pull(world.db, world.signe, None, 1_000, NOW)["changes"] if change["id"] == named(OLD))


@BOTH
def test_a_new_code_reaches_the_phone_and_the_log_says_why(world, birthe, citizen):
    assert exchange(birthe).status_code == 303
    data = seen(world)
    assert data["code"] != OLD and codes.read(data["code"]) == data["code"] and [one["code"] for one in data["former_codes"]] == [OLD]
    with world.db.read() as tx:
        entry = tx.execute(select(ACCESS).where(ACCESS.c.act == "NEW_CODE")).one()
        reason = tx.execute(select(ACCESS_REASONS.c.reason).where(ACCESS_REASONS.c.number == entry.number)).scalar()
    assert (entry.user_id, entry.citizen_id, reason) == (world.birthe.user_id, named(OLD), REASON)
    assert data["code"] in birthe.text(f"{RIGHTS}?borger={data['code']}")
    assert f"Kortet med den kode er meldt tabt. Borgeren hedder nu {data['code']}." in birthe.text(f"{RIGHTS}?borger={OLD}")


def test_nothing_is_exchanged_without_a_reason_or_on_a_page_that_is_old(world, birthe, citizen):
    page = exchange(birthe, reason="tabt")
    assert page.status_code == 422 and "Skriv grunden" in page.get_data(as_text=True) and seen(world)["code"] == OLD
    base = birthe.hidden(LOST)["base"]
    assert exchange(birthe).status_code == 303
    first = seen(world)["code"]
    again = birthe.post(LOST, LOST, base=base, reason=REASON)
    assert again.status_code == 422 and "En anden har givet borgeren en ny kode imens" in again.get_data(as_text=True)
    assert seen(world)["code"] == first


@BOTH
def test_the_old_code_is_nobodys_ever_again(world, birthe, citizen):
    exchange(birthe)
    phone = Phone()
    made = push(world.db, world.emre, phone.device_id,
                [phone.create("citizen", named("en anden"), {"code": OLD, "first_practice_id": named("valby")})], NOW).results[0]
    assert made.status == "accepted" and made.record["data"]["code"] != OLD and "nyt samtalekort" in made.message


def test_the_old_phone_still_writes_on_the_citizen_it_knows(world, birthe, citizen):
    """It has not heard yet, and corrects something else: what it writes hangs on the record, not on the code."""
    exchange(birthe)
    phone = Phone()
    op = phone.update("citizen", named(OLD), {"benefit": "SHO"}, {"benefit": None})
    assert push(world.db, world.signe, phone.device_id, [op], NOW).results[0].status == "accepted"
    assert seen(world)["benefit"] == "SHO" and seen(world)["code"] != OLD


def test_an_erasure_finds_the_old_code_too(world, birthe, citizen):
    write(world.db, world.signe, [Change("visit", named("besøg"), "create", {
        "practice_id": named("halmtorvet"), "occurred_at": "2026-11-24T09:00:00Z", "minutes": 20, "mode": "IN_PERSON", "purpose": "REGULAR",
        "met_roles": ["DOCTOR"], "outcome": "COMPLETED", "note": f"Kortet {OLD} lå i klinikken"})], NOW)
    exchange(birthe)
    erasure.erase(world.db, world.project_id, seen(world)["code"], NOW)
    with world.db.read() as tx:
        notes = tx.execute(select(RECORDS["visit"].c.note)).scalars().all()
    assert not [note for note in notes if re.search(OLD, str(note), re.I)]
