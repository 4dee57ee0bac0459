"""Citizens and talks of the demo: to the digit of volumes.csv, and never past a gate."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from app.ledger.tables import FEED
from app.records import KINDS
from app.records.wire import to_data
from app.rules.consent import is_open, status
from app.rules.record_rules import check_character
from app.rules.text_guard import detect
from tests.demo.filled import NOW, TODAY, TOLD_UNTIL, told

TOLD = f"event_date <= '{TOLD_UNTIL}'"


def events_of(demo):
    """Citizen → consent events in the order the server applied them."""
    with demo.db.read() as tx:
        seq = dict(tuple(row) for row in tx.execute(select(FEED.c.record_id, FEED.c.seq).where(FEED.c.kind == "consent_event")))
    found = defaultdict(list)
    for row in sorted(demo.rows("consent_event"), key=lambda row: seq[row.id]):
        found[row.citizen_id].append({"id": row.id, **to_data(KINDS["consent_event"], row._mapping)})
    return found


def test_talks_and_new_citizens_are_those_of_the_volumes(demo):
    talks = demo.by_month(f"SELECT substr(event_date, 1, 7), count(*) FROM talk WHERE deleted = 0 AND {TOLD} GROUP BY 1")
    unnamed = demo.by_month(f"SELECT substr(event_date, 1, 7), count(*) FROM talk WHERE type = 'ANONYMOUS' AND {TOLD} GROUP BY 1")
    new = demo.by_month(f"SELECT substr(first, 1, 7), count(*) FROM (SELECT min(event_date) AS first FROM talk WHERE type <> 'ANONYMOUS' "
                        f"GROUP BY citizen_id) WHERE first <= '{TOLD_UNTIL}' GROUP BY 1")
    assert talks == told("samtaler") and unnamed == told("heraf_anonyme") and new == told("nye_borgere")
    assert (sum(talks.values()), sum(unnamed.values()), sum(new.values())) == (1504, 163, 562)


def test_each_citizen_has_one_first_talk_and_it_is_the_first(demo):
    firsts, earliest = Counter(), {}
    for row in demo.rows("talk"):
        if row.type == "ANONYMOUS":
            assert (row.citizen_id, row.topics, row.note, row.practice_id, row.visit_id) == (None,) * 5 and row.district
            continue
        firsts[row.citizen_id] += row.type == "FIRST"
        earliest[row.citizen_id] = min(earliest.get(row.citizen_id, row), row, key=lambda talk: talk.occurred_at)
    citizens = demo.by_id("citizen")
    assert firsts.keys() == citizens.keys() and set(firsts.values()) == {1}
    assert {row.type for row in earliest.values()} == {"FIRST"}
    assert all(row.code[-1] == check_character(row.code[2:6]) for row in citizens.values())
    assert len({row.code for row in citizens.values()}) == len(citizens)


def test_every_talk_lies_after_a_visit_of_its_day_and_nobody_is_in_two_places(demo):
    visits, seen = demo.by_id("visit"), defaultdict(list)
    twin = max(visits.values(), key=lambda row: (row.received_at, row.id))
    for row in [*visits.values(), *demo.rows("talk")]:
        if row.id != twin.id:
            seen[row.author_id, row.event_date].append((row.occurred_at, row.occurred_at + timedelta(minutes=row.minutes)))
    for row in demo.rows("talk"):
        if row.type == "ANONYMOUS":
            assert any((visit.author_id, visit.event_date) == (row.author_id, row.event_date) and visit.occurred_at < row.occurred_at
                       for visit in visits.values())
            continue
        visit = visits[row.visit_id]
        assert (row.practice_id, row.event_date, row.author_id) == (visit.practice_id, visit.event_date, visit.author_id)
        assert row.occurred_at > visit.occurred_at and visit.outcome == "COMPLETED" and 20 <= row.minutes <= 60
    days = [sorted(day) for day in seen.values()]
    assert not [one for day in days for one, other in zip(day, day[1:], strict=False) if one[1] > other[0] + timedelta(minutes=6)]


def test_no_talk_step_outcome_or_age_without_its_consent(demo):
    """INV-02, and the other gates of domain.md 2.6, by the rule itself."""
    events = events_of(demo)
    for row in demo.rows("talk"):
        assert row.type == "ANONYMOUS" or is_open(events[row.citizen_id], "TALK_RECORD", row.event_date)
    scopes = {"BRIDGE_JOBCENTER": "JOBCENTER_SHARE", "STUEGANG": "STUEGANG", "UNION": "THIRD_PARTY"}
    for row in demo.rows("next_step"):
        if row.step in scopes:
            assert row.needs_scope == scopes[row.step] and is_open(events[row.citizen_id], scopes[row.step], row.made_at.date())
            assert row.status != "OPEN" or is_open(events[row.citizen_id], scopes[row.step], TODAY)
    for row in demo.rows("outcome"):
        assert all(is_open(events[row.citizen_id], scope, row.answered_on) for scope in ("FOLLOW_UP", "EVALUATION"))
    for row in demo.rows("citizen"):
        assert not row.age_band or is_open(events[row.id], "EVALUATION", row.made_at.date())


def test_consents_are_asked_one_by_one_and_all_kinds_exist(demo):
    events, citizens = events_of(demo), demo.by_id("citizen")
    assert len({(row.citizen_id, row.scope, row.event, row.given_on) for row in demo.rows("consent_event")}) == len(demo.rows("consent_event"))
    now = Counter(status(events[id_], scope, TODAY) for id_ in citizens for scope in ("TALK_RECORD", "FOLLOW_UP", "STUEGANG", "JOBCENTER_SHARE"))
    assert all(now[one] for one in ("VALID", "EXPIRING", "EXPIRED", "WITHDRAWN", "REFUSED", "NOT_ASKED")), now
    given = Counter(scope for id_ in citizens for scope in {one["scope"] for one in events[id_] if one["event"] == "GIVEN"})
    for scope, share in {"JOBCENTER_SHARE": 0.46, "FOLLOW_UP": 0.63, "EVALUATION": 0.55}.items():
        assert abs(given[scope] / len(citizens) - share) < 0.05, scope
    for row in demo.rows("consent_event"):
        days = {"FOLLOW_UP": 425, "EVALUATION": 425}.get(row.scope, 365)
        assert (row.valid_until == row.given_on + timedelta(days=days)) if row.event == "GIVEN" else row.valid_until is None
    told_first = {row.citizen_id: row.given_on for row in demo.rows("information_given")}
    assert all(told_first[row.citizen_id] <= row.event_date for row in demo.rows("talk") if row.citizen_id) and told_first.keys() == citizens.keys()


def test_shares_of_the_new_citizens(demo):
    citizens, practices = demo.rows("citizen"), {row.id: row for row in demo.rows("practice")}
    here = Counter(practices[row.first_practice_id].district for row in citizens)
    for district, share in {"VESTERBRO": 0.43, "VALBY": 0.33, "KGS_ENGHAVE": 0.24}.items():
        assert abs(here[district] / len(citizens) - share) < 0.03, here
    assert abs(sum(row.came_via == "DOCTOR" for row in citizens) / len(citizens) - 0.58) < 0.05
    target = sum(row.benefit == "KONTANTHJAELP" and row.sickness_state in ("FULL", "PARTIAL") for row in citizens)
    assert target > len(citizens) * 0.55
    assert {"ACTIVE", "RESTING", "CLOSED"} == {row.status for row in citizens}


def test_the_september_story_has_its_nine_talks(demo):
    late = [row for row in demo.rows("talk") if row.late]
    assert len(late) == 9 and {row.practice_id for row in late} - {None} == {demo.practices()["P18"].id}
    assert {row.district for row in late} == {demo.practices()["P18"].district}
    assert {(row.received_at, row.booked_in) for row in late} == {(datetime(2026, 10, 13, 6, 2, tzinfo=UTC), "2026-10")}


def test_notes_are_young_short_and_harmless(demo):
    noted = [row for row in demo.rows("talk") if row.note]
    assert len(noted) > 10 and min(row.event_date for row in noted) > TODAY - timedelta(days=90)
    assert not any(detect(row.note).level == "HIGH" for row in noted)
    assert all(1 <= len(row.topics) <= 3 for row in demo.rows("talk") if row.citizen_id)


def test_both_advisers_have_steps_overdue_due_today_and_this_week(demo):
    for adviser in ("SHL", "EBY"):
        due = Counter((row.due_on > TODAY) - (row.due_on < TODAY) for row in demo.rows("next_step")
                      if row.status == "OPEN" and row.author_id == demo.people()[adviser] and row.due_on <= TODAY + timedelta(days=4))
        assert due[-1] >= 2 and due[0] >= 2 and due[1] >= 2, (adviser, due)
    done = Counter(row.status for row in demo.rows("next_step"))
    assert min(done["DONE"], done["DROPPED"], done["OPEN"]) > 20
    for row in demo.rows("next_step"):
        assert (row.done_on is not None) == (row.status == "DONE") and (not row.done_on or row.done_on <= NOW.date())


def test_somebody_takes_the_yes_to_stuegang_back(demo):
    taken = [row for row in demo.rows("consent_event") if row.scope == "STUEGANG" and row.event == "WITHDRAWN"]
    assert any(row.given_on.isoformat() == "2026-10-06" for row in taken)
