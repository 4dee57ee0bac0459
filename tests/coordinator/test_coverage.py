"""The schematic map and its table say the same, and what they say is the month's own figures."""

from __future__ import annotations

import re
from html import unescape

from app import clock
from app.figures import recount
from app.ledger.change import Change
from app.ledger.tables import RECORDS
from tests.coordinator.test_monday import wrote
from tests.world import named, visit

PAGE = "/kontor/praksisser/daekning"


def rows(page):
    """What the row of a district says, cell by cell."""
    lines = [[re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", cell))).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.S)]
             for line in re.findall(r"<tr>(.*?)</tr>", page, re.S)]
    return {line[0]: line[1:] for line in lines[1:]}


def test_map_and_table_are_the_figures_of_the_month(world, birthe):
    wrote(world, world.signe, Change("visit", named("v"), "create", visit(occurred_at="2026-10-05T09:00:00.000Z")),
          Change("visit", named("forgæves"), "create", visit(practice_id=named("valby"), outcome="CLOSED", met_roles=["NOBODY"],
                                                             occurred_at="2026-10-05T12:00:00.000Z")))
    page = birthe.text(f"{PAGE}?maaned=2026-10")
    table = rows(page)
    assert table["Vesterbro"][0:2] == ["1", "100,0 % (1/1) lille grundlag"] and table["Vesterbro"][3] == "Ingen"
    assert table["Valby"][1] == "0,0 % (0/1) lille grundlag" and table["Valby"][3] == "Ærtebjerg Lægeklinik"
    with world.db.read() as tx:
        figures = {one.key: one for one in recount(tx, world.project_id, "2026-10", clock.today())}
    assert table["Hele projektet"][:2] == [figures["P0", "ALLE"].basis, f"33,3 % ({figures['P1', 'ALLE'].basis}) lille grundlag"]
    assert "Vesterbro: 1 af 1 praksisser besøgt. Valby: 0 af 1 praksisser besøgt" in page
    assert page.count('class="map-seen"') == 1 and page.count('class="map-missing"') == 2


def test_who_had_no_agreement_in_the_month_is_not_missed(world, birthe):
    ended = [{"status": "AGREED", "from": "2025-01-20", "to": "2026-08-31"}, {"status": "ENDED", "from": "2026-09-01"}]
    with world.db.read() as tx:
        before = tx.execute(RECORDS["practice"].select().where(RECORDS["practice"].c.id == named("valby"))).one()
    wrote(world, world.birthe, Change("practice", named("valby"), "update", {"agreements": ended, "agreement_status": "ENDED"},
                                      {"agreements": before.agreements, "agreement_status": before.agreement_status}))
    page = birthe.text(f"{PAGE}?maaned=2026-10")
    assert rows(page)["Valby"] == ["0", "–", "–", "Ingen"] and "Valby: 0 af 0 praksisser besøgt" in page
    assert "Ærtebjerg Lægeklinik" in birthe.text(f"{PAGE}?maaned=2026-08")


def test_a_month_that_is_not_the_projects_is_answered_with_the_running_one(world, birthe):
    assert "Måneden er ikke slut" in birthe.text(f"{PAGE}?maaned=1999-01")
