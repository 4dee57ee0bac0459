"""Courses, time, bag, plans and calls: offline, in few taps, each once on the server; the last seat goes to one, and the other is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import until
from tests.journeys.course_day import CourseDay
from tests.journeys.demo_day import Day
from tests.journeys.handset import Handset

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
NewPhone = Callable[..., Handset]


@pytest.fixture
def course_day(day: Day) -> Iterator[CourseDay]:
    course_day = CourseDay(day)
    yield course_day
    course_day.db.close()


def taps(phone: Handset) -> int:
    return phone.hand()["taps"]


def another_finger(phone: Handset) -> None:
    """Within 0.4 s of a save a tap is the same wet finger."""
    phone.page.wait_for_timeout(500)


def kinds(phone: Handset) -> list[str]:
    return sorted(row["kind"] for row in phone.outbox())


def enrol(phone: Handset, code: str) -> None:
    """From I dag: four taps."""
    phone.today()
    before = taps(phone)
    phone.button("Ny registrering").click()
    phone.button("Tilmelding").click()
    phone.page.get_by_label("Kode").fill(code[2:])
    phone.page.locator(".chip-button", has_text=code).click()
    phone.button("Tilmeld").dblclick()
    phone.says("Gemt på telefonen. Foreløbig")
    assert taps(phone) - before == 5  # the fourth was tapped twice
    assert kinds(phone) == ["enrolment"]


def test_two_phones_take_the_last_seat_and_the_other_is_told(new_phone: NewPhone, day: Day, course_day: CourseDay) -> None:
    run = course_day.run(seats=1)
    first, second = course_day.citizen("SHL"), course_day.citizen("EBY")
    signe, emre = new_phone("signe"), new_phone("emre")
    day.kill()
    enrol(signe, course_day.code(first))
    enrol(emre, course_day.code(second))
    for phone in (signe, emre):
        phone.show(f"kursus/{run}")
        expect(phone.page.get_by_text("Foreløbig – bekræftes, når telefonen har haft net")).to_be_visible()
    day.start()
    signe.send()
    emre.send()
    assert course_day.statuses(run) == ["ENROLLED", "WAITLISTED"]
    seated = course_day.rows("enrolment", course_run_id=run, status="ENROLLED")[0]["citizen_id"] == first  # whose op came first
    has, waits = (signe, emre) if seated else (emre, signe)

    has.show(f"kursus/{run}")
    expect(has.page.locator("main")).to_contain_text("Tilmeldt")
    expect(has.page.get_by_text("Foreløbig")).to_have_count(0)
    told = "Holdet blev fuldt. Borgeren står nu som nr. 1 på ventelisten."
    expect(waits.page.locator("main")).to_contain_text(told)  # on Status, where it was sent from
    waits.today()
    expect(waits.page.locator(".alert-warning")).to_contain_text(told)
    waits.page.locator(".alert-warning a").click()
    expect(waits.page.locator("main")).to_contain_text("Venteliste")
    expect(waits.page.locator(".alert-warning")).to_have_text(told)
    waits.today()
    expect(waits.page.get_by_text(told)).to_have_count(0)  # said once
    waits.kill()
    waits.open()
    waits.unlock()
    waits.show(f"kursus/{run}")
    expect(waits.page.locator("main")).to_contain_text("ingen ledige pladser")
    expect(waits.page.locator("main")).to_contain_text("Venteliste")


def test_twelve_have_come_in_one_tap_and_the_absent(new_phone: NewPhone, day: Day, course_day: CourseDay) -> None:
    run = course_day.run(seats=12)
    session = course_day.session(run)
    enrolments = [course_day.enrol("SHL", course_day.citizen("SHL"), run) for _ in range(12)]
    phone = new_phone("signe")
    day.kill()
    phone.show(f"fremmoede/{session}")
    persons = lambda n: phone.page.locator(".person").nth(n)  # noqa: E731
    expect(phone.page.locator(".person")).to_have_count(12)
    expect(phone.page.get_by_text("Emres borgere registrerer Emre.")).to_be_visible()
    persons(3).click()
    persons(7).click()
    expect(phone.page.get_by_role("status").first).to_have_text("10 mødt, 2 ikke mødt")
    until(lambda: phone.notebook().get("drafts"), "the draft is on the disk")
    phone.kill()
    phone.open()
    phone.unlock()
    expect(phone.heading("Fremmøde")).to_be_visible()  # resumes where it was
    expect(persons(3)).to_contain_text("Ikke mødt")
    before = taps(phone)
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    assert taps(phone) - before == 1
    assert kinds(phone) == ["attendance_mark"] * 12 + ["course_session"] + ["enrolment"] * 10
    day.start()
    phone.enter_again("signe")
    phone.send()
    assert not phone.notebook()["tray"]
    assert [row["status"] for row in course_day.rows("course_session", id=session)] == ["HELD"]
    assert course_day.statuses(run) == ["ENROLLED"] * 2 + ["STARTED"] * 10
    marks = course_day.rows("attendance_mark", session_id=session)
    assert {row["enrolment_id"] for row in marks} == set(enrolments) and len(marks) == 12

    phone.show(f"fremmoede/{session}")
    expect(persons(3)).to_contain_text("Ikke mødt")
    persons(3).click()  # had sent word after all: a new mark, the old one stays
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    phone.send()
    assert len(course_day.rows("attendance_mark", session_id=session)) == 13


def test_a_place_is_given_up_moved_and_refused(new_phone: NewPhone, course_day: CourseDay) -> None:
    run, citizen = course_day.run(seats=4), course_day.citizen("SHL")
    course_day.run(seats=4)
    enrolment = course_day.enrol("SHL", citizen, run)
    phone = new_phone("signe")
    phone.show(f"tilmelding/{enrolment}")
    phone.button("Flyt til andet hold").click()
    phone.page.get_by_role("dialog").get_by_role("button").first.click()
    phone.says("Gemt på telefonen")
    phone.send()
    assert course_day.statuses(run) == ["MOVED"]
    other = next(row for row in course_day.rows("enrolment", citizen_id=citizen) if row["id"] != enrolment)
    assert other["status"] == "ENROLLED"
    phone.show(f"tilmelding/{other['id']}")
    phone.button("Afmeld").click()
    phone.says("Afmeldt")
    phone.button("Fortryd").click()
    phone.says("Fortrudt")
    expect(phone.button("Afmeld")).to_be_visible()


def test_the_days_time_is_taken_in_one_tap(new_phone: NewPhone, day: Day) -> None:
    phone = new_phone("signe")
    day.kill()
    phone.cards().first.get_by_role("link", name="Log besøg").click()
    phone.chip("Hvem mødte du?", "Læge").check(force=True)
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    phone.show("tid")
    proposed = phone.page.get_by_text("Forslag:")
    expect(proposed.first).to_contain_text("besøg")
    count = proposed.count()
    before = taps(phone)
    phone.button("Gem tiden").dblclick()
    phone.says("Tiden er gemt")
    assert taps(phone) - before == 2 and kinds(phone).count("time_entry") == count
    phone.button("Fravær").click()
    for _ in range(4):
        phone.button("+1 t. på Fravær").click()
    phone.button("Samtaler").click()
    for _ in range(10):
        phone.button("+1 t. på Samtaler").click()
    phone.button("Gem tiden").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("Passer det?")
    phone.button("Ja, gem").click()
    phone.says("Tiden er gemt")
    phone.link("Se måneden").click()
    expect(phone.page.locator(".copy-line")).to_contain_text("oktober 2026; SHL; Besøg")
    day.start()
    phone.enter_again("signe")
    phone.send()
    assert not phone.notebook()["tray"]
    phone.show("tid/maaned/2026-10")
    phone.button("Indsend timeseddel").click()
    phone.says("Timesedlen er indsendt")
    phone.send()
    assert not phone.notebook()["tray"]


def test_the_bag_is_filled_and_counted_below_zero_too(new_phone: NewPhone, day: Day) -> None:
    phone = new_phone("signe")
    day.kill()
    phone.show("taske")
    row = phone.page.locator(".counter", has_text="Folder, dansk").filter(has_text="oplag 2026-A")
    had = int(row.locator(".big-number").inner_text().replace("−", "-"))
    row.get_by_role("button", name="+25").click()
    phone.button("Gem").dblclick()
    phone.says("Til taske. Gemt på telefonen")
    expect(row.locator(".big-number")).to_have_text(str(had + 25))
    phone.chip("Hvad vil du?", "Optælling").check(force=True)
    row.get_by_label("Optalt").fill("0")
    expect(row).to_contain_text(f"{had + 25} skrives som kasseret")
    another_finger(phone)
    phone.button("Gem").click()
    phone.says("Optalt. Gemt på telefonen")
    phone.chip("Hvad vil du?", "Retur").check(force=True)
    phone.page.get_by_text("Ikke i tasken").click()
    row.get_by_label("Antal").fill("3")
    another_finger(phone)
    phone.button("Gem").click()
    phone.says("Retur. Gemt på telefonen")
    expect(row).to_contain_text("lageret går ikke op")
    day.start()
    phone.enter_again("signe")
    phone.send()
    assert not phone.notebook()["tray"]


def test_a_number_comes_for_the_call_only_and_never_stays(new_phone: NewPhone, day: Day, course_day: CourseDay) -> None:
    citizen = course_day.citizen("SHL", "FOLLOW_UP", "EVALUATION")
    silent = course_day.code(course_day.citizen("SHL"))  # has not said yes to a call
    phone = new_phone("signe")
    phone.show("opfoelgning")
    calls = phone.page.locator("main ul.list a", has_text=course_day.code(citizen))
    expect(calls).to_have_count(1)
    expect(phone.page.get_by_text(silent)).to_have_count(0)
    calls.click()
    phone.page.get_by_text("Gem nummer til opfølgning").click()
    phone.page.get_by_label("Telefon").fill("13 45 67 89")
    phone.page.get_by_label("Vil kaldes").fill("Bo")
    phone.button("Gem hos serveren").click()
    phone.says("Nummeret ligger hos serveren")
    phone.button("Hent nummer").click()
    expect(phone.page.get_by_role("link", name="Ring til Bo, 13 45 67 89")).to_be_visible()
    day.kill()
    phone.show("opfoelgning")
    calls.click()
    phone.button("Hent nummer").click()
    expect(phone.page.get_by_text("Kræver net. Der er ikke gemt noget på telefonen.")).to_be_visible(timeout=20_000)
    assert "13456789" not in phone.text() and "13 45 67 89" not in phone.text()
    phone.button("Ikke truffet").dblclick()
    phone.says("Ikke truffet")
    expect(calls).to_contain_text("ikke truffet")
    calls.click()
    phone.chip("Hvordan går det?", "Deltid/småjob").check(force=True)
    phone.chip("Timer om ugen", "15-29").check(force=True)
    phone.button("Gem").click()
    phone.says("Deltid/småjob")
    expect(calls).to_have_count(0)
    day.start()
    phone.enter_again("signe")
    phone.send()
    assert not phone.notebook()["tray"]
    assert sorted(str(row["outcome"]) for row in course_day.rows("outcome", citizen_id=citizen)) == ["JOB_PART", "UNREACHABLE"]


def test_a_visit_is_planned_moved_and_arrived_at_and_a_call_is_logged(new_phone: NewPhone, day: Day, course_day: CourseDay) -> None:
    calls = len(course_day.rows("contact_log", practice_id=course_day.practice))
    phone = new_phone("signe")
    day.kill()
    phone.show(f"praksis/{course_day.practice}")
    phone.button("Planlæg besøg").click()
    phone.button("Gem").click()
    phone.says("Planlagt")
    phone.page.get_by_role("button", name="Flyt").first.click()
    phone.page.get_by_role("dialog").locator("summary").click()
    phone.page.get_by_label("En anden dag").fill("2026-10-29")
    phone.button("Gem").click()
    phone.says("Flyttet til")
    phone.button("Ankommet").click()
    phone.says("Ankommet")
    before = taps(phone)
    phone.link("Log kontakt").click()
    phone.chip("I stedet for brev?", "Ja").click()
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    assert taps(phone) - before == 3
    day.start()
    phone.enter_again("signe")
    phone.send()
    assert not phone.notebook()["tray"]
    plans = course_day.rows("planned_visit", practice_id=course_day.practice)
    assert {"MOVED", "ARRIVED"} <= {str(row["status"]) for row in plans}
    assert len(course_day.rows("contact_log", practice_id=course_day.practice)) == calls + 1


def test_one_search_finds_everything_the_danish_way(new_phone: NewPhone, day: Day, course_day: CourseDay) -> None:
    code = course_day.code(course_day.citizen("SHL"))
    course_day.run(seats=4)
    phone = new_phone("signe")
    day.kill()
    phone.today()
    phone.button("Ny registrering").click()
    phone.button("Søg").click()
    field = phone.page.get_by_label("Søg i alt på telefonen")
    finds = {
        "sydhavnen": "Praksisser", code[2:].lower(): "Borgere", "laegerne": "Besøg", "folder": "Materiale", "cpr": "Hjælp", "i vesterbro": "Kurser"}
    for typed, group in finds.items():
        field.fill(typed)
        expect(phone.page.get_by_role("heading", level=2, name=group)).to_be_visible()
    assert "soeg" in phone.page.url and code not in phone.page.url
