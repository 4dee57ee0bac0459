"""A list of practices is read as Excel and people write it, and what is wrong is said with its row."""

from pathlib import Path

import pytest

from app.rules.practice_import import read_practices, unknown_headings
from app.rules.table_file import Unreadable

LIST = (Path(__file__).parents[2] / "app/catalogue/demo/practices.csv").read_bytes()
HEAD = "praksis_id;ydernummer;navn;bydel;adresse;postnr;by"


def rows(*lines, head=HEAD):
    return read_practices("\r\n".join([head, *lines]).encode())


def test_the_whole_demo_list_is_read_without_a_word():
    read = read_practices(LIST)
    assert [row.data["number"] for row in read] == [f"P{number:02}" for number in range(1, 21)]
    assert not any(row.errors for row in read)
    assert not unknown_headings(LIST)


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_and_separators_of_excel_make_no_difference(letters):
    assert [row.data for row in read_practices(LIST.decode().encode(letters))] == [row.data for row in read_practices(LIST)]


def test_excels_own_first_line_is_no_row():
    assert read_practices(b"sep=;\r\n" + LIST)[0].number == 2


def test_a_zero_in_front_stays_and_a_lost_one_is_asked_for():
    kept, lost = rows("P1;=\"057584\";A;VALBY;Vej 1;2500;Valby", "P2;57584;B;VALBY;Vej 2;2500;Valby")
    assert kept.data["ydernummer"] == "057584" and not kept.errors
    assert lost.errors == ["ydernummer: »57584« har 5 cifre. Regnearket har nok fjernet et nul foran: skriv 057584."]


def test_words_people_use_for_the_place_are_known():
    assert [row.data["district"] for row in rows("P1;;A;Sydhavnen;Vej 1;2450;København SV", "P2;;B;Kgs. Enghave;Vej 2;2450;København SV")] \
        == ["KGS_ENGHAVE"] * 2


def test_a_decimal_comma_is_a_decimal_point():
    comma, point = rows("P1;55,6696", "P2;55.6696", head="praksis_id;lat")
    assert comma.data["lat"] == point.data["lat"] == 55.6696


def test_what_is_said_later_about_a_day_counts():
    (row,) = rows("P8;ma, ti, to, fr 08:00-15:00; ti 8-17; on lukket".replace(";", ";\"", 1) + '"', head="praksis_id;aabningstid")
    assert [(entry["weekday"], entry["to"]) for entry in row.data["opening"]] == [
        ("MON", "15:00"), ("TUE", "17:00"), ("THU", "15:00"), ("FRI", "15:00")]


def test_closed_weeks_run_from_monday_to_sunday():
    (row,) = rows("P1;28-30", head="praksis_id;lukkeuger_2026")
    assert row.data["closures"] == [{"from": "2026-07-06", "to": "2026-07-26"}]


def test_an_agreement_that_ended_leaves_no_hole():
    (row,) = rows("P3;ENDED;03-02-2025;31-03-2026", head="praksis_id;aftalestatus;aftale_fra;aftale_til")
    assert row.data["agreements"] == [{"status": "AGREED", "from": "2025-02-03", "to": "2026-03-31"}, {"status": "ENDED", "from": "2026-04-01"}]


def test_a_practice_that_stands_twice_is_named_with_its_first_row():
    assert rows("P1;990101", "P2;990101", head="praksis_id;ydernummer")[1].errors == ["ydernummer: 990101 står også i række 2."]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04xlsx", b"navn;by\nA;B", b"praksis_id;navn;navn\nP1;A;B"])
def test_a_file_that_is_no_list_of_practices_is_refused_with_a_way_on(content):
    with pytest.raises(Unreadable):
        read_practices(content)


def test_door_codes_do_not_come_in():
    (row,) = rows("P1;Dørkode 4711", head="praksis_id;adgang_note")
    assert row.errors and "access_note" not in row.data
