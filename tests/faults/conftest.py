"""A server of the test's own, a proxy with faults before it, and phones in Chromium behind the proxy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser import Phone
from tests.campaigns.served import Served
from tests.faults.proxy import Proxy


@pytest.fixture
def served(tmp_path: Path, copy_world) -> Iterator[Served]:
    """On SQLite: what the database is makes no difference to a browser. By the real clock: the browser has no other."""
    world, url = copy_world("sqlite", tmp_path)
    world.db.close()
    served = Served(tmp_path, url, more={"RAADGIVER_NOW": ""}).start()
    yield served
    if served.process and served.process.poll() is None:
        served.kill()


@pytest.fixture
def proxy(served: Served) -> Iterator[Proxy]:
    proxy = Proxy(served.port)
    yield proxy
    proxy.refuse()


@pytest.fixture
def new_phone(playwright: Playwright, proxy: Proxy, tmp_path: Path) -> Iterator[Callable[[], Phone]]:
    """Makes phones, each with a disk of its own."""
    made: list[Phone] = []

    def make() -> Phone:
        made.append(Phone(playwright, tmp_path / f"phone-{len(made)}", proxy.address).open())
        return made[-1]
    yield make
    for phone in made:
        phone.kill()
