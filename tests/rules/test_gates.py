"""Every gate answers as the shared vectors say; the phone is held to the same ones (domain.md 2.6)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.records.codes import code_list
from app.rules.consent import is_open, runs_out, status
from app.rules.gates import ACTS, may, needed

VECTORS = json.loads((Path(__file__).resolve().parents[2] / "app/catalogue/gate_vectors.json").read_text("utf-8"))
DAY = date.fromisoformat(VECTORS["day"])
SCOPES = code_list("consent_scope").codes
TIMELINES = {line["why"]: line for line in VECTORS["timelines"]}
RECORDS = {record["why"]: record for record in VECTORS["records"]}


def day(offset: int | None) -> date | None:
    return None if offset is None else DAY + timedelta(days=offset)


def events(line: dict, scope: str) -> list[dict]:
    """The timeline's events for one purpose; `other` ones belong to another."""
    other = SCOPES[(SCOPES.index(scope) + 1) % len(SCOPES)]
    return [{"id": e["id"], "event": e["event"], "scope": other if e.get("other") else scope, "given_on": str(day(e["on"])),
             "valid_until": str(day(e["until"])) if "until" in e else None, "follows_id": e.get("follows")} for e in line["events"]]


def expected(line: dict, scope: str) -> str:
    return line["status"] if isinstance(line["status"], str) else line["status"].get(scope, line["status"]["*"])


def is_good(line: dict, scope: str) -> bool:
    return expected(line, scope) in ("VALID", "EXPIRING")


@pytest.mark.parametrize("why", TIMELINES)
@pytest.mark.parametrize("scope", SCOPES)
def test_a_purpose_stands_as_the_vectors_say(scope, why):
    line = TIMELINES[why]
    assert status(events(line, scope), scope, DAY, day(line.get("today", 0))) == expected(line, scope)
    assert is_open(events(line, scope), scope, DAY, day(line.get("today", 0))) == is_good(line, scope)


@pytest.mark.parametrize("why", RECORDS)
def test_a_record_asks_for_what_the_vectors_say(why):
    record = RECORDS[why]
    data = dict(record["data"]) | ({"answered_on": str(day(record["answered_on"]))} if "answered_on" in record else {})
    asked = needed(record["kind"], data, day(record["today"]), day(record.get("event_day")), record.get("before"))
    assert asked == [(scope, day(offset)) for scope, offset in record["needs"]]


@pytest.mark.parametrize("why", TIMELINES)
@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_barred_when_one_of_its_purposes_is(act, why):
    line = TIMELINES[why]
    said = [event for scope in ACTS[act] for event in events(line, scope)]
    assert may(act, said, DAY, day(line.get("today", 0))) == all(is_good(line, scope) for scope in ACTS[act])


def test_both_purposes_of_an_act_are_needed():
    said = events(TIMELINES["yes, ten days before"], "FOLLOW_UP")
    assert not may("COUNT_OUTCOME", said, DAY)
    assert may("COUNT_OUTCOME", said + events(TIMELINES["yes, ten days before"], "EVALUATION"), DAY)


def test_the_acts_are_those_of_the_vectors_and_leave_out_no_purpose():
    assert {act: list(scopes) for act, scopes in ACTS.items()} == VECTORS["acts"]
    assert {scope for scopes in ACTS.values() for scope in scopes} == set(SCOPES)


def test_the_vectors_know_every_status_but_only_real_ones():
    found = {s for line in VECTORS["timelines"] for s in ([line["status"]] if isinstance(line["status"], str) else line["status"].values())}
    assert found == set(code_list("consent_status").codes)


def test_a_doctors_yes_never_lasts_longer_than_a_year():
    event = {"id": "a", "scope": "GP_EXCHANGE", "event": "GIVEN", "given_on": "2026-01-01", "valid_until": "2030-01-01"}
    assert runs_out(event) == date(2027, 1, 1)
    assert runs_out(event | {"scope": "STUEGANG"}) == date(2030, 1, 1)
