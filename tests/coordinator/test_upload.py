"""A list from a spreadsheet goes in after a look at every row, and again without anything doubled."""

import io
from pathlib import Path

from sqlalchemy import select

from app.coordinator.desk import TABLES
from tests.world import named

LIST = (Path(__file__).parents[2] / "app/catalogue/demo/practices.csv").read_bytes()
PAGE = "/kontor/praksisser/import"


def broken_list():
    """The demo's list with three rows broken in ways lists are."""
    lines = LIST.decode().splitlines()
    lines[3] = lines[3].replace("990103", "9903")
    lines[7] = lines[7].replace("VESTERBRO", "Nørrebro")
    lines[12] = lines[12].replace("ma-fr 08:00-14:30", "hver dag fra otte")
    return "\r\n".join(lines).encode("cp1252")


def upload(birthe, content):
    token = birthe.hidden(PAGE)["csrf_token"]
    return birthe.client.post(PAGE, data={"csrf_token": token, "fil": (io.BytesIO(content), "praksisser.csv")}, content_type="multipart/form-data")


def send_on(birthe, preview, address=f"{PAGE}/skrevet", **fields):
    import html
    import re
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', preview.get_data(as_text=True))
    hidden = {name: html.unescape(value) for name, value in found}
    return birthe.client.post(address, data={**hidden, **fields}, content_type="multipart/form-data")


def practices(world):
    table = TABLES["practice"]
    with world.db.read() as tx:
        return {row["number"]: row for row in tx.execute(select(table).where(table.c.deleted.is_(False))).mappings()}


def test_the_preview_writes_nothing_and_names_each_bad_row(world, birthe):
    preview = upload(birthe, broken_list())
    page = preview.get_data(as_text=True)
    assert preview.status_code == 200 and "3 med fejl" in page and "3 ændrede" in page and "14 nye" in page
    for row, sentence in ((4, "»9903« har 4 cifre"), (8, "»Nørrebro« kendes ikke"), (13, "hver dag fra otte")):
        assert f'<td class="number">{row}</td>' in page and sentence in page
    assert len(practices(world)) == 3


def test_the_good_rows_go_in_while_the_bad_ones_wait(world, birthe):
    after = send_on(birthe, upload(birthe, broken_list()), act="import", **{"key-A1": named("signe"), "key-A2": named("emre")})
    assert "Rækker med fejl" in after.get_data(as_text=True)
    found = practices(world)
    assert len(found) == 17 and not {"P03", "P07", "P12"} & set(found)
    assert found["P01"]["responsible_adviser_id"] == named("signe")
    assert found["P04"]["address"] == "Halmtorvet 61 D"  # was there before, changed field by field
    assert found["P04"]["agreements"] == [{"status": "AGREED", "from": "2025-01-20"}]


def test_the_bad_rows_come_back_as_a_file_with_what_is_wrong(birthe):
    response = send_on(birthe, upload(birthe, broken_list()), f"{PAGE}/fejl.csv")
    text = response.get_data().decode("utf-8-sig")
    head, *lines = text.splitlines()
    assert head.endswith(";fejl") and len(lines) == 3 and "kendes ikke" in lines[1]


def test_the_corrected_list_finishes_the_job_and_then_changes_nothing(world, birthe):
    people = {"key-A1": named("signe"), "key-A2": named("emre")}
    send_on(birthe, upload(birthe, broken_list()), act="import", **people)
    done = send_on(birthe, upload(birthe, LIST), act="import", **people)
    assert done.status_code == 303 and len(practices(world)) == 20
    revs = {number: row["rev"] for number, row in practices(world).items()}
    again = send_on(birthe, upload(birthe, LIST), act="preview", **people)
    assert "20 uden ændring" in again.get_data(as_text=True) and "Der er ingen rækker at importere" in again.get_data(as_text=True)
    assert {number: row["rev"] for number, row in practices(world).items()} == revs


def test_a_practice_that_a_colleague_changed_meanwhile_waits(world, birthe):
    from app.ledger.change import Change
    from app.ledger.push import write
    from tests.world import NOW
    preview = upload(birthe, b"praksis_id;navn\nP04;Fra filen")
    moved = Change("practice", named("halmtorvet"), "update", {"name": "Fra kollegaen"}, {"name": "Lægerne Halmgården"})
    write(world.db, world.birthe, [moved], NOW)
    after = send_on(birthe, preview, act="import")
    assert practices(world)["P04"]["name"] == "Fra kollegaen" and "Fra filen" in after.get_data(as_text=True)


def test_a_cpr_number_in_the_list_is_a_bad_row(world, birthe):
    page = upload(birthe, b"praksis_id;cykelnote\nP04;010170-1234").get_data(as_text=True)
    assert "1 med fejl" in page and "CPR" in page


def test_no_file_and_a_strange_file_are_answered_at_the_field(birthe):
    for content in (b"", b"PK\x03\x04excel", b"navn;by\nA;B"):
        response = upload(birthe, content)
        assert response.status_code == 422 and 'id="fil-fejl"' in response.get_data(as_text=True)


def test_a_list_beyond_the_target_asks_for_a_reason_and_keeps_it(world, birthe):
    more = "\n".join(f"Q{number:02};Praksis {number};VALBY;Vej 1;2500;Valby;AGREED;2026-11-02" for number in range(18))
    preview = upload(birthe, f"praksis_id;navn;bydel;adresse;postnr;by;aftalestatus;aftale_fra\n{more}".encode())
    assert "1 praksis over målet" in preview.get_data(as_text=True)
    refused = send_on(birthe, preview, act="import")
    assert refused.status_code == 422 and 'id="reason-fejl"' in refused.get_data(as_text=True) and len(practices(world)) == 3
    assert send_on(birthe, preview, act="import", reason="Bydelen voksede").status_code == 303
    assert practices(world)["Q17"]["agreements"] == [{"status": "AGREED", "from": "2026-11-02", "reason": "Bydelen voksede"}]
