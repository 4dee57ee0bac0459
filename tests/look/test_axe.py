"""Everybody can use it: no screen and no page has anything for axe, the page inspector, large text, keys or a narrow screen to find."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from app import create_app
from tests.journeys.demo_day import Day
from tests.look.busy_day import change_minutes
from tests.look.conftest import enter
from tests.look.desk import proven
from tests.look.look import faults, listen
from tests.look.pages import LOG, MORE, addresses, without_example
from tests.look.screens import IN_TROUBLE, LOCKED, SCREENS, Step, in_the_app
from tests.look.stumbles import stumbles
from tests.look.trouble import get_into_trouble
from tests.world import settings

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def test_every_screen_and_every_page_has_somebody_who_looks_at_it(tmp_path) -> None:
    places, components = in_the_app()
    shown = {str(address).partition("?")[0].partition("/")[0] for all in (*SCREENS.values(), IN_TROUBLE) for address, *_ in all}
    assert components - set(SCREENS) == set(), "add a line to SCREENS"
    assert places - shown == set(), "add an address to SCREENS"
    assert without_example(create_app(settings(tmp_path))) == [], "add a line to EXAMPLES"


PLANTED = {
    "image-alt": "main.append(new Image())",
    "color-contrast": "main.querySelector('p, label').style.color = '#999'",
    "px sideways": "main.querySelector('h1').style.width = '900px'",
    "2 h1": "main.append(main.querySelector('h1').cloneNode(true))",
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_seen(desk: Page, day: Day, fault: str) -> None:
    """Else the tests below say nothing."""
    desk.goto(f"{day.address}/log-ind")
    desk.evaluate(f"() => {{ const main = document.querySelector('main'); {PLANTED[fault]} }}")
    assert any(fault in found for found in faults(desk)), fault


def look_at(page: Page, examples: list[tuple[str | Step, ...]], ids: dict[str, str]) -> list[str]:
    """What is wrong, each with the address where it was seen."""
    wrong = []
    for address, *steps in examples:
        place = str(address).format(**ids)
        page.evaluate("location.hash = '#/findes-slet-ikke'")
        expect(page.get_by_role("heading", level=1, name="Findes ikke her")).to_be_visible()
        page.evaluate("place => { location.hash = `#/${place}` }", place)
        if "findes-ikke" not in place:
            expect(page.get_by_role("heading", level=1, name="Findes ikke her")).to_have_count(0)
            expect(page.locator("h1")).to_be_visible()
        for step in steps:
            step(page)
        wrong += [f"{address}: {fault}" for fault in faults(page) + stumbles(page)]
    return wrong


def test_every_screen_of_the_phone_is_fit_to_look_at(phone: Page, named_ids: dict[str, str]) -> None:
    said = listen(phone)
    wrong = faults(phone) + stumbles(phone)
    phone.get_by_role("button", name="Log ind", exact=True).click()
    wrong += faults(phone) + stumbles(phone)
    enter(phone, "signe")
    expect(phone.locator(".place")).not_to_have_count(0, timeout=60_000)
    for component, examples in SCREENS.items():
        wrong += [f"{component} {fault}" for fault in look_at(phone, examples, named_ids)]
    phone.evaluate("location.hash = '#/mere'")
    phone.get_by_role("button", name="Lås", exact=True).click()
    expect(phone.get_by_role("heading", level=1, name="Lås op")).to_be_visible()
    wrong += [f"Unlock {fault}" for fault in faults(phone)]
    for name, done in LOCKED:
        phone.get_by_role("button", name=name).click()
        expect(phone.get_by_role("heading", level=1, name=name)).to_be_visible()
        for step in done:
            step(phone)
        wrong += [f"{name}: {fault}" for fault in faults(phone) + stumbles(phone)]
        phone.get_by_role("button", name="Lås op", exact=True).click()
        expect(phone.get_by_role("heading", level=1, name="Lås op")).to_be_visible()
    assert not wrong + said, "\n".join(wrong + said)


def test_a_phone_in_trouble_is_fit_to_look_at(phone: Page, day: Day, named_ids: dict[str, str]) -> None:
    enter(phone, "emre")
    expect(phone.locator(".place")).not_to_have_count(0, timeout=60_000)
    refused = get_into_trouble(phone, named_ids["visit"], lambda: change_minutes(day.database, named_ids["visit"]))
    wrong = look_at(phone, IN_TROUBLE, {**named_ids, **refused})
    assert not wrong, "\n".join(wrong)


def test_every_page_of_the_office_is_fit_to_look_at(desk: Page, day: Day, named_ids: dict[str, str], tmp_path) -> None:
    said, wrong = listen(desk), []
    pages = addresses(create_app(settings(tmp_path)))
    desk.goto(f"{day.address}/log-ind")
    wrong += faults(desk)
    desk.get_by_role("button", name="Log ind", exact=True).click()
    wrong += faults(desk)
    enter(desk, "birthe")
    ours = [address for endpoint, all in pages.items() if not endpoint.startswith("log.") for address in all]
    for address in [*ours, *MORE]:
        desk.goto(day.address + address.format(**named_ids))
        wrong += [f"{address}: {fault}" for fault in faults(desk) + proven(desk, with_frame=address == "/kontor/")]
    assert not wrong + said, "\n".join(wrong + said)


@pytest.mark.parametrize(("who", "heading", "addresses"), [("databeskyttelse", "Log", LOG), ("evaluator", "Projektets tal", ["/tal", "/adgang"])])
def test_what_others_than_the_office_have_is_fit_to_look_at(desk: Page, day: Day, who: str, heading: str, addresses: list[str]) -> None:
    desk.goto(f"{day.address}/log-ind")
    enter(desk, who)
    expect(desk.get_by_role("heading", level=1, name=heading)).to_be_visible()
    wrong: list[str] = []
    for address in addresses:
        desk.goto(day.address + address)
        wrong += [f"{address}: {fault}" for fault in faults(desk)]
    assert not wrong, "\n".join(wrong)


def test_both_steps_of_signing_in_are_fit_to_look_at(desk: Page, day: Day) -> None:
    """Maja enrols a code app, comes in with a code on paper, and gives another before new ones are made."""
    wrong: list[str] = []

    def send(code: str, button: str, heading: str) -> None:
        desk.get_by_label("Kode", exact=True).fill(code)
        desk.get_by_role("button", name=button, exact=True).click()
        expect(desk.get_by_role("heading", level=1, name=heading)).to_be_visible()
        wrong.extend(f"{heading} {code}: {fault}" for fault in faults(desk))
    desk.goto(f"{day.address}/log-ind")
    enter(desk, "drift")
    desk.goto(f"{day.address}/konto/totrin/kodeapp")
    send("12", "Slå til", "Slå to trin til")
    secret = desk.locator(".secret").inner_text().replace(" ", "")
    send(pyotp.TOTP(secret).at(datetime.now(UTC) + day.shift), "Slå til", "Dine papirkoder")
    paper = desk.locator(".paper-codes li").all_inner_texts()
    desk.get_by_role("link", name="Jeg har dem, gå videre").click()
    desk.get_by_role("button", name="Log ud").click()
    enter(desk, "drift")
    send("", "Log ind", "Skriv koden")
    send(paper[0], "Log ind", "Din adgang")
    desk.goto(f"{day.address}/konto/bekraeft?naeste=/konto/totrin")
    send("12", "Bekræft", "Bekræft, at det er dig")
    send(paper[1], "Bekræft", "To trin")
    assert not wrong, "\n".join(wrong)


FLAWED = {
    "a code in two": "main.append(Object.assign(document.createElement('p'), { style: 'width:3rem', textContent: 'B-7K3MB' }))",
    "1920: ": "main.append(Object.assign(document.createElement('div'), { style: 'width:1921px', textContent: 'x' }))",
    "on paper: <nav>": "main.append(document.createElement('nav')); main.lastChild.style.setProperty('display', 'block', 'important')",
    "pale ink": "main.querySelector('h1').style.setProperty('color', '#ddd', 'important')",
    "cut off on paper": "main.style.overflow = 'hidden'; main.style.maxWidth = '20rem'; main.querySelector('h1').style.width = '900px'",
    "a form without a button": "main.querySelector('form button').remove()",
    "only with a script": "main.append(Object.assign(document.createElement('a'), { textContent: 'x' }))",
    "keys: never reached": "main.querySelector('form button').tabIndex = -1",
    "keys: focus not seen": "main.querySelector('form button').style.outline = 'none'",
}


@pytest.fixture(scope="module")
def front(chromium: Browser, day: Day) -> Iterator[Page]:
    page = chromium.new_page(locale="da-DK", timezone_id="Europe/Copenhagen", bypass_csp=True)
    page.goto(f"{day.address}/log-ind")
    yield page
    page.close()


@pytest.mark.parametrize("flaw", FLAWED)
def test_a_flaw_of_a_page_is_seen(front: Page, flaw: str) -> None:
    """Else the walk through the office says nothing."""
    front.reload()
    front.evaluate(f"() => {{ const main = document.querySelector('main'); {FLAWED[flaw]} }}")
    assert any(flaw in found for found in proven(front)), flaw


SEARCHED = ("praksisser", "praksisser/daekning", "besoeg", "samtaler", "maalsaetning", "programtroskab", "rettigheder")


def test_the_office_works_without_javascript(chromium: Browser, day: Day, named_ids: dict[str, str]) -> None:
    context = chromium.new_context(locale="da-DK", timezone_id="Europe/Copenhagen", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{day.address}/log-ind")
    enter(page, "birthe")
    for place in SEARCHED:
        page.goto(f"{day.address}/kontor/{place}")
        page.locator("main form[method=get] button").first.click()
        expect(page.locator("h1")).to_be_visible()
        assert f"/kontor/{place}?" in page.url, page.url
    page.get_by_role("searchbox", name="Søg praksis, borgerkode eller kursus").fill("læge")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Søg")
    page.goto(f"{day.address}/kontor/praksisser/{named_ids['practice']}/rettelse")
    page.get_by_label("Cykel").fill("Stativ i gården")
    page.locator("main form[method=post] button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("Stativ i gården")
    context.close()
