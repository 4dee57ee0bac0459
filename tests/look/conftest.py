"""One server on a busy day and one browser, for everything that is looked at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser import FLAGS
from tests.browser import chromium as program
from tests.journeys.demo_day import PASSPHRASES, Day, day_in, filled, of_the_run
from tests.journeys.handset import CLOCK_AND_COUNT
from tests.look.busy_day import busy


@pytest.fixture(scope="session")
def named_ids() -> dict[str, str]:
    return {}


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory, named_ids: dict[str, str]) -> Iterator[Day]:
    """The demo's morning with one of everything; running."""
    day = day_in(tmp_path_factory.mktemp("look") / "state", filled(of_the_run(tmp_path_factory)))
    db = day.database
    named_ids.update(busy(db))
    db.close()
    day.more["RAADGIVER_OIDC_ISSUER"] = "http://127.0.0.1:9"  # nobody answers there; what stands on our pages is looked at
    day.start()
    yield day
    day.kill()


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    """A page for the office."""
    page = chromium.new_page(locale="da-DK", timezone_id="Europe/Copenhagen")
    yield page
    page.close()


@pytest.fixture
def phone(chromium: Browser, day: Day) -> Iterator[Page]:
    """The app on a new phone; nobody has signed in. Without its worker, so that a test may stand between it and the server."""
    context = chromium.new_context(locale="da-DK", timezone_id="Europe/Copenhagen", service_workers="block")
    context.add_init_script(CLOCK_AND_COUNT % (day.shift.total_seconds() * 1000))
    page = context.new_page()
    page.goto(day.address)
    yield page
    context.close()


def enter(page: Page, who: str) -> None:
    """Signs in where the form stands."""
    page.get_by_label("E-mail").fill(f"{who}@demo.example")
    page.get_by_label("Adgangssætning").fill(PASSPHRASES[who])
    page.get_by_role("button", name="Log ind", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Log ind")).to_have_count(0, timeout=20_000)
