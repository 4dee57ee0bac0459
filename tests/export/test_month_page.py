"""Måneden i én side: tagged for a screen reader, the same bytes twice, the three sentences through the guard, no number that the files hide."""

from __future__ import annotations

import io

import pikepdf
import pytest

from app.export import month_close, month_export, month_page
from app.export.dialect import Signed
from app.export.month_page import NAME
from app.export.paper import pages
from app.export.sheets import Sheet
from app.figures import ALL, INDICATORS
from app.figures.figure import Figure
from app.figures.ground import lay_out
from app.ledger.change import Change
from app.ledger.push import write
from tests.export.conftest import NOW
from tests.export.test_door import MONTHS, office, send, text  # noqa: F401
from tests.export.test_files import unpacked
from tests.world import named


def roles(element, found):
    """Every structure role of a PDF, in reading order, with the alternative text of figures."""
    if isinstance(element, pikepdf.Array):
        for one in element:
            roles(one, found)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            found.append((str(element.S), str(element.get("/Alt", ""))))
        if "/K" in element:
            roles(element.K, found)
    return found


def paper(world, tmp_path, month):
    return unpacked(month_export(world.db, world.project_id, month, tmp_path, NOW))[NAME]


def test_the_page_is_tagged_in_danish_with_headings_tables_and_a_picture_in_words(autumn, tmp_path):
    with pikepdf.open(io.BytesIO(paper(autumn, tmp_path, "2026-09"))) as pdf:
        assert str(pdf.Root.Lang) == "da" and bool(pdf.Root.MarkInfo.Marked) and bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1" and told["pdfaid:part"] == "3" and told["pdfaid:conformance"] == "A"
            assert told["dc:title"] == "Måneden i én side: september 2026"
        found = roles(pdf.Root.StructTreeRoot.K, [])
        assert len(pdf.pages) == 1
    names = [name for name, _ in found]
    assert names.count("/H1") == 1 and names.count("/H2") >= 3 and names.count("/Table") >= 1 and names.count("/TH") >= 6
    assert any(name == "/Figure" and "Valby 1" in alt for name, alt in found)


def test_the_same_month_is_printed_with_the_same_bytes(autumn, tmp_path):
    assert paper(autumn, tmp_path / "a", "2026-10") == paper(autumn, tmp_path / "b", "2026-10")


def test_birthe_s_sentences_stand_on_the_page_until_the_month_is_closed(office, autumn, tmp_path):  # noqa: F811
    birthe, page = office("birthe"), f"{MONTHS}/2026-10"
    assert send(birthe, f"{page}/tekst", page, saetning1="Vi kom godt i gang.", saetning2="Æbleskiver på Valby.").status_code == 303
    assert "Æbleskiver på Valby." in text(birthe, page)
    month_close(autumn.db, autumn.project_id, "2026-10", None, None, NOW)
    shown = birthe.get(f"{page}/side")
    assert shown.mimetype == "application/pdf" and shown.data == paper(autumn, tmp_path, "2026-10")
    with pikepdf.open(io.BytesIO(shown.data)) as pdf:
        assert ("/LI", "") in roles(pdf.Root.StructTreeRoot.K, [])
    assert send(birthe, f"{page}/tekst", MONTHS, saetning1="For sent.").status_code == 303
    assert "ændrer sig ikke mere" in text(birthe, page)
    assert paper(autumn, tmp_path, "2026-10") == shown.data


@pytest.mark.parametrize("bad, told", [("Ring om 070761-4285", "CPR-nummer"), ("x" * 301, "Den er 301")])
def test_a_number_and_a_long_sentence_are_told_at_the_field_and_nothing_is_kept(office, autumn, tmp_path, bad, told):  # noqa: F811
    birthe, page = office("birthe"), f"{MONTHS}/2026-10"
    answer = send(birthe, f"{page}/tekst", page, saetning1="Fint.", saetning2=bad)
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422 and told in shown.split('id="saetning2-fejl"')[1].split("</span>")[0]
    assert "Fint." in shown and "Fint." not in text(birthe, page)


def test_a_small_number_is_hidden_on_paper_too(autumn, tmp_path):
    talks = [Change("talk", named(f"t{number}"), "create", {"type": "ANONYMOUS", "place": "CLINIC_ROOM", "minutes": 20, "practice_id": named(
        "valby" if number < 3 else "halmtorvet"), "occurred_at": f"2026-10-{number + 1:02d}T09:00:00Z"}) for number in range(13)]
    assert {r.status for r in write(autumn.db, autumn.signe, talks, NOW)} == {"accepted"}
    month_close(autumn.db, autumn.project_id, "2026-10", None, None, NOW)
    files = unpacked(month_export(autumn.db, autumn.project_id, "2026-10", tmp_path, NOW))
    assert "S1;Samtaler;VALBY;<5" in files["01_maanedstal.csv"].decode("utf-8-sig")
    with autumn.db.read() as tx:
        close = lay_out(tx, autumn.project_id).closes["2026-10"]
    shown = month_page._table([Figure.read(one) for one in close["figures"]])
    row = next(row for row in shown["rows"] if row[0].startswith("S1"))
    assert dict(zip(shown["columns"], row, strict=True))["Valby"] == "<5" and "skjult" in row


def busiest() -> list[Figure]:
    """Every number that may leave the house, in every district and without any, as June and December have them."""
    external = [one for one in INDICATORS if one.external]
    return [Figure(one.id, district, 12345, 98765 if one.share or one.ratio or one.median else None, one.id == "M3" and "Lager går ikke op" or "")
            for one in external for district in (ALL, *(("VESTERBRO", "VALBY", "KGS_ENGHAVE", "") if one.by_district else ()))]


@pytest.mark.parametrize("sentences, corrections", [(["Æbleskiver " * 27 for _ in range(3)], 40), ([], 0), (["Kort."], 2)])
def test_the_busiest_month_keeps_to_one_page(sentences, corrections):
    rows = [("2026-09", "2026-10", "P2", "KGS_ENGHAVE", Signed(7), "LATE_SYNC|WRONG_DATA|MISTAKE_DELETED", 7)] * corrections
    sheet = Sheet("08_rettelser.csv", "Rettelser", ("aktivitetsmaaned",), rows)
    content = month_page.month_page("Et projekt med et ret langt navn", "2026-12", "v1", NOW, busiest(), sheet, sentences, "Alt er opdigtet.")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1 == pages(content)
