"""Courses, their runs and who has a seat: Kursus, Hold, Tilmelding."""

from datetime import date, datetime

from app.records.fields import NEEDED, day, instant, one_of, ref, text, whole
from app.records.record import Record


class Course(Record, table=True):
    """A course as it is offered (domain.md 2.9)."""

    KIND, TITLE, OFFICE_ONLY = "course", "Kursus", True

    type: str = one_of("Kursustype", "course_type", NEEDED)
    title: str = text("Titel", 80, NEEDED, least=1)
    seats: int = whole("Pladser", 1, 200, NEEDED)
    session_count: int | None = whole("Mødegange", 1, 50)
    session_minutes: int | None = whole("Minutter pr. mødegang", 15, 480)


class CourseRun(Record, table=True):
    """One run (hold) of a course. Its seats are given out by the server alone (domain.md 2.9)."""

    __tablename__ = "course_run"
    KIND, TITLE, OFFICE_ONLY = "course_run", "Hold", True

    course_id: str = ref("Kursus", "course", NEEDED)
    seats: int = whole("Pladser", 1, 200, NEEDED)
    starts_on: date = day("Start", NEEDED)
    place: str | None = text("Sted", 80)
    teacher: str | None = text("Underviser", 80)
    status: str | None = one_of("Holdstatus", "run_status", "PLANNED")


class Enrolment(Record, table=True):
    """A citizen's place on a run, confirmed or waiting (domain.md 2.9)."""

    KIND, TITLE, PERSONAL, EVENT = "enrolment", "Tilmelding", True, "enrolled_at"

    citizen_id: str = ref("Borger", "citizen", NEEDED)
    course_run_id: str = ref("Hold", "course_run", NEEDED)
    status: str = one_of("Status", "enrolment_status", NEEDED)
    enrolled_at: datetime = instant("Tilmeldt", NEEDED)


class CourseSession(Record, table=True):
    """One session (mødegang) of a run (domain.md 2.9). A cancelled one leaves the denominators."""

    __tablename__ = "course_session"
    KIND, TITLE, EVENT = "course_session", "Mødegang", "starts_at"

    course_run_id: str = ref("Hold", "course_run", NEEDED)
    number: int = whole("Nummer", 1, 60, NEEDED)
    starts_at: datetime = instant("Start", NEEDED)
    minutes: int | None = whole("Minutter", 15, 480)
    status: str = one_of("Status", "session_status", NEEDED)


class AttendanceMark(Record, table=True):
    """Who came to a session. Append-only: the newest mark counts (domain.md 2.9)."""

    __tablename__ = "attendance_mark"
    KIND, TITLE, PERSONAL, APPEND_ONLY = "attendance_mark", "Fremmøde", True, True

    session_id: str = ref("Mødegang", "course_session", NEEDED)
    enrolment_id: str = ref("Tilmelding", "enrolment", NEEDED)
    mark: str = one_of("Fremmøde", "attendance", NEEDED)
