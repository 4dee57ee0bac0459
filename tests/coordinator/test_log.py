"""Viggo watches over data protection: he finds who saw what about whom, and is himself in the log; nobody else gets in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.accounts.people import add
from app.ledger import access, erasure
from app.ledger.access import Entry
from app.ledger.change import Change
from app.ledger.founding import system
from app.ledger.push import write
from app.ledger.tables import ACCESS
from tests.world import NOW, PASSPHRASE, named

CODE, OTHER, REASON = "B-RW425", "B-7K3MB", "Borgeren har bedt om at få noten rettet"
BOTH = pytest.mark.parametrize("place", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def viggo(world, office):
    add(world.db, "viggo@demo.example", "Viggo Tilsynsen", "VTI", "AUDITOR", PASSPHRASE, NOW, named("viggo"))
    done = write(world.db, world.signe, [Change("citizen", named(code), "create", {"code": code, "first_practice_id": named("halmtorvet")})
                                         for code in (CODE, OTHER)], NOW)
    assert {result.status for result in done} == {"accepted"}
    access.log(world.db, world.signe, [Entry("PULL", "talk", None, named(code), about="minutes, note") for code in (CODE, OTHER)], NOW)
    access.log(world.db, world.birthe, [Entry("LOOK_UP", "talk", named("samtale"), named(CODE), about="note", reason=REASON)],
               NOW + timedelta(days=2))
    return office("viggo")


def rows(viggo, query=""):
    """(what was done, to whom) as the page lists it, without the reading of the log itself and the way in to it."""
    page = re.sub(r"\s+", " ", viggo.text(f"/log{query}"))
    found = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in page.split("<tbody>")[-1].split("<tr>")[1:]]
    return [(cells[1], cells[2]) for cells in found if cells and cells[1] not in ("Set i loggen", "Logget ind")]


@BOTH
def test_the_newest_stand_first_in_words(viggo):
    assert rows(viggo) == [("Begrundet opslag", CODE), ("Hentet til en telefon", OTHER), ("Hentet til en telefon", CODE)]
    page = viggo.text("/log")
    assert "Samtale: note" in page and REASON in page and "fre. 27. nov. 2026" in page and "Birthe" in page and "Koordinator" in page


@BOTH
@pytest.mark.parametrize(("query", "found"), [
    (f"?borger={OTHER.lower()}", [OTHER]), (f"?borger={CODE}&hvad=LOOK_UP", [CODE]), ("?hvad=PULL", [OTHER, CODE]),
    (f"?hvem={named('birthe')}", [CODE]), ("?til=26-11-2026", [OTHER, CODE]), ("?fra=26-11-2026&hvad=LOOK_UP", [CODE]), ("?hvad=CALL", []),
    ("?borger=B-23456", []), ("?borger=%27%22%25_", [])])
def test_filters_stand_in_the_address(viggo, query, found):
    assert [code for _, code in rows(viggo, query)] == found


def test_what_was_typed_wrong_is_said_at_the_field(viggo):
    page = viggo.text("/log?borger=B-23456&fra=i+går")
    assert "Ingen borger har den kode" in page and "Skriv datoen som dd-mm-åååå" in page and page.count('aria-invalid="true"') == 2


@BOTH
@pytest.mark.parametrize("address", ["/log?borger=%00", "/log?hvem=%00"])
def test_what_no_database_can_hold_is_not_asked_for(viggo, address):
    assert viggo.get(address).status_code == 404


def test_who_reads_the_log_is_in_it_and_a_code_is_not(viggo, world):
    viggo.text(f"/log?borger={CODE}&hvad=PULL")
    with world.db.read() as tx:
        last = tx.execute(select(ACCESS).order_by(ACCESS.c.number.desc()).limit(1)).mappings().one()
        assert access.verify(tx, world.project_id) == [] and CODE not in str(tx.execute(select(ACCESS)).all())
    assert (last["act"], last["user_id"], last["citizen_id"], last["about"]) == ("SEARCH", named("viggo"), named(CODE), "borger, hvad")


def test_an_erased_citizen_stays_in_the_log_without_code_and_reason(viggo, world):
    erasure.erase(world.db, world.project_id, CODE, clock.now())
    assert ("Borger slettet", "slettet") in rows(viggo)
    page = viggo.text("/log")
    assert CODE not in page and REASON not in page and "Begrundet opslag" in page


def test_fifty_a_page_and_the_filter_follows(viggo, world):
    access.log(world.db, system(world.project_id), [Entry("FILE", "month", about=f"RPH_2026-{n}_v1.zip") for n in range(60)], NOW)
    assert "RPH_2026-59_v1.zip" in viggo.text("/log?hvad=FILE") and "RPH_2026-5_v1.zip" not in viggo.text("/log?hvad=FILE")
    page = viggo.text("/log?hvad=FILE&side=2")
    assert "RPH_2026-5_v1.zip" in page and "60 linjer, side 2 af 2" in page and "/log?hvad=FILE&amp;side=1" in page and "Serveren" in page


def test_every_act_and_every_period_is_said_in_words(viggo, world):
    """A frozen half-year once broke the page."""
    abouts = {"2026-10": "Oktober 2026", "2026-H2": "2. halvår 2026", "2026-09/side.pdf": "2026-09/side.pdf", "": "", "2026-H3": "2026-H3"}
    access.log(world.db, world.birthe, [Entry(act, "month", about=about) for act in access.ACTS for about in abouts], NOW)
    pages = [viggo.text(f"/log?hvad={act}").lower() for act in access.ACTS]
    assert [words for words in abouts.values() if not all(words.lower() in page for page in pages)] == []


def test_viggo_lands_on_the_log_and_nobody_else_finds_it(viggo, office, world):
    assert viggo.get("/log-ind").location == "/log"
    for who in ("birthe", "signe", "sanne"):
        assert office(who).get("/log").status_code == 404
    assert "Gå til loggen" in viggo.text("/adgang")
