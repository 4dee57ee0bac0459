"""A citizen by code only, what they said yes to, and the talks: Borger, Samtykke, Samtale."""

from datetime import date, datetime

from app.records.fields import NEEDED, day, entries, flag, instant, one_of, ref, some_of, text, whole
from app.records.record import Record


class Citizen(Record, table=True):
    """A pseudonymous reference (domain.md 2.5). No name, no CPR number, no diagnosis: there are no such fields."""

    KIND, TITLE, PERSONAL = "citizen", "Borger", True

    code: str = text("Kode", 7, NEEDED, pattern=r"^B-[2-9BCDFGHJKMNPQRTVWX]{5}$", hint="Skriv koden fra samtalekortet.")
    first_practice_id: str = ref("Første praksis", "practice", NEEDED)
    benefit: str | None = one_of("Ydelse", "benefit")
    sickness_state: str | None = one_of("Status", "sickness_state")
    came_via: str | None = one_of("Kom via", "came_via")
    age_band: str | None = one_of("Alder", "age_band")
    adviser_id: str | None = ref("Rådgiver", "user")
    language: str | None = one_of("Sprog", "language")
    interpreter: bool | None = flag("Tolk")
    status: str | None = one_of("Borgerstatus", "citizen_status", "ACTIVE")
    former_codes: list[dict[str, str]] | None = entries("Tidligere koder", {"code": "Kode", "until": "Byttet"})
    merged_into_id: str | None = ref("Lagt sammen med", "citizen")


class ConsentEvent(Record, table=True):
    """One yes, no or withdrawal for one purpose. Append-only (domain.md 2.6)."""

    __tablename__ = "consent_event"
    KIND, TITLE, PERSONAL, APPEND_ONLY = "consent_event", "Samtykke", True, True

    citizen_id: str = ref("Borger", "citizen", NEEDED)
    scope: str = one_of("Samtykke til", "consent_scope", NEEDED)
    event: str = one_of("Svar", "consent_event", NEEDED)
    form: str = one_of("Samtykkeform", "consent_form", NEEDED)
    given_on: date = day("Dato", NEEDED)
    valid_until: date | None = day("Gælder til")
    text_version: str | None = text("Tekstversion", 40)
    paper_held: str | None = one_of("Papiret ligger", "paper_place")
    follows_id: str | None = ref("Efter tilbagetrækning", "consent_event")


class Talk(Record, table=True):
    """One conversation with a citizen, or an anonymous one (domain.md 2.7)."""

    KIND, TITLE, PERSONAL, EVENT = "talk", "Samtale", True, "occurred_at"

    type: str = one_of("Samtaletype", "talk_type", NEEDED)
    place: str = one_of("Sted", "talk_place", NEEDED)
    occurred_at: datetime = instant("Tidspunkt", NEEDED)
    minutes: int = whole("Minutter", 5, 240, NEEDED)
    citizen_id: str | None = ref("Borger", "citizen")
    practice_id: str | None = ref("Praksis", "practice")
    visit_id: str | None = ref("Besøg", "visit")
    district: str | None = one_of("Bydel", "district")
    topics: list[str] | None = some_of("Emner", "topic", most=3)
    three_party_with: list[str] | None = some_of("Trepart med", "met_role", most=6)
    note: str | None = text("Note", 280, hint="Kort. Ingen navne, numre eller diagnoser.")


class InformationGiven(Record, table=True):
    """The citizen was told what happens with what is written down (domain.md 2.6; GDPR art. 13). Append-only."""

    __tablename__ = "information_given"
    KIND, TITLE, PERSONAL, APPEND_ONLY = "information_given", "Oplysning givet", True, True

    citizen_id: str = ref("Borger", "citizen", NEEDED)
    text_version: str = text("Tekstversion", 40, NEEDED, least=1)
    language: str = one_of("Sprog", "language", NEEDED)
    how: str = one_of("Hvordan", "information_form", NEEDED)
    given_on: date = day("Dato", NEEDED)
