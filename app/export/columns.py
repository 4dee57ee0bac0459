"""What each column of the files holds: the codebook of the fields, by which others read them (indicators.md ch. 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.export.dialect import HIDDEN, NOTHING


@dataclass(frozen=True)
class Column:
    """One column: its type by the names of the Frictionless Table Schema, and what stands in it."""

    type: str
    meaning: str
    codes: str = ""  # the code list its values come from; the labels stand in 11_koder.csv


COLUMNS = {
    "indikator": Column("string", "Tallets nummer i kodebogen"),
    "navn": Column("string", "Tallets navn"),
    "bydel": Column("string", "Bydel, eller ALLE for hele projektet", "district"),
    "taeller": Column("number", "Tæller"),
    "naevner": Column("number", "Nævner"),
    "vaerdi": Column("number", "Det, tallet siger, i den enhed, der står ved siden af"),
    "enhed": Column("string", "Enhed"),
    "version": Column("string", "v1 for en lukket måned, ellers foreløbig"),
    "opgjort": Column("datetime", "Hvornår der er talt, dansk tid"),
    "note": Column("string", "Bemærkning"),
    "maaned": Column("yearmonth", "Måned"),
    "samtaler": Column("number", "Samtaler"),
    "besoegsid": Column("string", "Besøgets eget nummer"),
    "dato": Column("date", "Dagen, dansk tid"),
    "iso_uge": Column("string", "ISO-uge med ugens år"),
    "praksis_id": Column("string", "Projektets nummer for praksis"),
    "ydernummer": Column("string", "Ydernummer, seks cifre som tekst"),
    "form": Column("string", "Besøgsform", "visit_mode"),
    "formaal": Column("string", "Formål", "visit_purpose"),
    "moedte": Column("string", "Hvem rådgiveren mødte, flere adskilt af |", "met_role"),
    "resultat": Column("string", "Resultat", "visit_outcome"),
    "minutter": Column("integer", "Minutter"),
    "synket_timer": Column("number", "Timer fra besøgets begyndelse, til serveren fik det"),
    "materiale": Column("string", "Materialets titel"),
    "type": Column("string", "Materialets type", "material_type"),
    "sprog": Column("string", "Sprog", "language"),
    "modtaget": Column("integer", "Stykker modtaget i måneden"),
    "uddelt": Column("integer", "Stykker uddelt i måneden"),
    "retur": Column("integer", "Stykker retur i måneden"),
    "kasseret": Column("integer", "Stykker kasseret i måneden"),
    "optalt_forskel": Column("integer", "Forskel fundet ved optælling"),
    "beholdning_ultimo": Column("integer", "Stykker tilbage den sidste dag"),
    "aktivitetsmaaned": Column("yearmonth", "Måneden, det handler om"),
    "bogfoert_maaned": Column("yearmonth", "Måneden, rettelsen er bogført i"),
    "delta": Column("string", "Ændring med fortegn, eller før → efter for det, der ikke kan lægges sammen"),
    "aarsag": Column("string", "Hvorfor, flere adskilt af |", "correction_reason"),
    "antal_poster": Column("number", "Antal registreringer bag rettelsen"),
    "som_lukket": Column("string", "Tallet, som måneden blev lukket med"),
    "rettelser_hidtil": Column("string", "Rettelser siden lukningen"),
    "nu": Column("string", "Tallet nu"),
    "kapitel": Column("string", "Kapitel i kodebogen"),
    "taelles": Column("string", "Hvad tælleren tæller"),
    "over": Column("string", "Hvad nævneren tæller"),
    "periode": Column("string", "Periode, tallet gælder"),
    "opdeling": Column("string", "Hvad tallet er delt op efter"),
    "kan_laegges_sammen": Column("boolean", "Om måneder og bydele kan lægges sammen"),
    "forlader_huset": Column("boolean", "Om tallet må stå i det, der forlader huset"),
    "smaa_tal_skjules": Column("boolean", "Om tal under grænsen skjules"),
    "i_brug": Column("boolean", "Om tallet tælles"),
    "definition": Column("string", "Definitionen"),
    "liste": Column("string", "Kodelistens navn"),
    "kode": Column("string", "Koden, som den står i filerne"),
    "betydning": Column("string", "Det danske ord"),
    "borgerkode": Column("string", "Tilfældig kode, der kun findes i dette udtræk"),
    "begyndt": Column("string", "Måned eller halvår for den første samtale"),
    "aldersgruppe": Column("string", "Alder, ved små grupper i bredere bånd", "age_band"),
    "ydelse": Column("string", "Ydelse", "benefit"),
    "samtaletal": Column("string", "Antal samtaler i bånd"),
    "kursus_gennemfoert": Column("boolean", "Har gennemført et kursus"),
    "udfald_3": Column("string", "Udfald efter tre måneder; tomt = punktet er ikke nået, eller der var ikke samtykke"),
    "udfald_6": Column("string", "Udfald efter seks måneder"),
    "udfald_12": Column("string", "Udfald efter tolv måneder"),
}
FORMATS: dict[str, dict[str, Any]] = {
    "date": {"format": "%d-%m-%Y"}, "datetime": {"format": "%d-%m-%Y %H:%M"}, "number": {"decimalChar": ","},
    "boolean": {"trueValues": ["ja"], "falseValues": ["nej"]}, "yearmonth": {}, "integer": {}, "string": {}}
MISSING = ["", NOTHING, *HIDDEN]


def schema(columns: tuple[str, ...]) -> dict[str, Any]:
    """The columns of one file as a Table Schema."""
    return {"fields": [{"name": name, "type": COLUMNS[name].type, "description": COLUMNS[name].meaning, **FORMATS[COLUMNS[name].type]}
                       for name in columns], "missingValues": MISSING}
