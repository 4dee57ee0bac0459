"""The indicators of the advisers' time, and those of the records' quality that are states (indicators.md 3.8 and 3.9)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.figures.indicator import HALF, Indicator

INSIDE: dict[str, Any] = {"by_district": False, "external": False}
APPROVED = "Kun timer på godkendte timesedler. Forlader ikke huset: med færre end tre rådgivere er det den enkeltes timer."
STATE = "Tilstanden på månedens sidste dag. Tallet ligger fast, når måneden lukkes."

QUALITY: tuple[Indicator, ...] = (
    Indicator("D4", "Åbne konflikter", "Konflikter og rettelser, der har ventet over fem arbejdsdage", "", "registreringer", STATE,
              by_district=False, follows_records=False),
    Indicator("D5", "Manglende fremmøde", "Ukendt fremmøde efter syv dage", "Ventet fremmøde", "%",
              f"Alle afholdte mødegange til nu, der er over syv dage gamle, for borgere, der er i gang. {STATE} Forlader ikke huset.",
              share=True, follows_records=False, people=True, **INSIDE),
    Indicator("D6", "Udløbne samtykker med åbne skridt", "Borgere med et åbent skridt uden gyldigt samtykke", "", "borgere",
              f"Skal være 0, når måneden lukkes. {STATE}", follows_records=False, people=True, **INSIDE),
)
YEARS = Indicator("O2", "Årsværk", "Projekttimer", "1.924 timer om året", "årsværk", f"Tilskud og egenfinansiering hver for sig. {APPROVED}",
                  decimals=1, ratio=True, **HALF, **INSIDE)
YEARS_BY_FUNDING = (replace(YEARS, id="O2-T", name="Årsværk, tilskud"), replace(YEARS, id="O2-E", name="Årsværk, egenfinansiering"))
WORK: tuple[Indicator, ...] = (
    Indicator("O1", "Projekttimer", "Godkendte timer", "", "timer", f"Alt undtagen »Ikke projekt« og »Fravær«. {APPROVED}", decimals=1, **INSIDE),
    *YEARS_BY_FUNDING,
    Indicator("O4", "Tid hos borger og praksis", "Minutter til besøg, samtaler, kurser og stuegang", "Projektminutter", "%",
              APPROVED, share=True, **INSIDE),
    Indicator("O5", "Registreringstid", "Minutter til registrering", "Projektminutter", "%",
              f"Over 5 % betyder, at appen er i vejen. {APPROVED}", share=True, **INSIDE),
)
