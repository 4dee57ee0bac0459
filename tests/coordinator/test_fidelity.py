"""Programtroskab: what was planned beside what was delivered, for each element of the project; never a person, and no small number."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

from app import clock
from app.ledger.change import Change
from app.rules.calendar import first_of, half_of_year, half_year, last_of, month_of, next_month
from tests.coordinator.test_monday import wrote
from tests.coordinator.test_setup import change, rows
from tests.world import named, statements, visit

PAGE = "/kontor/programtroskab"
BEFORE = next_month(half_year(month_of(clock.today()))[0], -1)  # the last month of the half-year before
HALF = half_of_year(BEFORE)


def told(office, half=HALF):
    """title → (planned, delivered, difference)."""
    found = {}
    for line in re.findall(r"<tr>(.*?)</tr>", office.text(f"{PAGE}?halvaar={half}"), re.S):
        cells = [unescape(re.sub(r"<span.*?</span>|<[^>]+>", "", cell)).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.S)]
        found[cells[0]] = tuple(cells[1:4])
    return found


def came(count):
    return [Change("visit", named(f"v{at}"), "create", visit(occurred_at=f"{BEFORE}-0{at + 1}T09:00:00.000Z")) for at in range(count)]


def days_of(half=HALF):
    first, last = half_year(f"{half[:4]}-{'01' if half.endswith('1') else '07'}")
    return (last_of(last) - first_of(first)).days + 1


def test_the_plan_comes_from_intervals_and_targets_and_what_was_done_from_the_records(world, birthe):
    wrote(world, world.signe, *came(4))
    before = told(birthe)
    by_interval = round(3 * days_of() / 21)
    assert before["Praksisser med aftale"] == ("20", "3", "15,0 % af planen")
    assert before["Gennemførte besøg"] == (str(by_interval), "4", f"{400 / by_interval:.1f} % af planen".replace(".", ","))
    assert before["Samtaler"][0] == "–" and before["Deltagere"] == ("–", "Ikke i brug", "–")
    targets = [{"indicator": "P2", "value": "1", "from": "01-01-2025"}, {"indicator": "S1", "value": "2", "from": "01-01-2025"}]
    assert change(birthe, "maal", **rows("targets", *targets)).status_code == 303
    after = told(birthe)
    assert after["Gennemførte besøg"] == ("6", "4", "66,7 % af planen") and after["Samtaler"] == ("12", "0", "0,0 % af planen")


def test_nobody_is_expected_to_visit_before_the_project_begins(world, birthe):
    phases = [{"phase": "PREPARATION", "from": "01-01-2025", "to": f"{last_of(BEFORE):%d-%m-%Y}"},
              {"phase": "PROJECT", "from": f"{last_of(BEFORE) + timedelta(days=1):%d-%m-%Y}"}]
    assert "Der er ikke skrevet en plan endnu" in birthe.text(PAGE)
    assert change(birthe, "faser", **rows("phases", *phases)).status_code == 303
    assert "Der er ikke skrevet en plan endnu" not in birthe.text(PAGE)
    assert told(birthe)["Gennemførte besøg"][0] == "0"
    assert told(birthe, half_of_year(month_of(clock.today())))["Gennemførte besøg"][0] != "0"


def test_few_citizens_are_no_number_and_no_adviser_has_one(world, birthe):
    said = [Change("talk", named(f"t{at}"), "create", {"type": "ANONYMOUS", "place": "CLINIC_ROOM", "minutes": 10, "district": "VALBY",
                                                       "occurred_at": f"{BEFORE}-0{at + 1}T09:00:00.000Z"}) for at in range(2)]
    wrote(world, world.signe, *said)
    assert told(birthe)["Samtaler"][1:] == ("<3", "–")
    page = birthe.text(PAGE)
    assert "Signe" not in page and "Emre" not in page


def test_every_figure_opens_to_its_definition_and_to_its_records(world, birthe):
    wrote(world, world.signe, *came(1))
    page, meanings = birthe.text(f"{PAGE}?halvaar={HALF}"), birthe.text("/kontor/maaneder/definitioner")
    lines = re.findall(r'<th scope="row"><a href="/kontor/maaneder/definitioner#([^"]+)">', page)
    assert len(lines) == 14 and all(f'id="{one}"' in meanings for one in lines)
    records = [unescape(one) for one in re.findall(r'<td class="number"><a href="([^"]+)">', page)]
    assert len(set(records)) >= 6 and all(birthe.get(one).status_code == 200 for one in records)
    visits = next(one for one in records if "/besoeg" in one)
    assert "1 besøg" in birthe.text(visits) and f"fra={first_of(half_year(BEFORE)[0]):%d-%m-%Y}" in visits


def test_a_half_year_that_is_not_the_projects_is_answered_with_the_running_one(world, birthe):
    assert "Halvåret er ikke slut" in birthe.text(f"{PAGE}?halvaar=1999-H1")


def test_it_asks_the_database_the_same_however_much_there_is(world, birthe, app):
    def asked():
        with statements(app.extensions["database"]) as seen:
            birthe.text(f"{PAGE}?halvaar={HALF}")
        return len(seen)
    before = asked()
    wrote(world, world.signe, *came(9))
    assert asked() <= before
