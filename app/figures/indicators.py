"""Every indicator once, as data: what is counted, over what, in which unit, and the sentence that explains it."""

from __future__ import annotations

from app.figures.course_indicators import COURSES, OUTCOMES
from app.figures.indicator import CHAPTERS, HALF, Indicator
from app.figures.work_indicators import QUALITY, WORK

__all__ = ["ADDITIVE", "BY_ID", "CHAPTERS", "DEFINITIONS", "INDICATORS", "Indicator"]

DEFINITIONS = "2026-12"  # the version that stands in every manifest; a changed definition gets a new one


INDICATORS: tuple[Indicator, ...] = (
    Indicator("P0", "Praksisser med aftale", "Praksisser med aftale den sidste dag", "Målsatte praksisser", "praksisser",
              "Praksisser, hvis aftalehistorik siger »Aftale indgået« på månedens sidste dag. I en måned, der ikke er "
              "slut, tælles der i dag. Målet gælder hele projektet og er ikke fordelt på bydele."),
    Indicator("P1", "Praksisdækning", "Aktive praksisser med mindst ét gennemført besøg", "Aktive praksisser", "%",
              "En praksis er aktiv, når den har haft aftale mindst én dag i måneden. Et besøg i en praksis uden aftale "
              "tæller ikke med her. Tallet kan ikke lægges sammen over måneder.", share=True),
    Indicator("P2", "Gennemførte besøg", "Besøg", "", "besøg",
              "Besøg med fremmøde og resultatet »Gennemført« eller »Kun ved skranken«. Datoen er den dag, besøget "
              "begyndte, i dansk tid.", additive=True),
    Indicator("P3", "Forgæves besøg", "Forgæves besøg", "Gennemførte og forgæves besøg", "%",
              "Besøg med fremmøde og resultatet »Ingen tid« eller »Lukket/ferie«. Besøg, der blev aflyst eller flyttet "
              "inden afgang, er ikke med.", additive=True, share=True),
    Indicator("P4", "Praksisser uden besøg i 21 dage", "Praksisser over deres interval", "Praksisser med aftale", "%",
              "Praksisser med aftale på opgørelsesdagen, hvor der er gået mere end 21 kalenderdage (eller praksissens "
              "eget interval) siden sidste gennemførte besøg. Dage i praksissens lukkeuger trækkes fra. Er der aldrig "
              "gennemført et besøg, tælles fra aftalens begyndelse.", share=True),
    Indicator("P5", "Besøg med lægekontakt", "Gennemførte besøg, hvor en læge blev mødt", "Gennemførte besøg", "%",
              "Gennemførte besøg, hvor »Læge« er blandt dem, rådgiveren mødte.", additive=True, share=True),
    Indicator("P6", "Besøgslængde", "Midterste længde", "", "minutter",
              "Medianen af minutter for gennemførte besøg med en længde på 1–240 minutter. Ved et lige antal er det "
              "gennemsnittet af de to midterste. Nævneren er antallet af besøg.", median=True),
    Indicator("P7", "Besøg pr. aktiv praksis", "Gennemførte besøg", "Aktive praksisser", "besøg pr. praksis",
              "Gennemførte besøg delt med praksisser, der har haft aftale mindst én dag i måneden.", decimals=1, ratio=True),
    Indicator("S1", "Samtaler", "Samtaler af alle slags", "", "samtaler",
              "Alle samtaler, også de anonyme. Bydelen er samtalens, ellers praksissens, ellers den første praksis, borgeren kom fra.",
              additive=True, people=True),
    Indicator("S2", "Nye borgere", "Borgere med første samtale i måneden", "", "borgere",
              "Borgere, hvis første samtale, der ikke er anonym, ligger i måneden. Kommer en tidligere samtale ind for sent, "
              "flytter borgeren med til den måned.", by_district=False, people=True),
    Indicator("S3", "Borgere i kontakt", "Borgere med mindst én samtale", "", "borgere",
              "Forskellige borgere med en samtale, der ikke er anonym, i halvåret. Måneder lægges aldrig sammen.",
              by_district=False, people=True, **HALF),
    Indicator("S4", "Samtaler pr. borger", "Samtaler, der ikke er anonyme", "Borgere i kontakt", "samtaler pr. borger",
              "Halvårets samtaler, der ikke er anonyme, delt med borgere i kontakt. Forlader ikke huset, for sammen med månedernes samtaler "
              "kunne det sige, hvor få der talte med os mere end én gang.",
              by_district=False, people=True, external=False, ratio=True, decimals=1, **HALF),
    Indicator("S5", "Henvist af praksis", "Nye borgere, der kom via læge eller praksispersonale", "Nye borgere, hvor vejen er noteret", "%",
              "Hvor stor en del af halvårets nye borgere praksis selv har sendt videre.", by_district=False, share=True, people=True, **HALF),
    Indicator("S7", "Aftalt næste skridt", "Samtaler med mindst ét næste skridt", "Samtaler, der ikke er anonyme", "%",
              "»Intet« tæller ikke som et skridt.", by_district=False, share=True, people=True),
    Indicator("S8", "Skridt gjort til tiden", "Skridt gjort senest tre dage efter fristen", "Skridt med frist i måneden", "%",
              "Skridt, der er droppet, er ikke med. I en måned, der ikke er slut, er de frister, der kommer, også med i nævneren.",
              by_district=False, share=True, people=True),
    Indicator("S9", "Brobygning til jobcenter", "Brobygninger gjort inden 14 dage", "Aftalte brobygninger, hvis 14 dage er gået", "%",
              "Talt fra den samtale, hvor brobygningen blev aftalt. Hører til det halvår, hvor de 14 dage er gået.",
              by_district=False, share=True, people=True, **HALF),
    Indicator("S10", "Oplevede sig hørt", "Svar 4 eller 5", "Alle svar", "%",
              "Anonyme svar på en skala fra 1 til 5. Tælles for hele halvåret og står i juni og december.", by_district=False, share=True,
              people=True, period="halvår"),
    Indicator("S11", "Målgruppeandel", "Nye borgere på kontanthjælp, helt eller delvist sygemeldt", "Nye borgere, hvor begge dele er noteret", "%",
              "Ydelse og status, som borgeren selv fortæller. »Ved ikke« tæller som ikke noteret. Tilskuddet gælder sygemeldte på kontanthjælp.",
              by_district=False, share=True, people=True, **HALF),
    *COURSES,
    Indicator("M1", "Uddelt materiale", "Uddelte minus returnerede stykker", "", "stk.",
              "Alle uddelinger minus det, der kom retur fra praksis, borger eller arrangement. Fordelt efter "
              "praksissens bydel; uddelinger uden praksis står uden bydel.", additive=True),
    Indicator("M2", "Forsynede praksisser", "Praksisser, der har fået materiale", "Praksisser med aftale", "%",
              "Praksisser med aftale på opgørelsesdagen, der har fået mindst ét stykke materiale de seneste 60 dage.",
              share=True),
    Indicator("M3", "Beholdning ultimo", "Stykker på lager og i tasker", "", "stk.",
              "Alt modtaget minus uddelt og kasseret plus retur, rettet til optællingerne, den sidste dag. Et minus "
              "vises som »Lager går ikke op« og skjules aldrig.", by_district=False),
    Indicator("M4", "Svind", "Kasseret og manglende ved optælling i halvåret", "Modtaget til dato", "%",
              "Stykker, der er kasseret eller manglede ved en optælling, fra halvårets begyndelse til månedens slutning, "
              "i forhold til alt, hvad der er modtaget til dato.", by_district=False, share=True, period="halvår til dato"),
    Indicator("D1", "Synket inden 48 timer", "Registreringer modtaget inden 48 timer", "Modtagne registreringer", "%",
              "Besøg og lagerbevægelser med dato i måneden, som serveren modtog højst 48 timer efter, at de begyndte.",
              by_district=False, share=True),
    Indicator("D2", "Efterregistrering", "Sene registreringer bogført i måneden", "Registreringer bogført i måneden", "%",
              "Besøg og lagerbevægelser, som er bogført i måneden, fordi deres egen måned var lukket, da de kom eller blev "
              "rettet. Tallet ligger fast, når måneden lukkes.", by_district=False, share=True, follows_records=False),
    *QUALITY, *OUTCOMES, *WORK,
)
BY_ID: dict[str, Indicator] = {one.id: one for one in INDICATORS}
ADDITIVE: tuple[str, ...] = tuple(one.id for one in INDICATORS if one.additive)
