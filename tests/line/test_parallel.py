"""Many phones at once, and the same op again and again: one effect each (sync.md I3, I4, I7)."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from app.ledger.ids import new_id
from tests.line.people import PUSH, codes
from tests.world import visit


def test_parallel_deliveries_of_one_batch_have_one_effect(signe):
    ids = [new_id() for _ in range(10)]
    ops = [signe.phone.create("visit", i, visit()) for i in ids] + [signe.phone.update("visit", i, {"minutes": 30}, {"minutes": 20}) for i in ids]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: signe.raw(PUSH, {"ops": ops}), range(6)))
    assert {status for status, *_ in answers} == {200}
    firsts = [r["status"] for *_, answer in answers for r in answer["results"]]
    assert firsts.count("accepted") == len(ops) and firsts.count("duplicate") == 5 * len(ops)
    assert {signe.view()[i]["rev"] for i in ids} == {2}


def test_parallel_edits_of_one_field_leave_one_value_and_a_card_for_each_other(signe, emre):
    id_ = signe.new_visit()
    ops = [(p, p.phone.update("visit", id_, {"minutes": 30 + n}, {"minutes": 20})) for n, p in enumerate((signe, emre) * 4)]
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda pair: pair[0].one(pair[1]), ops))
    assert sorted(codes(got)) == ["FIELD_CONFLICT"] * 7 + ["OK"]
    winner = next(op for (_, op), r in zip(ops, got, strict=True) if r["code"] == "OK")
    assert signe.view()[id_]["data"]["minutes"] == winner["set"]["minutes"]


def test_a_reader_misses_nothing_while_many_write(signe, emre):
    """A cursor that has been handed out never overtakes a change (I7)."""
    start, made, stop = signe.head(), [], threading.Event()

    def writes(person):
        for _ in range(15):
            batch = [person.phone.create("visit", new_id(), visit()) for _ in range(3)]
            person.push(*batch)
            made.extend(op["id"] for op in batch)

    def reads():
        cursor, seen, last = start, [], False
        while True:
            page = signe.pull(cursor, limit=7)
            seen += [change["id"] for change in page["changes"]]
            cursor = page["cursor"]
            if last and not page["has_more"]:
                return seen
            last = stop.is_set()
    with ThreadPoolExecutor(7) as pool:
        readers = [pool.submit(reads) for _ in range(2)]
        for writer in [pool.submit(writes, p) for p in (signe, emre, signe, emre)]:
            writer.result()
        stop.set()
        for reader in readers:
            assert set(made) <= set(reader.result())
