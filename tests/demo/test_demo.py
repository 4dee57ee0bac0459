"""The demo project keeps what volumes.csv and the stories promise, and is the same every time."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from statistics import median

import pytest
from sqlalchemy import select

from app.accounts.sign_in import check
from app.clock import local_date
from app.demo.diary import CATALOGUE, Diary
from app.demo.fill import tell
from app.demo.people import sign_ins
from app.export import verify_months
from app.export.acts import FILES
from app.figures import ALL, states
from app.figures.tables import CLOSES
from app.ledger.tables import OPS
from app.ledger.verify import verify
from app.records import KINDS
from app.rules.calendar import last_of
from app.rules.text_guard import detect
from tests.demo.filled import NOW, PEOPLE, TODAY, TOLD_UNTIL, Demo, volumes
from tests.export.attacker import worked_out
from tests.figures.independent import counted
from tests.figures.independent_citizens import counted_people
from tests.figures.independent_months import month_counted
from tests.journeys.demo_day import filled


def test_every_month_has_the_visits_and_pieces_of_the_volumes(demo):
    done, in_vain, pieces = Counter(), Counter(), Counter()
    for row in demo.rows("visit"):
        if row.event_date <= TOLD_UNTIL:
            (done if row.outcome in ("COMPLETED", "DESK_ONLY") else in_vain)[f"{row.event_date:%Y-%m}"] += 1
    for row in demo.rows("stock_move"):
        if row.move == "HANDED_OUT" and row.event_date <= TOLD_UNTIL:
            pieces[f"{row.event_date:%Y-%m}"] += row.quantity
    assert done == {row["maaned"]: int(row["besoeg_gennemfoert"]) for row in volumes()}
    assert in_vain == {row["maaned"]: int(row["besoeg_forgaeves"]) for row in volumes()}
    assert pieces == {row["maaned"]: int(row["materialer_uddelt"]) for row in volumes()}
    assert (sum(done.values()), sum(in_vain.values()), sum(pieces.values())) == (860, 59, 6170)


def test_the_september_story_is_told_to_the_digit(demo):
    late = [row for row in demo.rows("visit") if row.late]
    assert len(late) == 7 and {row.practice_id for row in late} == {demo.practices()["P18"].id}
    assert {row.received_at for row in late} == {datetime(2026, 10, 13, 6, 2, tzinfo=UTC)}
    assert {row.booked_in for row in late} == {"2026-10"}
    table = demo.table("2026-09")
    p1, p2 = table["P1", ALL], table["P2", ALL]
    assert (p2.closed.n, p2.change, p2.now.n) == (42, "+7", 49)
    assert (p1.closed.basis, p1.now.basis) == ("17/18", "18/18")
    assert table["P2", "KGS_ENGHAVE"].change == "+7" and table["M1", ALL].change == ""


def test_each_month_counted_again_by_plain_python(demo):
    practices, visits = demo.rows("practice"), demo.rows("visit")
    with demo.db.read() as tx:
        summed = counted(tx, demo.project_id)
    for month in ("2025-02", "2025-06", "2025-07", "2025-12", "2026-02", "2026-03", "2026-04", "2026-06", "2026-09", "2026-10"):
        found, last = demo.table(month), last_of(month)
        done = [row for row in visits if f"{row.event_date:%Y-%m}" == month and row.outcome in ("COMPLETED", "DESK_ONLY")]
        active = {row.id for row in practices for one in row.agreements
                  if one["status"] == "AGREED" and one["from"] <= last.isoformat() and one.get("to", "9999") >= f"{month}-01"}
        covered = active & {row.practice_id for row in done}
        assert found["P1", ALL].now.basis == f"{len(covered)}/{len(active)}", month
        assert found["P6", ALL].now.n == pytest.approx(median(row.minutes for row in done)), month
        assert found["P7", ALL].now.basis == f"{len(done)}/{len(active)}", month
        with demo.db.read() as tx:
            other = month_counted(tx, demo.project_id, month)
            people = counted_people(tx, demo.project_id, month)
        assert {one: (found[one, ALL].now.n, found[one, ALL].now.of) for one in people} == people, month
        for one in ("S2", "S7", "K8", *(["S10"] if month[5:] in ("06", "12") else [])):
            assert (found[one, ALL].now.n, found[one, ALL].now.of) == other[one], (month, one)
        for indicator in ("P2", "P3", "P5", "M1", "S1"):
            for district in ("VESTERBRO", "VALBY", "KGS_ENGHAVE"):
                assert found[indicator, district].now.n == summed[month, indicator, district], (month, indicator, district)


def test_nothing_small_can_be_worked_out_from_all_the_files_of_the_demo(demo):
    with demo.db.read() as tx:
        files = tx.execute(select(FILES.c.content).join(CLOSES, FILES.c.month == CLOSES.c.month).order_by(CLOSES.c.number)).scalars().all()
    assert len(files) == 21 and worked_out(files) == []


def test_months_before_the_last_two_are_closed_on_their_day(demo):
    with demo.db.read() as tx:
        found = {one.month: one for one in states(tx, demo.project_id, TODAY)}
    assert [month for month, one in found.items() if not one.is_closed] == ["2026-11", "2026-10"]
    assert all(local_date(one.closed_at) == one.due_on for one in found.values() if one.is_closed)
    assert found["2026-09"].closed_at == datetime(2026, 10, 7, 12, 10, tzinfo=UTC) and found["2026-06"].state == "FINAL"
    with demo.db.read() as tx:
        assert verify_months(tx) == [] and verify(tx, demo.project_id) == []


def test_agreements_have_the_history_of_the_stories(demo):
    practices = demo.practices()
    assert len(practices) == 20 and sum(row.agreement_status == "AGREED" for row in practices.values()) == 18
    history = {number: [(one["status"], one["from"], one.get("to")) for one in row.agreements] for number, row in practices.items()}
    assert history["P12"][-1] == ("DECLINED", "2025-04-02", None)
    assert history["P03"][1:] == [("AGREED", "2025-02-03", "2026-03-31"), ("ENDED", "2026-04-01", None)]
    assert history["P20"][-1] == ("AGREED", "2026-04-13", None) and history["P15"][-1] == ("AGREED", "2025-04-07", None)
    assert history["P08"][1:] == [("AGREED", "2025-02-17", "2026-03-01"), ("PAUSED", "2026-03-02", "2026-04-30"),
                                  ("AGREED", "2026-05-01", None)]
    told = {row["praksis_id"]: row["aftale_fra"] for row in csv.DictReader(
        (CATALOGUE / "demo" / "practices.csv").open(encoding="utf-8-sig"), delimiter=";") if row["aftale_fra"]}
    assert all(("AGREED", first) in [one[:2] for one in history[number]] for number, first in told.items())


def test_nothing_has_happened_after_now_and_the_period_holds_half_a_year_each_way(demo):
    for kind in KINDS:
        rows = [row for row in demo.rows(kind) if kind != "course_session" or row.status != "PLANNED"]  # sessions to come are planned
        assert all(row.received_at <= NOW and (row.event_date or TODAY) <= TODAY for row in rows), kind
    project = demo.rows("project")[0]
    assert project.period_from <= TODAY - timedelta(days=180) and project.period_to >= TODAY + timedelta(days=180)
    assert max(row.event_date for row in demo.rows("visit")) >= TODAY - timedelta(days=2)


def test_visits_are_where_and_when_they_could_be(demo):
    practices = {row.id: row for row in demo.rows("practice")}
    seen = Counter()
    for row in demo.rows("visit"):
        practice = practices[row.practice_id]
        day = row.event_date.isoformat()
        assert row.event_date.weekday() < 5 and row.minutes <= 70
        assert not any(one["from"] <= day <= one["to"] for one in practice.closures), (practice.number, day)
        seen[row.practice_id, day] += 1
    assert sorted(seen.values())[-2:] == [1, 2]  # the pair that may be one visit
    away = [row for row in demo.rows("visit") if row.author_id == emre(demo) and "2026-02-05" <= row.event_date.isoformat() <= "2026-02-27"]
    assert away == []


def emre(demo):
    return next(row.id for row in demo.rows("user") if row.initials == "EBY")


def test_each_adviser_has_three_to_five_practices_due_around_now(demo):
    last = {}
    for row in demo.rows("visit"):
        if row.outcome in ("COMPLETED", "DESK_ONLY") and row.event_date >= last.get(row.practice_id, row).event_date:
            last[row.practice_id] = row
    due = Counter()
    for practice in demo.rows("practice"):
        if practice.agreement_status == "AGREED" and abs((last[practice.id].next_visit_on - TODAY).days) <= 1:
            due[practice.responsible_adviser_id] += 1
    assert sorted(due.values()) == [4, 4]


def test_the_stock_adds_up_in_every_place_at_every_moment(demo):
    batches = {row.id: row for row in demo.rows("material_batch")}
    assert {row.name for row in batches.values()} >= {"2025-A", "2026-A", "2026-E"}
    withdrawn = next(row for row in batches.values() if row.retired_on)
    assert (withdrawn.name, withdrawn.language, withdrawn.retired_on) == ("2025-A", "da", date(2026, 1, 31))
    places, losses = Counter(), 0
    for row in sorted(demo.rows("stock_move"), key=lambda one: (one.occurred_at, one.received_at, one.id)):
        bag = row.author_id if "BAG" in (row.from_place, row.to_place) else ""
        source, target = ((row.batch_id, place, bag if place == "BAG" else "") for place in (row.from_place, row.to_place))
        if row.move == "COUNT":
            losses += places[target] - row.quantity
            places[target] = row.quantity
        else:
            places[source] -= row.quantity
            places[target] += row.quantity
        assert row.from_place == "SUPPLIER" or places[source] >= 0, (batches[row.batch_id].name, row.occurred_at)
        assert not (row.move == "HANDED_OUT" and row.batch_id == withdrawn.id and row.event_date >= withdrawn.retired_on)
    assert {row.move for row in demo.rows("stock_move")} == {"RECEIVED", "TO_BAG", "HANDED_OUT", "COUNT", "SCRAPPED"} and losses >= 0


def test_a_course_with_few_seats_is_to_come(demo):
    runs = [row for row in demo.rows("course_run") if row.starts_on > TODAY]
    assert {row.course_id for row in runs} == {row.id for row in demo.rows("course")} and {row.status for row in runs} == {"PLANNED"}
    assert len(demo.rows("course")) == 6 and "CANCELLED" in {row.status for row in demo.rows("course_run")}
    taken = Counter(row.course_run_id for row in demo.rows("enrolment") if row.status in ("ENROLLED", "STARTED", "OFFERED"))
    assert any(row.seats <= 12 and row.seats - taken[row.id] >= 2 and taken[row.id] for row in runs)


def test_everybody_can_sign_in_with_what_is_printed(demo):
    roles = [role for role, _, _ in sign_ins()]
    assert roles == ["Rådgiver", "Rådgiver", "Koordinator", "Styregruppe", "Evaluator", "Systemadministrator", "Databeskyttelse"]
    for _, email, passphrase in sign_ins():
        assert len(passphrase) >= 16 and check(demo.db, email, passphrase, "127.0.0.1").email == email


def test_notes_pass_the_guard_and_speak_danish(demo):
    told = [value for kind in ("visit", "practice", "course_run") for row in demo.rows(kind) for value in row if isinstance(value, str)]
    notes = {row.note for row in demo.rows("visit")} - {None}
    assert len(notes) >= 5 and not any(detect(text).level == "HIGH" for text in notes)
    assert not any("PAUSED" in text or "AGREED" in text for text in told if " " in text)


def test_the_same_seed_and_day_give_the_same_records():
    one, other = Diary(NOW), Diary(NOW)
    tell(one, PEOPLE), tell(other, PEOPLE)
    assert one.calls == other.calls
    assert [entry.change for entry in one.entries] == [entry.change for entry in other.entries]
    assert json.dumps([entry.change.set for entry in one.entries]) == json.dumps([entry.change.set for entry in other.entries])
    ids = [entry.change.id for entry in one.entries if entry.change.action == "create"]
    assert len(ids) == len(set(ids)) and {id_[14] for id_ in ids} == {"7"}


def test_what_lies_behind_does_not_depend_on_today():
    later, now = Diary(NOW + timedelta(days=200)), Diary(NOW)
    visits = {visit.id: visit for visit in tell(later, PEOPLE)}
    assert all(visit.id in visits and visits[visit.id].start == visit.start for visit in tell(now, PEOPLE))
    for kind in ("citizen", "consent_event", "enrolment", "attendance_mark", "outcome", "time_entry", "heard_answer"):
        told = {entry.change.id: entry.change for entry in later.entries if entry.change.kind == kind and entry.change.action == "create"}
        assert all(told[entry.change.id] == entry.change for entry in now.entries if entry.change.kind == kind and entry.change.action == "create")


@pytest.mark.parametrize("now", ["2024-06-01T09:00", "2025-01-02T05:00", "2025-02-10T09:00", "2025-07-06T22:00"])
def test_any_day_can_be_today(tmp_path, now):
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    demo = Demo(filled(tmp_path, moment))
    with demo.db.read() as tx:
        found = states(tx, demo.project_id, moment.date())
        assert verify_months(tx) == []
    assert [one.is_closed for one in found] == [False, False] + [True] * (len(found) - 2)
    assert len(demo.rows("practice")) == 20 and any(row.seats <= 12 for row in demo.rows("course_run"))
    with demo.db.read() as tx:
        assert set(tx.execute(select(OPS.c.status)).scalars()) == {"accepted"}  # nothing is open on a day of the past
