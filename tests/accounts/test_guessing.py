"""A guesser gets few tries, however many ask at once, and learns from none of them whether somebody exists."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import func, select

from app import clock
from app.accounts import passphrases
from app.accounts.brake import ATTEMPTS, MOST_PER_ACCOUNT, MOST_PER_ACCOUNT_AND_ADDRESS, MOST_PER_ADDRESS, WINDOW, TooMany, book
from app.accounts.sign_in import check
from tests.world import PASSPHRASE, statements

HERE, THERE = "192.0.2.7", "198.51.100.4"
SIGNE, NOBODY = "signe@demo.example", "ingen@demo.example"


def tried(world, email=SIGNE, passphrase="forkert sætning", address=HERE):
    """"in", "wrong", or how many seconds to wait."""
    try:
        return "in" if check(world.db, email, passphrase, address) else "wrong"
    except TooMany as wait:
        return wait.seconds


@pytest.fixture
def quick(monkeypatch):
    """Without the slow hash, which these tests do not ask about."""
    monkeypatch.setattr("app.accounts.sign_in.matches", lambda given, stored: stored is not None and given == PASSPHRASE)


def test_known_and_unknown_cost_the_same_work(world, monkeypatch):
    hashes = []

    class Counting:
        @staticmethod
        def verify_phc_encoded(given, stored):
            hashes.append(costs(stored))
            Argon2id.verify_phc_encoded(given, stored)
    Argon2id = passphrases.Argon2id
    monkeypatch.setattr(passphrases, "Argon2id", Counting)
    assert tried(world, "en@demo.example") == "wrong"  # the log's first line finds none before it, whoever tries
    work = []
    for email in (SIGNE, NOBODY):
        hashes.clear()
        with statements(world.db) as asked:
            assert tried(world, email) == "wrong"
        work.append((list(hashes), [sql for sql, _ in asked]))
    assert work[0] == work[1] and len(work[0][0]) == 1 and work[0][1]


def costs(stored):
    """The algorithm and its costs, and how long salt and hash are."""
    *head, salt, found = stored.split("$")
    return head, len(salt), len(found)


def test_the_hash_of_nobody_costs_what_a_new_one_does():
    assert costs(passphrases.NOBODY) == costs(passphrases.hashed("en helt ny sætning"))


def test_many_tries_at_once_do_not_slip_past(world, quick):
    with ThreadPoolExecutor(16) as all_at_once:
        answers = list(all_at_once.map(lambda _: tried(world), range(60)))
    assert answers.count("wrong") == MOST_PER_ACCOUNT_AND_ADDRESS and "in" not in answers


def test_the_owner_comes_in_from_many_places_at_once(world, monkeypatch):
    """Tries in the air make nobody wait who is right, however many there are."""
    together = Barrier(MOST_PER_ACCOUNT_AND_ADDRESS)

    def slow(given, stored):
        with suppress(BrokenBarrierError):
            together.wait(2)  # all that may be in the air are
        return given == PASSPHRASE
    monkeypatch.setattr("app.accounts.sign_in.matches", slow)
    with ThreadPoolExecutor(24) as all_at_once:
        answers = list(all_at_once.map(lambda _: tried(world, passphrase=PASSPHRASE), range(24)))
    assert answers == ["in"] * 24


def test_a_try_that_died_with_its_worker_counts_as_failed(world, quick, monkeypatch):
    for _ in range(MOST_PER_ACCOUNT_AND_ADDRESS):
        book(world.db, SIGNE, HERE)
    monkeypatch.setattr(clock, "SHIFT", clock.SHIFT + timedelta(seconds=31))
    assert isinstance(tried(world, passphrase=PASSPHRASE), int)


def test_the_right_passphrase_is_not_counted_and_waits_as_well(world, quick):
    assert [tried(world, passphrase=PASSPHRASE) for _ in range(MOST_PER_ACCOUNT_AND_ADDRESS + 2)] == ["in"] * 12
    for _ in range(MOST_PER_ACCOUNT_AND_ADDRESS):
        tried(world)
    assert isinstance(tried(world, passphrase=PASSPHRASE), int)
    assert tried(world, passphrase=PASSPHRASE, address=THERE) == "in"  # the owner elsewhere is not shut out


def test_one_guesser_in_many_places_is_slowed_down(world, quick):
    answers = [tried(world, address=f"203.0.113.{n}") for n in range(MOST_PER_ACCOUNT + 1)]
    assert answers[:-1] == ["wrong"] * MOST_PER_ACCOUNT and isinstance(answers[-1], int)


def test_one_place_that_tries_everybody_is_slowed_down(world, quick):
    answers = [tried(world, f"nr{n}@demo.example") for n in range(MOST_PER_ADDRESS + 1)]
    assert answers[:-1] == ["wrong"] * MOST_PER_ADDRESS and isinstance(answers[-1], int)


def test_the_addresses_of_one_line_are_one_place(world, quick):
    answers = [tried(world, address=f"2001:db8:1:2::{n:x}") for n in range(1, MOST_PER_ACCOUNT_AND_ADDRESS + 2)]
    assert isinstance(answers[-1], int)
    assert tried(world, address="2001:db8:1:3::1") == "wrong"


def test_the_wait_is_told_and_then_over(world, quick, monkeypatch):
    for _ in range(MOST_PER_ACCOUNT_AND_ADDRESS):
        tried(world)
    seconds = tried(world)
    assert WINDOW.total_seconds() - 60 < seconds <= WINDOW.total_seconds()
    monkeypatch.setattr(clock, "SHIFT", clock.SHIFT + timedelta(seconds=seconds))
    assert tried(world, passphrase=PASSPHRASE) == "in"
    with world.db.read() as tx:
        assert tx.execute(select(func.count()).select_from(ATTEMPTS)).scalar_one() == 0  # old tries are thrown away


def test_who_has_to_wait_costs_no_write(world, quick):
    for _ in range(MOST_PER_ACCOUNT_AND_ADDRESS):
        tried(world)
    with statements(world.db) as asked, pytest.raises(TooMany):
        book(world.db, SIGNE, HERE)
    assert asked and not [sql for sql, _ in asked if sql.startswith(("INSERT", "DELETE", "UPDATE", "BEGIN IMMEDIATE"))]
