"""Ten thousand wrong sign-ins over four workers: few of them are tried at all, and their time tells nobody who exists."""

from __future__ import annotations

import json
import statistics
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.accounts.brake import MOST_PER_ACCOUNT, MOST_PER_ACCOUNT_AND_ADDRESS, MOST_PER_ADDRESS
from tests.campaigns.served import Served
from tests.world import PASSPHRASE

PEOPLE = ["signe", "ingen", "emre", "nogen", "birthe", "hvem", "sanne", "andre"]  # known and unknown by turns
PLACES = [f"203.0.113.{n}" for n in range(1, 31)]
ASKED_FOR_TIME, WARM_UP = 200, 10


@pytest.fixture
def served(own_server):
    """Four workers behind a proxy that says where each request came from."""
    served = Served(own_server.folder, own_server.url, more={"RAADGIVER_PROXIES": "1"}, workers=4)
    yield served
    if served.process and served.process.poll() is None:
        served.kill()


def tried(address: str, who: str, passphrase: str, place: str) -> int:
    headers = {"Content-Type": "application/json", "X-Forwarded-For": place, "X-Forwarded-Proto": "http"}
    body = json.dumps({"email": f"{who}@demo.example", "password": passphrase}).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{address}/api/session", body, headers), timeout=120) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def guess(served: Served, count: int, people: int, places: int) -> tuple[Counter[tuple[str, str]], Counter[int]]:
    """Sends `count` guesses, sixteen in the air: how many were tried for each person and place, and all answers."""
    def one(number: int) -> tuple[str, str, int]:
        who, place = PEOPLE[number % people], PLACES[number // people % places]
        return who, place, tried(served.address, who, f"gæt nummer {number}", place)
    with ThreadPoolExecutor(16) as guessers:
        answers = list(guessers.map(one, range(count)))
    return Counter((who, place) for who, place, status in answers if status == 401), Counter(status for *_, status in answers)


def judge(heard: Counter[tuple[str, str]], statuses: Counter[int]) -> None:
    by_person, by_place = Counter[str](), Counter[str]()
    for (who, place), count in heard.items():
        by_person[who] += count
        by_place[place] += count
    assert set(statuses) <= {401, 429}, statuses
    assert max(heard.values()) <= MOST_PER_ACCOUNT_AND_ADDRESS and max(by_place.values()) <= MOST_PER_ADDRESS
    assert set(by_person.values()) == {MOST_PER_ACCOUNT}, by_person  # the known and the unknown alike


def test_some_guesses_at_two_workers(own_server):
    served = Served(own_server.folder, own_server.url, more={"RAADGIVER_PROXIES": "1", "RAADGIVER_LIMITS": "on"}, workers=2).start()
    try:
        judge(*guess(served, 160, people=2, places=6))
        assert tried(served.address, "signe", PASSPHRASE, "198.51.100.9") == 429  # her account rests, whoever asks
    finally:
        served.kill()


@pytest.mark.campaign
@pytest.mark.timeout(1800)
def test_ten_thousand_guesses_at_four_workers(served):
    served.more["RAADGIVER_LIMITS"] = "on"
    served.start()
    heard, statuses = guess(served, 10_000, len(PEOPLE), len(PLACES))
    judge(heard, statuses)
    print(f"\n10,000 guesses: {statuses}, tried at all {sum(heard.values())}")


@pytest.mark.campaign
@pytest.mark.timeout(1200)
def test_known_and_unknown_differ_by_less_than_five_percent(served):
    """By what one worker works for a try, which a busy machine does not stretch; by the clock too, told and not judged."""
    served.workers = 1
    served.start()
    spent: dict[str, list[tuple[float, float]]] = {"signe": [], "ingen": []}
    for number in range(2 * (ASKED_FOR_TIME + WARM_UP)):
        who = ("signe", "ingen")[number % 2]
        begun, before = time.perf_counter(), worked(served)
        assert tried(served.address, who, "helt forkert sætning", PLACES[0]) == 401
        spent[who].append((worked(served) - before, time.perf_counter() - begun))
    for judged, name in enumerate(("work", "clock")):
        known, unknown = (statistics.median(one[judged] for one in spent[who][WARM_UP:]) * 1000 for who in ("signe", "ingen"))
        print(f"\n{name}: known {known:.2f} ms, unknown {unknown:.2f} ms, {abs(known / unknown - 1):.2%} apart", end="")
        assert judged or abs(known / unknown - 1) < 0.05


def worked(served: Served) -> float:
    """Seconds that all threads of the only worker have run."""
    tasks = Path(f"/proc/{served.worker_ids()[0]}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
