"""Målsætning: targets of the project and its districts beside what was done; never a person, and no small number."""

from __future__ import annotations

import re
from html import unescape

from app import clock
from app.figures import ALL, Figure
from app.figures.hide import veiled
from app.ledger.change import Change
from app.rules.calendar import month_of, next_month
from tests.coordinator.test_monday import wrote
from tests.coordinator.test_setup import SETUP, change, rows
from tests.world import named, visit

PAGE = "/kontor/maalsaetning"
MONTH = next_month(month_of(clock.today()), -1)


def told(office, address=PAGE):
    """(what, where, target, result, difference) of each row."""
    table = re.search(r"<caption>Mål og resultat.*?</table>", office.text(address), re.S)[0]
    lines = [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.S)]
             for line in re.findall(r"<tr>(.*?)</tr>", table, re.S)[1:]]
    return [tuple(line[:5]) for line in lines]


def talk(world, number, district):
    return Change("talk", named(f"{district}{number}"), "create", {
        "type": "ANONYMOUS", "place": "CLINIC_ROOM", "minutes": 10, "district": district, "occurred_at": f"{MONTH}-0{number + 1}T09:00:00.000Z"})


def test_no_target_teaches_how_to_set_one(world, birthe):
    assert "Der er ikke sat mål endnu" in birthe.text(PAGE)


def test_targets_of_the_project_and_a_district_stand_beside_what_was_done(world, birthe):
    where = ("halmtorvet", "halmtorvet", "valby")
    visits = [visit(practice_id=named(key), occurred_at=f"{MONTH}-0{at + 1}T09:00:00.000Z") for at, key in enumerate(where)]
    wrote(world, world.signe, *(Change("visit", named(f"v{at}"), "create", one) for at, one in enumerate(visits)))
    targets = [{"indicator": "P2", "value": "3", "from": "01-01-2025"}, {"indicator": "P2", "district": "VALBY", "value": "4", "from": "01-01-2025"},
               {"indicator": "P1", "value": "90", "from": "01-01-2025"}]
    assert change(birthe, "maal", **rows("targets", *targets)).status_code == 303
    assert told(birthe) == [("Praksisdækning", "Hele projektet", "90 %", "66,7 % (2/3)", "23,3 procentpoint under målet"),
                            ("Gennemførte besøg", "Hele projektet", "3", "3", "Nået"), ("Gennemførte besøg", "Valby", "4", "1", "3 under målet")]
    page = birthe.text(PAGE)
    assert "Signe" not in page and "Emre" not in page and "SHL" not in page  # a target is never a person's
    assert "Måneden er ikke slut" in birthe.text(f"{PAGE}?maaned={month_of(clock.today())}")


def test_an_old_month_keeps_its_target(world, birthe):
    before = next_month(MONTH, -1)
    targets = [{"indicator": "P2", "value": "30", "from": "01-01-2025", "to": f"05-{MONTH[5:]}-{MONTH[:4]}"},
               {"indicator": "P2", "value": "40", "from": f"06-{MONTH[5:]}-{MONTH[:4]}"}]
    assert change(birthe, "maal", **rows("targets", *targets)).status_code == 303
    assert told(birthe)[0][2] == "40" and told(birthe, f"{PAGE}?maaned={before}")[0][2] == "30"
    assert "gælder på samme tid" not in birthe.text(SETUP)


def test_few_citizens_are_no_number_and_cannot_be_subtracted(world, birthe):
    wrote(world, world.signe, *(talk(world, at, "VESTERBRO") for at in range(6)), *(talk(world, at, "VALBY") for at in range(4)),
          *(talk(world, at, "KGS_ENGHAVE") for at in range(2)))
    targets = [{"indicator": "S1", "value": "10", "from": "01-01-2025"},
               *({"indicator": "S1", "district": one, "value": "5", "from": "01-01-2025"} for one in ("KGS_ENGHAVE", "VALBY", "VESTERBRO"))]
    assert change(birthe, "maal", **rows("targets", *targets)).status_code == 303
    assert [line[3] for line in told(birthe)] == ["12", "<3", "skjult", "6"]
    assert change(birthe, "smaa-tal", small_cell_threshold_internal="2").status_code == 303
    assert [line[3] for line in told(birthe)] == ["12", "2", "4", "6"]


def test_the_limit_of_what_leaves_the_house_is_not_the_teams():
    figures = [Figure("S1", ALL, 12), *(Figure("S1", one, n) for one, n in (("KGS_ENGHAVE", 4), ("VALBY", 8)))]
    assert [one.n_mark for one in veiled(figures)] == ["", "<5", "skjult"] and [one.n_mark for one in veiled(figures, 3)] == ["", "", ""]
