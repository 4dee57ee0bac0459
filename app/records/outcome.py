"""How it went, as the citizen says, and whether they felt heard: Udfald, Oplevet hørt."""

from datetime import date

from app.records.fields import NEEDED, day, flag, one_of, ref
from app.records.record import Record


class Outcome(Record, table=True):
    """An answer at 3, 6 or 12 months (domain.md 2.14; window in indicators.md 3.6)."""

    KIND, TITLE, PERSONAL = "outcome", "Udfald", True

    citizen_id: str = ref("Borger", "citizen", NEEDED)
    point: str = one_of("Opfølgning", "outcome_point", NEEDED)
    outcome: str = one_of("Udfald", "outcome", NEEDED)
    source: str = one_of("Kilde", "outcome_source", NEEDED)
    answered_on: date = day("Dato", NEEDED)
    hours_band: str | None = one_of("Timer om ugen", "hours_band")
    course_completed: bool | None = flag("Kursus gennemført")


class HeardAnswer(Record, table=True):
    """"Blev du hørt?": anonymous, tied to no talk and no citizen (indicators.md S10). Append-only."""

    __tablename__ = "heard_answer"
    KIND, TITLE, APPEND_ONLY = "heard_answer", "Blev du hørt?", True

    answer: str = one_of("Svar", "heard_scale", NEEDED)
    answered_on: date = day("Dato", NEEDED)
