"""Citizens by code: told and asked, talked with, withdrawn; all without a net, and each once on the server."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Request, expect

from tests.browser import until
from tests.journeys.course_day import CourseDay
from tests.journeys.demo_day import Day
from tests.journeys.handset import Handset, sent_in
from tests.journeys.meeting import code_of, new_citizen

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


def taps(phone: Handset) -> int:
    return phone.hand()["taps"]


def kinds(phone: Handset) -> list[str]:
    return sorted(row["kind"] for row in phone.outbox())


def test_a_new_citizen_is_told_asked_and_talked_with_offline(new_phone: Callable[..., Handset], day: Day) -> None:
    phone = new_phone("signe")
    day.kill()
    citizen = new_citizen(phone, "Gemme korte noter", "Tale med lægen")
    assert kinds(phone) == ["citizen", "consent_event", "consent_event", "information_given"]
    phone.chip("Emner", "Fremtid og mål").click()
    phone.chip("Næste skridt", "Vi bygger bro til jobcenter").click()
    phone.button("Gem").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("kræver et samtykke")
    phone.chip("Næste skridt", "Vi bygger bro til jobcenter").click()
    phone.chip("Næste skridt", "Kontakter selv jobcenter").click()
    phone.button("Gem").dblclick()
    phone.says("Gemt på telefonen")
    assert kinds(phone) == ["citizen", "consent_event", "consent_event", "information_given", "next_step", "talk"]
    code = code_of(phone, citizen)
    assert code not in phone.page.url and code not in phone.page.title()
    day.start()
    phone.send()
    assert not phone.notebook()["tray"]
    phone.show("borgere")
    phone.page.get_by_label("Kode").fill(code[2:].lower())
    expect(phone.page.locator(f"a[href='#/borger/{citizen}']")).to_contain_text("1 åbent skridt")


def test_a_known_citizen_costs_six_taps_and_the_code(new_phone: Callable[..., Handset], day: Day) -> None:
    phone = new_phone("signe")
    citizen = new_citizen(phone, "Gemme korte noter")
    code = code_of(phone, citizen)
    day.kill()
    phone.today()
    before = taps(phone)
    phone.button("Ny registrering").click()
    phone.button("Samtale").click()
    phone.page.get_by_label("Kode").fill(code[2:])
    phone.page.locator(f"a[href='#/samtale/ny/{citizen}']").click()
    phone.chip("Emner", "Fremtid og mål").click()
    phone.chip("Næste skridt", "Ny samtale").click()
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    assert taps(phone) - before == 6


def test_an_anonymous_talk_takes_three_taps_and_names_nobody(new_phone: Callable[..., Handset], day: Day) -> None:
    phone = new_phone("signe")
    day.kill()
    phone.today()
    before = taps(phone)
    phone.button("Ny registrering").click()
    phone.button("Anonym samtale").click()
    phone.button("Gem").click()
    phone.says("Anonym samtale gemt")
    assert taps(phone) - before == 3
    assert kinds(phone) == ["talk"]
    day.start()
    phone.send()
    assert not phone.notebook()["tray"]


def test_withdrawal_takes_three_taps_and_shuts_the_gate_until_asked_again(new_phone: Callable[..., Handset], day: Day) -> None:
    phone = new_phone("signe")
    citizen = new_citizen(phone, "Gemme korte noter", "Dele med jobcentret")
    phone.chip("Næste skridt", "Vi bygger bro til jobcenter").click()
    phone.page.get_by_label("Note (frivillig)").fill("Vil gerne i gang med lidt ad gangen")
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    day.kill()
    phone.show(f"borger/{citizen}")
    before = taps(phone)
    phone.link("Træk samtykke tilbage").click()
    phone.button("Alle 2").click()
    phone.button("Træk tilbage").click()
    phone.says("Trukket tilbage. 1 skridt stoppet.")
    assert taps(phone) - before == 3
    expect(phone.page.get_by_text("Vil gerne i gang")).to_have_count(0)
    phone.link("Ny samtale").click()
    expect(phone.page.get_by_text("ikke et gyldigt samtykke")).to_be_visible()
    phone.link("Registrér samtykket").click()
    phone.chip("Gemme korte noter", "Ja").click()
    phone.chip("Hvordan er svaret givet?", "Mundtligt, noteret").click()
    phone.button("Gem").click()
    expect(phone.heading("Ny samtale")).to_be_visible()
    expect(phone.page.get_by_text("ikke et gyldigt samtykke")).to_be_hidden()
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    day.start()
    phone.send()
    assert not phone.notebook()["tray"]


def test_a_talk_after_a_withdrawal_elsewhere_is_held_with_its_reason(new_phone: Callable[..., Handset]) -> None:
    first = new_phone("signe")
    citizen = new_citizen(first, "Gemme korte noter")
    first.send()
    second = new_phone("signe")
    first.context.set_offline(True)                      # this one will not hear of it
    second.show(f"fortryd/{citizen}")
    second.chip("Hvad trækker borgeren tilbage?", "Gemme korte noter").click()
    second.button("Træk tilbage").dblclick()
    second.says("Trukket tilbage")
    assert kinds(second) == ["consent_event"]
    first.show(f"samtale/ny/{citizen}")
    first.chip("Emner", "Job").click()
    first.button("Gem").click()
    first.says("Gemt på telefonen")
    second.send()
    first.context.set_offline(False)
    first.page.bring_to_front()
    first.send()
    expect(first.page.get_by_text("samtykke til at gemme korte noter gælder ikke")).to_be_visible(timeout=20_000)
    first.link("Ret og send igen").click()
    first.button("Gør samtalen anonym").click()
    first.says("Rettet")
    first.send()
    expect(first.page.get_by_role("heading", name="Skal rettes")).to_have_count(0)


def test_a_form_resumes_where_the_app_was_killed(new_phone: Callable[..., Handset]) -> None:
    phone = new_phone("signe")
    citizen = new_citizen(phone, "Gemme korte noter")
    phone.page.get_by_label("Note (frivillig)").fill("Vil tale om uddannelse")
    until(lambda: phone.notebook().get("drafts"), "the draft is on the disk")
    phone.kill()
    phone.open()
    phone.unlock()
    expect(phone.heading("Ny samtale")).to_be_visible()
    expect(phone.page.get_by_label("Note (frivillig)")).to_have_value("Vil tale om uddannelse")
    expect(phone.page.get_by_label("Note (frivillig)")).to_be_focused()
    assert citizen in phone.page.url


def test_a_due_step_is_done_in_one_tap_facts_are_mended_and_an_answer_hangs_on_nobody(new_phone: Callable[..., Handset]) -> None:
    phone = new_phone("signe")
    citizen = new_citizen(phone, "Gemme korte noter")
    phone.chip("Næste skridt", "Tid hos læge").click()
    phone.page.locator("summary", has_text="Tid hos læge").click()
    phone.page.get_by_label("Senest").fill("2026-10-29")
    phone.button("Gem").click()
    phone.link("Giv telefonen til borgeren").click()
    phone.page.locator("main button").first.click()
    phone.says("hører ikke til nogen")
    phone.button("Gjort: Tid hos læge").click()
    phone.says("Gjort: Tid hos læge")
    phone.show(f"borger/{citizen}/ret")
    phone.chip("Ydelse", "Kontanthjælp").click()
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    pushed: list[Request] = []
    phone.page.on("request", lambda request: pushed.append(request) if request.url.endswith("/push") else None)
    phone.send()
    answer = next(op for request in pushed for op in sent_in(request)["ops"] if op["kind"] == "heard_answer")
    assert citizen not in json.dumps(answer)
    assert not phone.notebook()["tray"]


def test_the_first_talk_waits_until_the_citizen_has_been_told_and_there_is_only_one(new_phone: Callable[..., Handset], day: Day) -> None:
    course_day = CourseDay(day)
    citizen = course_day.untold("SHL")
    course_day.db.close()
    phone = new_phone("signe")
    day.kill()
    phone.show(f"samtale/ny/{citizen}")
    phone.button("Gem").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("Borgeren har ikke fået oplysningen endnu")
    phone.link("Giv oplysningen").click()
    phone.chip("Hvordan fik borgeren det at vide?", "Læst højt").click()
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")
    phone.show(f"samtale/ny/{citizen}")
    expect(phone.link("Giv oplysningen")).to_have_count(0)
    phone.button("Gem").click()
    expect(phone.heading("Ny samtale")).to_have_count(0)
    assert kinds(phone) == ["information_given", "talk"]
    phone.show(f"samtale/ny/{citizen}")
    phone.chip("Samtaletype", "Første samtale").click()
    phone.button("Gem").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("allerede en første samtale")
