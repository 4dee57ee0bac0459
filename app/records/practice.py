"""A GP clinic that takes part: Praksis."""

from app.records.fields import NEEDED, decimal, entries, flag, one_of, ref, text, whole
from app.records.record import Record


class Practice(Record, table=True):
    """One practice with its agreement history (domain.md 2.2). Only the office writes it."""

    KIND, TITLE, OFFICE_ONLY = "practice", "Praksis", True

    number: str | None = text("Praksis-id", 8)
    name: str = text("Navn", 120, NEEDED, least=1)
    practice_type: str | None = one_of("Praksistype", "practice_type")
    district: str = one_of("Bydel", "district", NEEDED)
    address: str = text("Adresse", 120, NEEDED, least=1)
    postal_code: str = text("Postnummer", 4, NEEDED, pattern=r"^\d{4}$", hint="Skriv fire cifre.")
    city: str = text("By", 60, NEEDED, least=1)
    ydernummer: str | None = text("Ydernummer", 6, pattern=r"^\d{6}$", hint="Skriv seks cifre, også et nul foran.")
    sor_code: str | None = text("SOR-kode", 20, pattern=r"^\d{11,20}$", hint="Skriv mindst 11 cifre.")
    lat: float | None = decimal("Breddegrad", 54, 58)
    lon: float | None = decimal("Længdegrad", 7, 16)
    doctors: list[dict[str, str]] | None = entries("Læger", {"name": "Navn", "from": "Fra", "to": "Til"})
    contacts: list[dict[str, str]] | None = entries(
        "Kontakter", {"name": "Navn", "role": "Rolle", "phone": "Telefon", "mail": "Mail", "call_time": "Bedste ringetid"})
    opening: list[dict[str, str]] | None = entries("Åbningstid", {"weekday": "Ugedag", "from": "Fra", "to": "Til"})
    phone_hours: list[dict[str, str]] | None = entries("Telefontid", {"from": "Fra", "to": "Til"})
    closures: list[dict[str, str]] | None = entries("Lukket", {"from": "Fra", "to": "Til", "substitute": "Afløser"})
    visit_window: str | None = text("Bedste besøgstid", 60)
    avoid: str | None = text("Undgå", 60)
    talk_room: bool | None = flag("Samtalelokale")
    access_note: str | None = text("Adgang", 200, hint="Skriv ikke dørkoder.")
    bike_note: str | None = text("Cykel", 120)
    agreement_status: str | None = one_of("Aftalestatus", "agreement_status", "CANDIDATE")
    agreements: list[dict[str, str]] | None = entries(
        "Aftaleperioder", {"status": "Status", "from": "Fra", "to": "Til", "reason": "Begrundelse"})
    responsible_adviser_id: str | None = ref("Fast rådgiver", "user")
    interval_days: int | None = whole("Dage mellem besøg", 1, 365, 21)
    stuegang: bool | None = flag("Stuegang")
    initiative_by: str | None = one_of("Initiativ fra", "initiative")
    story: str | None = text("Historie", 200)
