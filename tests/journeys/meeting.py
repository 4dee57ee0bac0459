"""An adviser meets somebody for the first time: told, asked, given a card."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.handset import Handset


def new_citizen(phone: Handset, *scopes: str) -> str:
    """Told in Arabic, asked, given a card; every scope named says yes, talk notes first. Ends on the talk's form; the citizen's id."""
    phone.show("borger/ny")
    expect(phone.heading("Ny borger: oplysning")).to_be_visible()
    phone.page.get_by_label("Dit telefonnummer").fill("13 45 67 89")
    phone.chip("Sprog", "Arabisk").click()
    expect(phone.page.locator("article[lang=ar][dir=rtl]")).to_contain_text("13 45 67 89")
    expect(phone.page.get_by_text("ikke gennemset af en tolk")).to_be_visible()
    phone.chip("Hvordan fik borgeren det at vide?", "Læst højt").click()
    phone.button("Videre til samtykker").click()
    expect(phone.page.get_by_text("ikke gennemset af en tolk")).to_be_visible()
    for scope in scopes:
        phone.chip(scope, "Ja").click()
    phone.chip("Hvordan er svarene givet?", "Skriftligt, papir").click()
    phone.button("Videre").click()
    phone.button("Videre til kortet").click()
    expect(phone.page.get_by_text("Skriv koden på samtalekortet")).to_be_visible()
    phone.button("Gem").click()
    expect(phone.heading("Ny samtale")).to_be_visible()
    return phone.page.url.partition("#/samtale/ny/")[2]


def code_of(phone: Handset, citizen: str) -> str:
    phone.show(f"borger/{citizen}")
    return phone.page.locator("h1 [aria-hidden]").inner_text()
