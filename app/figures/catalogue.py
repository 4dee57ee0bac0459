"""The whole catalogue of indicators.md ch. 3: what is counted, and what is defined but not in use yet."""

from __future__ import annotations

from typing import Any

from app.figures.indicators import CHAPTERS, HALF, INDICATORS, Indicator


def definitions() -> list[Indicator]:
    """Every indicator, chapter by chapter: the definitions page and the codebook are written from this list."""
    order = list(CHAPTERS)
    return sorted((*INDICATORS, *NOT_IN_USE), key=lambda one: (order.index(one.id[0]), int("".join(filter(str.isdigit, one.id))), one.id))


def _waits(id_: str, name: str, numerator: str, denominator: str, unit: str, definition: str, **more: Any) -> Indicator:
    return Indicator(id_, name, numerator, denominator, unit, definition, **{"by_district": False, "share": unit == "%", **more}, in_use=False)


RUN = {"period": "den måned, holdet når dertil", "cut": "hold"}
POINTS: dict[str, Any] = {"period": "halvår", "cut": "tre, seks og tolv måneder"}
NOT_EFFECT = "Beskrivelse, ikke effekt: der er ingen sammenligningsgruppe."
NOT_IN_USE: tuple[Indicator, ...] = (
    _waits("S6", "Samtykke til noter", "Nye borgere, der sagde ja ved første samtale", "Første samtaler og anonyme samtaler efter et nej", "%",
           "Ja til noter ved den første samtale, i forhold til alle, der blev spurgt."),
    _waits("K1", "Tilmeldinger", "Borgere tilmeldt eller på venteliste for første gang", "", "tilmeldinger",
           "Datoen er den dag, borgeren blev tilmeldt eller skrevet på venteliste.", additive=True, cut="kursus"),
    _waits("K2", "Fyldning", "Borgere i gang ved anden afholdte mødegang", "Pladser", "%",
           "Har holdet kun én mødegang, tælles der ved den.", **RUN),
    _waits("K3", "Fremmøde", "Til stede eller kommet senere", "Noteret fremmøde for borgere i gang", "%",
           "Afholdte mødegange. Ukendt fremmøde er ikke med her; det tælles i D5.", additive=True),
    _waits("K4", "Gennemført", "Borgere, der har gennemført", "Alle, der kom i gang", "%",
           "Gennemført er til stede ved mindst 75 % af de afholdte mødegange, rundet op. Tælles, når holdet slutter.", **RUN),
    _waits("K5", "Stoppet", "Borgere, der stoppede undervejs", "Alle, der kom i gang", "%",
           "De, der aldrig mødte op, vises ved siden af og er ikke med i tallet.", **RUN),
    _waits("K6", "Ventetid", "Midterste antal dage", "", "dage",
           "Kalenderdage fra tilmelding eller venteliste til den første mødegang, borgeren var med til.", period="hold, der begynder i perioden"),
    _waits("K7", "Venteliste ultimo", "Borgere på venteliste den sidste dag", "", "borgere", "Tilstanden på månedens sidste dag."),
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
    _waits("U0", "Svarprocent", "Punkter med svar inden for vinduet", "Punkter, der er nået", "%",
           "Vinduet er 14 dage før til 30 dage efter. Vises altid ved siden af U1–U5.", **POINTS),
    _waits("U1", "I job eller uddannelse", "Job, deltidsjob, fleksjob eller uddannelse", "Punkter med svar", "%",
           f"Vises altid sammen med U1b. {NOT_EFFECT}", **POINTS),
    _waits("U1b", "I job eller uddannelse, forsigtigt", "Som U1", "Alle punkter, der er nået", "%",
           f"Intet svar tæller som ikke nået. {NOT_EFFECT}", **POINTS),
    _waits("U2", "Delvist tilbage", "Delvist raskmeldt", "Punkter med svar", "%", NOT_EFFECT, **POINTS),
    _waits("U3", "Raskmeldt", "Job, deltidsjob, fleksjob, uddannelse eller rask og ledig", "Punkter med svar", "%", NOT_EFFECT, **POINTS),
    _waits("U4", "Ny sygemelding", "Sygemeldt igen ved seks eller tolv måneder", "Raskmeldte ved et tidligere punkt med svar nu", "%",
           NOT_EFFECT, **POINTS),
    _waits("U5", "Fortsat sygemeldt", "Stadig sygemeldt", "Punkter med svar", "%", NOT_EFFECT, **POINTS),
    _waits("U6", "Kursus og udfald", "Som U1", "Punkter med svar", "%", f"Delt efter, om borgeren har gennemført et kursus. {NOT_EFFECT}",
           **{**POINTS, "cut": "gennemført kursus eller ej"}),
    _waits("T1", "Opkvalificerede", "Deltagere i holdt uddannelse", "", "deltagere", "Hoveder efter rolle, ingen navne.", cut="rolle", **HALF),
    _waits("T2", "Undervisningstimer", "Timer gange deltagere", "", "timer", "Holdt uddannelse.", **HALF),
    _waits("T3", "Praksisser med uddannelse", "Aktive praksisser med mindst én deltager", "Aktive praksisser", "%",
           "Fra projektets begyndelse.", period="projekt til dato"),
    _waits("O1", "Projekttimer", "Godkendte timer", "", "timer", "Alt undtagen »Ikke projekt« og »Fravær«. Vises aldrig for en enkelt rådgiver.",
           additive=True, external=False, cut="aktivitet og finansiering"),
    _waits("O2", "Årsværk", "Projekttimer", "1.924 timer om året", "årsværk", "Tilskud og egenfinansiering hver for sig.", decimals=1, **HALF),
    _waits("O3", "Forbrug", "Bogførte beløb", "Budget", "%", "Ekskl. moms. Tilskud og egenfinansiering hver for sig.", cut="budgetlinje", **HALF),
    _waits("O4", "Tid hos borger og praksis", "Timer til besøg, samtaler, kurser og stuegang", "Projekttimer", "%", "Godkendte timer."),
    _waits("O5", "Registreringstid", "Timer til registrering", "Projekttimer", "%", "Over 5 % betyder, at appen er i vejen."),
    _waits("O6", "Udestående tilskud", "Tilsagn minus udbetalt", "", "kr.", "Heraf holdes 15 % tilbage til det endelige regnskab.", **HALF),
    _waits("D3", "Stop af personnumre", "Stop og fjernede numre", "", "stop", "Talt på telefonen. Kun antallet gemmes.", additive=True),
    _waits("D4", "Åbne konflikter", "Konflikter og rettelser, der har ventet over fem arbejdsdage", "", "registreringer",
           "Tilstanden på månedens sidste dag."),
    _waits("D5", "Manglende fremmøde", "Ukendt fremmøde efter syv dage", "Ventet fremmøde", "%", "Tilstanden på månedens sidste dag."),
    _waits("D6", "Udløbne samtykker med åbne skridt", "Borgere med et åbent skridt uden gyldigt samtykke", "", "borgere",
           "Skal være 0, når måneden lukkes.", external=False),
)
