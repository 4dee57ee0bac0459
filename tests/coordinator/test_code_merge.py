"""Two codes are one citizen: Birthe puts them together, all that hangs on either follows, a no stays a no, and a closed month never moves."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app import clock
from app.figures import BY_ID, broken_sums, close, month_table, recount
from app.figures.figure import ALL
from app.ledger import erasure, insight
from app.ledger.change import Change
from app.ledger.pull import pull
from app.ledger.push import push, write
from app.ledger.tables import ACCESS, RECORDS
from app.ledger.verify import verify
from tests.coordinator.test_setup import wrong
from tests.world import NOW, Phone, named

OLD, NEW = "B-RW425", "B-7K3MB"
MERGE = f"/kontor/rettigheder/{named(OLD)}/sammenlaegning"
REASON = "Borgeren viste begge kort frem"
BOTH = pytest.mark.parametrize("place", ["sqlite", "postgres"], indirect=True)


def wrote(world, who, *changes, now=NOW):
    results = write(world.db, who, list(changes), now)
    assert {result.status for result in results} == {"accepted"}, [(result.code, result.message, result.fields) for result in results]


def citizen(code, *talks):
    talk = {"type": "FOLLOW_UP", "place": "CLINIC_ROOM", "minutes": 30, "citizen_id": named(code), "practice_id": named("halmtorvet")}
    yes = {"citizen_id": named(code), "event": "GIVEN", "form": "WRITTEN_PAPER", "given_on": "2026-08-01"}
    return [Change("citizen", named(code), "create", {"code": code, "first_practice_id": named("halmtorvet")}),
            *(Change("consent_event", named(f"{code} {one}"), "create", {**yes, "scope": one}) for one in ("TALK_RECORD", "COURSE_PROVIDER")),
            *(Change("talk", named(f"{code} {day}"), "create", {**talk, "occurred_at": f"{day}T09:00:00.000Z"}) for day in talks)]


@pytest.fixture
def two(world):
    """Signe met the citizen in September; Emre gave the same person a new card in October, with a step and a seat on a course."""
    wrote(world, world.signe, *citizen(OLD, "2026-09-01"))
    wrote(world, world.emre, *citizen(NEW, "2026-10-01"),
          Change("next_step", named("skridt"), "create", {
              "citizen_id": named(NEW), "step": "COURSE", "responsible": "ADVISER", "due_on": "2026-12-01", "status": "OPEN",
              "needs_scope": "COURSE_PROVIDER"}),
          Change("enrolment", named("plads"), "create", {"citizen_id": named(NEW), "course_run_id": named("hold"), "status": "ENROLLED",
                                                         "enrolled_at": "2026-10-01T09:00:00.000Z"}))
    wrote(world, world.birthe, Change("course_session", named("gang"), "create", {
        "course_run_id": named("hold"), "number": 1, "starts_at": "2026-11-01T09:00:00.000Z", "status": "HELD"}))
    wrote(world, world.emre, Change("attendance_mark", named("kryds"), "create", {
        "session_id": named("gang"), "enrolment_id": named("plads"), "mark": "PRESENT"}))
    return world


def merge(birthe, keep=OLD, reason=REASON, code=NEW):
    page = f"{MERGE}?med={code}"
    return birthe.post(MERGE, page, base=birthe.hidden(page)["base"], keep=keep, reason=reason)


def whose(world, kind):
    table = RECORDS[kind]
    with world.db.read() as tx:
        return {row.citizen_id for row in tx.execute(select(table.c.citizen_id))}


def new_citizens(world, month):
    with world.db.read() as tx:
        return next(one.n for one in recount(tx, world.project_id, month, clock.today()) if one.key == ("S2", ALL))


@BOTH
def test_everything_goes_over_and_the_log_and_the_history_say_who_and_why(two, birthe):
    page = birthe.text(f"{MERGE}?med={NEW.lower()}")
    assert "Emre" in page and "Signe" in page and "Tilmelding" in page
    assert merge(birthe).location == f"/kontor/rettigheder?borger={OLD}"
    assert {kind: whose(two, kind) for kind in ("talk", "consent_event", "next_step", "enrolment")} == {
        kind: {named(OLD)} for kind in ("talk", "consent_event", "next_step", "enrolment")}
    with two.db.read() as tx:
        assert verify(tx, two.project_id) == []
        logged = tx.execute(select(ACCESS.c.citizen_id, ACCESS.c.user_id).where(ACCESS.c.act == "MERGE").order_by(ACCESS.c.number)).all()
        marked = tx.execute(select(RECORDS["attendance_mark"].c.enrolment_id)).scalar()
    assert logged == [(named(OLD), named("birthe")), (named(NEW), named("birthe"))] and marked == named("plads")
    found = birthe.text(f"/kontor/rettigheder?borger={NEW}")
    assert f"Lagt sammen med {NEW}. Borgeren hedder {OLD}." in found
    assert "2 samtaler" in birthe.text(f"/kontor/samtaler?borger={NEW}") and "2 samtaler" in birthe.text(f"/kontor/samtaler?borger={OLD}")


def test_the_adviser_who_follows_gets_it_all_and_the_other_still_sees_what_they_wrote(two, birthe):
    merge(birthe)
    hers = {(one["kind"], one["id"]): one for one in pull(two.db, two.signe, None, 1_000, NOW)["changes"]}
    assert {("talk", named(f"{NEW} 2026-10-01")), ("next_step", named("skridt")), ("attendance_mark", named("kryds"))} <= hers.keys()
    his = {(one["kind"], one["id"]): one for one in pull(two.db, two.emre, None, 1_000, NOW)["changes"]}
    assert his["citizen", named(NEW)]["data"]["merged_into_id"] == named(OLD) and ("talk", named(f"{OLD} 2026-09-01")) not in his
    phone, step = Phone(), his["next_step", named("skridt")]["data"]
    done = phone.update("next_step", named("skridt"), {**step, "status": "DONE"}, step)
    assert push(two.db, two.emre, phone.device_id, [done], NOW).results[0].status == "accepted"


@BOTH
def test_what_a_phone_wrote_on_the_code_that_is_gone_lands_on_the_one_that_is_kept(two, birthe):
    phone = Phone()
    late = [phone.create("talk", named("sen"), {"type": "FOLLOW_UP", "place": "CLINIC_ROOM", "minutes": 20, "citizen_id": named(NEW),
                                                "occurred_at": "2026-11-20T09:00:00.000Z", "practice_id": named("halmtorvet")}),
            phone.update("talk", named(f"{NEW} 2026-10-01"), {"minutes": 45, "citizen_id": named(NEW)}, {"minutes": 30, "citizen_id": named(NEW)}),
            phone.update("citizen", named(NEW), {"benefit": "SYGEDAGPENGE"}, {"benefit": None})]
    merge(birthe)
    results = push(two.db, two.emre, phone.device_id, late, NOW).results
    assert [result.status for result in results] == ["accepted"] * 3, [result.message for result in results]
    assert whose(two, "talk") == {named(OLD)}
    again = push(two.db, two.emre, phone.device_id, [phone.create("talk", named("sen"), late[0]["set"])], NOW).results[0]
    assert again.status == "accepted"  # the same talk once more, as after a restore, is the same talk


def test_a_no_to_either_code_is_a_no_and_stops_what_hangs_on_it(two, birthe):
    wrote(two, two.signe, Change("consent_event", named("nej"), "create", {
        "citizen_id": named(OLD), "scope": "COURSE_PROVIDER", "event": "WITHDRAWN", "form": "ORAL_NOTED", "given_on": "2026-09-02"}))
    merge(birthe)
    with two.db.read() as tx:
        assert tx.execute(select(RECORDS["next_step"].c.status)).scalar() == "DROPPED"


def test_the_citizen_counts_once_from_the_first_talk_and_a_closed_month_stays(two, birthe):
    with two.db.write() as tx:
        for month in ("2026-09", "2026-10"):
            close(tx, two.project_id, month, None, "prøve", NOW)
    assert new_citizens(two, "2026-10") == 1
    merge(birthe)
    assert (new_citizens(two, "2026-09"), new_citizens(two, "2026-10")) == (1, 0)
    with two.db.read() as tx:
        row = next(row for row in month_table(tx, two.project_id, "2026-10", clock.now()).rows if row.now.key == ("S2", ALL))
        assert BY_ID["S2"].people and (row.closed.n, row.now.n) == (1, 0) and broken_sums(tx, two.project_id) == []


@pytest.mark.parametrize("code", [OLD, NEW])
def test_an_erasure_by_either_card_takes_both_and_insight_tells_of_both(two, birthe, code):
    merge(birthe)
    with two.db.read() as tx:
        kinds = [kind for kind, _ in insight.keys(tx, two.project_id, named(OLD))]
    assert kinds.count("citizen") == 2 and kinds.count("talk") == 2
    erasure.erase(two.db, two.project_id, code, clock.now())
    with two.db.read() as tx:
        assert tx.execute(select(RECORDS["citizen"].c.id)).all() == [] and tx.execute(select(RECORDS["talk"].c.id)).all() == []


def test_only_the_office_puts_codes_together_and_never_in_a_ring(two, birthe):
    phone = Phone()
    mine = phone.update("citizen", named(NEW), {"merged_into_id": named(OLD)}, {"merged_into_id": None})
    assert push(two.db, two.emre, phone.device_id, [mine], NOW).results[0].code == "NOT_ALLOWED"
    merge(birthe)
    for one, other in ((OLD, NEW), (OLD, OLD), (NEW, OLD)):
        put = Change("citizen", named(one), "update", {"merged_into_id": named(other)}, {"merged_into_id": None})
        result = write(two.db, two.birthe, [put], NOW)[0]
        assert result.code in ("INVALID", "OK") and (result.code == "OK") == ((one, other) == (NEW, OLD))


def test_what_cannot_be_is_answered_at_the_field(two, birthe):
    assert "Ingen borger har den kode" in birthe.text(f"{MERGE}?med=B-K7M3B") and "samme kode" in birthe.text(f"{MERGE}?med={OLD}")
    assert "Vælg, hvilken kode" in wrong(merge(birthe, keep="B-K7M3B"), "keep") and "Skriv grunden" in wrong(merge(birthe, reason="ja"), "reason")
    assert whose(two, "talk") == {named(OLD), named(NEW)}
    merge(birthe)
    assert "allerede lagt sammen" in birthe.text(f"{MERGE}?med={NEW}")
