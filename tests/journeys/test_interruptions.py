"""A form survives what happens to phones: a killed tab, a new version of the app, a net that comes and goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Route, expect

from tests.browser import until
from tests.faults.proxy import Exchange, Proxy
from tests.faults.request import END, Request
from tests.journeys.demo_day import PASSPHRASES, Day
from tests.journeys.handset import Handset
from tests.look.look import faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
WORDS = "Spurgte til plakaten, vil have den på polsk"


@pytest.fixture
def proxy(day: Day) -> Iterator[Proxy]:
    proxy = Proxy(day.port)
    yield proxy
    proxy.refuse()


def write(phone: Handset) -> None:
    """Opens a form, says how long it took, and is in the middle of the note."""
    phone.cards().first.get_by_role("link", name="Log besøg").click()
    phone.chip("Hvor mange minutter?", "45").click()
    phone.page.get_by_label("Note (frivillig)").press_sequentially(WORDS)


def is_as_written(page: Page) -> None:
    """The same form, the same answers, the cursor in the same field."""
    expect(page.get_by_role("heading", level=1, name="Log besøg")).to_be_visible()
    note = page.get_by_label("Note (frivillig)")
    expect(note).to_have_value(WORDS)
    expect(note).to_be_focused()
    expect(page.get_by_role("group", name="Hvor mange minutter?").get_by_label("45", exact=True)).to_be_checked()


def test_a_draft_outlives_a_killed_tab_and_opens_at_the_same_field(new_phone: Callable[..., Handset], day: Day) -> None:
    phone = new_phone("signe")
    day.kill()
    write(phone)
    phone.page.wait_for_timeout(2_000)  # the promise: at most two seconds behind
    crash(phone)
    is_as_written(phone.page)
    phone.kill()
    phone.open()
    phone.unlock()
    is_as_written(phone.page)
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    phone.show("")
    expect(phone.page.get_by_text("Kladde venter")).to_have_count(0)


def crash(phone: Handset) -> None:
    """The system takes the tab's process away; the app is opened again."""
    with suppress(PlaywrightError):  # a tab that falls does not answer
        phone.context.new_cdp_session(phone.page).send("Page.crash", timeout=1_000)
    phone.page = phone.context.new_page()
    phone.page.goto(f"{phone.address}/")
    phone.unlock()


def workers_script(request: Request) -> bool:
    return request.path == "/service-worker.js"


def new_version(exchange: Exchange) -> None:
    """The worker as the next release would send it: one byte differs."""
    head, _, body = exchange.forward().partition(END)
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"content-length", b"etag"))]
    body += b"\n// 1.0.1"
    exchange.reply(b"\r\n".join([*lines, b"Content-Length: %d" % len(body)]) + END + body)


def test_a_new_version_never_asks_in_the_middle_of_a_form(new_phone: Callable[..., Handset], proxy: Proxy) -> None:
    phone = new_phone("signe", address=proxy.address)
    worker_is(phone, "active")
    phone.page.reload()
    phone.unlock()
    write(phone)
    proxy.always(workers_script, new_version)
    phone.page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.update()).then(() => null)")
    worker_is(phone, "waiting")
    offer = phone.page.get_by_text("Ny version klar.")
    phone.page.wait_for_timeout(1_000)
    expect(offer).to_have_count(0)
    is_as_written(phone.page)

    phone.link("I dag").click()
    expect(offer).to_be_visible()
    assert faults(phone.page) == []
    with phone.page.expect_navigation():
        phone.button("Opdatér").click()
    phone.unlock()
    phone.page.wait_for_timeout(1_500)
    expect(offer).to_have_count(0)
    expect(phone.page.get_by_text("Kladde venter")).to_be_visible()
    phone.cards().first.get_by_role("link", name="Fortsæt besøg").click()
    expect(phone.page.get_by_label("Note (frivillig)")).to_have_value(WORDS)


def worker_is(phone: Handset, state: str) -> None:
    asked = "state => navigator.serviceWorker.getRegistration().then(found => Boolean(found?.[state]))"
    until(lambda: phone.page.evaluate(asked, state), f"a worker is {state}")


def test_a_new_phone_says_that_it_is_fetching(new_phone: Callable[..., Handset]) -> None:
    phone, held = new_phone(), list[Route]()

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)
    phone.context.route("**/api/sync/v1/pull", hold_the_first)
    with phone.page.expect_request("**/api/sync/v1/pull"):
        phone.sign_in("signe", PASSPHRASES["signe"])
    expect(phone.page.get_by_text("Henter dine praksisser. Det tager et øjeblik.")).to_be_visible()
    expect(phone.link("Henter det, du skal bruge …")).to_be_visible()
    expect(phone.page.get_by_text("ikke hentet endnu")).to_have_count(0)
    held[0].continue_()
    expect(phone.cards().first).to_be_visible()
    expect(phone.page.get_by_text("Henter dine praksisser")).to_have_count(0)
