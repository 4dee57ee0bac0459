"""The talks in the office: found by the address, told by code, their notes never shown."""

from __future__ import annotations

import re

from app.ledger.change import Change
from app.ledger.push import write
from tests.world import NOW, named

TALKS = "/kontor/samtaler"
NOTE = "Vil tale med chefen først"


def talked(world, **changed):
    given = {"citizen_id": named("borger"), "scope": "TALK_RECORD", "event": "GIVEN", "form": "WRITTEN_PAPER", "given_on": "2026-11-01"}
    talk = {"type": "FIRST", "place": "CLINIC_ROOM", "occurred_at": "2026-11-24T09:00:00Z", "minutes": 30, "citizen_id": named("borger"),
            "practice_id": named("halmtorvet"), "district": "VESTERBRO", "topics": ["WORK"], "note": NOTE}
    anonymous = {"type": "ANONYMOUS", "place": "PHONE", "occurred_at": "2026-10-06T09:00:00Z", "minutes": 10, "district": "VALBY"}
    results = write(world.db, world.signe, [
        Change("citizen", named("borger"), "create", {"code": "B-RW425", "first_practice_id": named("halmtorvet"), "adviser_id": named("signe")}),
        Change("consent_event", named("ja"), "create", given), Change("talk", named("samtale"), "create", talk),
        Change("talk", named("anonym"), "create", anonymous)], NOW)
    assert {result.status for result in results} == {"accepted"}, [result.message for result in results]


def found(office, query=""):
    """How many the page says there are, and the citizens it names."""
    page = office.text(TALKS + query)
    count = re.search(r"(\d+) samtale", page)
    return int(count[1]) if count else 0, sorted(set(re.findall(r">(B-[A-Z0-9]{5}|Anonym)<", page)))


def test_talks_are_told_by_code_and_their_notes_stay_hidden(world, birthe):
    assert "Her er ingen samtaler endnu" in birthe.text(TALKS)
    talked(world)
    assert found(birthe)[0] == 2
    page = birthe.text(TALKS)
    assert "B-RW425" in page and "Anonym" in page and "Lægerne Halmgården" in page and NOTE not in page and "Skjult" in page


def test_filters_live_in_the_address(world, birthe):
    talked(world)
    assert found(birthe, "?fra=01-11-2026") == found(birthe, "?type=FIRST") == found(birthe, "?bydel=VESTERBRO") == found(birthe, "?borger=b-rw425")
    assert found(birthe, "?fra=01-11-2026")[0] == found(birthe, "?til=31-10-2026")[0] == 1
    assert found(birthe, f"?raadgiver={named('emre')}")[0] == 0 and "Ingen samtaler passer" in birthe.text(f"{TALKS}?raadgiver={named('emre')}")
    assert "Skriv datoen som dd-mm-åååå" in birthe.text(f"{TALKS}?fra=i+går")
