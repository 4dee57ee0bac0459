"""The project and its people: Projekt, Bruger."""

from datetime import date

from app.records.fields import NEEDED, day, decimal, entries, flag, one_of, ref, some_of, text, whole
from app.records.record import Record

INVENTED = "DEMO"  # the reference number of a project that is made up


class Project(Record, table=True):
    """One team's project (domain.md 2.1): period, target, thresholds, phases and dated terms."""

    KIND, TITLE, OFFICE_ONLY = "project", "Projekt", True

    name: str = text("Navn", 120, NEEDED, least=1)
    reference: str | None = text("Sagsnummer", 40)
    period_from: date = day("Fra", NEEDED)
    period_to: date = day("Til", NEEDED)
    practice_target: int | None = whole("Antal praksisser i mål", 1, 500, 20)
    visit_interval_days: int | None = whole("Dage mellem besøg", 1, 365, 21)
    month_close_working_day: int | None = whole("Månedslukning, arbejdsdag", 1, 20, 5)
    half_year_report_working_day: int | None = whole("Halvårsrapport, arbejdsdag", 1, 40, 20)
    stuegang_interval_weeks: int | None = whole("Uger mellem stuegange", 1, 26, 3)
    stuegang_cases_min: int | None = whole("Sager pr. stuegang, mindst", 0, 50, 6)
    stuegang_cases_max: int | None = whole("Sager pr. stuegang, højst", 0, 50, 10)
    small_cell_threshold_internal: int | None = whole("Små tal, internt", 1, 50, 3)
    small_cell_threshold_external: int | None = whole("Små tal, eksternt", 1, 50, 5)
    primary_benefit: str | None = one_of("Ydelse i målgruppen", "benefit")
    concern_phone: str | None = text("Underretning om et barn, telefon", 8, pattern=r"^[2-9]\d{7}$|^1[3-9]\d{6}$",
                                     hint="Skriv otte cifre uden mellemrum.")
    phases: list[dict[str, str]] | None = entries("Faser", {"phase": "Fase", "from": "Fra", "to": "Til"})
    closing_days: list[dict[str, str]] | None = entries(
        "Lokale lukkedage", {"kind": "Slags", "from": "Fra", "to": "Til", "name": "Navn"}, most=200)
    targets: list[dict[str, str]] | None = entries(
        "Mål", {"indicator": "Hvad", "district": "Bydel", "value": "Mål pr. måned", "from": "Fra", "to": "Til"}, most=200)
    terms: list[dict[str, str]] | None = entries(
        "Ordliste", {"key": "Nøgle", "label": "Ord", "valid_from": "Gælder fra", "valid_to": "Gælder til"})


class User(Record, table=True):
    """A person who works in the project (domain.md 2.3). Address and passphrase are kept apart, in `credential`."""

    __tablename__ = "person"
    KIND, TITLE, OFFICE_ONLY = "user", "Bruger", True

    name: str = text("Navn", 80, NEEDED, least=1)
    initials: str = text("Initialer", 4, NEEDED, least=2, pattern=r"^\w+$")
    role: str = one_of("Rolle", "role", NEEDED)
    profession: str | None = text("Stilling", 80)
    employed_from: date | None = day("Ansat fra")
    employed_to: date | None = day("Ansat til")
    funding: list[dict[str, str]] | None = entries("Finansiering", {"funding": "Finansiering", "from": "Fra", "to": "Til"})
    weekly_hours: float | None = decimal("Timer om ugen", 0, 60)
    districts: list[str] | None = some_of("Bydele", "district")
    substitute_id: str | None = ref("Afløser", "user")
    active: bool | None = flag("Aktiv", True)
