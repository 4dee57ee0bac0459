"""A backup counts when it has been restored and checked; a restore leaves a way back (sync.md ch. 7)."""

from __future__ import annotations

import json
import os
import subprocess

import pytest
from sqlalchemy import func, select, update

from app.ledger import history, start, workshop
from app.ledger.backup import Failed, backup, restore
from app.ledger.epoch import present_head
from app.ledger.ids import new_id
from app.ledger.push import push
from app.ledger.tables import RECORDS
from app.ledger.verify import verify
from tests.world import NOW, Phone, visit


def visits(world):
    with world.db.read() as tx:
        return tx.execute(select(func.count()).select_from(RECORDS["visit"])).scalar_one()


def one_more(world):
    return push(world.db, world.signe, "telefon", [Phone().create("visit", new_id(), visit())], NOW)


def test_a_backup_moves_what_is_durable_and_a_restore_mints_an_epoch(world, tmp_path):
    start.prepare(world.db, NOW)
    assert one_more(world).durable_through == 0
    told = backup(world.db, tmp_path / "kopi.rph", NOW)
    after = one_more(world)
    assert after.durable_through == told["durable_through"] == after.head["seq"] - 1
    restore(world.db, tmp_path / "kopi.rph", False, NOW)
    with world.db.read() as tx:
        head, durable = present_head(tx, world.project_id)
        assert head["epoch"] != after.head["epoch"] and head["seq"] == told["durable_through"] and durable == 0
        assert verify(tx, world.project_id) == []
    assert visits(world) == 1
    epoch = head["epoch"]
    start.prepare(world.db, NOW)
    assert one_more(world).head["epoch"] == epoch  # the start after it does not mint another


def test_another_than_the_newest_checked_backup_needs_a_word(world, tmp_path):
    backup(world.db, tmp_path / "en.rph", NOW)
    one_more(world)
    backup(world.db, tmp_path / "to.rph", NOW)
    with pytest.raises(Failed, match="--older"):
        restore(world.db, tmp_path / "en.rph", False, NOW)
    restore(world.db, tmp_path / "to.rph", False, NOW)
    assert visits(world) == 1
    restore(world.db, tmp_path / "en.rph", True, NOW)
    assert visits(world) == 0
    kept = list((world.db.settings.state_dir / "backups").iterdir())
    assert {file.suffix for file in kept} == {".rph"} and {file.stat().st_mode & 0o777 for file in kept} == {0o600}
    way_back = next(file for file in kept if file.name.startswith("before-restore"))
    restore(world.db, way_back, True, NOW)
    assert visits(world) == 1


@pytest.mark.parametrize("spoil", ["changed", "cut", "empty", "other"])
def test_a_file_that_is_not_ours_or_not_whole_changes_nothing(world, tmp_path, spoil):
    one_more(world)
    file = tmp_path / "kopi.rph"
    backup(world.db, file, NOW)
    whole = file.read_bytes()
    spoiled = {"changed": whole[:200] + bytes([whole[200] ^ 1]) + whole[201:], "cut": whole[:-1], "empty": b"", "other": b"SQLite format 3"}
    file.write_bytes(spoiled[spoil])
    with pytest.raises(Failed):
        restore(world.db, file, True, NOW)
    assert visits(world) == 1


def test_a_copy_in_which_the_book_does_not_hold_does_not_count(world, tmp_path):
    one_more(world)
    with world.db.write() as tx:
        tx.execute(update(RECORDS["visit"]).values(minutes=99))
    with pytest.raises(Failed, match="ændret uden om bogen"):
        backup(world.db, tmp_path / "kopi.rph", NOW)
    assert not (tmp_path / "kopi.rph").exists() and one_more(world).durable_through == 0


def test_nothing_in_plain_text_is_left_of_a_backup(world, tmp_path):
    push(world.db, world.signe, "telefon", [Phone().create("visit", new_id(), visit(note="hemmeligt ord"))], NOW)
    backup(world.db, tmp_path / "kopi.rph", NOW)
    state = world.db.settings.state_dir
    assert b"hemmeligt ord" not in (tmp_path / "kopi.rph").read_bytes()
    assert {path.name for path in state.iterdir() if path.is_dir()} == {"backups"}
    assert json.loads(history.path(world.db).read_text())["checked_backup"]["sha256"]


def test_the_databases_password_stands_in_no_process_list(world, tmp_path, monkeypatch):
    if world.db.is_sqlite:
        pytest.skip("SQLite has no password")
    world.db.settings.database_url = world.db.settings.database_url.replace("app@", "app:hemmelig@")
    real, seen = subprocess.run, []

    def watched(words, **more):
        seen.append((" ".join(words), more["env"].get("PGPASSWORD")))
        return real(words, **more)
    monkeypatch.setattr(subprocess, "run", watched)
    backup(world.db, tmp_path / "kopi.rph", NOW)
    restore(world.db, tmp_path / "kopi.rph", False, NOW)
    assert len(seen) == 5 and all("hemmelig" not in words and password == "hemmelig" for words, password in seen)


def test_what_a_killed_backup_left_is_swept_away(world):
    left = world.db.settings.state_dir / f"{workshop.PREFIX}x"
    for age, stays in ((60, True), (2 * 3600, False)):
        left.mkdir(exist_ok=True)
        (left / "plain").write_text("hemmeligt ord")
        os.utime(left, (left.stat().st_mtime - age,) * 2)
        workshop.sweep(world.db)
        assert left.exists() is stays
