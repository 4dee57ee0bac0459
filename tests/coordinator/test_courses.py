"""The office keeps the courses going: offers the first in line a seat, types in the teacher's list; and never gives out one too many."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app import clock
from app.ledger.change import Change
from app.ledger.tables import OPS, RECORDS
from app.records.codes import label
from app.rules.enrolment import NEXT
from tests.coordinator.test_monday import day, wrote
from tests.server import ROOT
from tests.world import named

RUN = f"/kontor/kurser/{named('hold')}"
CODES = {"anna": "B-RW425", "bent": "B-7K3MB", "clara": "B-K7M3B"}


def place(who):
    return f"{RUN}/plads/{named(f'plads {who}')}"


@pytest.fixture
def full(world):
    """A run of two seats: Anna has one, Bent and Clara wait in that order; its first session was yesterday."""
    for days, (who, code) in enumerate(CODES.items()):
        wrote(world, world.signe, Change("citizen", named(who), "create", {"code": code, "first_practice_id": named("halmtorvet")}),
              Change("consent_event", named(f"ja {who}"), "create", {"citizen_id": named(who), "scope": "COURSE_PROVIDER", "event": "GIVEN",
                                                                     "form": "WRITTEN_PAPER", "given_on": day(-30)}),
              Change("enrolment", named(f"plads {who}"), "create", {
                  "citizen_id": named(who), "course_run_id": named("hold"), "status": "WAITLISTED" if days else "ENROLLED",
                  "enrolled_at": f"{day(days - 20)}T09:00:00.000Z"}))
    wrote(world, world.birthe, Change("course_session", named("gang"), "create", {
        "course_run_id": named("hold"), "number": 1, "starts_at": f"{day(-1)}T09:00:00.000Z", "status": "PLANNED"}))
    return world


def status(world, who):
    with world.db.read() as tx:
        return tx.execute(RECORDS["enrolment"].select().where(RECORDS["enrolment"].c.id == named(f"plads {who}"))).one().status


def move(office, who, wanted, **more):
    return office.post(place(who), place(who), base=office.hidden(place(who))["base"], status=wanted, **more)


def test_the_first_in_line_is_offered_the_seat_and_says_yes(full, birthe):
    assert "nr. 1 på ventelisten" in birthe.text(place("bent")) and "1 ledig plads" in birthe.text(place("bent"))
    assert move(birthe, "bent", "OFFERED").location == RUN
    assert "Har fået tilbud (1)" in birthe.text(RUN) and "Holdet er fuldt" in birthe.text(place("clara"))
    assert move(birthe, "clara", "OFFERED", why="Flytter").status_code == 422 and status(full, "clara") == "WAITLISTED"
    assert move(birthe, "bent", "ENROLLED").location == RUN and status(full, "bent") == "ENROLLED"


def test_nobody_overtakes_without_a_reason_and_the_reason_is_kept(full, birthe):
    refused = move(birthe, "clara", "OFFERED")
    assert refused.status_code == 422 and "har ventet længere" in refused.get_data(as_text=True)
    assert move(birthe, "clara", "OFFERED", why="Bent er ude at rejse").location == RUN and status(full, "clara") == "OFFERED"
    with full.db.read() as tx:
        assert "Bent er ude at rejse" in [row.settled_how for row in tx.execute(OPS.select())]


def test_an_offer_that_ran_out_goes_to_the_end_of_the_queue(full, birthe):
    move(birthe, "bent", "OFFERED")
    move(birthe, "bent", "WAITLISTED")
    assert "nr. 2 på ventelisten" in birthe.text(place("bent")) and "nr. 1 på ventelisten" in birthe.text(place("clara"))


def test_what_cannot_follow_is_neither_offered_nor_taken(full, birthe):
    assert "Har gennemført" not in birthe.text(place("anna"))
    assert move(birthe, "anna", "COMPLETED").status_code == 400
    assert birthe.get(f"/kontor/kurser/{named('andet')}/plads/{named('plads anna')}").status_code == 404
    move(birthe, "anna", "CANCELLED")
    assert "Her er ikke mere at gøre" in birthe.text(place("anna"))


def test_the_teachers_list_is_typed_in_and_corrected(full, birthe):
    page, mark = f"{RUN}/fremmoede/{named('gang')}", f"mark-{named('plads anna')}"
    assert "Skriv fremmøde" in birthe.text(RUN) and "Fremmøde mangler" in birthe.text(RUN)
    form = birthe.text(page)
    assert CODES["anna"] in form and CODES["bent"] not in form and re.search(r'value="PRESENT" checked', form)
    assert birthe.post(page, page, **{mark: "PRESENT"}).location == RUN
    assert "1 mødt" in birthe.text(RUN) and status(full, "anna") == "STARTED" and label("session_status", "HELD") in birthe.text(RUN)
    birthe.post(page, page, **{mark: "PRESENT"})
    birthe.post(page, page, **{mark: "ABSENT"})
    with full.db.read() as tx:
        assert sorted(row.mark for row in tx.execute(RECORDS["attendance_mark"].select())) == ["ABSENT", "PRESENT"]
    assert "0 mødt" in birthe.text(RUN)
    assert birthe.post(page, page, **{mark: "MAYBE"}).status_code == 400


def test_a_session_to_come_has_no_list_yet(full, birthe):
    wrote(full, full.birthe, Change("course_session", named("senere"), "create", {
        "course_run_id": named("hold"), "number": 2, "starts_at": f"{day(6)}T09:00:00.000Z", "status": "PLANNED"}))
    assert birthe.get(f"{RUN}/fremmoede/{named('senere')}").status_code == 404


def test_the_phone_and_the_office_agree_on_what_may_follow():
    written = (ROOT / "static/phone/rules/enrolment.ts").read_text("utf-8")
    edges = {name: tuple(re.findall(r"'(\w+)'", all)) for name, all in re.findall(r"^  (\w+): \[(.+?)\],", written, re.M)}
    assert {name: all for name, all in edges.items() if all} == NEXT


def test_a_visit_is_planned_on_a_day_that_can_be_and_called_off(world, birthe):
    page = f"/kontor/praksisser/{named('valby')}/planlaegning"
    ahead = clock.today() + timedelta(days=-clock.today().weekday() + 8)
    closed = [{"from": ahead.isoformat(), "to": ahead.isoformat()}]
    wrote(world, world.birthe, Change("practice", named("valby"), "update", {"closures": closed}, {"closures": None}))
    for bad, why in ((day(-1), "fra i dag"), ("2026-12-25", "Vælg en anden dag"), (ahead.isoformat(), "holder lukket"),
                     ((ahead + timedelta(days=4)).isoformat(), "weekenden")):
        written = f"{bad[8:]}-{bad[5:7]}-{bad[:4]}"
        answer = birthe.post(page, page, planned_on=written, adviser_id=named("emre"), purpose="REGULAR")
        assert answer.status_code == 422 and why in answer.get_data(as_text=True), written
    good = f"{ahead + timedelta(days=1):%d-%m-%Y}"
    assert "Vælg den rådgiver" in birthe.post(page, page, planned_on=good, purpose="REGULAR").get_data(as_text=True)
    assert birthe.post(page, page, planned_on=good, adviser_id=named("emre"), purpose="REGULAR").status_code == 303
    told = birthe.text(f"/kontor/praksisser/{named('valby')}")
    assert "Planlagte besøg" in told and "Emre" in told
    assert f"{(ahead + timedelta(days=1)).day}." in re.search(r"Ærtebjerg.*?</tr>", birthe.text("/kontor/praksisser"), re.S)[0]
    cancel = re.search(r'action="([^"]+aflysning)"', told)[1]
    birthe.post(cancel, f"/kontor/praksisser/{named('valby')}")
    assert "Planlagte besøg" not in birthe.text(f"/kontor/praksisser/{named('valby')}")
