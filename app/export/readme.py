"""The text that lies on top of a month's export: what it is, how it was counted, and what the words mean."""

from __future__ import annotations

from datetime import datetime

from app.clock import COPENHAGEN
from app.export.sheets import Sheet
from app.figures.hide import COVERED, LIMIT, SMALL
from app.figures.indicators import DEFINITIONS, INDICATORS
from app.rules.calendar import month_name

NAME = "00_laesmig.txt"
VERSIONS = {
    "v1": "Måneden er lukket. Tallene i denne pakke ændres aldrig. Det, der kommer eller rettes senere, står som rettelser "
          "i de følgende måneders pakker.",
    "foreløbig": "Måneden er ikke lukket. Tallene er foreløbige og ændrer sig, indtil måneden lukkes.",
}

SMALL_NUMBERS = (
    f"{SMALL} betyder, at tallet er mindst 1 og under {LIMIT}. »{COVERED}« betyder, at tallet ikke vises, fordi et andet tal ellers kunne "
    "regnes ud, eller fordi det ville sige noget om hver eneste i gruppen.",
    "Tal om borgere og samtaler står kun i pakken for en lukket måned. Senere rettelser af dem vises for hele projektet, ikke for bydele.")


def readme(project: str, month: str, version: str, as_of: datetime, with_reason: bool, sheets: list[Sheet],
           note: str = "") -> bytes:
    """UTF-8 with BOM and CRLF, as the other files."""
    lines = [f"{project}: {month_name(month)} ({version})", "",
             f"Opgjort {as_of.astimezone(COPENHAGEN):%d-%m-%Y kl. %H.%M}, dansk tid.", VERSIONS[version]]
    if note:
        lines.insert(1, note)
    if with_reason:
        lines.append("Måneden blev lukket, før alt var modtaget. Koordinatoren har skrevet hvorfor.")
    lines += ["Pga. efterregistreringer kan især den seneste måned stige ved næste opdatering.", "", "FILER",
              *(f"{sheet.name}: {sheet.title}, {len(sheet.rows)} rækker" for sheet in sheets),
              "01_maanedstal.xlsx: Månedens tal som regneark, med diagrammer", "02_besoeg.xlsx: Besøg som regneark med ydernummer som tekst",
              "12_maaneden_i_en_side.pdf: Måneden i én side, til at læse og trykke",
              "13_siden_sidst.txt: Hvad der har flyttet sig siden måneden før, hvis den er lukket",
              "datapackage.json: hver tabels felter, typer og skrivemåde, til programmer (Frictionless Data)",
              "manifest.json: kontrolsum (SHA-256) for hver fil", "",
              "SÅDAN ER FILERNE SKREVET",
              "Semikolon mellem felter, decimalkomma, datoer som dd-mm-åååå, UTF-8. Et tomt felt betyder, at vi ikke ved det.",
              "Bydel ALLE er hele projektet. En apostrof foran =, +, - og @ hindrer, at regnearket læser tekst som en formel.",
              "Der er ingen oplysninger om den enkelte borger. Den eneste fritekst er koordinatorens tre sætninger i Måneden i én side.",
              *SMALL_NUMBERS, "",
              f"HVAD TALLENE BETYDER (definitioner, udgave {DEFINITIONS})"]
    for one in INDICATORS:
        over = f" / {one.denominator.lower()}" if one.denominator else ""
        lines += ["", f"{one.id} {one.name}: {one.numerator.lower()}{over}", one.definition]
    return written(lines)


def written(lines: list[str]) -> bytes:
    return b"\xef\xbb\xbf" + "\r\n".join([*lines, ""]).encode("utf-8")
