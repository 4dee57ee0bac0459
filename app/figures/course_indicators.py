"""The indicators of courses and of outcomes (indicators.md 3.3 and 3.6)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.figures.indicator import HALF, Indicator

PEOPLE: dict[str, Any] = {"by_district": False, "people": True}
RUNS: dict[str, Any] = {"period": "den måned, holdet når dertil"}

COURSES: tuple[Indicator, ...] = (
    Indicator("K1", "Tilmeldinger", "Borgere tilmeldt eller på venteliste", "", "tilmeldinger",
              "Datoen er den dag, borgeren blev tilmeldt eller skrevet på venteliste. Den, der kun er interesseret, er ikke med.",
              additive=True, **PEOPLE),
    Indicator("K2", "Fyldning", "Borgere i gang ved anden afholdte mødegang", "Pladser", "%",
              "Borgere, der har været med til første eller anden afholdte mødegang, i forhold til holdets pladser. Har holdet kun én mødegang, "
              "tælles der ved den. Månedens hold tælles sammen.", share=True, of_people=False, **RUNS, **PEOPLE),
    Indicator("K3", "Fremmøde", "Til stede eller kommet senere", "Noteret fremmøde for borgere i gang", "%",
              "Afholdte mødegange i måneden, fra den første, borgeren mødte op til. Ukendt fremmøde er ikke med her; det tælles i D5.",
              share=True, **PEOPLE),
    Indicator("K4", "Gennemført", "Borgere, der har gennemført", "Alle, der kom i gang", "%",
              "Gennemført er mødt op til mindst 75 % af de afholdte mødegange, rundet op. Tælles for de hold, der slutter i måneden. "
              "Tallet bliver i huset: så få slutter i en måned.", external=False, share=True, **RUNS, **PEOPLE),
    Indicator("K5", "Stoppet", "Borgere, der stoppede undervejs", "Alle, der kom i gang", "%",
              "Samme hold som K4. De, der aldrig mødte op, kom ikke i gang og er ikke med.",
              external=False, share=True, **RUNS, **PEOPLE),
    Indicator("K6", "Ventetid", "Midterste antal dage", "", "dage",
              "Kalenderdage fra tilmelding eller venteliste til den første mødegang, borgeren var med til, på hold, der begynder i halvåret. "
              "Nævneren er antallet af borgere.", median=True, **HALF, **PEOPLE),
    Indicator("K7", "Venteliste ultimo", "Borgere på venteliste den sidste dag", "", "borgere",
              "Tilstanden på månedens sidste dag. Tallet ligger fast, når måneden lukkes.", follows_records=False, **PEOPLE),
    Indicator("K8", "Aflyste mødegange", "Aflyste mødegange", "Planlagte mødegange", "%",
              "Mødegange på hold med dato i måneden. En flyttet mødegang er ikke aflyst.", by_district=False, share=True),
)

NOT_EFFECT = "Beskrivelse, ikke effekt: der er ingen sammenligningsgruppe. Tallet bliver i huset."
ASKED: dict[str, Any] = {**HALF, **PEOPLE, "share": True, "external": False, "cut": "tre, seks og tolv måneder"}
ANSWERED, REACHED = "Punkter med svar", "Punkter, der er nået"
POINTS = {"3": "tre", "6": "seks", "12": "tolv"}  # months after the first talk

# As the catalogue has them; each is counted at three, six and twelve months.
OUTCOMES_AT_A_POINT: tuple[Indicator, ...] = (
    Indicator("U0", "Svarprocent", "Punkter med svar inden for vinduet", REACHED, "%",
              "Et punkt er nået, når datoen ligger i halvåret, og borgeren den dag havde sagt ja til opfølgning og evaluering. Vinduet er 14 dage "
              "før til 30 dage efter. Døde og flyttede er ikke med. Vises altid ved siden af U1–U5. Tallet bliver i huset.", **ASKED),
    Indicator("U1", "I job eller uddannelse", "Job, deltidsjob, fleksjob eller uddannelse", ANSWERED, "%",
              f"Vises altid sammen med U1b. {NOT_EFFECT}", **ASKED),
    Indicator("U1b", "I job eller uddannelse, forsigtigt", "Som U1", REACHED, "%", f"Intet svar tæller som ikke nået. {NOT_EFFECT}", **ASKED),
    Indicator("U2", "Delvist tilbage", "Delvist raskmeldt", ANSWERED, "%", NOT_EFFECT, **ASKED),
    Indicator("U3", "Raskmeldt", "Job, deltidsjob, fleksjob, uddannelse eller rask og ledig", ANSWERED, "%", NOT_EFFECT, **ASKED),
    Indicator("U4", "Ny sygemelding", "Sygemeldt igen", "Raskmeldte ved et tidligere punkt med svar nu", "%",
              f"Ved seks og tolv måneder. {NOT_EFFECT}", **ASKED),
    Indicator("U5", "Fortsat sygemeldt", "Stadig sygemeldt", ANSWERED, "%", NOT_EFFECT, **ASKED),
    Indicator("U6", "Kursus og udfald", "Som U1", "Punkter med svar fra borgere, der har gennemført et kursus", "%",
              f"De øvrige er det, der er tilbage i U1. {NOT_EFFECT}", **ASKED),
)
OUTCOMES: tuple[Indicator, ...] = tuple(
    replace(one, id=f"{one.id}-{at}", name=f"{one.name}, {words} måneder", cut="") for one in OUTCOMES_AT_A_POINT for at, words in POINTS.items()
    if (one.id, at) != ("U4", "3"))
