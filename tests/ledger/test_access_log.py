"""The access log holds what was seen: it cannot be rewritten, many may write it at once, and what is done behind its back is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from app.db import Database
from app.ledger import access, backup, erasure, history
from app.ledger.access import Entry
from app.ledger.change import Change
from app.ledger.push import write
from app.ledger.tables import ACCESS, ACCESS_HEAD, ACCESS_REASONS
from tests.world import NOW, named, unguarded

CODE, REASON = "B-RW425", "Borgeren har bedt om at få noten rettet"


def logged(world, count=4):
    access.log(world.db, world.birthe, [Entry("OPEN", "talk", named(f"t{n}"), named("borger"), about="note") for n in range(count - 1)], NOW)
    access.log(world.db, world.birthe, [Entry("LOOK_UP", "talk", named("t"), named("borger"), about="note", reason=REASON)], NOW)


def lines(tx):
    return [dict(row) for row in tx.execute(select(ACCESS).order_by(ACCESS.c.number)).mappings()]


def found(world):
    with world.db.read() as tx:
        return access.verify(tx, world.project_id) + history.access_cut(world.db, world.project_id)


def at(number):
    return ACCESS.c.number == number


REWRITES = {
    "change": lambda tx: tx.execute(update(ACCESS).where(at(2)).values(user_id=named("emre"))),
    "touch_all": lambda tx: tx.execute(update(ACCESS).values(hash=ACCESS.c.hash)),
    "drop": lambda tx: tx.execute(delete(ACCESS).where(at(2))),
    "empty": lambda tx: tx.execute(text("DELETE FROM access_log" if tx.dialect.name == "sqlite" else "TRUNCATE access_log")),
    "replace": lambda tx: tx.execute(insert(ACCESS).prefix_with("OR REPLACE", dialect="sqlite").values(**{**lines(tx)[1], "act": "PULL"})),
    "reason": lambda tx: tx.execute(update(ACCESS_REASONS).values(reason="noget andet")),
    "replace_reason": lambda tx: tx.execute(insert(ACCESS_REASONS).prefix_with("OR REPLACE", dialect="sqlite").values(
        project_id=lines(tx)[0]["project_id"], number=4, salt="", reason="noget andet")),
}


@pytest.mark.parametrize("rewrite", REWRITES)
def test_the_database_refuses_to_rewrite_a_line(world, rewrite):
    logged(world)
    with world.db.read() as tx:
        before = lines(tx)
    with pytest.raises(DBAPIError), world.db.write() as tx:
        REWRITES[rewrite](tx)
    with world.db.read() as tx:
        assert lines(tx) == before
    assert found(world) == []


def swap(tx):
    one, two = lines(tx)[1:3]
    tx.execute(delete(ACCESS).where(ACCESS.c.number.in_([2, 3])))
    tx.execute(insert(ACCESS), [{**one, "number": 3}, {**two, "number": 2}])


def cut(tx):
    tx.execute(delete(ACCESS_REASONS))
    tx.execute(delete(ACCESS).where(at(4)))


def cut_with_every_trace(tx):
    cut(tx)
    tx.execute(update(ACCESS_HEAD).values(number=3, hash=lines(tx)[-1]["hash"]))


def rewrite_from(tx):
    """Somebody who knows how the hashes are made gives line 2 to another person, and makes all that follows anew."""
    old = lines(tx)
    tx.execute(delete(ACCESS).where(ACCESS.c.number > 1))
    hash_ = old[0]["hash"]
    for line in old[1:]:
        line["user_id"] = named("emre")
        hash_ = line["hash"] = access.link(hash_, line)
        tx.execute(insert(ACCESS).values(**line))
    tx.execute(update(ACCESS_HEAD).values(hash=hash_))


TAMPERINGS = {
    **{name: (lambda tx, name=name, value=value: tx.execute(update(ACCESS).where(at(2)).values({name: value})), "Linje 2 i loggen er ændret.")
       for name, value in (("user_id", named("emre")), ("role", "ADVISER"), ("act", "PULL"), ("kind", "visit"), ("record_id", named("x")),
                           ("citizen_id", named("x")), ("practice_id", named("x")), ("device_id", named("x")), ("about", "minutes"),
                           ("at", NOW.replace(hour=3)), ("reason_digest", "f" * 64), ("hash", "f" * 64))},
    "drop": (lambda tx: tx.execute(delete(ACCESS).where(at(2))), "Linje 2 mangler i loggen."),
    "drop_first": (lambda tx: tx.execute(delete(ACCESS).where(at(1))), "Linje 1 mangler i loggen."),
    "swap": (swap, "Linje 2 i loggen er ændret."),
    "cut": (cut, "Loggen slutter ved 3, men tælleren står på 4."),
    "cut with every trace": (cut_with_every_trace, "Loggen nåede linje 4 og har den ikke længere, som den var."),
    "rewritten": (rewrite_from, "Loggen nåede linje 4 og har den ikke længere, som den var."),
    "emptied": (lambda tx: [tx.execute(delete(table)) for table in (ACCESS, ACCESS_HEAD, ACCESS_REASONS)],
                "Loggen nåede linje 4 og har den ikke længere, som den var."),
    "reason changed": (lambda tx: tx.execute(update(ACCESS_REASONS).values(reason="En helt anden grund")),
                       "Grunden til linje 4 i loggen er ændret."),
    "reason gone": (lambda tx: tx.execute(delete(ACCESS_REASONS)), "Grunden til linje 4 i loggen mangler."),
    "reason made up": (lambda tx: tx.execute(insert(ACCESS_REASONS).values(
        project_id=lines(tx)[0]["project_id"], number=1, salt="", reason="Fundet på bagefter")), "Grunden til linje 1 i loggen er ændret."),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_whatever_is_done_past_the_database_is_found(world, tampering):
    logged(world)
    assert found(world) == []
    act, said = TAMPERINGS[tampering]
    with world.db.write() as tx:
        for table in ("access_log", "access_reason"):
            unguarded(tx, table)
        act(tx)
    assert found(world)[0] == said


def test_lines_written_after_a_cut_do_not_hide_it(world):
    logged(world)
    with world.db.write() as tx:
        for table in ("access_log", "access_reason"):
            unguarded(tx, table)
        cut_with_every_trace(tx)
    for _ in range(3):
        logged(world)
    assert found(world) == ["Loggen nåede linje 4 og har den ikke længere, som den var."]


def test_eight_writers_write_one_chain(world):
    def writer(number):
        db = Database(world.db.settings)
        for turn in range(12):
            access.log(db, world.signe, [Entry("OPEN", "talk", named(f"{number}-{turn}-{n}"), named("borger")) for n in range(turn % 3 + 1)], NOW)
        db.close()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(writer, range(8)))
    with world.db.read() as tx:
        assert [line["number"] for line in lines(tx)] == list(range(1, 8 * 24 + 1))
        assert len({line["record_id"] for line in lines(tx)}) == 8 * 24
    assert found(world) == []


def with_citizen(world):
    done = write(world.db, world.signe, [
        Change("citizen", named("borger"), "create", {"code": CODE, "first_practice_id": named("halmtorvet"), "adviser_id": named("signe")})], NOW)
    assert done[0].status == "accepted"


def test_an_erasure_takes_the_reason_and_leaves_the_line(world):
    with_citizen(world)
    logged(world)
    erasure.erase(world.db, world.project_id, CODE, NOW)
    with world.db.read() as tx:
        assert tx.execute(select(func.count()).select_from(ACCESS_REASONS)).scalar() == 0
        assert [line["act"] for line in lines(tx)] == ["OPEN"] * 3 + ["LOOK_UP", "ERASE"]
    assert found(world) == []
    with world.db.write() as tx:
        unguarded(tx, "access_log")
        tx.execute(delete(ACCESS).where(at(5)))
        tx.execute(update(ACCESS_HEAD).values(number=4, hash=lines(tx)[-1]["hash"]))
    assert found(world) == ["Loggen nåede linje 5 og har den ikke længere, som den var."]


def test_a_restore_keeps_what_was_logged_since_the_copy(world, tmp_path):
    with_citizen(world)
    logged(world)
    backup.backup(world.db, tmp_path / "kopi.rph", NOW)
    logged(world)
    backup.restore(world.db, tmp_path / "kopi.rph", False, NOW)
    with world.db.read() as tx:
        assert [line["act"] for line in lines(tx)] == (["OPEN"] * 3 + ["LOOK_UP"]) * 2 + ["RESTORE"]
        assert tx.execute(select(ACCESS_REASONS.c.reason).where(ACCESS_REASONS.c.number == 8)).scalar() == REASON
    assert found(world) == []


def test_a_cut_is_found_also_after_a_restore(world, tmp_path):
    logged(world)
    backup.backup(world.db, tmp_path / "kopi.rph", NOW)
    logged(world)
    with world.db.write() as tx:
        for table in ("access_log", "access_reason"):
            unguarded(tx, table)
        tx.execute(update(ACCESS).where(at(6)).values(user_id=named("emre")))
    backup.restore(world.db, tmp_path / "kopi.rph", False, NOW)
    assert found(world)[0] == "Linje 6 i loggen er ændret."


@pytest.mark.parametrize("place", ["sqlite"])
def test_a_restore_over_a_broken_database_says_which_lines_are_lost(place, copy_world, tmp_path):
    world, _ = copy_world(place, tmp_path)
    logged(world)
    backup.backup(world.db, tmp_path / "kopi.rph", NOW)
    logged(world)
    world.db.close()
    world.db.settings.sqlite_path.write_bytes(b"noget helt andet")
    backup.restore(world.db, tmp_path / "kopi.rph", False, NOW)
    with world.db.read() as tx:
        last = lines(tx)[-1]
    assert (last["number"], last["act"], last["about"]) == (5, "RESTORE", "linje 5 og frem gik tabt")
    assert found(world) == []
    world.db.close()
