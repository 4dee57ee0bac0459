"""The demo's morning as a running server, phones in pockets, and Birthe at her desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from tests.browser import FLAGS
from tests.browser import chromium as program
from tests.journeys.demo_day import Day, day_in, filled, of_the_run
from tests.journeys.handset import Handset
from tests.journeys.office import Office


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(of_the_run(tmp_path_factory))


@pytest.fixture
def day(demo: Path, tmp_path: Path) -> Iterator[Day]:
    """The server, running."""
    day = day_in(tmp_path / "state", demo).start()
    yield day
    if day.runs:
        day.kill()


@pytest.fixture
def new_phone(playwright: Playwright, day: Day, tmp_path: Path) -> Iterator[Callable[..., Handset]]:
    """Makes phones, each with a disk of its own: `new_phone("signe")` is signed in and has the practices."""
    made: list[Handset] = []

    def make(who: str = "", address: str = "") -> Handset:
        made.append(Handset(playwright, tmp_path / f"phone-{len(made)}", day, address).open())
        return made[-1].enter(who) if who else made[-1]
    yield make
    for phone in made:
        phone.kill()


@pytest.fixture
def office(chromium: Browser, day: Day) -> Office:
    """Birthe, signed in."""
    return Office(chromium, day).enter()


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
    yield browser
    browser.close()
