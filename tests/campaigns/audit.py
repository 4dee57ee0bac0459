"""What must hold when all is quiet: nothing acknowledged is gone, nothing counts twice, no hole in the feed, all see the same."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from app.ledger.tables import FEED, OPS
from tests.campaigns.phone import Phone
from tests.campaigns.served import Served


def audit(served: Served, phones: list[Phone]) -> list[str]:
    """Everything that does not hold; empty when all does."""
    return [*_acknowledged(phones), *book(served), *_views(phones), *_stock(phones), *served.verify()]


def _acknowledged(phones: list[Phone]) -> list[str]:
    """The server knows every op it answered for, and none it once applied waits; a refused one may be in the tray instead (I1)."""
    lost = []
    for phone in phones:
        told = phone.receipts(list(phone.answered))
        lost += [f"{phone.email}: {status} op {op_id} is {told[op_id]} now" for op_id, status in phone.answered.items()
                 if told[op_id] == "unknown" and op_id not in phone.tray or told[op_id] == "held" and status == "accepted"]
    return lost


def book(served: Served) -> list[str]:
    """Each op changes its record once, and a record's revisions count 1, 2, 3 without a hole."""
    db = served.database
    with db.read() as tx:
        lines = tx.execute(select(FEED.c.seq, FEED.c.op_id, FEED.c.kind, FEED.c.record_id, FEED.c.rev).order_by(FEED.c.seq)).all()
        stored = set(tx.execute(select(OPS.c.op_id)).scalars())
    db.close()
    wrong = [] if [line.seq for line in lines] == list(range(1, len(lines) + 1)) else ["the feed has a hole"]
    effects = Counter(line.op_id for line in lines if line.rev is not None and line.op_id)
    wrong += [f"op {op_id} had {count} effects" for op_id, count in effects.items() if count > 1]
    wrong += [f"op {line.op_id} stands in the feed but not in the log" for line in lines if line.op_id and line.op_id not in stored]
    revisions: dict[tuple[str, str], list[int]] = {}
    for line in lines:
        if line.rev is not None:
            revisions.setdefault((line.kind, line.record_id), []).append(line.rev)
    return wrong + [f"{key} has revisions {found}" for key, found in revisions.items() if found != list(range(1, len(found) + 1))]


def _views(phones: list[Phone]) -> list[str]:
    """A phone that pulled all along sees what a new phone of the same person sees, field by field (I8)."""
    wrong = []
    for phone in phones:
        new = fresh(phone)
        for key in {*new.records, *phone.records}:
            mine, theirs = _plain(phone.records.get(key)), _plain(new.records.get(key))
            if mine != theirs:
                wrong.append(f"{phone.email}: {key} is {mine}, a new phone has {theirs}")
    return wrong


def _stock(phones: list[Phone]) -> list[str]:
    """Flyers handed out, counted by the phones and by the server."""
    given = sum(op["set"]["quantity"] for phone in phones for op in phone.made.values()
                if op["kind"] == "stock_move" and phone.answered.get(op["op_id"]) == "accepted")
    counted = sum(data["quantity"] for (kind, _), data in fresh(phones[0]).records.items() if kind == "stock_move")
    return [] if given == counted else [f"the phones handed out {given}, the server counts {counted}"]


def fresh(phone: Phone) -> Phone:
    """A new device of the same person, with everything the server shows them."""
    new = Phone(phone.address, phone.email, seed=1)
    assert new.pull()
    return new


def _plain(data: dict | None) -> dict | None:
    """Lists are sets; absent and null are the same."""
    if data is None:
        return None
    return {name: sorted(value, key=str) if isinstance(value, list) else value for name, value in data.items() if value is not None}
