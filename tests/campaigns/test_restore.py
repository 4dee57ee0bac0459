"""The newest checked backup is put back, and the phones bring everything that came after it: nothing lost, nothing twice (I10)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.campaigns.audit import audit
from tests.campaigns.busy import busy, phones_of, told
from tests.campaigns.phone import Phone
from tests.campaigns.served import Served
from tests.campaigns.workday import work

PHONES = 4


@pytest.mark.timeout(300)
def test_after_a_restore_the_phones_bring_back_what_is_missing(served: Served) -> None:
    _campaign(served, seed=3, seconds=0.6, restores=1)


@pytest.mark.campaign
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(3))
def test_after_many_restores_the_phones_bring_back_what_is_missing(served: Served, seed: int) -> None:
    _campaign(served, seed, seconds=8, restores=5)


def _campaign(served: Served, seed: int, seconds: float, restores: int) -> None:
    phones = phones_of(served.address, PHONES, seed)
    for number in range(restores):
        _lose_a_day(served, phones, seconds, number)
        phones.insert(0, _newcomer(served, 10_000 + seed * 100 + number))  # first to sync: its changes come before what they change
        missing = _restore(served, phones, served.folder / f"newest-{number}")
        for _ in range(2):
            for phone in phones:
                phone.sync()
        assert not any(phone.outbox for phone in phones)
        for phone in phones:
            phone.pull()  # what others brought in the second round
        print(f"\n{served.folder.name}, seed {seed}: {told(phones)}; {missing} acknowledged ops were not in the backup")
        assert missing > 0
        assert audit(served, phones) == []
        assert {phone.epochs[-1] for phone in phones} == {phones[-1].epochs[-1]}
        assert len(phones[-1].epochs) == number + 2, "each restore begins one new epoch"


def _lose_a_day(served: Served, phones: list[Phone], seconds: float, number: int) -> None:
    """Two backups beside the working phones, and more work that only the phones and the lost database know."""
    with busy(phones, pause=0.8):
        time.sleep(seconds)
        served.told("backup", str(served.folder / f"older-{number}"))
        time.sleep(seconds)
        served.told("backup", str(served.folder / f"newest-{number}"))
        time.sleep(seconds)
    for phone in phones:
        phone.sync()
    assert sum(len(phone.journal) for phone in phones) < sum(len(phone.answered) for phone in phones), "what a checked backup holds, a phone lets go"


def _newcomer(served: Served, seed: int) -> Phone:
    """A phone that the backup does not know, with changes to others' visits that the backup does not know either."""
    new = Phone(served.address, "signe@demo.example", seed)
    new.pull()
    for _ in range(15):
        work(new)
    new.sync()
    assert new.answered
    return new


def _restore(served: Served, phones: list[Phone], file: Path) -> int:
    """Puts the newest backup back; how many acknowledged ops it lacks."""
    served.stop()
    older = served.command("restore", str(file).replace("newest", "older"))
    assert older.returncode == 1 and "--older" in older.stderr
    served.told("restore", str(file))
    served.start()
    return sum(list(Phone(served.address, phone.email, seed=2).receipts(list(phone.answered)).values()).count("unknown") for phone in phones)
