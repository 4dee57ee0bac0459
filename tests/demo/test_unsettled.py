"""Skal afklares has one of each, all in the running month; phones are heard from, so that October can be closed without a reason."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app.figures.ready import readiness
from app.ledger.settle import duplicates, held, open_conflicts, quarantined
from app.ledger.tables import DEVICES, OPS
from tests.demo.filled import NOW


def test_one_of_each_waits_for_a_person(demo):
    with demo.db.read() as tx:
        conflicts, stopped = open_conflicts(tx, demo.project_id), quarantined(tx, demo.project_id)
        waiting, pairs = held(tx, demo.project_id), duplicates(tx, demo.project_id)
        others = tx.execute(select(OPS.c.status).distinct()).scalars().all()
    assert [(row.kind, row.code, list(row.fields)) for row in conflicts] == [("visit", "FIELD_CONFLICT", ["minutes"])]
    assert [(row.kind, row.code) for row in stopped] == [("visit", "INVALID")] and stopped[0].handed_over_at
    assert [(row.kind, row.code) for row in waiting] == [("stock_move", "UNKNOWN_RECORD")]
    assert waiting[0].received_at == NOW - timedelta(days=3) and len(pairs) == 1
    assert set(others) == {"accepted", "conflict", "rejected", "held"}
    visits = demo.by_id("visit")
    mine = {visits[row.record_id].event_date for row in conflicts} | {visits[pairs[0].first_id].event_date}
    assert {f"{day:%Y-%m}" for day in mine} == {"2026-11"}


def test_october_is_ready(demo):
    with demo.db.read() as tx:
        assert readiness(tx, demo.project_id, "2026-10").missing == []
        assert readiness(tx, demo.project_id, "2026-11").missing


def test_two_phones_have_nothing_waiting_and_sent_what_their_people_wrote(demo):
    with demo.db.read() as tx:
        phones = {row.user_id: row for row in tx.execute(select(DEVICES))}
    assert set(phones) == {demo.people()["SHL"], demo.people()["EBY"]}
    assert all(row.unsent == 0 and NOW - row.seen_at < timedelta(days=1) and not row.revoked_at for row in phones.values())
    for kind in ("talk", "visit", "citizen"):
        assert all(row.device_id == phones[row.author_id].id for row in demo.rows(kind))
