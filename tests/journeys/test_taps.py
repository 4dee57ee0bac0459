"""Under thirty seconds with one hand: the taps of domain.md 3.2, counted by the page itself, with nothing typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser import until
from tests.journeys.demo_day import Day
from tests.journeys.handset import Handset
from tests.journeys.office import Office, difference, handed_out

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


@contextmanager
def costs(phone: Handset, taps: int) -> Iterator[None]:
    """What is done inside takes exactly so many taps and no key."""
    phone.today()
    before = phone.hand()
    yield
    after = phone.hand()
    assert {name: after[name] - before[name] for name in after} == {"taps": taps, "keys": 0}


def saved(phone: Handset) -> list[str]:
    """Kinds that wait in the outbox, after the phone has said so."""
    phone.says("Gemt på telefonen")
    return [row["kind"] for row in phone.outbox()]


@pytest.fixture
def phone(new_phone: Callable[..., Handset], day: Day) -> Handset:
    """Signe's, with no net."""
    phone = new_phone("signe")
    day.kill()
    return phone


def test_a_visit_takes_three_taps(phone: Handset) -> None:
    with costs(phone, taps=3):
        phone.cards().first.locator("h3 a").click()
        phone.link("Log besøg").click()
        phone.button("Gem").click()
        assert "visit" in saved(phone)


def test_an_arrival_keeps_its_time_and_is_one_of_the_three(phone: Handset) -> None:
    with costs(phone, taps=3):
        card = phone.cards().first
        card.get_by_role("button", name="Ankommet").click()
        arrived = card.locator(".arrived").inner_text().removeprefix("Ankommet ")
        card.get_by_role("link", name="Log besøg").click()
        expect(phone.page.locator("summary", has_text="Ret tidspunkt")).to_contain_text(arrived)
        phone.button("Gem").click()
        assert "visit" in saved(phone)


def test_a_closed_door_takes_two_taps(phone: Handset) -> None:
    with costs(phone, taps=2):
        phone.cards().first.get_by_role("button", name="Lukket").click()
        phone.page.get_by_role("dialog").get_by_role("button", name="Lukket").click()
        assert "visit" in saved(phone)


@contextmanager
def a_finger(phone: Handset) -> Iterator[Callable[[float, float], None]]:
    """One finger: down at the first point it is led to, over the others, and up again at the end."""
    touch, down = phone.context.new_cdp_session(phone.page), False

    def lead(x: float, y: float) -> None:
        nonlocal down
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove" if down else "touchStart", "touchPoints": [{"x": x, "y": y}]})
        down = True
    yield lead
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def on_the_card(phone: Handset) -> tuple[float, float]:
    """A point on the first card that is no link and no button."""
    phone.cards().first.scroll_into_view_if_needed()
    box = phone.cards().first.locator("p").first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("how", ["swiped", "held"])
def test_a_card_that_is_swiped_or_held_offers_the_closed_door_too(phone: Handset, how: str) -> None:
    sheet = phone.page.get_by_role("dialog")
    x, y = on_the_card(phone)
    with a_finger(phone) as lead:  # not far enough to the side, then it scrolls
        for point in ((x, y), (x - 30, y), (x - 40, y + 60), (x - 160, y + 70)):
            lead(*point)
    expect(sheet).to_have_count(0)
    x, y = on_the_card(phone)
    with a_finger(phone) as lead:
        lead(x, y)
        if how == "swiped":
            lead(x - 40, y)
            lead(x - 120, y + 6)
        expect(sheet).to_be_visible()
    phone.page.wait_for_timeout(600)  # a finger that is lifted over the sheet is no tap on it
    sheet.get_by_role("button", name="Lukket").click()
    assert "visit" in saved(phone)


def test_a_double_tap_never_saves_twice(phone: Handset) -> None:
    phone.cards().first.get_by_role("button", name="Lukket").click()
    phone.page.get_by_role("dialog").get_by_role("button", name="Lukket").dblclick()
    assert saved(phone).count("visit") == 1
    phone.show("samtale/anonym")
    phone.button("Gem").dblclick()
    phone.says("Anonym samtale gemt")
    assert [row["kind"] for row in phone.outbox()].count("talk") == 1
    phone.today()
    phone.cards().first.locator("h3 a").click()
    phone.link("Log besøg").click()
    phone.button("Gem").dblclick()
    assert saved(phone).count("visit") == 2


def test_the_second_half_of_a_double_tap_presses_nothing_on_the_next_screen(phone: Handset) -> None:
    phone.show("samtale/anonym")
    phone.button("Gem").click()
    phone.heading("I dag").wait_for()
    foot = phone.button("Ny registrering")
    place = foot.bounding_box()
    assert place
    phone.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    for count, sheets in ((2, 0), (1, 1)):  # the second of two fast taps; then a tap of its own, so that the first half could have failed
        phone.page.mouse.down(click_count=count)
        phone.page.mouse.up(click_count=count)
        expect(phone.page.locator(".foot dialog[open]")).to_have_count(sheets)


def test_the_icon_says_what_waits_and_nothing_when_it_is_sent(new_phone: Callable[..., Handset], day: Day) -> None:
    phone = new_phone("signe")
    shown = lambda: phone.page.evaluate("hand.badge")  # noqa: E731
    until(lambda: shown() == 0, "nothing waits")
    day.kill()
    for waiting in (1, 2):
        phone.show("samtale/anonym")
        phone.button("Gem").click()
        phone.says("Anonym samtale gemt")
        until(lambda waiting=waiting: shown() == waiting, f"{waiting} on the icon")
    day.start()
    phone.enter_again("signe")
    phone.send()
    until(lambda: shown() == 0, "nothing waits any more")


def test_a_saved_visit_is_one_tap_from_a_talk_at_it(phone: Handset) -> None:
    place = phone.cards().first.locator("h3 a")
    name = place.inner_text()
    place.click()
    phone.page.locator("#history ~ .list a[href^='#/besoeg/'], section[aria-labelledby=history] a").filter(has_text="Gennemført").first.click()
    visit = phone.page.url.rpartition("/")[2]
    phone.link("Skriv samtale fra besøget").click()
    expect(phone.heading("Ny samtale")).to_be_visible()
    phone.page.locator(f"a[href^='#/samtale/ny/'][href$='?besoeg={visit}']").first.click()
    expect(phone.page.locator("main")).to_contain_text(name)


def test_a_handout_takes_two_taps(phone: Handset) -> None:
    with costs(phone, taps=2):
        phone.cards().first.locator("h3 a").click()
        phone.button("Folder +10").click()
        assert saved(phone) == ["stock_move"]


def test_one_tap_takes_it_back_for_ten_seconds_and_the_server_never_hears(new_phone: Callable[..., Handset], office: Office) -> None:
    before = handed_out(office.file("2026-10"))
    phone = new_phone("signe")
    phone.cards().first.locator("h3 a").click()
    phone.button("Folder +10").click()
    assert saved(phone) == ["stock_move"]
    phone.page.wait_for_timeout(4_000)  # with a good net all the while, and long after the phone would have sent
    taps = phone.hand()["taps"]
    phone.button("Fortryd").click()
    phone.says("Fortrudt. Der er ikke sendt noget.")
    assert phone.hand()["taps"] == taps + 1
    assert phone.outbox() == []

    phone.button("Folder +5").click()
    expect(phone.button("Fortryd")).to_be_visible()
    expect(phone.button("Fortryd")).to_be_hidden(timeout=14_000)
    phone.send()
    assert difference(before, handed_out(office.file("2026-10"))) == {("PATIENT_FLYER", "da"): 5}
