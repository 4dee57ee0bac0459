"""Mandagslisten: each of its ten points says what there is to do, leads to where it is done, and is gone when it is done."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import insert

from app import clock
from app.coordinator.week import WEEKS
from app.ledger import requests
from app.ledger.change import Change
from app.ledger.push import write
from app.ledger.tables import DEVICES, RECORDS
from app.rules.calendar import month_of, next_month
from app.rules.outcomes import months_after
from tests.world import NOW, named, statements, visit

MONDAY = "/kontor/"


def wrote(world, author, *changes):
    results = write(world.db, author, list(changes), clock.now())
    assert {result.status for result in results} == {"accepted"}, [result.message for result in results]


def point(office, number):
    """(heading, text without tags) of a point on the page."""
    page = office.text(MONDAY)
    section = re.search(rf'aria-labelledby="punkt-{number}">(.*?)</section>', page, re.S)[1]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", section))).strip()


def day(days=0):
    return (clock.today() + timedelta(days=days)).isoformat()


@pytest.fixture
def citizen(world):
    """A citizen of Signe's with a talk, consents and a step."""
    wrote(world, world.signe,
          Change("citizen", named("borger"), "create", {"code": "B-RW425", "first_practice_id": named("halmtorvet"), "adviser_id": named("signe")}),
          *(Change("consent_event", named(scope), "create", {"citizen_id": named("borger"), "scope": scope, "event": "GIVEN", "form": "WRITTEN_PAPER",
                                                             "given_on": day(-95), "valid_until": until})
            for scope, until in (("TALK_RECORD", None), ("FOLLOW_UP", day(20)))),
          Change("talk", named("samtale"), "create", {"type": "FIRST", "place": "CLINIC_ROOM", "occurred_at": f"{day(-95)}T09:00:00Z", "minutes": 30,
                                                      "citizen_id": named("borger"), "district": "VESTERBRO"}))
    return named("borger")


def test_the_week_is_counted_beside_plan_and_average(world, birthe):
    last = clock.today() - timedelta(days=clock.today().weekday() + 7)
    visits = [Change("visit", named(f"u{number}"), "create", visit(occurred_at=f"{last - timedelta(weeks=number)}T09:00:00.000Z"))
              for number in (0, 1, 2, WEEKS, WEEKS + 1)]
    in_vain = visit(occurred_at=f"{last}T11:00:00.000Z", outcome="CLOSED", met_roles=[])
    wrote(world, world.emre, *visits, Change("visit", named("forgæves"), "create", in_vain))
    told = point(birthe, 1)
    assert f"1. Uge {last.isocalendar().week} i tal" in told
    assert "Besøg 1 1 0,4" in told  # three practices every 21 days; three visits in the eight weeks before
    assert "Samtaler 0 – 0,0" in told


def test_a_practice_over_its_interval_comes_with_telephone_and_call_times(world, birthe):
    wrote(world, world.birthe, Change("practice", named("valby"), "update", {
        "contacts": [{"name": "Lone", "role": "SECRETARY", "phone": "20 00 00 01"}], "phone_hours": [{"from": "08:00", "to": "09:00"}]},
        {"contacts": None, "phone_hours": None}))
    told = point(birthe, 2)
    assert "20 00 00 01" in told and "8.00–9.00" in told and f"/kontor/praksisser/{named('valby')}" in birthe.text(MONDAY)


def test_a_silent_phone_is_said_with_what_to_do(world, birthe):
    with world.db.write() as tx:
        for name, days, unsent in (("tavs", 6, 12), ("rask", 0, 0)):
            tx.execute(insert(DEVICES).values(id=named(name), project_id=world.project_id, user_id=named("signe"), name=f"{name} telefon",
                                              created_at=NOW, seen_at=clock.now() - timedelta(days=days), app_version="1.0.0", unsent=unsent))
    told = point(birthe, 3)
    assert "tavs telefon: sidste kontakt 6 dage siden, 12 registreringer venter. Ring" in told
    assert "1 telefon har haft kontakt inden for 5 dage" in told and "rask telefon" not in told


def test_a_consent_that_runs_out_is_told_while_something_is_agreed(world, birthe, citizen):
    assert "Ingen samtykker" in point(birthe, 5)
    wrote(world, world.signe, Change("next_step", named("skridt"), "create", {
        "citizen_id": citizen, "step": "SELF_JOBCENTER", "responsible": "ADVISER", "due_on": day(3), "status": "OPEN"}))
    told = point(birthe, 5)
    assert "B-RW425: »Kontakte mig 3/6/12 mdr.« udløber" in told and "Signe spørger igen" in told
    assert f"/kontor/aftaler/borger/{citizen}" in birthe.text(MONDAY)


