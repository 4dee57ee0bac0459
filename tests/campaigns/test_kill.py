"""Workers and whole servers die in the middle of everything, and every acknowledged op is there afterwards, once."""

from __future__ import annotations

import time
from random import Random

import pytest

from tests.campaigns.audit import audit
from tests.campaigns.busy import busy, phones_of, told
from tests.campaigns.phone import Phone
from tests.campaigns.served import Served

PHONES = 5
ROUNDS = 3


@pytest.mark.timeout(300)
def test_killed_workers_lose_and_double_nothing(served: Served) -> None:
    _campaign(served, seed=7, seconds=5, pause=0.4)


@pytest.mark.campaign
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(4))
def test_killed_workers_lose_and_double_nothing_for_long(served: Served, seed: int) -> None:
    _campaign(served, seed, seconds=90, pause=1.2)


def _campaign(served: Served, seed: int, seconds: float, pause: float) -> None:
    phones = phones_of(served.address, PHONES, seed)
    with busy(phones):
        kills = _kill_for(served, Random(seed), seconds, pause)
        served.kill()
        time.sleep(pause)  # the last things are written down without a server
    served.start()
    rounds = _rounds_to_empty(phones)
    print(f"\n{served.folder.name}, seed {seed}: {kills} kills, {told(phones)}, outboxes empty after {rounds}")
    assert rounds <= ROUNDS
    assert audit(served, phones) == []
    assert all(len(phone.epochs) == 1 for phone in phones), "a plain restart keeps the epoch"


def _kill_for(served: Served, chance: Random, seconds: float, pause: float) -> int:
    limit, kills = time.monotonic() + seconds, 0
    while time.monotonic() < limit:
        time.sleep(chance.random() * 2 * pause)
        kills += 1
        if kills % 5:
            served.kill_worker(chance.randrange(100))
        else:
            served.kill(orphans=seconds > 60 and chance.random() < 0.3)  # left-behind workers finish for up to 20 s
            served.start()
    return kills


def _rounds_to_empty(phones: list[Phone]) -> int:
    """How many syncs each it takes until no outbox holds anything; one more at most than allowed."""
    rounds = 0
    while any(phone.outbox for phone in phones) and rounds <= ROUNDS:
        rounds += 1
        for phone in phones:
            phone.sync()
    for phone in phones:
        phone.pull()
    return rounds
