"""The real app behind a network that does everything wrong: what is saved waits on the phone until an exact answer comes, and is sent once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import Phone as Browser
from tests.browser import until
from tests.campaigns.audit import book
from tests.campaigns.phone import Phone as Client
from tests.campaigns.served import Served
from tests.faults.proxy import Fault, Proxy
from tests.faults.request import pushes, talks
from tests.faults.weather import (
    answer_lost,
    coded,
    ghost,
    half,
    late,
    mixed_up,
    page,
    portal,
    request_lost,
    stranger,
    twice,
    welcome,
)
from tests.world import named

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
UNSTORED = [page(408), page(413), coded(413, "TOO_LARGE"), page(429, Retry_After=1), coded(429, "SLOW_DOWN", Retry_After=1), page(500),
            coded(500, "SERVER_ERROR"), page(502), page(503, Retry_After=1), coded(503, "BUSY", Retry_After=1), page(504), page(401),
            coded(401, "SIGN_IN"), portal, welcome, stranger, request_lost]
STORED = [half(with_length=True), half(with_length=False), answer_lost, mixed_up]
UNTRUE = ("Alt gemt", "Alt er sendt")
NewPhone = Callable[[], Browser]


def signed_in(new_phone: NewPhone, who: str = "signe") -> Browser:
    """A phone with the practices on it."""
    phone = new_phone()
    phone.sign_in(who)
    until(lambda: phone.notebook().get("lots") or len(phone.notebook().get("records", [])) > 5, "the first view is on the phone")
    return phone


def log_visit(phone: Browser, practice: str = "halmtorvet", role: str = "Læge") -> str:
    """Three taps and "Gemt på telefonen"; the visit's id, off the disk."""
    before = {row["id"] for row in phone.outbox()}
    phone.show(f"besoeg/ny/{named(practice)}")
    phone.page.get_by_role("group", name="Hvem mødte du?").get_by_label(role, exact=True).check(force=True)
    phone.button("Gem").click()
    phone.page.get_by_text("Gemt på telefonen", exact=True).wait_for()
    return str(({row["id"] for row in phone.outbox()} - before).pop())


def let_go_of(phone: Browser) -> None:
    """Waits until nothing is held back for "Fortryd" any more: from now on a tap sends it."""
    until(lambda: not any(row.get("hold_until", 0) > phone.page.evaluate("Date.now()") for row in phone.outbox()), "the time to undo is over")


def send_now(phone: Browser) -> None:
    """A tap on "Send nu", and the phone's word for how it went."""
    phone.button("Send nu").click()
    phone.page.get_by_text("Sender …", exact=True).wait_for(state="hidden")


def sent_once(served: Served, ids: list[str]) -> None:
    """A second client finds every record, the book finds each op once."""
    client = Client(served.address, "emre@demo.example", seed=1)
    assert client.pull()
    assert sorted(id_ for kind, id_ in client.records if kind == "visit") == sorted(ids)
    assert book(served) == []


def meets(phone: Browser, proxy: Proxy, fault: Fault) -> list[str]:
    """Sends into a fault; what is wrong afterwards."""
    before, met = phone.unsent(), len(proxy.met(pushes))
    proxy.once(pushes, fault)
    send_now(phone)
    wrong = [] if fault.__name__ in proxy.met(pushes)[met:] else [f"{fault.__name__}: never met"]
    wrong += [] if phone.unsent() == before else [f"{fault.__name__}: the outbox has changed"]
    return wrong + [f"{fault.__name__}: the screen says «{words}»" for words in UNTRUE if words in phone.text()]


def test_no_fault_moves_anything_out_of_the_outbox(new_phone: NewPhone, proxy: Proxy, served: Served) -> None:
    phone = signed_in(new_phone)
    proxy.always(pushes, request_lost)  # behind each fault lies a dead line: the app tries again by itself, whenever it likes
    ids = [log_visit(phone), log_visit(phone, "valby")]
    let_go_of(phone)
    phone.show("status")
    wrong = [word for fault in UNSTORED for word in meets(phone, proxy, fault)]
    sent_once(served, [])
    assert "modtaget" not in phone.text() or "0 af 2 modtaget" in phone.text()
    wrong += [word for fault in STORED for word in meets(phone, proxy, fault)]
    sent_once(served, ids)
    assert wrong == []
    proxy.clear()
    send_now(phone)
    assert phone.outbox() == []
    phone.page.get_by_text("2 af 2 modtaget").wait_for()
    sent_once(served, ids)


def test_a_stopped_server_and_a_closed_port_cost_nothing(new_phone: NewPhone, proxy: Proxy, served: Served) -> None:
    phone = signed_in(new_phone)
    served.kill()
    ids = [log_visit(phone)]
    let_go_of(phone)
    phone.show("status")
    before = phone.unsent()
    send_now(phone)
    proxy.refuse()
    send_now(phone)
    assert phone.unsent() == before
    assert not any(words in phone.text() for words in UNTRUE)
    proxy.listen()
    served.start()
    send_now(phone)
    until(lambda: not phone.outbox(), "the outbox is empty")
    sent_once(served, ids)


def test_a_request_that_comes_twice_or_late_counts_once(new_phone: NewPhone, proxy: Proxy, served: Served) -> None:
    phone = signed_in(new_phone)
    proxy.once(pushes, ghost, twice)
    ids = []
    for practice in ("halmtorvet", "valby"):
        ids.append(log_visit(phone, practice))
        let_go_of(phone)
        phone.show("status")
        send_now(phone)
        until(lambda: not phone.outbox(), "the outbox is empty")
    proxy.haunt()
    sent_once(served, ids)


def test_a_killed_browser_keeps_what_it_called_saved(new_phone: NewPhone, proxy: Proxy, served: Served) -> None:
    phone = signed_in(new_phone)
    proxy.always(talks, request_lost)
    ids = [log_visit(phone)]
    phone.kill()
    phone.open()
    phone.unlock()
    assert [row["id"] for row in phone.outbox()] == ids
    proxy.clear()
    proxy.once(pushes, late(8))
    let_go_of(phone)
    sign_in_again(phone)
    until(lambda: proxy.met(pushes), "the phone is sending")
    phone.kill()  # in the middle of sending: the server may have it, the phone does not know
    phone.open()
    phone.unlock()
    assert [row["id"] for row in phone.outbox()] == ids
    sign_in_again(phone)
    until(lambda: not phone.outbox(), "the outbox is empty", seconds=40)
    sent_once(served, ids)


def sign_in_again(phone: Browser) -> None:
    """The session may have gone with the browser; what waits has not."""
    phone.show("log-ind")
    phone.sign_in("signe")
