"""Tilbagemelding til lægen: the practice's own visits, the whole project's citizens, never a citizen of the practice's own."""

from __future__ import annotations

import io

import pikepdf
import pytest
from sqlalchemy import select

from app.figures.tables import RECORDS
from app.ledger.change import Change
from app.ledger.push import push, write
from app.ledger.tables import ACCESS
from tests.export.conftest import NOW
from tests.export.test_door import MONTHS, office, send, text  # noqa: F401
from tests.export.test_month_page import roles
from tests.world import Phone, named, visit

PAGE = f"{MONTHS}/tilbagemelding/{named('halmtorvet')}"


@pytest.fixture
def birthe(office):  # noqa: F811
    return office("birthe")


def fetch(birthe, **fields):
    return send(birthe, PAGE, PAGE, how="PDF", **fields)


def talks(count, practice):
    """So many talks at the practice, of which nobody else has any."""
    return [Change("talk", named(f"samtale {at}"), "create", {
        "type": "ANONYMOUS", "place": "CLINIC_ROOM", "minutes": 10, "district": "VESTERBRO", "visit_id": named("besøg her"),
        "occurred_at": f"2026-11-0{at + 1}T09:00:00.000Z"}) for at in range(count)]


def test_the_practice_leads_to_its_page_and_sees_its_own_visits_and_material(birthe):
    assert PAGE in text(birthe, f"/kontor/praksisser/{named('halmtorvet')}")
    page = text(birthe, PAGE)
    assert "Gennemførte besøg</th><td class=\"number\">1</td>" in page and "læge</th><td class=\"number\">1</td>" in page
    assert "Er du sygemeldt? Få en snak</th><td>Dansk</td><td class=\"number\">10</td>" in page
    assert "har ikke fået trykt materiale" in text(birthe, PAGE.replace(named("halmtorvet"), named("valby")))


def test_what_is_shown_about_citizens_does_not_follow_the_practice(autumn, birthe):
    """Two practices, one with all the talks: the pages say the same about citizens."""
    told = [Change("visit", named("besøg her"), "create", visit(occurred_at="2026-11-02T07:00:00Z")), *talks(7, "halmtorvet")]
    assert {one.status for one in write(autumn.db, autumn.signe, told, NOW)} == {"accepted"}

    def whole(practice):
        return text(birthe, PAGE.replace(named("halmtorvet"), named(practice))).partition("I hele projektet")[2]
    assert whole("halmtorvet").replace(named("halmtorvet"), "x") == whole("valby").replace(named("valby"), "x") and "Samtaler" in whole("valby")


def test_the_pdf_is_one_tagged_page_that_says_the_same_and_is_logged(autumn, birthe):
    answer = fetch(birthe, besked="Tak for kaffen, og for at I altid har et lokale.")
    assert answer.mimetype == "application/pdf" and "P04_2026-H2" in answer.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 1 and str(pdf.Root.Lang) == "da" and bool(pdf.Root.MarkInfo.Marked)
        with pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1" and told["dc:title"] == "Tilbagemelding til Lægerne Halmgården"
        names = [name for name, _ in roles(pdf.Root.StructTreeRoot.K, [])]
    assert names.count("/H1") == 1 and names.count("/Table") >= 3
    with autumn.db.read() as tx:
        line = tx.execute(select(ACCESS).where(ACCESS.c.act == "FILE")).one()
    assert line.practice_id == named("halmtorvet") and line.about == "Tilbagemelding_P04_2026-H2.pdf"


@pytest.mark.parametrize("words", ["Ring om 070761-4285", "B-7K3MB var glad", "b7k3mb kommer igen", "a" * 301])
def test_words_that_point_at_somebody_do_not_leave_and_are_not_lost(birthe, words):
    for how in ("PDF", "VIS"):
        answer = send(birthe, PAGE, PAGE, how=how, besked=words)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422 and 'id="besked-fejl"' in page and words in page.partition("<textarea")[2].partition("</textarea>")[0]


def test_the_preview_has_the_words_in_it(birthe):
    page = send(birthe, PAGE, PAGE, how="VIS", besked="Tak for kaffen.").get_data(as_text=True)
    assert page.partition("Tak for samarbejdet")[2].find("<p>Tak for kaffen.</p>") > 0


def test_nothing_leaves_while_a_stopped_number_waits(autumn, birthe):
    op = Phone().create("visit", named("cpr"), visit(note="070761-4285"))
    assert push(autumn.db, autumn.signe, named("x"), [op], NOW).results[0].code == "CPR_NUMBER"
    answer = fetch(birthe)
    assert answer.status_code == 303 and "stoppet CPR-nummer" in text(birthe, PAGE)


def test_an_unknown_practice_and_another_role_find_nothing(birthe, office):  # noqa: F811
    assert birthe.get(PAGE.replace(named("halmtorvet"), named("findes ikke"))).status_code == 404
    assert office("signe").get(PAGE).status_code == 404


def test_no_citizen_and_no_note_is_read_for_it():
    """Else a number of the practice's own could slip in later."""
    from app.export import feedback
    read = {one for one in vars(feedback).values() if hasattr(one, "columns")}
    assert read and not read & {RECORDS[kind] for kind in ("talk", "citizen", "enrolment", "outcome")}
