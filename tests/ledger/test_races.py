"""Two batches in each other's way: nothing is stranded, counted twice or slipped past (sync.md ch. 6, 8; domain.md 2.9)."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.figures.close import close
from app.ledger import erasure, follow_up
from app.ledger import push as pushing
from app.ledger.ids import new_id
from app.ledger.push import push
from app.ledger.tables import AWAITED, FEED, OPS, RECORDS
from app.ledger.verify import verify
from tests.line.people import new_code
from tests.world import NOW, Phone, named, visit


def sent(world, who, *ops, device="telefon"):
    return [r.code for r in push(world.db, who, device, ops, NOW).results]


class Gate:
    """Holds the first batch that comes to a place, until the test lets it go on. A later batch passes."""

    def __init__(self, monkeypatch, where, name):
        real, self.reached, self.opened, self.first = getattr(where, name), threading.Event(), threading.Event(), threading.Lock()

        def gated(*args, **more):
            if self.first.acquire(blocking=False):
                self.reached.set()
                self.opened.wait(20)
            return real(*args, **more)
        monkeypatch.setattr(where, name, gated)


@pytest.fixture
def pool():
    with ThreadPoolExecutor(8) as pool:
        yield pool


def states(world):
    with world.db.read() as tx:
        return {r.op_id: r.status for r in tx.execute(select(OPS.c.op_id, OPS.c.status).where(OPS.c.kind != "user"))}


def test_an_edit_is_not_stranded_when_its_record_comes_while_it_is_being_held(world, monkeypatch, pool):
    if world.db.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    phone, id_ = Phone(), named("v1")
    edit = phone.update("visit", id_, {"minutes": 30}, {"minutes": 20})
    gate = Gate(monkeypatch, pushing, "flush")  # the edit has looked for its record, and has not written that it waits
    waiting = pool.submit(sent, world, world.signe, edit)
    assert gate.reached.wait(10)
    assert sent(world, world.emre, Phone().create("visit", id_, visit()), device="andens") == ["OK"]
    gate.opened.set()
    assert waiting.result(20) == ["UNKNOWN_RECORD"]
    with world.db.read() as tx:
        assert tx.execute(select(OPS.c.code).where(OPS.c.op_id == edit["op_id"])).scalar() == "OK"
        assert tx.execute(select(RECORDS["visit"].c.minutes).where(RECORDS["visit"].c.id == id_)).scalar() == 30
        assert tx.execute(select(AWAITED)).all() == [] and verify(tx, world.project_id) == []


def test_the_record_does_not_miss_an_edit_that_is_held_while_it_comes(world, monkeypatch, pool):
    if world.db.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    phone, id_ = Phone(), named("v1")
    edit = phone.update("visit", id_, {"minutes": 30}, {"minutes": 20})
    gate = Gate(monkeypatch, follow_up, "_freed_by")  # the record is written under the counter, and nobody has been looked for yet
    monkeypatch.setattr(pushing, "follow_up", follow_up.follow_up)
    making = pool.submit(sent, world, world.emre, Phone().create("visit", id_, visit()), device="andens")
    assert gate.reached.wait(10)
    waiting = pool.submit(sent, world, world.signe, edit)
    time.sleep(0.3)
    gate.opened.set()
    assert making.result(20) == ["OK"] and waiting.result(20) in (["UNKNOWN_RECORD"], ["OK"])
    assert states(world)[edit["op_id"]] == "accepted"


def test_a_talk_is_not_stranded_when_its_consent_comes_while_it_is_refused(world, monkeypatch, pool):
    if world.db.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    phone, citizen = Phone(), named("borger")
    sent(world, world.signe, phone.create("citizen", citizen, {"code": new_code(), "first_practice_id": named("valby")}))
    talk = phone.create("talk", named("t"), {"type": "FIRST", "place": "PHONE", "occurred_at": "2026-11-24T10:00:00Z", "minutes": 30,
                                             "citizen_id": citizen})
    yes = phone.create("consent_event", new_id(), {"citizen_id": citizen, "scope": "TALK_RECORD", "event": "GIVEN", "form": "ORAL_NOTED",
                                                   "given_on": "2026-11-20"})
    gate = Gate(monkeypatch, pushing, "flush")
    refused = pool.submit(sent, world, world.signe, talk)
    assert gate.reached.wait(10)
    assert sent(world, world.signe, yes, device="tablet") == ["OK"]
    gate.opened.set()
    assert refused.result(20) == ["NO_CONSENT"]
    assert states(world)[talk["op_id"]] == "accepted"


def test_many_halves_of_pairs_crossing_each_other_all_meet(world, pool):
    pairs = [(named(f"v{n}"), Phone(), Phone()) for n in range(24)]
    acts = [(world.signe, one.create("visit", id_, visit()), "a") for id_, one, _ in pairs]
    acts += [(world.emre, two.update("visit", id_, {"minutes": 30}, {"minutes": 20}), "b") for id_, _, two in pairs]
    acts.sort(key=lambda act: act[1]["op_id"][-4:])
    list(pool.map(lambda act: sent(world, act[0], act[1], device=act[2]), acts))
    assert set(states(world).values()) == {"accepted"}
    with world.db.read() as tx:
        assert set(tx.execute(select(RECORDS["visit"].c.minutes)).scalars()) == {30}
        assert tx.execute(select(AWAITED)).all() == [] and verify(tx, world.project_id) == []


def test_eight_writers_are_never_told_that_the_database_is_locked(world, pool):
    def work(n):
        phone = Phone()
        batches = [[phone.create("visit", new_id(), visit()) for _ in range(10)] for _ in range(6)]
        return [code for batch in batches for code in sent(world, world.signe, *batch, device=str(n))]
    assert {code for codes in pool.map(work, range(8)) for code in codes} == {"OK"}
    with world.db.read() as tx:
        assert verify(tx, world.project_id) == []
        seqs = list(tx.execute(select(FEED.c.seq).order_by(FEED.c.seq)).scalars())
        assert seqs == list(range(1, len(seqs) + 1))


def test_a_month_that_closes_under_a_push_makes_it_late(world, monkeypatch, pool):
    if world.db.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    phone, id_ = Phone(), named("v1")
    gate = Gate(monkeypatch, pushing, "flush")
    pushed = pool.submit(sent, world, world.signe, phone.create("visit", id_, visit(occurred_at="2026-10-14T09:00:00Z")))
    assert gate.reached.wait(10)
    with world.db.write() as tx:
        close(tx, world.project_id, "2026-10", None, "prøve", NOW)
    gate.opened.set()
    assert pushed.result(20) == ["LATE_MONTH_CLOSED"]
    with world.db.read() as tx:
        row = tx.execute(select(RECORDS["visit"]).where(RECORDS["visit"].c.id == id_)).one()
    assert (row.late, row.booked_in) == (True, "2026-11")


def test_a_talk_in_flight_does_not_survive_its_citizens_erasure(world, monkeypatch, pool):
    phone, citizen, code = Phone(), named("borger"), new_code()
    sent(world, world.signe, phone.create("citizen", citizen, {"code": code, "first_practice_id": named("valby")}),
         phone.create("consent_event", new_id(), {"citizen_id": citizen, "scope": "TALK_RECORD", "event": "GIVEN", "form": "ORAL_NOTED",
                                                  "given_on": "2026-11-20"}))
    talk = phone.create("talk", named("t"), {"type": "FIRST", "place": "PHONE", "occurred_at": "2026-11-24T10:00:00Z", "minutes": 30,
                                             "citizen_id": citizen, "note": "hemmeligt"})
    gate = Gate(monkeypatch, pushing, "flush")
    pushed = pool.submit(sent, world, world.signe, talk)
    assert gate.reached.wait(10)
    monkeypatch.setattr(erasure, "scrub", lambda db: None)
    erased = pool.submit(erasure.erase, world.db, world.project_id, code, NOW)
    time.sleep(0.3)  # the erasure waits for the batch that has the citizen before it
    gate.opened.set()
    assert pushed.result(20) == ["OK"] and erased.result(20) == 3
    with world.db.read() as tx:
        assert tx.execute(select(RECORDS["talk"])).all() == []
        assert tx.execute(select(OPS.c.content).where(OPS.c.record_id == talk["id"])).scalar() is None
        assert verify(tx, world.project_id) == []
