"""When the server itself breaks: one op to quarantine, nothing half-done, the rest goes on (sync.md I14)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DataError, OperationalError

from app.ledger import clerk, settle
from app.ledger import push as pushing
from app.ledger.ids import new_id
from app.ledger.push import Busy, StorageFull, push
from app.ledger.tables import FEED, HEAD, OPS, RECORDS
from app.ledger.verify import verify
from tests.world import NOW, Phone, named, visit


def sent(world, *ops):
    return [r.code for r in push(world.db, world.signe, "telefon", ops, NOW).results]


def breaks_on(monkeypatch, note):
    """The server has a fault that shows after the record has been put on the desk."""
    real = clerk.note_twins

    def broken(desk, author, visit_id, data):
        if data.get("note") == note:
            raise KeyError("010190-1234")
        real(desk, author, visit_id, data)
    monkeypatch.setattr(clerk, "note_twins", broken)


def test_a_poison_op_goes_to_quarantine_and_nothing_of_it_is_written(world, monkeypatch, capsys):
    breaks_on(monkeypatch, "gift")
    phone = Phone()
    ops = [phone.create("visit", named(f"v{n}"), visit(note="gift" if n in (1, 3) else None)) for n in range(5)]
    assert sent(world, *ops) == ["OK", "QUARANTINED", "OK", "QUARANTINED", "OK"]
    with world.db.read() as tx:
        visits = RECORDS["visit"]
        assert set(tx.execute(select(visits.c.id)).scalars()) == {named(f"v{n}") for n in (0, 2, 4)}
        assert tx.execute(select(func.count()).select_from(HEAD).where(HEAD.c.kind == "visit")).scalar() == 3
        assert verify(tx, world.project_id) == []
        assert len(settle.quarantined(tx, world.project_id)) == 2
    assert "010190-1234" not in "".join(capsys.readouterr())
    assert sent(world, *ops) == ["DUPLICATE"] * 5


def test_a_held_poison_op_does_not_stop_the_batch_that_sets_it_free(world, monkeypatch):
    breaks_on(monkeypatch, "gift")
    phone = Phone()
    held = phone.create("visit", named("v1"), visit(practice_id=named("ny praksis"), note="gift"))
    assert sent(world, held) == ["UNKNOWN_RECORD"]
    practice = {"name": "Ny", "district": "VALBY", "address": "A 1", "postal_code": "2500", "city": "Valby"}
    result = push(world.db, world.birthe, "kontor", [phone.create("practice", named("ny praksis"), practice)], NOW).results[0]
    assert result.code == "OK"
    with world.db.read() as tx:
        assert [r.code for r in settle.quarantined(tx, world.project_id)] == ["QUARANTINED"]
    monkeypatch.undo()
    assert settle.replay(world.db, world.birthe, held["op_id"], NOW).code == "OK"  # the fault is mended, and the op is tried again


def test_what_the_database_refuses_is_kept_as_well_and_the_rest_is_booked(world, monkeypatch):
    real = pushing.flush

    def refuses(desk):
        if any(s.data.get("note") == "gift" for s in desk.touched.values()):
            raise DataError("insert", None, Exception("value too long"))
        return real(desk)
    monkeypatch.setattr(pushing, "flush", refuses)
    phone = Phone()
    assert sent(world, *(phone.create("visit", new_id(), visit(note=note)) for note in (None, "gift", "x"))) == ["OK", "QUARANTINED", "OK"]
    with world.db.read() as tx:
        assert verify(tx, world.project_id) == []


@pytest.mark.parametrize(("text", "error"), [
    ("database or disk is full", StorageFull), ("No space left on device", StorageFull), ("database is locked", Busy)])
def test_a_full_or_locked_database_stores_nothing_and_says_so(world, monkeypatch, text, error):
    def fails(desk):
        raise OperationalError("insert", None, Exception(text))
    monkeypatch.setattr(pushing, "flush", fails)
    monkeypatch.setattr(pushing.time, "sleep", lambda _: None)
    with pytest.raises(error):
        sent(world, Phone().create("visit", new_id(), visit()))
    with world.db.read() as tx:
        assert tx.execute(select(func.count()).select_from(FEED)).scalar() == tx.execute(select(func.count()).select_from(OPS)).scalar()


def test_what_waits_for_an_op_goes_on_when_the_coordinator_drops_that(world):
    phone, id_ = Phone("telefon"), named("v1")
    sent(world, phone.create("visit", id_, visit()))
    lost = phone.update("visit", id_, {"practice_id": named("aldrig"), "minutes": 30}, {"practice_id": named("halmtorvet"), "minutes": 20})
    later = phone.update("visit", id_, {"note": "efter"}, {"note": None})
    assert sent(world, lost, later) == ["UNKNOWN_RECORD"] * 2
    settle.drop(world.db, world.birthe, lost["op_id"], "findes ikke", NOW)
    with world.db.read() as tx:
        visits = RECORDS["visit"]
        assert tx.execute(select(visits.c.note).where(visits.c.id == id_)).scalar() == "efter"
    assert sent(world, phone.update("visit", id_, {"note": "til sidst"}, {"note": "efter"})) == ["OK"]
