"""Two phones write different things into one visit: each without net, then the card with both versions, then peace."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser import until
from tests.journeys.handset import Handset

ANSWERS = "fields => fields.map(field => `${field.id}=${field.value}`)"


def edit_minutes(phone: Handset, visit: str, minutes: str) -> str:
    """Puts the visit right with one chip; without net it waits on the phone. What stood there before."""
    phone.show(f"besoeg/{visit}")
    was = str(phone.page.locator("[name=minutes_choice]:checked").get_attribute("value"))
    phone.chip("Hvor mange minutter?", minutes).click()
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    return was


def card(phone: Handset) -> Locator:
    return phone.page.get_by_role("region", name="Skal afklares (1)").get_by_role("listitem").first


def settle(phone: Handset, base: str, mine: str, theirs: str, choice: str) -> None:
    """The card tells what stood there and what both wrote; one is chosen, saved and sent."""
    expect(phone.heading("Status")).to_be_visible()
    expect(card(phone)).to_contain_text(f"Før stod der: {base}", timeout=20_000)
    expect(card(phone)).to_contain_text(f"Du skrev: {mine}")
    expect(card(phone)).to_contain_text(f"På serveren: {theirs}")
    card(phone).get_by_role("button", name="Gem valget").click()
    expect(card(phone)).to_contain_text("Vælg den ene.")
    card(phone).get_by_label(choice).click()
    card(phone).get_by_role("button", name="Gem valget").click()
    phone.says("Afklaret.")
    phone.send()
    expect(card(phone)).to_have_count(0)


def shown(phone: Handset, visit: str, practice: str) -> str:
    """What the phone says of the visit: its line in the practice's history, and every answer in its form."""
    phone.show(f"praksis/{practice}")
    line = phone.page.locator(f"a[href='#/besoeg/{visit}']")
    expect(line).to_be_visible()
    told = line.inner_text()
    phone.show(f"besoeg/{visit}")
    expect(phone.heading("Ret besøg")).to_be_visible()
    answers = phone.page.locator("input:checked, input:not([type=radio], [type=checkbox]), textarea").evaluate_all(ANSWERS)
    phone.today()
    return "\n".join([told, *answers])


def heard(phone: Handset) -> Any:
    """Where the server's book stood at the newest answer that lies in IndexedDB."""
    return phone.notebook()["head"]


def alike(one: Handset, other: Handset, visit: str, practice: str) -> str:
    """Both phones say the same of the visit, at the same revision, and nothing waits or disagrees; what they say."""
    for phone in (one, other):
        phone.send()
    until(lambda: heard(one) == heard(other), "both have heard the same of the server")
    assert [phone.notebook()["conflicts"] for phone in (one, other)] == [[], []]
    first, second = (shown(phone, visit, practice) for phone in (one, other))
    assert first == second
    return first
