"""Every screen of the phone and how to get to it: by component of main.tsx, each with addresses and what is done there."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.server import ROOT

Step = Callable[[Page], None]
CPR = "070761-4285"
MAYBE = "Ring på 0707614284"


def tap(name: str) -> Step:
    """The first button or link whose name begins so."""
    def step(page: Page) -> None:
        wanted = re.compile("^" + re.escape(name))
        page.get_by_role("button", name=wanted).or_(page.get_by_role("link", name=wanted)).first.click()
    return step


def choose(name: str | re.Pattern[str]) -> Step:
    return lambda page: page.get_by_label(name, exact=True).first.click()


def write(label: str, words: str) -> Step:
    return lambda page: page.get_by_label(label).first.fill(words)


def see(words: str) -> Step:
    return lambda page: page.get_by_text(words).first.wait_for()


def unfold(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")


# component -> (address, steps …), one line for each thing to look at
SCREENS: dict[str, list[tuple[str | Step, ...]]] = {
    "Today": [("",), ("", tap("Ankommet")), ("", tap("Lukket")), ("", tap("Ny registrering"))],
    "Practices": [("praksisser",), ("praksisser", write("Søg", "findes ikke")), ("ny/besoeg",), ("ny/uddeling",)],
    "Practice": [("praksis/{practice}",), ("praksis/{practice}", tap("Lukket")), ("praksis/{practice}", tap("Vis alle"))],
    "NewVisit": [("besoeg/ny/{practice}",), ("besoeg/ny/{practice}", choose("Andet"), write("Minutter, helt tal", "999"), tap("Gem")),
                 ("besoeg/ny/{practice}", write("Note", CPR)), ("besoeg/ny/{practice}", write("Note", MAYBE)),
                 ("besoeg/ny/{practice}", tap("Kassér"))],
    "OldVisit": [("besoeg/{visit}",), ("besoeg/{visit}", tap("Slet besøget"))],
    "Handout": [("uddeling/{practice}",), ("uddeling/{practice}", tap("Folder +10")), ("uddeling/{practice}", tap("Gem"))],
    "Citizens": [("borgere",), ("borgere", write("Kode", "AAAAA")), ("ny/samtale",)],
    "Citizen": [("borger/{citizen}",), ("borger/{citizen}?efter=samtale",), ("borger/{silent}",)],
    "NewCitizen": [("borger/ny",), ("borger/ny", tap("Videre")), ("borger/ny", choose("Arabisk"), choose("Læst højt"), tap("Videre")),
                   ("borger/ny", choose("Ja"), choose("Underskrift på skærm"), tap("Videre")), ("borger/ny", tap("Videre"))],
    "EditCitizen": [("borger/{citizen}/ret",)],
    "CitizenCard": [("borger/{citizen}/kort",)],
    "Anonymous": [("samtale/anonym",), ("samtale/anonym", tap("Gem"))],
    "NewTalk": [("samtale/ny/{citizen}",), ("samtale/ny/{citizen}", write("Note", CPR)), ("samtale/ny/{silent}",)],
    "OldTalk": [("samtale/{talk}",)],
    "Consent": [("samtykke/{citizen}",), ("samtykke/{silent}",), ("samtykke/{silent}", choose("Ja"), choose("Skriftligt, papir"), unfold),
                ("samtykke/{silent}", tap("Gem"))],
    "Withdraw": [("fortryd/{citizen}",)],
    "Information": [("oplysning/{citizen}",), ("oplysning/{citizen}", tap("Gem"))],
    "Heard": [("hoert/da",), ("hoert/{language}",)],
    "Scan": [("scan",), ("scan", write("Kode", "AAAAA"), tap("Find borger"))],
    "Courses": [("kurser",)],
    "Course": [("kursus/{run}",)],
    "Enrol": [("tilmeld/{citizen}",), ("tilmeld/{silent}",)],
    "Enrolment": [("tilmelding/{enrolment}",)],
    "Attendances": [("fremmoede",)],
    "Attendance": [("fremmoede/{session}",)],
    "Bag": [("taske",)],
    "Time": [("tid",)],
    "TimeMonth": [("tid/maaned",)],
    "FollowUps": [("opfoelgning",)],
    "FollowUp": [("opfoelgning/{citizen}",)],
    "Contact": [("kontakt/{practice}",), ("kontakt/{practice}", write("Note", CPR))],
    "Search": [("soeg",), ("soeg", write("Søg", "folder"))],
    "Status": [("status",)],
    "More": [("mere",)],
    "Rescue": [("redning",), ("redning", tap("Lav redningspakke"))],
    "Passkey": [("passkey", see("Telefonens passkeys kan ikke"))],
    "Help": [("hjaelp",)],
    "SignOut": [("log-ud", see("Noget ligger kun"))],
    "SignIn": [("log-ind",), ("log-ind", tap("Log ind"))],
    "Missing": [("findes-ikke",), ("praksis/findes-ikke",)],
    "Fix": [],  # on the phone in trouble
}
# The same phone app with something refused, held, disputed and waiting.
IN_TROUBLE: list[tuple[str | Step, ...]] = [
    ("",), ("status",), ("status", tap("Gem valget")), ("ret/{refused}",), ("ret/{refused}?felt=minutes",), ("ret/{pointed}",),
    ("log-ud", see("Noget ligger kun")), ("log-ud", see("Noget ligger kun"), unfold, tap("Slet og log ud"))]

# What a locked phone still takes down.
LOCKED: list[tuple[str, list[Step]]] = [
    ("Nyt besøg", []), ("Nyt besøg", [choose("Et andet sted"), tap("Gem")]), ("Nyt besøg", [choose(re.compile("^Stop 1")), write("Note", CPR)]),
    ("Ny samtale", []), ("Ny samtale", [tap("Gem")])]


def in_the_app() -> tuple[set[str], set[str]]:
    """(places, components) of the switch in main.tsx."""
    switch = (ROOT / "static/phone/main.tsx").read_text("utf-8").partition("switch (place) {")[2].partition("\n  }")[0]
    places = set(re.findall(r"case '([^']*)':", switch))
    assert len(places) > 10, "the switch is not where it was"
    return places, set(re.findall(r"<([A-Z]\w*)", switch))
