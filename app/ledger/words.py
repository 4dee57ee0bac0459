"""What the ledger says in Danish for each outcome."""

MESSAGES = {
    "OK": "Gemt på serveren.",
    "MERGED": "Gemt på serveren sammen med en andens rettelse.",
    "LATE_MONTH_CLOSED": "Gemt på serveren. Måneden er lukket, så det kommer med som rettelse.",
    "WAITLISTED": "Holdet blev fuldt. Borgeren står nu som nr. {place} på ventelisten.",
    "CODE_REISSUED": "Gemt på serveren. Koden var optaget; borgeren skal have et nyt samtalekort med {code}.",
    "DUPLICATE": "Allerede modtaget.",
    "FIELD_CONFLICT": "En anden har rettet det samme. Vælg, hvad der skal gælde.",
    "EDIT_VS_DELETE": "Registreringen er slettet af en anden. Vælg, om den skal genoprettes.",
    "DELETE_VS_EDIT": "Registreringen er rettet, siden du så den. Vælg, om den stadig skal slettes.",
    "ID_EXISTS": "Registreringen findes allerede med andet indhold. Vælg, hvad der skal gælde.",
    "UNKNOWN_RECORD": "Modtaget. Venter på en registrering fra en anden telefon.",
    "INVALID": "Skal rettes: {fields}",
    "NOT_ALLOWED": "Det kan du ikke rette her.",
    "NO_CONSENT": "Borgerens samtykke til at {scope} gælder ikke den dag. Registrér samtykket, så kommer det med.",
    "CPR_NUMBER": "Teksten indeholdt et CPR-nummer. Det er fjernet og ikke gemt. Ret teksten, og send igen.",
    "OUTSIDE_PROJECT": "Datoen ligger uden for projektets periode. Ret datoen.",
    "VERSION_TOO_OLD": "Registreringen er lavet med en for gammel udgave af appen. Koordinatoren hjælper.",
    "VERSION_UNKNOWN": "Modtaget. Serveren skal opdateres, før den kan bogføres.",
    "QUARANTINED": "Modtaget, men serveren kunne ikke bogføre den. Koordinatoren ser på det.",
    "ERASED": "Borgeren er slettet. Indholdet er smidt væk.",
    "OP_ID_REUSED": "Nummeret er brugt til noget andet. Intet er ændret.",
    "NOT_PROCESSED": "Nåede ikke at blive behandlet. Sendes igen.",
    "BUSY": "Serveren har travlt. Sendes igen.",
}
HALF_YEAR_FINAL = "Gemt på serveren. Halvåret er endeligt, så det kommer med som rettelse i den næste halvårsrapport."
STATUS = {
    "OK": "accepted", "MERGED": "accepted", "LATE_MONTH_CLOSED": "accepted", "DUPLICATE": "duplicate",
    "FIELD_CONFLICT": "conflict", "EDIT_VS_DELETE": "conflict", "DELETE_VS_EDIT": "conflict", "ID_EXISTS": "conflict",
    "UNKNOWN_RECORD": "held", "BUSY": "retry", "NOT_PROCESSED": "retry",
}


def status_of(code: str) -> str:
    """The status word of a code; what is not listed is refused and kept."""
    return STATUS.get(code, "rejected")
