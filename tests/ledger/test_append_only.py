"""Nobody rewrites the feed: the database refuses, and who gets past the database is found by the chain or by the head outside it."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from app.ledger import epoch, history
from app.ledger.push import push
from app.ledger.tables import BOOK, FEED, HEAD, RECORDS
from app.ledger.verify import verify
from tests.world import NOW, Phone, named, unguarded, visit

MISSED = "Bogen mangler sin slutning: den har nået linje {} og har den ikke længere, som den var."


def put_visits(world, count=3):
    phone = Phone()
    ops = [phone.create("visit", named(f"v{n}"), visit(occurred_at=f"2026-11-{n + 10}T09:00:00Z")) for n in range(count)]
    assert {result.code for result in push(world.db, world.signe, phone.device_id, ops, NOW).results} == {"OK"}


def lines(tx):
    return [dict(row) for row in tx.execute(select(FEED).order_by(FEED.c.seq)).mappings()]


def found(world):
    with world.db.read() as tx:
        return verify(tx, world.project_id)


REWRITES = {
    "change": lambda tx: tx.execute(update(FEED).where(FEED.c.seq == 2).values(author_id=named("emre"))),
    "touch_all": lambda tx: tx.execute(update(FEED).values(hash=FEED.c.hash)),
    "drop": lambda tx: tx.execute(delete(FEED).where(FEED.c.seq == 2)),
    "empty": lambda tx: tx.execute(text("DELETE FROM feed" if tx.dialect.name == "sqlite" else "TRUNCATE feed")),
    "replace": lambda tx: tx.execute(insert(FEED).prefix_with("OR REPLACE", dialect="sqlite").values(**{**lines(tx)[1], "rev": 9})),
}


@pytest.mark.parametrize("rewrite", REWRITES)
def test_the_database_refuses_to_rewrite_a_line(world, rewrite):
    put_visits(world)
    with world.db.read() as tx:
        before = lines(tx)
    with pytest.raises(DBAPIError), world.db.write() as tx:
        REWRITES[rewrite](tx)
    with world.db.read() as tx:
        assert lines(tx) == before
    assert found(world) == []


def swap(tx):
    one, two = lines(tx)[1:3]
    tx.execute(delete(FEED).where(FEED.c.seq.in_([one["seq"], two["seq"]])))
    tx.execute(insert(FEED), [{**one, "seq": two["seq"]}, {**two, "seq": one["seq"]}])


def flip(tx):
    line = lines(tx)[1]
    tx.execute(update(FEED).where(FEED.c.seq == 2).values(digest=f"{int(line['digest'][0], 16) ^ 1:x}{line['digest'][1:]}"))


def cut_last(tx):
    tx.execute(delete(FEED).where(FEED.c.seq == select(func.max(FEED.c.seq)).scalar_subquery()))


TAMPERINGS = {
    "flip": (flip, "Linje 2 i bogen er ændret."),
    "drop": (lambda tx: tx.execute(delete(FEED).where(FEED.c.seq == 2)), "Linje 2 mangler i bogen."),
    "swap": (swap, "Linje 2 i bogen er ændret."),
    "cut": (cut_last, "Bogen slutter ved"),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_the_chain_finds_what_was_done_past_the_database(world, tampering):
    put_visits(world)
    act, said = TAMPERINGS[tampering]
    with world.db.write() as tx:
        unguarded(tx)
        act(tx)
    assert found(world)[0].startswith(said)


def test_an_end_cut_off_with_every_trace_of_it_is_found_from_outside(world):
    put_visits(world)
    with world.db.read() as tx:
        head, _ = epoch.present_head(tx, world.project_id)
    history.note(world.db, head)
    assert history.cut(world.db, world.project_id) == []
    with world.db.write() as tx:  # a patient thief: the line, its record, its head and the counter
        unguarded(tx)
        last = lines(tx)[-1]
        cut_last(tx)
        tx.execute(delete(HEAD).where(HEAD.c.id == last["record_id"]))
        tx.execute(delete(RECORDS["visit"]).where(RECORDS["visit"].c.id == last["record_id"]))
        tx.execute(update(BOOK).values(seq=last["seq"] - 1, hash=lines(tx)[-1]["hash"]))
    assert found(world) == [], "the book alone cannot see it"
    assert history.cut(world.db, world.project_id) == [MISSED.format(last["seq"])]


def test_a_book_that_nobody_has_served_yet_is_not_called_cut(world):
    put_visits(world)
    assert history.read(world.db) is None and history.cut(world.db, world.project_id) == []


def test_the_verify_command_says_that_the_end_is_missing(own_server):
    own_server.start()
    own_server.stop()
    assert own_server.command("verify").returncode == 0
    with own_server.database.write() as tx:
        unguarded(tx)
        last = lines(tx)[-1]
        cut_last(tx)
        tx.execute(delete(HEAD).where(HEAD.c.id == last["record_id"]))
        tx.execute(delete(RECORDS[last["kind"]]).where(RECORDS[last["kind"]].c.id == last["record_id"]))
        tx.execute(update(BOOK).values(seq=last["seq"] - 1, hash=lines(tx)[-1]["hash"]))
    told = own_server.command("verify")
    assert told.returncode == 1 and told.stdout.strip() == MISSED.format(last["seq"])
