"""Answers at 3, 6 and 12 months, the calls that are due, heard or not, and the hours of the advisers."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta

from sqlalchemy import func, select

from app.ledger.author import Author
from app.ledger.contacts import call
from app.ledger.vault import VAULT
from app.rules.consent import is_open
from app.rules.outcomes import due
from tests.demo.filled import NOW, TODAY, volumes
from tests.demo.test_citizens import events_of

AWAY = ("2026-02-05", "2026-02-20")


def test_answers_have_their_shares_at_each_point(demo):
    index = {row.citizen_id: row.event_date for row in demo.rows("talk") if row.type == "FIRST"}
    events, given = events_of(demo), {(row.citizen_id, row.point): row for row in demo.rows("outcome")}
    assert len(given) == len(demo.rows("outcome"))
    for point, answered, reached in (("M3", 0.74, 0.12), ("M6", 0.66, 0.21), ("M12", 0.52, 0.29)):
        points = [id_ for id_, day in index.items() if due(day, point).last < TODAY
                  and all(is_open(events[id_], scope, due(day, point).due_on) for scope in ("FOLLOW_UP", "EVALUATION"))]
        told = [given[id_, point].outcome for id_ in points if (id_, point) in given]
        told = [outcome for outcome in told if outcome not in ("UNREACHABLE", "NO_ANSWER")]
        assert abs(len(told) / len(points) - answered) < 0.04, point
        assert abs(sum(outcome in ("JOB", "JOB_PART", "FLEXJOB", "EDUCATION") for outcome in told) / len(told) - reached) < 0.04, point
    for (id_, point), row in given.items():
        assert due(index[id_], point).first <= row.answered_on <= due(index[id_], point).last


def test_calls_are_due_and_their_numbers_belong_to_nobody(demo):
    people = {row.id: Author(row.id, demo.project_id, row.role) for row in demo.rows("user")}
    citizens = demo.by_id("citizen")
    with demo.db.read() as tx:
        kept = list(tx.execute(select(VAULT.c.citizen_id)).scalars())
    assert len(kept) >= 10 and {citizens[id_].adviser_id for id_ in kept} == {demo.people()["SHL"], demo.people()["EBY"]}
    found = call(demo.db, people[citizens[kept[0]].adviser_id], kept[0], NOW)
    assert found and found.phone.startswith("13") and len(found.phone) == 8 and found.name.isalpha()
    with demo.db.read() as tx:
        assert tx.execute(select(func.count()).select_from(VAULT)).scalar() == len(kept)


def test_most_were_heard(demo):
    answers = Counter(row.answer for row in demo.rows("heard_answer"))
    assert sum(answers.values()) > 200 and abs((answers["4"] + answers["5"]) / sum(answers.values()) - 0.84) < 0.01


def test_the_hours_of_each_month_are_those_of_the_volumes(demo):
    people, sums = demo.people(), Counter()
    until = {"2026-11": "2026-11-20"}
    for row in demo.rows("time_entry"):
        month = f"{row.worked_on:%Y-%m}"
        if row.activity not in ("AWAY", "NOT_PROJECT") and row.worked_on.isoformat() <= until.get(month, "9"):
            sums[row.author_id, month] += row.minutes
    for row in volumes():
        for initials, column in (("SHL", "timer_bevilling"), ("EBY", "timer_egen")):
            assert sums[people[initials], row["maaned"]] == round(float(row[column]) * 60), (row["maaned"], initials)


def test_no_day_is_too_long_and_emre_was_away_in_february(demo):
    days, people = defaultdict(int), demo.people()
    for row in demo.rows("time_entry"):
        assert row.worked_on <= TODAY and row.minutes > 0 and row.worked_on.weekday() < 5
        days[row.author_id, row.worked_on.isoformat()] += row.minutes * (row.activity != "AWAY")
    assert max(days.values()) <= 600
    away = [row for row in demo.rows("time_entry") if row.author_id == people["EBY"] and AWAY[0] <= row.worked_on.isoformat() <= AWAY[1]]
    assert {row.activity for row in away} == {"AWAY"} and len(away) == 12


def test_sheets_are_approved_for_closed_months(demo):
    sheets = {(row.author_id, row.month): row.status for row in demo.rows("time_sheet")}
    signe, emre = demo.people()["SHL"], demo.people()["EBY"]
    assert len(sheets) == 2 * 23 and {status for (_, month), status in sheets.items() if month < "2026-10"} == {"APPROVED"}
    assert [sheets[who, month] for month in ("2026-10", "2026-11") for who in (signe, emre)] == ["APPROVED", "SUBMITTED", "OPEN", "OPEN"]


def test_plans_and_contacts_are_alive(demo):
    plans = demo.rows("planned_visit")
    assert {row.status for row in plans} == {"PLANNED", "LOGGED", "MOVED", "CANCELLED", "ARRIVED"}
    coming = [row for row in plans if row.status == "PLANNED" and TODAY <= row.planned_on <= TODAY + timedelta(days=14)]
    assert len(coming) >= 6 and {row.adviser_id for row in coming} == {demo.people()["SHL"], demo.people()["EBY"]}
    assert all((row.visit_id is not None) == (row.status == "LOGGED") for row in plans)
    assert len(demo.rows("contact_log")) > 60
