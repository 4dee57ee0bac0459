"""A polling reader beside eight writing processes misses nothing through the ledger, and something through every simpler number."""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from app.db import Database
from app.ledger.ids import new_id
from app.ledger.verify import verify
from tests.campaigns.positions import Before, Ledger, Reserved, Sequence, Timestamp, slow_transactions
from tests.world import World

WRITERS = 8
FORK = multiprocessing.get_context("fork")


@dataclass
class Seen:
    """What came of a race."""

    written: list[str]
    read: Counter[str]

    @property
    def missed(self) -> int:
        return len(set(self.written) - set(self.read))

    @property
    def repeated(self) -> int:
        return sum(count - 1 for count in self.read.values())


def race(world: World, way: type[Any], each: int) -> Seen:
    """Eight processes write `each` records, one transaction a record, while this process reads on and on."""
    way(world.db, world.signe).make()
    ids = [[new_id() for _ in range(each)] for _ in range(WRITERS)]
    writers = [FORK.Process(target=_write, args=(world, way, part, number)) for number, part in enumerate(ids)]
    for writer in writers:
        writer.start()
    read = _poll(way(world.db, world.emre), writers)
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    return Seen([id_ for part in ids for id_ in part], read)


def _write(world: World, way: type[Any], ids: list[str], seed: int) -> None:
    db = Database(world.db.settings)  # no connection crosses the fork
    with slow_transactions(db, seed):
        numbered = way(db, world.signe)
        for id_ in ids:
            numbered.write(id_)


def _poll(reader: Any, writers: list[Any]) -> Counter[str]:
    read: Counter[str] = Counter()
    cursor, running = None, True
    while running:
        running = any(writer.is_alive() for writer in writers)
        ids, cursor = reader.read(cursor)
        read.update(ids)
        time.sleep(0.001)
    while ids:  # the pages left when the last writer went home
        ids, cursor = reader.read(cursor)
        read.update(ids)
    return read


def _nothing_is_missed(world: World, each: int) -> None:
    seen = race(world, Ledger, each)
    print(f"\n{world.db.engine.dialect.name}: {len(seen.written)} written, {seen.missed} missed, {seen.repeated} repeated")
    assert (seen.missed, seen.repeated) == (0, 0)
    with world.db.read() as tx:
        assert verify(tx, world.project_id) == []


def test_a_reader_misses_nothing_while_eight_write(world: World) -> None:
    _nothing_is_missed(world, each=20)


@pytest.mark.campaign
@pytest.mark.timeout(900)
def test_a_reader_misses_nothing_while_eight_write_for_long(world: World) -> None:
    _nothing_is_missed(world, each=600)


@pytest.mark.parametrize("way", [Sequence, Timestamp, Reserved, Before], ids=lambda way: way.__name__.lower())
def test_the_same_reader_misses_records_with_a_simpler_number(world: World, way: type[Any]) -> None:
    """Without this the test above would prove only that the race never happened."""
    if world.db.is_sqlite and way is not Before:
        pytest.skip("SQLite has one writer at a time: a number taken inside the transaction is safe there")
    seen = race(world, way, each=50)
    print(f"\n{world.db.engine.dialect.name} {way.__name__}: {len(seen.written)} written, {seen.missed} missed")
    assert seen.missed > 0
