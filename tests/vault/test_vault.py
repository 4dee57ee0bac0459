"""A citizen's number lies in a box of its own, comes out on the day of a call only, and goes with the consent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.ledger.contacts import NoConsent, call, expire, keep
from app.ledger.erasure import erase
from app.ledger.ids import new_id
from app.ledger.pull import pull
from app.ledger.push import push
from app.ledger.vault import VAULT, seal, unseal
from tests.world import NOW, Phone, named

CITIZEN, FIRST_TALK = named("borger"), datetime.fromisoformat("2026-08-25T09:00:00+00:00")
M3, LATER = NOW, NOW + timedelta(days=31)  # the window is open from 11 November to 25 December
NUMBER, NAME = "13000077", "Amina"


@pytest.fixture
def phone(world):
    """Signe's phone, after a first talk with a citizen who said yes to being called."""
    phone = Phone()
    send(world, phone, phone.create("citizen", CITIZEN, {"code": "B-7K3MB", "first_practice_id": named("halmtorvet")}),
         *(said(phone, scope) for scope in ("TALK_RECORD", "FOLLOW_UP", "EVALUATION")),
         phone.create("talk", new_id(), {"type": "FIRST", "place": "CLINIC_ROOM", "occurred_at": "2026-08-25T09:00:00.000Z", "minutes": 30,
                                         "citizen_id": CITIZEN}))
    return phone


def said(phone, scope, event="GIVEN", on="2026-08-25", **more):
    said_so = {"citizen_id": CITIZEN, "scope": scope, "event": event, "form": "WRITTEN_PAPER", "given_on": on}
    return phone.create("consent_event", new_id(), said_so | more)


def outcome(phone, result, on="2026-11-24", point="M3"):
    return phone.create("outcome", new_id(), {"citizen_id": CITIZEN, "point": point, "outcome": result, "source": "CITIZEN", "answered_on": on})


def send(world, phone, *ops, who=None):
    results = push(world.db, who or world.signe, phone.device_id, ops, NOW).results
    assert [result.status for result in results] == ["accepted"] * len(ops), [result.message for result in results]


def put(world, who=None, now=NOW):
    return keep(world.db, who or world.signe, CITIZEN, NUMBER, NAME, now)


def boxes(world):
    with world.db.read() as tx:
        return [row.box for row in tx.execute(select(VAULT))]


def reached(world, who=None, now=M3):
    found = call(world.db, who or world.signe, CITIZEN, now)
    return found and (found.phone, found.name, found.due.point)


def test_signe_gets_the_number_on_the_day_of_the_call(world, phone):
    assert put(world) and reached(world) == (NUMBER, NAME, "M3")
    with world.db.read() as tx:
        row = tx.execute(select(VAULT)).one()
    assert (row.called_by, row.called_at) == (world.signe.user_id, M3)


def test_birthe_may_call_as_well_and_nobody_else(world, phone):
    put(world)
    assert reached(world, world.birthe) == (NUMBER, NAME, "M3")
    assert reached(world, world.emre) is None and reached(world, world.sanne) is None
    assert reached(world, replace(world.birthe, project_id=new_id())) is None


def test_emre_may_call_once_the_citizen_is_handed_over_to_him(world, phone):
    put(world)
    send(world, phone, phone.update("citizen", CITIZEN, {"adviser_id": world.emre.user_id}, {"adviser_id": None}))
    assert reached(world, world.emre) == (NUMBER, NAME, "M3")


@pytest.mark.parametrize("day, due", [("2026-11-10", None), ("2026-11-11", "M3"), ("2026-12-25", "M3"), ("2026-12-26", None), ("2027-02-11", "M6")])
def test_on_every_other_day_it_stays_shut(world, phone, day, due):
    put(world)
    found = reached(world, now=datetime.fromisoformat(f"{day}T12:00:00+00:00"))
    assert (found and found[2]) == due


def test_an_answer_ends_the_calling_but_not_a_vain_try(world, phone):
    put(world)
    send(world, phone, outcome(phone, "UNREACHABLE"))
    assert reached(world)
    send(world, phone, outcome(phone, "JOB"))
    assert reached(world) is None


def test_without_a_yes_nothing_goes_in(world, phone):
    send(world, phone, said(phone, "FOLLOW_UP", "REFUSED", "2026-11-01"))
    with pytest.raises(NoConsent):
        put(world)
    assert boxes(world) == []


def test_nobody_puts_in_a_number_for_a_citizen_who_is_not_theirs_or_not_there(world, phone):
    assert not put(world, world.emre) and not put(world, world.sanne)
    assert not keep(world.db, world.signe, named("ukendt"), NUMBER, NAME, NOW)
    assert boxes(world) == []


