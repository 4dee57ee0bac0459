"""Opsætning and Kalender: what the coordinator sets is what the office, the figures and the deadlines go by; an old record keeps its words."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest

from app import clock
from app.coordinator.setup import PARTS
from app.figures.indicators import BY_ID
from app.figures.months import states
from app.ledger.change import Change
from app.ledger.tables import RECORDS
from app.records.codes import code_list
from app.rules.record_rules import PERCENTAGES, WHOLE_PROJECT_ONLY
from tests.coordinator.test_monday import day, wrote
from tests.world import named, statements, visit

SETUP = "/kontor/opsaetning"


def figures(iso):
    return f"{date.fromisoformat(iso):%d-%m-%Y}"


def rows(field, *entries):
    """A list field as its form sends it."""
    return {f"{field}-{at}-{key}": value for at, entry in enumerate(entries) for key, value in entry.items()}


def change(office, part, **fields):
    page = f"{SETUP}/{part}"
    return office.post(page, page, base=office.hidden(page)["base"], **fields)


def wrong(answer, field):
    """What stands at the field."""
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    return unescape(re.search(rf'id="{field}-fejl">([^<]*)<', page)[1])


def project(world):
    with world.db.read() as tx:
        return tx.execute(RECORDS["project"].select()).mappings().one()


def working_day(days=0):
    """A Monday that is no day off by itself."""
    found = clock.today() + timedelta(days=days)
    found += timedelta(days=-found.weekday() % 7)
    return found.isoformat()


def test_every_part_opens_and_every_field_of_the_overview_is_in_one(world, birthe):
    page = birthe.text(SETUP)
    for part in PARTS:
        assert f'href="{SETUP}/{part}"' in page and "<form" in birthe.text(f"{SETUP}/{part}")
    assert birthe.get(f"{SETUP}/andet").status_code == 404


def test_a_closing_day_moves_the_deadline_bars_a_visit_and_is_taken_back(world, birthe):
    with world.db.read() as tx:
        due = states(tx, world.project_id, clock.today())[0].due_on
    last = due.isoformat()
    assert change(birthe, "lukkedage", **rows("closing_days", {"kind": "CLOSED", "from": figures(last), "name": "Temadag"})).status_code == 303
    with world.db.read() as tx:
        assert states(tx, world.project_id, clock.today())[0].due_on > due
    assert "Temadag" in birthe.text(f"/kontor/kalender?maaned={last[:7]}")
    plan = f"/kontor/praksisser/{named('valby')}/planlaegning"
    answer = birthe.post(plan, plan, planned_on=figures(last), adviser_id=named("signe"), purpose="REGULAR")
    assert "er Temadag" in wrong(answer, "planned_on")
    assert change(birthe, "lukkedage", **rows("closing_days", {})).status_code == 303
    with world.db.read() as tx:
        assert states(tx, world.project_id, clock.today())[0].due_on == due


def test_a_local_day_off_is_worked_and_a_helligdag_never(world, birthe):
    at = clock.today().year + 1
    assert change(birthe, "lukkedage", **rows("closing_days", {"kind": "OPEN", "from": f"05-06-{at}"})).status_code == 303
    assert "Grundlovsdag" not in birthe.text(f"/kontor/kalender?maaned={at}-06")
    christmas = rows("closing_days", {"kind": "OPEN", "from": f"25-12-{at}"})
    assert "ikke en lokal fridag" in wrong(change(birthe, "lukkedage", **christmas), "closing_days")
    both = rows("closing_days", {"kind": "CLOSED", "from": f"01-03-{at}", "to": f"05-03-{at}"}, {"kind": "CLOSED", "from": f"05-03-{at}"})
    assert "samme dag" in wrong(change(birthe, "lukkedage", **both), "closing_days")
    assert "Række 1" in wrong(change(birthe, "lukkedage", **rows("closing_days", {"kind": "CLOSED", "from": "31-02-2027"})), "closing_days")


def test_the_calendar_knows_week_53_sessions_and_who_is_closed(world, birthe):
    wrote(world, world.birthe, Change("course_session", named("gang"), "create", {
        "course_run_id": named("hold"), "number": 2, "starts_at": "2026-12-29T09:00:00.000Z", "status": "PLANNED"}),
        Change("practice", named("valby"), "update", {"closures": [{"from": "2026-12-28", "to": "2026-12-30"}]}, {"closures": None}),
        Change("planned_visit", named("plan"), "create", {"practice_id": named("valby"), "planned_on": "2026-12-21", "status": "PLANNED"}))
    page = birthe.text("/kontor/kalender?maaned=2026-12")
    last = page[page.index("Uge 53, 2026"):]
    assert "Find vej i systemet, 2. gang" in last and "Ærtebjerg Lægeklinik" in last and "Nytårsdag" in last
    assert "1 planlagt besøg" in page and "november 2026 lukkes" in page and "Uge 1, 2027" not in page
    assert "Uge 53, 2026" in birthe.text("/kontor/kalender?maaned=2027-01")
    assert "findes ikke i kalenderen" in birthe.text("/kontor/kalender?maaned=1650-13")


def test_an_old_record_keeps_the_word_of_its_day(world, birthe):
    wrote(world, world.signe,
          *(Change("visit", named(key), "create", visit(practice_id=named("sydhavnen"), occurred_at=f"{on}T09:00:00.000Z"))
            for key, on in (("før", "2026-06-01"), ("efter", "2026-11-02"))))
    assert change(birthe, "ordliste", **rows("terms", {"key": "district.KGS_ENGHAVE", "label": "Sydhavnen", "valid_from": "01-09-2026"},
                                             {"key": "jobcenter", "label": "kommunen", "valid_from": "01-09-2026"})).status_code == 303
    listed = birthe.text(f"/kontor/besoeg?praksis={named('sydhavnen')}")
    assert re.findall(r'<span class="form-hint">(\w[^<]*)</span></td>', listed) == ["Sydhavnen", "Kgs. Enghave"]
    assert "Sydhavnen" in birthe.text(f"/kontor/praksisser/{named('sydhavnen')}")
    talk = {"type": "ANONYMOUS", "place": "JOBCENTER", "minutes": 10}
    wrote(world, world.signe, *(Change("talk", named(f"talt {on}"), "create", {**talk, "occurred_at": f"{on}T09:00:00.000Z"})
                                for on in ("2026-06-01", "2026-11-02")))
    assert re.findall(r"<td>(Jobcenter|Kommunen)</td>", birthe.text("/kontor/samtaler")) == ["Kommunen", "Jobcenter"]
    twice = rows("terms", {"key": "jobcenter", "label": "kommunen"}, {"key": "jobcenter", "label": "jobhuset", "valid_from": "01-09-2026"})
    assert "på samme tid" in wrong(change(birthe, "ordliste", **twice), "terms")


def test_intervals_and_the_target_are_those_that_the_office_counts_with(world, birthe):
    wrote(world, world.signe, Change("visit", named("v"), "create", visit(practice_id=named("valby"), occurred_at=f"{day(-30)}T09:00:00.000Z")))
    assert "Ærtebjerg" in birthe.text("/kontor/")
    numbers = {"practice_target": "3", "visit_interval_days": "60", "month_close_working_day": "5", "half_year_report_working_day": "20",
               "stuegang_interval_weeks": "3", "stuegang_cases_min": "6", "stuegang_cases_max": "10"}
    assert change(birthe, "intervaller", **numbers).status_code == 303
    late = re.search(r'aria-labelledby="punkt-2">(.*?)</section>', birthe.text("/kontor/"), re.S)[1]
    assert "Ærtebjerg" not in late and "3 af 3 pladser" in birthe.text("/kontor/praksisser")
    assert wrong(change(birthe, "intervaller", **{**numbers, "stuegang_cases_max": "2"}), "stuegang_cases_max")
    assert wrong(change(birthe, "intervaller", **{**numbers, "visit_interval_days": "1.400"}), "visit_interval_days")


def test_the_period_leaves_no_record_outside_and_a_colleagues_change_is_not_lost(world, birthe):
    wrote(world, world.signe, Change("visit", named("v"), "create", visit(occurred_at="2026-03-02T09:00:00.000Z")))
    about = {"name": "Rådgiver på hjul", "reference": "2009-12453", "period_from": "01-01-2025", "period_to": "31-12-2027"}
    assert "02-03-2026" in wrong(change(birthe, "projekt", **{**about, "period_from": "03-03-2026"}), "period_from")
    assert "02-03-2026" in wrong(change(birthe, "projekt", **{**about, "period_to": "01-03-2026"}), "period_to")
    page = f"{SETUP}/projekt"
    seen = birthe.hidden(page)["base"]
    assert change(birthe, "projekt", **{**about, "name": "Rådgiver på to hjul"}).status_code == 303
    answer = birthe.post(page, page, base=seen, **{**about, "name": "Rådgiver på hjul i dag"})
    assert "/kontor/afklaring/versioner/" in answer.location and project(world)["name"] == "Rådgiver på to hjul"
    assert "Rådgiver på to hjul" in birthe.text(SETUP).partition("Ændringer")[2]
    assert "Rådgiver på hjul i dag" in birthe.text(answer.location)


@pytest.mark.parametrize(("entry", "says"), [
    ({"indicator": "S2", "district": "VALBY", "value": "5", "from": "01-01-2026"}, "ikke op pr. bydel"),
    ({"indicator": "P1", "value": "101", "from": "01-01-2026"}, "højst 100"),
    ({"indicator": "P2", "value": "fire", "from": "01-01-2026"}, "helt tal"), ({"indicator": "P2", "from": "01-01-2026"}, "mål pr. måned")])
def test_a_target_that_cannot_be_is_answered_at_the_field(world, birthe, entry, says):
    assert says in wrong(change(birthe, "maal", **rows("targets", entry)), "targets")


def test_targets_are_for_figures_that_are_counted_and_called_the_same():
    for code, name in code_list("target_indicator").labels.items():
        assert BY_ID[code].name == name and BY_ID[code].in_use
        assert BY_ID[code].by_district != (code in WHOLE_PROJECT_ONLY) and BY_ID[code].share == (code in PERCENTAGES)


@pytest.mark.parametrize("page", ["/kontor/kalender", SETUP, "/kontor/maalsaetning", "/kontor/praksisser/daekning"])
def test_a_page_asks_no_more_when_there_is_more(world, birthe, page):
    assert change(birthe, "maal", **rows("targets", {"indicator": "P2", "value": "30", "from": "01-01-2025"})).status_code == 303
    birthe.text(page)
    with statements(world.db) as few:
        birthe.text(page)
    wrote(world, world.emre, *(Change("visit", named(f"m{number}"), "create", visit(occurred_at=f"2026-11-{number % 20 + 1:02}T08:00:00.000Z"))
                               for number in range(40)))
    wrote(world, world.birthe, *(Change("course_session", named(f"g{number}"), "create", {
        "course_run_id": named("hold"), "number": number + 1, "starts_at": f"2026-11-{number + 1:02}T09:00:00.000Z", "status": "PLANNED"})
        for number in range(20)))
    with statements(world.db) as many:
        birthe.text(page)
    assert len(many) <= len(few)
