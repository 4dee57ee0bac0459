"""A day with one of everything on it, so that no screen and no page of the office is looked at while it is empty."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select

from app.db import Database
from app.ledger import requests
from app.ledger.author import Author
from app.ledger.change import Change
from app.ledger.push import push, write
from app.ledger.tables import CONFLICTS, DEVICES, DUPLICATES, OPS, RECORDS
from app.records.wire import instant_text
from app.rules.record_rules import check_character
from tests.journeys.demo_day import MORNING
from tests.world import Phone, named, visit

SCOPES = ("TALK_RECORD", "GP_EXCHANGE", "COURSE_PROVIDER", "FOLLOW_UP", "EVALUATION")
LONG_AGO = MORNING - timedelta(days=92)  # a first talk three months ago: its follow-up call is due


def busy(db: Database) -> dict[str, str]:
    """Writes it all; the names that addresses use, each with an id."""
    with db.read() as tx:
        people = {row.initials: Author(row.id, row.project_id, row.role) for row in tx.execute(select(RECORDS["user"]))}
        visits = RECORDS["visit"].c
        seen, practice = tx.execute(select(visits.id, visits.practice_id).where(visits.author_id == people["SHL"].user_id)
                                    .order_by(visits.occurred_at.desc()).limit(1)).one()
        course = tx.execute(select(RECORDS["course"].c.id)).scalars().first()
        batch = tx.execute(select(RECORDS["material_batch"].c.id)).scalars().first()
    assert course and batch
    citizen = _citizens(db, people["SHL"], practice)
    return {"code": f"B-K7M3{check_character('K7M3')}", "other_code": f"B-K7N3{check_character('K7N3')}",
            "practice": practice, "visit": seen, "course": course, "batch": batch, "citizen": citizen,
            "silent": named("silent"),
            "step": named("step"), "talk": named("talk"), "month": "2026-10", "past": "2026-08", "day": MORNING.date().isoformat(), "language": "ar",
            **_course(db, people, course, citizen), **_disputes(db, people, practice)}


def _citizens(db: Database, author: Author, practice: str) -> str:
    """One who has said yes to most, with a talk, a step that is due and a call to make; one who has said nothing yet."""
    for number, who in enumerate(("citizen", "silent")):
        four = f"K7{'MN'[number]}3"
        _put(db, author, Change("citizen", named(who), "create", {"code": f"B-{four}{check_character(four)}", "first_practice_id": practice}))
    given = {"citizen_id": named("citizen"), "event": "GIVEN", "form": "WRITTEN_PAPER", "given_on": LONG_AGO.date().isoformat()}
    _put(db, author, *(Change("consent_event", str(uuid4()), "create", {**given, "scope": scope}) for scope in SCOPES))
    _put(db, author, Change("talk", named("talk"), "create", {
        "type": "FIRST", "place": "CLINIC_ROOM", "occurred_at": instant_text(LONG_AGO), "minutes": 30, "citizen_id": named("citizen"),
        "practice_id": practice, "topics": ["WORK"], "note": "Vil tale med chefen først"}))
    _put(db, author, Change("next_step", named("step"), "create", {
        "citizen_id": named("citizen"), "talk_id": named("talk"), "step": "SELF_JOBCENTER", "responsible": "CITIZEN",
        "due_on": MORNING.date().isoformat(), "status": "OPEN"}))
    return named("citizen")


def _course(db: Database, people: dict[str, Author], course: str, citizen: str) -> dict[str, str]:
    """A run with its first session today, and one who has a seat."""
    _put(db, people["BST"],
         Change("course_run", named("run"), "create", {"course_id": course, "seats": 8, "place": "Kælderen",
                                                       "starts_on": MORNING.date().isoformat()}),
         Change("course_session", named("session"), "create", {"course_run_id": named("run"), "number": 1, "minutes": 120, "status": "PLANNED",
                                                                "starts_at": instant_text(MORNING + timedelta(minutes=30))}))
    _put(db, people["SHL"], Change("enrolment", named("enrolment"), "create", {
        "citizen_id": citizen, "course_run_id": named("run"), "status": "ENROLLED", "enrolled_at": instant_text(LONG_AGO)}))
    return {"run": named("run"), "session": named("session"), "enrolment": named("enrolment")}


def _disputes(db: Database, people: dict[str, Author], practice: str) -> dict[str, str]:
    """What the office must settle, and the silent phone that it came from."""
    signe, emre, phone, at = people["SHL"], people["EBY"], Phone(), instant_text(MORNING - timedelta(minutes=50))
    with db.write() as tx:
        tx.execute(insert(DEVICES).values(id=named("device"), project_id=signe.project_id, user_id=signe.user_id, name="iPhone", created_at=LONG_AGO,
                                          seen_at=MORNING - timedelta(days=6), app_version="1.0.0", unsent=12))
        for name, how, heard in (("lost", "lock", False), ("stolen", "wipe", True)):
            tx.execute(insert(DEVICES).values(
                id=named(name), project_id=signe.project_id, user_id=signe.user_id, name=f"Telefon ({name})", created_at=LONG_AGO,
                app_version="1.0.0", seen_at=MORNING - timedelta(days=3), unsent=2, revoked_at=MORNING - timedelta(days=2), revoked_how=how,
                told_at=MORNING if heard else None, wiped_at=MORNING if heard else None))
    told = visit(practice_id=practice, occurred_at=at)
    push(db, signe, named("device"), [
        phone.create("visit", named("disputed"), told), phone.create("visit", named("wrong"), {**told, "minutes": 999}),
        phone.create("visit", named("early"), {**told, "practice_id": named("nowhere")}),
        phone.create("visit", named("twin"), {**told, "occurred_at": instant_text(MORNING - timedelta(minutes=45))})], MORNING)
    _put(db, emre, Change("visit", named("disputed"), "update", {"minutes": 30}, {"minutes": 20}))
    push(db, signe, named("device"), [phone.update("visit", named("disputed"), {"minutes": 25}, {"minutes": 20})], MORNING)
    with db.read() as tx:
        ids = {name: tx.execute(select(table.c.id)).scalars().first() for name, table in (("conflict", CONFLICTS), ("duplicate", DUPLICATES))}
        stopped = tx.execute(select(OPS.c.op_id).where(OPS.c.status == "rejected")).scalars().first()
    asked = [requests.receive(db, emre, named("citizen"), kind, on.date(), MORNING) for kind, on in (("ACCESS", MORNING), ("RECTIFY", LONG_AGO))]
    return {"device": named("device"), "lost": named("lost"), "request": asked[0], "disputed": named("disputed"),
            "stopped": str(stopped), **{name: str(id_) for name, id_ in ids.items()}}


def change_minutes(db: Database, visit_id: str) -> None:
    """Signe puts one of her visits right while others look at it as it was."""
    with db.read() as tx:
        row = tx.execute(select(RECORDS["visit"]).where(RECORDS["visit"].c.id == visit_id)).one()
    signe = Author(row.author_id, row.project_id, "ADVISER")
    _put(db, signe, Change("visit", visit_id, "update", {"minutes": row.minutes + 1}, {"minutes": row.minutes}))


def _put(db: Database, author: Author, *changes: Change) -> None:
    results: list[Any] = write(db, author, list(changes), MORNING)
    assert {result.status for result in results} == {"accepted"}, [(result.code, result.message, result.fields) for result in results]
