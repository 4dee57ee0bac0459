"""The generated years are a book like any other: the same words give the same records, and everything in it holds."""

from __future__ import annotations

from sqlalchemy import func, select

from app.db import Database
from app.export import verify_months
from app.ledger.history import project_ids
from app.ledger.tables import BOOK, FEED, RECORDS
from app.ledger.verify import verify
from tests.world import unguarded


def hashes(db):
    with db.read() as tx:
        return {row.project_id: (row.seq, row.hash, row.months) for row in tx.execute(select(BOOK))}


def test_every_hash_record_and_sum_of_the_generated_years_holds(grown):
    db = Database(grown("sqlite", "big"))
    with db.read() as tx:
        assert [verify(tx, project_id) for project_id in project_ids(db)] == [[], []]
        assert verify_months(tx) == []
        visits = dict(tx.execute(select(RECORDS["visit"].c.project_id, func.count()).group_by(RECORDS["visit"].c.project_id)).all())
    assert len(visits) == 2 and min(visits.values()) > 200  # volumes.csv: 238 visits until the end of July, and those of August
    with db.engine.connect() as tx, tx.begin() as undone:
        unguarded(tx)
        tx.execute(FEED.update().where(FEED.c.seq == 200).values(digest="0" * 64))
        assert all(verify(tx, project_id) for project_id in project_ids(db))
        undone.rollback()
    db.close()


def test_both_databases_get_the_same_years(grown):
    books = []
    for database in ("sqlite", "postgres"):
        db = Database(grown(database, "small"))
        with db.read() as tx:
            lines = tx.execute(select(FEED.c.kind, FEED.c.record_id, FEED.c.rev).where(FEED.c.kind.not_in(("user",))).order_by(FEED.c.seq)).all()
        books.append([tuple(line) for line in lines])
        db.close()
    assert books[0] == books[1] and len(books[0]) > 1500
