"""Faults of every kind in any order, a browser and a server that die between them: in the end all that was saved is there, once."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from threading import Lock

import pytest

from tests.browser import Phone as Browser
from tests.browser import until
from tests.campaigns.served import Served
from tests.faults.proxy import Exchange, Proxy, well
from tests.faults.request import talks
from tests.faults.test_phone_behind_faults import STORED, UNSTORED, UNTRUE, let_go_of, log_visit, send_now, sent_once, sign_in_again, signed_in
from tests.faults.weather import ghost, late, twice

pytestmark = [pytest.mark.browser, pytest.mark.campaign, pytest.mark.timeout(1800)]
PRACTICES = ("halmtorvet", "valby", "sydhavnen")
ROUNDS = 15


def any_weather(chance: Random) -> Callable[[Exchange], None]:
    """Half of all requests go well; the rest meets any fault there is."""
    lock = Lock()

    def anything(exchange: Exchange) -> None:
        with lock:
            fault = chance.choice([*UNSTORED, *STORED, twice, ghost, late(2)] + [well] * 24)
        fault(exchange)
    return anything


@pytest.mark.parametrize("seed", range(3))
def test_a_week_of_any_weather_loses_and_doubles_nothing(new_phone: Callable[[], Browser], proxy: Proxy, served: Served, seed: int) -> None:
    chance = Random(seed)
    phone = signed_in(new_phone)
    proxy.always(talks, any_weather(chance))
    ids = [_one_round(phone, served, chance) for _ in range(ROUNDS)]
    proxy.clear()
    proxy.haunt()
    _all_is_sent(phone)
    print(f"\nseed {seed}: {len(ids)} visits, {len(proxy.seen)} requests, {len(proxy.ghosts)} ghosts")
    sent_once(served, ids)


def _one_round(phone: Browser, served: Served, chance: Random) -> str:
    id_ = log_visit(phone, chance.choice(PRACTICES))
    what = chance.random()
    if what < 0.2:
        phone.kill()
        phone.open()
        phone.unlock()
    elif what < 0.35:
        served.kill()
        served.start()
    else:
        let_go_of(phone)
        phone.show("status")
        send_now(phone)
        waiting = phone.outbox()
        assert not waiting or not any(words in phone.text() for words in UNTRUE)
    kept = phone.notebook()
    assert id_ in {row["id"] for store in ("outbox", "journal", "tray") for row in kept[store]}, "what was called saved lies on the phone"
    return id_


def _all_is_sent(phone: Browser) -> None:
    """When the faults stop, a sign-in and three rounds are enough (I14)."""
    let_go_of(phone)
    sign_in_again(phone)
    phone.heading("Status").wait_for()
    for _ in range(3):
        send_now(phone)
    until(lambda: not phone.outbox(), "the outbox is empty", seconds=5)
    assert phone.notebook()["tray"] == []
