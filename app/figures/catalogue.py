"""The whole catalogue of indicators.md ch. 3: what is counted, and what is defined but not in use yet."""

from __future__ import annotations

from typing import Any

from app.figures.course_indicators import OUTCOMES_AT_A_POINT
from app.figures.indicator import CHAPTERS, HALF, Indicator
from app.figures.indicators import INDICATORS
from app.figures.work_indicators import YEARS


def definitions() -> list[Indicator]:
    """Every indicator, chapter by chapter: the definitions page and the codebook are written from this list."""
    order = list(CHAPTERS)
    once = [one for one in INDICATORS if "-" not in one.id]
    everything = (*once, *OUTCOMES_AT_A_POINT, YEARS, *NOT_IN_USE)
    return sorted(everything, key=lambda one: (order.index(one.id[0]), int("".join(filter(str.isdigit, one.id))), one.id))


def _waits(id_: str, name: str, numerator: str, denominator: str, unit: str, definition: str, **more: Any) -> Indicator:
    return Indicator(id_, name, numerator, denominator, unit, definition, **{"by_district": False, "share": unit == "%", **more}, in_use=False)


NOT_IN_USE: tuple[Indicator, ...] = (
    _waits("S6", "Samtykke til noter", "Nye borgere, der sagde ja ved første samtale", "Første samtaler og anonyme samtaler efter et nej", "%",
           "Ja til noter ved den første samtale, i forhold til alle, der blev spurgt."),
    _waits("G1", "Holdte stuegange", "Holdte stuegange", "Planlagte, uden flyttede ud og med flyttede ind", "%",
           "Stuegange holdt i måneden i forhold til de planlagte.", additive=True),
    _waits("G2", "Fast kadence", "Mellemrum på 14–28 dage", "Mellemrum, der slutter i perioden", "%",
           "Dage mellem to holdte stuegange i samme række. Uge 28–30 og jul er ikke med.", **HALF),
    _waits("G3", "Sager pr. møde", "Drøftede sager", "Holdte stuegange", "sager pr. møde",
           "Gennemsnit, og ved siden af andelen af møder med 6–10 sager.", decimals=1),
    _waits("G4", "Samtykke i orden", "Sager med gyldigt samtykke, da mødet begyndte", "Drøftede sager", "%",
           "Skal være 100 %. Alt andet er en hændelse og ikke statistik.", external=False),
    _waits("G5", "Bragt af", "Drøftede sager", "", "sager", "Sager efter, hvem der bragte dem.", cut="hvem der bragte sagen", **HALF),
    _waits("G6", "Aftaler gjort", "Aftaler gjort inden deres dato", "Aftaler med dato i perioden", "%", "Aftaler fra stuegang."),
    _waits("G7", "Sygemelding undgået", "Forebyggende sager, hvor borgeren ikke er sygemeldt efter tre måneder",
           "Forebyggende sager med svar efter tre måneder", "%", "Det er borgerens eget svar.", **HALF),
    _waits("T1", "Opkvalificerede", "Deltagere i holdt uddannelse", "", "deltagere", "Hoveder efter rolle, ingen navne.", cut="rolle", **HALF),
    _waits("T2", "Undervisningstimer", "Timer gange deltagere", "", "timer", "Holdt uddannelse.", **HALF),
    _waits("T3", "Praksisser med uddannelse", "Aktive praksisser med mindst én deltager", "Aktive praksisser", "%",
           "Fra projektets begyndelse.", period="projekt til dato"),
    _waits("O3", "Forbrug", "Bogførte beløb", "Budget", "%", "Ekskl. moms. Tilskud og egenfinansiering hver for sig.", cut="budgetlinje", **HALF),
    _waits("O6", "Udestående tilskud", "Tilsagn minus udbetalt", "", "kr.", "Heraf holdes 15 % tilbage til det endelige regnskab.", **HALF),
    _waits("D3", "Stop af personnumre", "Stop og fjernede numre", "", "stop", "Talt på telefonen. Kun antallet gemmes.", additive=True),
)