def test_late_steps_and_calls_of_the_week_are_counted_by_adviser(world, birthe, citizen):
    wrote(world, world.signe, Change("next_step", named("skridt"), "create", {
        "citizen_id": citizen, "step": "SELF_JOBCENTER", "responsible": "ADVISER", "due_on": day(-1), "status": "OPEN"}))
    assert "Signe: 1 skridt over tiden" in point(birthe, 8) and "Signe: 1 opfølgende opkald i denne uge" in point(birthe, 8)
    wrote(world, world.signe, Change("outcome", named("svar"), "create", {
        "citizen_id": citizen, "point": "M3", "outcome": "STILL_SICK", "source": "CITIZEN", "answered_on": day()}),
        Change("next_step", named("skridt"), "update", {"status": "DONE", "done_on": day()}, {"status": "OPEN", "done_on": None}))
    assert "ingen opkald venter i denne uge" in point(birthe, 8)


def test_sessions_of_the_week_and_missing_attendance(world, birthe, citizen):
    monday = clock.today() - timedelta(days=clock.today().weekday())
    wrote(world, world.birthe, *(Change("course_session", named(name), "create", {
        "course_run_id": named("hold"), "number": number, "starts_at": f"{monday + timedelta(days=days)}T09:00:00.000Z", "status": status})
        for name, number, days, status in (("før", 1, -5, "HELD"), ("nu", 2, 2, "PLANNED"))))
    assert "Find vej i systemet, mødegang 2" in (told := point(birthe, 6)) and "0 af 2 pladser" in told and "mangler" not in told  # nobody could come
    wrote(world, world.signe, Change("consent_event", named("kursus ja"), "create", {
        "citizen_id": citizen, "scope": "COURSE_PROVIDER", "event": "GIVEN", "form": "WRITTEN_PAPER", "given_on": day(-95)}),
        Change("enrolment", named("plads"), "create", {"citizen_id": citizen, "course_run_id": named("hold"), "status": "ENROLLED",
                                                       "enrolled_at": f"{day(-9)}T09:00:00.000Z"}))
    told = point(birthe, 6)
    assert "mødegang 1" in told and "fremmøde mangler" in told and "1 af 2 pladser" in told
    run = birthe.text(f"/kontor/kurser/{named('hold')}")
    assert "B-RW425" in run and "Fremmøde mangler" in run and "1 af 2" in birthe.text("/kontor/kurser")
    wrote(world, world.signe, Change("attendance_mark", named("mødt"), "create", {
        "session_id": named("før"), "enrolment_id": named("plads"), "mark": "PRESENT"}))
    assert "mangler" not in point(birthe, 6) and "1 mødt" in birthe.text(f"/kontor/kurser/{named('hold')}")


def test_a_stock_that_does_not_add_up_is_settled_by_a_count(world, birthe):
    wrote(world, world.birthe, Change("material", named("folder"), "update", {"min_stock": 50}, {"min_stock": None}),
          Change("stock_move", named("ud"), "create", {"batch_id": named("oplag"), "move": "SCRAPPED", "quantity": 5, "from_place": "DEPOT",
                                                       "to_place": "SCRAP", "occurred_at": f"{day(-1)}T09:00:00.000Z"}))
    told = point(birthe, 7)
    assert "-5 på lageret. Det går ikke op, tæl lageret." in told and "-5 tilbage, mindst 50. Bestil mere." in told
    page = f"/kontor/materiale/{named('oplag')}/optaelling"
    for typed in ("en del", "", "1.5", "1,5", "-3", "1.2345", "10000000"):
        assert birthe.post(page, page, quantity=typed).status_code == 422, typed
    assert birthe.post(page, page, quantity="1.120").location == "/kontor/materiale"
    assert "Intet er under sit mindste lager, og lageret går op." in point(birthe, 7)
    assert '<td class="number">1.120</td>' in birthe.text("/kontor/materiale")


def depot(office):
    """The pieces in the depot, as the page has them."""
    return re.search(r'<td class="number">([-\d.]+)</td>', office.text("/kontor/materiale"))[1]


