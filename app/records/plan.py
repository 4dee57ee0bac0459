"""Visits to come, and calls instead of letters: Planlagt besøg, Kontakt."""

from datetime import date, datetime

from app.records.fields import NEEDED, day, flag, instant, one_of, ref, text, whole
from app.records.record import Record


class PlannedVisit(Record, table=True):
    """A visit that is to be made (domain.md 2.4, lifecycle): planned, arrived, logged, cancelled or moved."""

    __tablename__ = "planned_visit"
    KIND, TITLE = "planned_visit", "Planlagt besøg"

    practice_id: str = ref("Praksis", "practice", NEEDED)
    planned_on: date = day("Dato", NEEDED)
    adviser_id: str | None = ref("Rådgiver", "user")
    purpose: str | None = one_of("Formål", "visit_purpose")
    status: str = one_of("Status", "plan_status", NEEDED)
    arrived_at: datetime | None = instant("Ankommet")
    visit_id: str | None = ref("Besøg", "visit")
    moved_to_on: date | None = day("Flyttet til")


class ContactLog(Record, table=True):
    """A phone call or meeting with a practice instead of a letter (domain.md F28)."""

    __tablename__ = "contact_log"
    KIND, TITLE, EVENT = "contact_log", "Kontakt", "occurred_at"

    practice_id: str = ref("Praksis", "practice", NEEDED)
    occurred_at: datetime = instant("Tidspunkt", NEEDED)
    channel: str = one_of("Hvordan", "contact_channel", NEEDED)
    minutes: int | None = whole("Minutter", 1, 240)
    instead_of_letter: bool | None = flag("I stedet for brev")
    minutes_saved: int | None = whole("Sparet tid, eget skøn", 0, 240)
    note: str | None = text("Note", 140, hint="Skriv kun om praksis.")
