"""What a course day needs beside the demo: citizens who have said yes, runs with few seats, a session today."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from app.ledger.author import Author
from app.ledger.change import Change
from app.ledger.ids import new_id
from app.ledger.push import write
from app.ledger.tables import RECORDS
from app.records.wire import instant_text
from app.rules.record_rules import check_character
from tests.journeys.demo_day import MORNING, Day

FIRST_TALK = MORNING - timedelta(days=92)  # three months ago: the window for the first call is open
SYMBOLS = "23456789BCDFGHJKMNPQRTVWX"


class CourseDay:
    """Writes into the running server's database what the office and the advisers would have written."""

    def __init__(self, day: Day) -> None:
        self.db = day.database
        with self.db.read() as tx:
            users = {row.initials: row for row in tx.execute(select(RECORDS["user"]))}
            self.practice = tx.execute(select(RECORDS["practice"].c.id)).scalars().first()
        self.people = {initials: Author(row.id, row.project_id, row.role) for initials, row in users.items()}
        self.made, self.course = 0, new_id()
        self.put("BST", Change("course", self.course, "create", {"type": "SYSTEM", "title": "Find vej i Vesterbro", "seats": 12}))

    def put(self, who: str, *changes: Change) -> None:
        results = write(self.db, self.people[who], changes, MORNING)
        assert {result.status for result in results} <= {"accepted"}, [result.message for result in results]

    def citizen(self, who: str, *scopes: str) -> str:
        """A citizen of that adviser, with a first talk three months ago; the id."""
        citizen = self.untold(who, *scopes)
        self.put(who, Change("talk", new_id(), "create", {
            "type": "FIRST", "place": "CLINIC_ROOM", "occurred_at": instant_text(FIRST_TALK), "minutes": 30, "citizen_id": citizen,
            "practice_id": self.practice, "topics": ["WORK"]}))
        return citizen

    def untold(self, who: str, *scopes: str) -> str:
        """Somebody who has said yes, but has been told nothing and talked with nobody yet; the id."""
        self.made += 1
        citizen, four = new_id(), f"RX{SYMBOLS[self.made // 25]}{SYMBOLS[self.made % 25]}"
        given = [Change("consent_event", new_id(), "create", {"citizen_id": citizen, "scope": scope, "event": "GIVEN", "form": "WRITTEN_PAPER",
                                                              "given_on": FIRST_TALK.date().isoformat()}) for scope in ("TALK_RECORD", *scopes)]
        self.put(who, Change("citizen", citizen, "create", {"code": f"B-{four}{check_character(four)}", "first_practice_id": self.practice}), *given)
        return citizen

    def code(self, citizen: str) -> str:
        with self.db.read() as tx:
            return str(tx.execute(select(RECORDS["citizen"].c.code).where(RECORDS["citizen"].c.id == citizen)).scalar())

    def run(self, seats: int) -> str:
        """A run that is the next to begin."""
        run = new_id()
        self.put("BST", Change("course_run", run, "create", {"course_id": self.course, "seats": seats, "place": "Kælderen",
                                                             "starts_on": MORNING.date().isoformat(), "status": "PLANNED"}))
        return run

    def session(self, run: str, at: datetime = MORNING + timedelta(hours=3), number: int = 1) -> str:
        session = new_id()
        self.put("BST", Change("course_session", session, "create", {"course_run_id": run, "number": number, "starts_at": instant_text(at),
                                                                      "minutes": 120, "status": "PLANNED"}))
        return session

    def enrol(self, who: str, citizen: str, run: str) -> str:
        enrolment = new_id()
        self.put(who, Change("enrolment", enrolment, "create", {"citizen_id": citizen, "course_run_id": run, "status": "ENROLLED",
                                                                "enrolled_at": instant_text(MORNING - timedelta(days=2))}))
        return enrolment

    def statuses(self, run: str) -> list[str]:
        """Of every enrolment on the run, as the server has it."""
        with self.db.read() as tx:
            return sorted(tx.execute(select(RECORDS["enrolment"].c.status).where(RECORDS["enrolment"].c.course_run_id == run)).scalars())

    def rows(self, kind: str, **where: str) -> list[dict[str, object]]:
        table = RECORDS[kind]
        with self.db.read() as tx:
            found = tx.execute(select(table).where(*(table.c[name] == value for name, value in where.items()))).mappings().all()
        return [dict(row) for row in found]
