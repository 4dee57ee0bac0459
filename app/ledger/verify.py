"""Reads the whole book again: is every line where it was, and does every record hold what its last line says?"""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.ledger.chain import START, digest, holds
from app.ledger.tables import BOOK, FEED, HEAD, RECORDS
from app.records import KINDS
from app.records.wire import to_data


def verify(tx: Connection, project_id: str) -> list[str]:
    """What does not hold, in Danish; empty when all does."""
    return [*_feed(tx, project_id), *_records(tx, project_id)]


def _feed(tx: Connection, project_id: str) -> list[str]:
    book = tx.execute(select(BOOK).where(BOOK.c.project_id == project_id)).one()
    hash_, seq = START, 0
    for line in tx.execute(select(FEED).where(FEED.c.project_id == project_id).order_by(FEED.c.seq)).mappings():
        if line["seq"] != seq + 1:
            return [f"Linje {seq + 1} mangler i bogen."]
        seq += 1
        if not holds(hash_, seq, dict(line)):
            return [f"Linje {seq} i bogen er ændret."]
        hash_ = line["hash"]
    return [] if (seq, hash_) == (book.seq, book.hash) else [f"Bogen slutter ved {seq}, men tælleren står på {book.seq}."]


def _records(tx: Connection, project_id: str) -> list[str]:
    wrong = []
    last = {(r.kind, r.record_id): r.digest for r in tx.execute(
        select(FEED.c.kind, FEED.c.record_id, FEED.c.digest).where(FEED.c.project_id == project_id, FEED.c.rev.is_not(None)).order_by(FEED.c.seq))}
    heads = {(h.kind, h.id): h for h in tx.execute(select(HEAD).where(HEAD.c.project_id == project_id))}
    for kind, table in RECORDS.items():
        for row in tx.execute(select(table).where(table.c.project_id == project_id, table.c.deleted.is_(False))).mappings():
            head = heads.pop((kind, row["id"]), None)
            if head is None or head.gone or digest(head.salt, to_data(KINDS[kind], row)) != last.get((kind, row["id"])):
                wrong.append(f"{KINDS[kind].TITLE} {row['id']} er ændret uden om bogen.")
    missing = [head for head in heads.values() if not head.gone]
    return wrong + [f"{KINDS[head.kind].TITLE} {head.id} mangler." for head in missing]