def test_an_empty_depot_is_counted_to_nothing_from_above_and_from_below(world, birthe):
    page, scrap = f"/kontor/materiale/{named('oplag')}/optaelling", {"from_place": "DEPOT", "to_place": "SCRAP", "move": "SCRAPPED"}
    birthe.post(page, page, quantity="40")
    assert depot(birthe) == "40"
    birthe.post(page, page, quantity="0")
    assert depot(birthe) == "0" and "Det går ikke op" not in point(birthe, 7)
    birthe.post(page, page, quantity="0")
    wrote(world, world.birthe, Change("stock_move", named("ud"), "create", {
        "batch_id": named("oplag"), "quantity": 5, "occurred_at": clock.now().isoformat().replace("+00:00", "Z"), **scrap}))
    assert depot(birthe) == "-5"
    birthe.post(page, page, quantity="0")
    assert depot(birthe) == "0" and "Det går ikke op" not in point(birthe, 7)


def test_days_off_closed_practices_and_deadlines_stand_in_the_calendar(world, birthe):
    closed = [{"from": day(2), "to": day(4)}]
    wrote(world, world.birthe, Change("practice", named("valby"), "update", {"closures": closed}, {"closures": None}))
    told = point(birthe, 9)
    assert "Ærtebjerg Lægeklinik holder lukket fra" in told and "skal være lukket senest" in told


def test_what_a_citizen_has_asked_for_stands_there_until_it_is_answered(world, birthe, citizen):
    today = clock.today()
    asked = {kind: requests.receive(world.db, world.birthe, citizen, kind, today - timedelta(days=ago), clock.now())
             for kind, ago in (("ACCESS", 20), ("RECTIFY", 60), ("OBJECT", 2))}
    told, page = point(birthe, 9), birthe.text(MONDAY)
    assert "B-RW425 har bedt om indsigt og skal have svar senest" in told and "indsigelse" not in told  # due in a month: not yet
    assert re.search(rf'class="monday-late"><a href="/kontor/rettigheder/anmodning/{asked["RECTIFY"]}">B-RW425 har bedt om berigtigelse', page)
    due = months_after(today - timedelta(days=20), 1)
    assert "Frist: B-RW425 får svar om indsigt" in birthe.text(f"/kontor/kalender?maaned={month_of(due)}")
    requests.answer(world.db, world.birthe, asked["ACCESS"], "ANSWERED", "Givet ved en samtale", clock.now())
    assert "indsigt" not in point(birthe, 9) and "berigtigelse" in point(birthe, 9)


def test_a_time_sheet_is_asked_for_approved_and_sent_back(world, birthe):
    month = next_month(month_of(clock.today()), -1)
    assert "Signe har ikke sendt timesedlen" in point(birthe, 10) and "Emre har ikke sendt" in point(birthe, 10)
    hours = {"worked_on": f"{month}-05", "activity": "VISIT", "minutes": 90, "source": "MANUAL"}
    wrote(world, world.signe, Change("time_entry", named("tid"), "create", hours),
          Change("time_sheet", named("seddel"), "create", {"month": month, "status": "SUBMITTED", "submitted_on": day()}))
    assert "Signe har sendt timesedlen" in point(birthe, 10) and '<td class="number">1,5</td>' in birthe.text("/kontor/tid")
    sheet = f"/kontor/tid/{named('seddel')}"
    assert birthe.post(sheet, "/kontor/tid", status="APPROVED").location == f"/kontor/tid?maaned={month}"
    assert "Signe" not in point(birthe, 10) and "Godkendt" in birthe.text("/kontor/tid")
    birthe.post(sheet, "/kontor/tid", status="OPEN")
    assert "Signe har ikke sendt" in point(birthe, 10)
    assert birthe.post(sheet, "/kontor/tid", status="SIGNED").status_code == 404


def test_a_quiet_monday_says_so(world, birthe):
    with world.db.write() as tx:
        tx.execute(RECORDS["practice"].update().values(agreement_status="DECLINED"))
        tx.execute(RECORDS["user"].update().where(RECORDS["user"].c.role == "ADVISER").values(role="STEERING"))
    assert [number for number in range(2, 11) if number != 9 and re.search(r"\d+\. [^.]+ \d", point(birthe, number).split(".", 2)[1])] == []
    assert "Alle praksisser med aftale har haft besøg" in point(birthe, 2) and "Der er ingen telefoner endnu." in point(birthe, 3)


def test_the_page_asks_no_more_when_there_is_more(world, birthe):
    birthe.text(MONDAY)
    with statements(world.db) as few:
        birthe.text(MONDAY)
    wrote(world, world.emre, *(Change("visit", named(f"m{number}"), "create", visit(occurred_at=f"2026-11-{number % 20 + 1:02}T08:00:00.000Z"))
                               for number in range(60)))
    with statements(world.db) as many:
        birthe.text(MONDAY)
    assert len(many) <= len(few) + 3, (len(few), len(many))  # a readiness that has something to say looks twice
