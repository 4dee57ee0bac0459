"""The adviser's own time per activity, and the month's sheet: Tid, Timeseddel."""

from datetime import date

from app.records.fields import NEEDED, day, one_of, ref, text, whole
from app.records.record import Record


class TimeEntry(Record, table=True):
    """Minutes on an activity on a day (domain.md 2.15). Append-only: a mistake is taken back by minutes below zero."""

    __tablename__ = "time_entry"
    KIND, TITLE, PERSONAL, APPEND_ONLY = "time_entry", "Tid", True, True

    worked_on: date = day("Dato", NEEDED)
    activity: str = one_of("Tid på", "time_activity", NEEDED)
    minutes: int = whole("Minutter", -1440, 1440, NEEDED)
    source: str = one_of("Kilde", "time_source", NEEDED)
    visit_id: str | None = ref("Besøg", "visit")


class TimeSheet(Record, table=True):
    """One adviser's month (domain.md 2.15): open, submitted, approved, corrected."""

    __tablename__ = "time_sheet"
    KIND, TITLE, PERSONAL = "time_sheet", "Timeseddel", True

    month: str = text("Måned", 7, NEEDED, pattern=r"^\d{4}-\d{2}$", hint="Skriv måneden som 2026-11.")
    status: str = one_of("Status", "time_sheet_status", NEEDED)
    submitted_on: date | None = day("Indsendt")
    approved_on: date | None = day("Godkendt")
