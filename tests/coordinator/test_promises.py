"""Aftaler: what is late, due or running out is seen by code, moved, ended or given to another adviser; and then Monday is quiet."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app import clock
from app.ledger.change import Change
from app.ledger.pull import pull
from app.ledger.push import write
from tests.coordinator.test_monday import citizen, day, point, wrote  # noqa: F401
from tests.world import named, statements

PAGE = "/kontor/aftaler"
STEP = {"step": "SELF_JOBCENTER", "responsible": "ADVISER", "status": "OPEN"}


@pytest.fixture
def late(world, citizen):  # noqa: F811
    """A step of Signe's citizen that fell due yesterday."""
    wrote(world, world.signe, Change("next_step", named("skridt"), "create", {"citizen_id": citizen, "due_on": day(-1), **STEP}))
    return f"{PAGE}/skridt/{named('skridt')}"


def section(page, name):
    return re.search(rf'aria-labelledby="{name}">(.*?)</section>', page, re.S)[1]


def figures(days):
    return f"{clock.today() + timedelta(days=days):%d-%m-%Y}"


def test_all_three_lists_show_the_citizen_by_code_and_the_adviser(world, birthe, late):
    page = birthe.text(PAGE)
    for name, words in (("skridt", "Over tiden"), ("opkald", "3 mdr."), ("samtykker", "Kontakte mig")):
        assert "B-RW425" in section(page, name) and "Signe" in section(page, name) and words in section(page, name), name
    assert f"{PAGE}?raadgiver={named('signe')}#skridt" in birthe.text("/kontor/")


def test_a_call_is_of_the_week_in_which_its_day_falls(world, birthe, citizen):  # noqa: F811
    """The window has been open for some days before, and the phone offers the call; Monday asks for it only now."""
    wrote(world, world.signe, *(Change("citizen", named(who), "create", {"code": code, "first_practice_id": named("halmtorvet")})
                                for who, code in (("snart", "B-7K3MB"),)))
    wrote(world, world.signe,
          Change("consent_event", named("snart ja"), "create", {"citizen_id": named("snart"), "scope": "TALK_RECORD", "event": "GIVEN",
                                                                "form": "WRITTEN_PAPER", "given_on": day(-80)}),
          Change("consent_event", named("snart ring"), "create", {"citizen_id": named("snart"), "scope": "FOLLOW_UP", "event": "GIVEN",
                                                                  "form": "WRITTEN_PAPER", "given_on": day(-80)}),
          Change("talk", named("snart talt"), "create", {"type": "FIRST", "place": "CLINIC_ROOM", "occurred_at": f"{day(-80)}T09:00:00Z",
                                                         "minutes": 30, "citizen_id": named("snart"), "district": "VESTERBRO"}))
    told = section(birthe.text(PAGE), "opkald")
    assert "B-RW425" in told and "B-7K3MB" not in told


def test_an_empty_list_says_so_and_a_filter_lives_in_the_address(world, birthe, late):
    page = birthe.text(f"{PAGE}?raadgiver={named('emre')}")
    assert "Ingen skridt er over tiden." in page and "Ingen opkald venter" in page and "Ingen samtykker" in page
    wrote(world, world.signe, Change("next_step", named("senere"), "create", {"citizen_id": named("borger"), "due_on": day(9), **STEP}))
    assert "1 skridt, ældste først" in birthe.text(PAGE) and "2 skridt, ældste først" in birthe.text(f"{PAGE}?vis=alle")


def test_a_step_gets_a_new_date_or_an_end(world, birthe, late):
    base = birthe.hidden(late)["base"]
    assert "Skriv datoen" in birthe.post(late, late, base=base, due_on="i morgen", status="OPEN").get_data(as_text=True)
    assert birthe.post(late, late, base=base, due_on=figures(7), status="OPEN").location == PAGE
    assert "over tiden" not in point(birthe, 8).replace("Ingen skridt er over tiden", "")
    base = birthe.hidden(late)["base"]
    assert birthe.post(late, late, base=base, due_on=figures(7), status="DONE", done_on=figures(0)).location == PAGE
    assert "Ingen skridt er åbne." in birthe.text(f"{PAGE}?vis=alle")


def test_a_colleagues_change_since_then_is_a_question_and_not_overwritten(world, birthe, late):
    base = birthe.hidden(late)["base"]
    wrote(world, world.signe, Change("next_step", named("skridt"), "update", {"due_on": day(3)}, {"due_on": day(-1)}))
    assert "/kontor/afklaring/versioner/" in birthe.post(late, late, base=base, due_on=figures(9), status="OPEN").location


def test_a_citizen_is_given_to_another_adviser_and_her_records_go_along(world, birthe, late):
    page = f"{PAGE}/borger/{named('borger')}"
    base = birthe.hidden(page)["base"]
    assert birthe.post(page, page, base=base, adviser_id="").status_code == 422
    assert birthe.post(page, page, base=base, adviser_id=named("birthe")).status_code == 422
    assert birthe.post(page, page, base=base, adviser_id=named("emre")).location == PAGE
    assert "Emre" in section(birthe.text(PAGE), "skridt") and "Emre: 1 skridt over tiden" in point(birthe, 8)
    seen = {change["id"] for change in pull(world.db, world.emre, None, 1_000, clock.now())["changes"] if "gone" not in change}
    assert {named("borger"), named("samtale"), named("skridt")} <= seen
    done = write(world.db, world.emre, [Change("next_step", named("skridt"), "update", {"due_on": day(5)}, {"due_on": day(-1)})], clock.now())
    assert [result.status for result in done] == ["accepted"]


def test_what_is_not_there_is_not_found(birthe):
    assert birthe.get(f"{PAGE}/skridt/{named('ingen')}").status_code == 404
    assert birthe.get(f"{PAGE}/borger/{named('ingen')}").status_code == 404


def test_the_page_asks_no_more_when_there_is_more(world, birthe, late):
    birthe.text(PAGE)
    with statements(world.db) as few:
        birthe.text(PAGE)
    wrote(world, world.signe, *(Change("next_step", named(f"s{number}"), "create",
                                       {"citizen_id": named("borger"), "due_on": day(-number - 2), **STEP}) for number in range(30)))
    with statements(world.db) as many:
        birthe.text(PAGE)
    assert len(many) == len(few)
