"""What was agreed, who does it, by when: Næste skridt."""

from datetime import date

from app.records.fields import NEEDED, day, one_of, ref
from app.records.record import Record


class NextStep(Record, table=True):
    """One agreed step (domain.md 2.8). A caseworker's or GP's step is a reminder to ask, never a task sent to them."""

    __tablename__ = "next_step"
    KIND, TITLE, PERSONAL = "next_step", "Næste skridt", True

    citizen_id: str = ref("Borger", "citizen", NEEDED)
    talk_id: str | None = ref("Samtale", "talk")
    step: str = one_of("Skridt", "next_step", NEEDED)
    responsible: str = one_of("Ansvarlig", "responsible", NEEDED)
    due_on: date = day("Senest", NEEDED)
    status: str = one_of("Status", "step_status", NEEDED)
    done_on: date | None = day("Gjort den")
    needs_scope: str | None = one_of("Kræver samtykke til", "consent_scope")