def test_a_call_is_due_only_while_the_evaluation_may_use_the_answer(world, phone):
    put(world)
    send(world, phone, said(phone, "EVALUATION", "WITHDRAWN", "2026-11-20"))
    assert reached(world) is None and len(boxes(world)) == 1


def test_the_withdrawal_throws_the_number_away_at_once(world, phone):
    put(world)
    send(world, phone, said(phone, "STUEGANG", "WITHDRAWN", "2026-11-25"))
    assert len(boxes(world)) == 1
    send(world, phone, said(phone, "FOLLOW_UP", "WITHDRAWN", "2026-11-25"))
    assert boxes(world) == []


def test_a_withdrawal_that_had_to_wait_for_its_citizen_does_so_too(world):
    phone = Phone()
    gone = said(phone, "FOLLOW_UP", "WITHDRAWN", "2026-11-25")
    assert push(world.db, world.signe, phone.device_id, [gone], NOW).results[0].status == "held"
    with world.db.write() as tx:
        tx.execute(VAULT.insert().values(citizen_id=CITIZEN, project_id=world.project_id, author_id=world.signe.user_id, kept_at=NOW, box=b"x"))
    send(world, phone, phone.create("citizen", CITIZEN, {"code": "B-7K3MB", "first_practice_id": named("halmtorvet")}))
    assert boxes(world) == []


def test_erasure_takes_the_number_with_it(world, phone):
    put(world)
    erase(world.db, world.project_id, "B-7K3MB", NOW)
    assert boxes(world) == [] and reached(world) is None and not put(world)


def test_a_new_number_takes_the_place_of_the_old_one(world, phone):
    put(world)
    keep(world.db, world.signe, CITIZEN, "13000078", NAME, NOW)
    assert len(boxes(world)) == 1 and reached(world)[0] == "13000078"


def test_no_pull_ever_holds_it_and_no_byte_of_it_is_readable(world, phone, tmp_path):
    put(world)
    for who in (world.signe, world.birthe):
        told = str(pull(world.db, who, None, 2500, NOW))
        assert CITIZEN in told and NUMBER not in told and NAME not in told
    for box in boxes(world):
        assert NUMBER.encode() not in box and NAME.encode() not in box
    files = [file.read_bytes() for file in tmp_path.glob("raadgiver.db*")]
    assert all(NUMBER.encode() not in content and NAME.encode() not in content for content in files)


def test_a_box_put_under_another_citizen_does_not_open(world, phone):
    other = seal("en hemmelighed kun til prøver", named("en anden"), NUMBER, NAME)
    assert unseal("en hemmelighed kun til prøver", named("en anden"), other) == {"phone": NUMBER, "name": NAME}
    assert unseal("en anden hemmelighed end før", named("en anden"), other) is None
    put(world)
    with world.db.write() as tx:
        tx.execute(update(VAULT).values(box=other))
    assert reached(world) is None


def test_a_vault_without_a_secret_is_refused():
    with pytest.raises(RuntimeError):
        seal("", CITIZEN, NUMBER, NAME)


def test_every_day_what_nobody_may_use_any_more_is_thrown_away(world, phone):
    put(world)
    assert expire(world.db, LATER) == 0
    assert expire(world.db, datetime.fromisoformat("2027-09-25T12:00:00+00:00")) == 0
    assert expire(world.db, datetime.fromisoformat("2027-09-26T12:00:00+00:00")) == 1 and boxes(world) == []


@pytest.mark.parametrize("result, point, left", [("JOB", "M12", 0), ("UNREACHABLE", "M12", 1), ("JOB", "M6", 1), ("DECEASED", "M3", 0)])
def test_after_twelve_months_have_been_answered_it_goes(world, phone, result, point, left):
    put(world)
    send(world, phone, outcome(phone, result, point=point))
    expire(world.db, NOW)
    assert len(boxes(world)) == left


def test_it_goes_when_the_yes_is_no_yes_any_more(world, phone):
    put(world)
    send(world, phone, said(phone, "FOLLOW_UP", "REFUSED", "2026-11-25"))
    assert expire(world.db, NOW) == 1


def test_it_goes_when_no_talk_ever_came(world, phone):
    put(world)
    with world.db.write() as tx:
        tx.execute(update(VAULT).values(kept_at=NOW - timedelta(days=420)))
    send(world, phone, *_talks_deleted(world, phone))
    assert expire(world.db, NOW) == 1


def _talks_deleted(world, phone):
    talks = [change for change in pull(world.db, world.signe, None, 2500, NOW)["changes"] if change["kind"] == "talk"]
    return [phone.delete("talk", talk["id"], talk["data"]) for talk in talks]
