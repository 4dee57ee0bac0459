"""An adviser's contact with a practice on a day: Besøg."""

from datetime import date, datetime

from app.records.fields import NEEDED, day, instant, one_of, ref, some_of, text, whole
from app.records.record import Record


class Visit(Record, table=True):
    """One visit (domain.md 2.4). Handouts are stock moves and talks are records of their own that name it."""

    KIND, TITLE, EVENT = "visit", "Besøg", "occurred_at"

    practice_id: str = ref("Praksis", "practice", NEEDED)
    occurred_at: datetime = instant("Tidspunkt", NEEDED)
    minutes: int = whole("Minutter", 1, 240, NEEDED)
    mode: str = one_of("Form", "visit_mode", NEEDED)
    purpose: str = one_of("Formål", "visit_purpose", NEEDED)
    other_purposes: list[str] | None = some_of("Også", "visit_purpose", most=10)
    met_roles: list[str] = some_of("Mødte", "met_role", NEEDED, most=7)
    outcome: str = one_of("Resultat", "visit_outcome", NEEDED)
    next_visit_on: date | None = day("Næste besøg")
    follow_up: str | None = text("Opfølgning", 80)
    follow_up_on: date | None = day("Opfølgning senest")
    follow_up_by: str | None = one_of("Ansvarlig", "responsible")
    note: str | None = text("Note", 140, hint="Skriv kun om praksis.")
