"""A morning without a finger on the glass: signing in, a visit, attendance and a consent taken back, by keys alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.demo_day import PASSPHRASES
from tests.look.trouble import PUSH

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
MOST = 120  # of Tab from one place on a screen to another


class Keys:
    """Somebody with a keyboard, who finds things by what they are called."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, role: str, name: str) -> None:
        """Tab until the first thing that is called so has the focus."""
        wanted = self.page.get_by_role(role, name=re.compile(f"^{name}")).first  # type: ignore[arg-type]
        wanted.wait_for()
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"Tab never came to {role} {name}")

    def press(self, role: str, name: str, key: str = "Enter") -> None:
        self.to(role, name)
        self.page.keyboard.press(key)

    def type(self, role: str, name: str, words: str) -> None:
        self.to(role, name)
        self.page.keyboard.type(words)

    def sees(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible(timeout=20_000)

    def hears(self, words: str) -> None:
        expect(self.page.locator(".messages [role=status]")).to_contain_text(words, timeout=15_000)


def test_a_morning_by_keys_alone(phone: Page) -> None:
    phone.route(PUSH, lambda route: route.abort())  # it stays on this phone: others look at the same day
    keys = Keys(phone)
    keys.sees("Log ind")
    keys.type("textbox", "E-mail", "signe@demo.example")
    keys.type("textbox", "Adgangssætning", PASSPHRASES["signe"])
    phone.keyboard.press("Enter")
    keys.sees("I dag")
    expect(phone.locator(".place")).not_to_have_count(0, timeout=60_000)
    log_a_visit(keys)
    take_attendance(keys)
    withdraw_a_consent(keys)
    assert phone.evaluate("hand.taps") == 0


def log_a_visit(keys: Keys) -> None:
    keys.press("link", "Log besøg hos")
    keys.sees("Log besøg")
    keys.press("checkbox", "Sekretær", "Space")
    keys.to("radio", "Gennemført")
    keys.page.keyboard.press("ArrowRight")
    expect(keys.page.get_by_role("radio", name="Kun ved skranken")).to_be_checked()
    keys.press("button", "Gem")
    keys.sees("I dag")
    keys.hears("Gemt på telefonen")


def take_attendance(keys: Keys) -> None:
    """By way of a dialog that is left with Escape and opened again."""
    for leave in (True, False):
        keys.press("button", "Ny registrering")
        expect(keys.page.get_by_role("dialog", name="Ny registrering")).to_be_visible()
        if leave:
            keys.page.keyboard.press("Escape")
            expect(keys.page.get_by_role("dialog")).to_have_count(0)
            expect(keys.page.get_by_role("button", name="Ny registrering")).to_be_focused()
    keys.press("button", "Fremmøde")
    keys.sees("Fremmøde")
    expect(keys.page.get_by_text("1 mødt")).to_be_visible()
    keys.press("button", ".*Mødt$", "Space")
    expect(keys.page.get_by_text("1 ikke mødt")).to_be_visible()
    keys.press("button", "Gem")
    keys.hears("Gemt på telefonen")


def withdraw_a_consent(keys: Keys) -> None:
    keys.press("link", "Kurser")
    keys.press("link", "Borgere")
    keys.sees("Borgere")
    keys.type("searchbox", "Kode", "K7M3")
    keys.press("link", ".*Sidst")
    keys.press("link", "Træk samtykke tilbage")
    keys.sees("Træk samtykke tilbage")
    keys.press("checkbox", "Dele med kursussted", "Space")
    keys.press("button", "Træk tilbage")
    keys.hears("Trukket tilbage")
