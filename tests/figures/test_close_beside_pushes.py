"""No push slips between what a close counted and what it calls late, on either database."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.figures import broken_sums, close
from app.ledger.push import push
from app.records.month import Booked
from app.records.visit import Visit
from tests.figures.postgres import pg_start
from tests.world import Phone, build, named, visit

AT = datetime(2026, 10, 7, 12, tzinfo=UTC)
WRITERS, EACH = 3, 12


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def world(request, tmp_path):
    if request.param == "sqlite":
        yield build(tmp_path)
        return
    address, stop = pg_start()
    world = build(tmp_path, address)
    yield world
    world.db.close()
    stop()


def test_each_visit_is_in_v1_or_late_and_never_both_or_neither(world):
    answers: dict[str, str] = {}
    go = threading.Barrier(WRITERS + 1)

    def send(writer: int) -> None:
        phone = Phone()
        go.wait()
        for number in range(EACH):
            id_ = named(f"{writer}/{number}")
            occurred = datetime(2026, 9, 1 + number, 7 + writer, tzinfo=UTC).isoformat()
            op = phone.create("visit", id_, visit(occurred_at=occurred))
            answers[id_] = push(world.db, world.signe, phone.device_id, [op], AT).results[0].code

    threads = [threading.Thread(target=send, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    go.wait()
    with world.db.write() as tx:
        assert close(tx, world.project_id, "2026-09", None, None, AT + timedelta(seconds=1)).fresh
    for thread in threads:
        thread.join()
    with world.db.read() as tx:
        booked = set(tx.execute(select(Booked.__table__.c.record_id)).scalars())
        late = set(tx.execute(select(Visit.__table__.c.id).where(Visit.__table__.c.late)).scalars())
        assert broken_sums(tx, world.project_id) == []
    assert booked | late == set(answers) and not booked & late
    assert {id_ for id_, code in answers.items() if code == "LATE_MONTH_CLOSED"} == late
