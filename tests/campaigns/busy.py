"""Phones at work, each in a thread of its own, for as long as a block lasts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from threading import Event, Thread

from tests.campaigns.phone import Phone
from tests.campaigns.workday import work


def phones_of(address: str, count: int, seed: int) -> list[Phone]:
    """Phones of Signe and Emre in turn, each with its own chance."""
    return [Phone(address, f"{who}@demo.example", seed * 100 + number) for number, who in zip(range(count), cycle(("signe", "emre")), strict=False)]


@contextmanager
def busy(phones: list[Phone], pause: float = 0.2) -> Iterator[None]:
    """Every phone works and syncs on and on, with up to `pause` seconds between; what broke in a thread breaks the block's end."""
    over, broken = Event(), []

    def day(phone: Phone) -> None:
        try:
            while not over.is_set():
                work(phone)
                phone.sync()
                time.sleep(pause * phone.chance.random())
        except Exception as error:
            broken.append(error)
            raise
    threads = [Thread(target=day, args=(phone,)) for phone in phones]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert not broken


def told(phones: list[Phone]) -> str:
    """What came of it, in numbers."""
    statuses = [status for phone in phones for status in phone.answered.values()]
    outcomes = ", ".join(f"{statuses.count(status)} {status}" for status in sorted(set(statuses)))
    return f"{sum(phone.count for phone in phones)} ops ({outcomes}), {sum(phone.lost_requests for phone in phones)} answers lost"
