"""Has the database gone back in time? What `history.json` says at the start (sync.md ch. 7)."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.ledger import epoch, history, start
from app.ledger.ids import new_id
from app.ledger.push import push
from app.sync.devices import register
from tests.world import NOW, Phone, visit


def booked(world):
    """One more visit; the epoch."""
    done = push(world.db, world.signe, "telefon", [Phone().create("visit", new_id(), visit())], NOW)
    history.note(world.db, done.head)
    return done.head["epoch"]


@pytest.fixture
def file(world):
    start.prepare(world.db, NOW)
    return history.path(world.db)


def started(world):
    start.prepare(world.db, NOW)
    return booked(world)


def test_a_plain_start_keeps_the_epoch(world, file):
    assert booked(world) == started(world) == started(world)


@pytest.mark.parametrize("change", ["missing", "garbage", "empty", "ahead", "other hash", "other epoch"])
def test_a_file_that_does_not_fit_the_database_makes_a_new_epoch(world, file, change):
    before, content = booked(world), json.loads(file.read_text())
    written = {"garbage": "{", "empty": "", "ahead": json.dumps({**content, "seq": content["seq"] + 1}),
               "other hash": json.dumps({**content, "hash": "f" * 64}), "other epoch": json.dumps({**content, "epoch": new_id()})}
    file.unlink() if change == "missing" else file.write_text(written[change])
    after = started(world)
    assert after != before and started(world) == after


def test_a_file_that_lags_behind_is_normal(world, file):
    before, older = booked(world), file.read_text()
    booked(world)
    file.write_text(older)
    assert started(world) == before


def test_what_was_noted_is_never_taken_back_by_a_slower_worker(world, file):
    first, second = (push(world.db, world.signe, "telefon", [Phone().create("visit", new_id(), visit())], NOW).head for _ in range(2))
    history.note(world.db, second)
    history.note(world.db, first)
    assert json.loads(file.read_text())["seq"] == second["seq"]


def test_many_workers_who_notice_at_once_mint_one_epoch(world, file, monkeypatch):
    old, minted = booked(world), []
    with world.db.read() as tx:
        head, _ = epoch.present_head(tx, world.project_id)
    device = register(world.db, world.project_id, world.signe.user_id, "telefon", NOW)
    others = [register(world.db, world.project_id, world.emre.user_id, "telefon", NOW) for _ in range(3)]
    real, meet = epoch.contradicts, threading.Barrier(6, timeout=20)

    def seen_together(*words):
        found = real(*words)
        meet.wait()
        return found
    monkeypatch.setattr(epoch, "contradicts", seen_together)
    mint = epoch.mint
    monkeypatch.setattr(epoch, "mint", lambda *words: minted.append(1) or mint(*words))
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda d: history.heed(world.db, world.project_id, d, {**head, "seq": head["seq"] + 9}, NOW), [device] * 3 + others))
    assert len(minted) == 1 and booked(world) != old
