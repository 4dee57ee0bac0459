"""The pages of the months, as Birthe meets them: every page is inspected by the client."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from app import clock
from app.figures import definitions
from app.ledger.change import Change
from app.ledger.push import push, write
from app.ledger.tables import ACCESS
from app.records.account import Device
from app.records.month import MonthClose
from tests.export.conftest import NOW
from tests.world import PASSPHRASE, Phone, named, visit

MONTHS = "/kontor/maaneder"


@pytest.fixture
def office(app, autumn):
    """Signs anyone in and gives their browser back."""
    def signed_in(who):
        client = app.test_client()
        send(client, "/log-ind", "/log-ind", email=f"{who}@demo.example", passphrase=PASSPHRASE)
        return client
    return signed_in


def send(client, address, page, **fields):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).get_data(as_text=True))[1]
    return client.post(address, data={"csrf_token": token, **fields})


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def closed_months(world):
    with world.db.read() as tx:
        return dict(tx.execute(select(MonthClose.__table__.c.month, MonthClose.__table__.c.reason)).all())


def test_the_list_says_each_months_state_in_words(office):
    page = text(office("birthe"), MONTHS)
    assert re.search(r"November 2026</a></th> <td><span class=\"badge badge-info\">Åben</span> i gang", page)
    assert re.search(r"Oktober 2026</a></th> <td><span class=\"badge badge-success\">Klar til lukning</span>", page)
    assert re.search(r"September 2026</a></th> <td><span class=\"badge\">Lukket</span>.*?07-10-2026", page)
    assert "06-11-2026" in page  # October should close on the fifth working day of November


def test_a_closed_month_shows_as_closed_corrections_and_now(office):
    page = text(office("birthe"), f"{MONTHS}/2026-09")
    assert "<td class=\"number\">2</td><td class=\"number\">+1</td> <td class=\"number\">3</td>" in page
    assert "2/3 → 3/3" in page and "venter på oktober 2026" in page and "Sen synk" in page
    assert "En praksis er aktiv, når den har haft aftale" in page


def test_the_month_shows_what_will_leave_the_house(office):
    page = text(office("birthe"), f"{MONTHS}/2026-10")
    assert "RPH_2026-10_foreloebig.zip" in page and "02_besoeg.csv, 1 række" in page and "aktivitetsmaaned" in page


def test_each_hidden_cell_and_why_is_shown_before_anything_leaves(office, autumn):
    talks = [Change("talk", named(f"samtale {number}"), "create", {"type": "ANONYMOUS", "place": "CLINIC_ROOM", "minutes": 20, "practice_id": named(
        "valby" if number < 3 else "halmtorvet"), "occurred_at": f"2026-10-{number + 1:02d}T09:00:00Z"}) for number in range(10)]
    assert {r.status for r in write(autumn.db, autumn.signe, talks, NOW)} == {"accepted"}
    birthe = office("birthe")
    page = text(birthe, f"{MONTHS}/2026-10")
    assert "2 celler skjules i filen, når måneden lukkes med disse tal" in page
    assert re.search(r"S1 Samtaler</th><td>Valby</td> <td>&lt;5</td><td>Tallet er under 5.</td>", page)
    assert re.search(r"S1 Samtaler</th><td>Vesterbro</td> <td>skjult</td><td>Skjult, så et andet tal under 5 ikke kan regnes ud.</td>", page)
    send(birthe, f"{MONTHS}/2026-10/lukning", f"{MONTHS}/2026-10")
    page = text(birthe, f"{MONTHS}/2026-10")
    assert "2 celler skjules i filen<" in page and "03_samtaler_sum.csv, 4 rækker" in page


def test_birthe_closes_a_ready_month_once(office, autumn):
    birthe = office("birthe")
    assert send(birthe, f"{MONTHS}/2026-10/lukning", f"{MONTHS}/2026-10").status_code == 303
    assert closed_months(autumn)["2026-10"] is None
    assert "Lukket" in text(birthe, f"{MONTHS}/2026-10") and "Luk oktober" not in text(birthe, f"{MONTHS}/2026-10")
    again = send(birthe, f"{MONTHS}/2026-10/lukning", f"{MONTHS}/2026-11", reason="igen")
    assert again.status_code == 303 and "allerede lukket" in text(birthe, f"{MONTHS}/2026-10")


def missing(autumn):
    """Signe's phone has not been heard from since 28 October and holds three visits; one visit was stopped."""
    with autumn.db.write() as tx:
        at = datetime(2026, 10, 28, 9, tzinfo=UTC)
        tx.execute(insert(Device.__table__).values(
            id=named("telefon"), project_id=autumn.project_id, user_id=autumn.signe.user_id, name="Signes Pixel", app_version="1.0.0",
            created_at=at, seen_at=at, unsent=3, oldest_unsent_at=at, clock_offset_s=0))
    wrong = visit(occurred_at="2026-10-20T09:00:00Z", minutes=900)
    assert push(autumn.db, autumn.emre, named("x"), [Phone().create("visit", named("forkert"), wrong)], NOW).results[0].code == "INVALID"


def test_what_is_missing_is_named_and_closing_then_needs_a_reason(office, autumn):
    missing(autumn)
    birthe = office("birthe")
    page = text(birthe, f"{MONTHS}/2026-10")
    assert "1 telefon har 3 usendte registreringer." in page and "Signe: Signes Pixel, 3 venter" in page
    assert "1 telefon har ikke synket efter månedens sidste dag." in page and "sidst set 28-10-2026" in page
    assert "1 registrering fra måneden skal rettes." in page and "Emre: Besøg" in page
    for reason in ("", "ok", "Nr. 070761-4285 er syg"):
        assert send(birthe, f"{MONTHS}/2026-10/lukning", f"{MONTHS}/2026-10", reason=reason).status_code == 422
    assert "2026-10" not in closed_months(autumn)
    send(birthe, f"{MONTHS}/2026-10/lukning", f"{MONTHS}/2026-10", reason="Signes telefon er til reparation")
    assert closed_months(autumn)["2026-10"] == "Signes telefon er til reparation"
    content = birthe.get(f"{MONTHS}/2026-10/fil").data
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"reparation" in archive.read(name) for name in archive.namelist())


def test_the_oldest_open_month_closes_first(office, autumn, monkeypatch):
    monkeypatch.setattr(clock, "SHIFT", datetime(2026, 12, 9, 9, tzinfo=UTC) - datetime.now(UTC))
    birthe = office("birthe")
    assert "Oktober 2026 skal lukkes først." in text(birthe, f"{MONTHS}/2026-11")
    assert send(birthe, f"{MONTHS}/2026-11/lukning", f"{MONTHS}/2026-10").status_code == 303
    assert "2026-11" not in closed_months(autumn)


def test_the_running_month_has_no_button_and_is_refused(office, autumn):
    birthe = office("birthe")
    assert "Luk november" not in text(birthe, f"{MONTHS}/2026-11")
    send(birthe, f"{MONTHS}/2026-11/lukning", f"{MONTHS}/2026-10")
    assert "2026-11" not in closed_months(autumn)
    assert "skal lukkes først" in text(birthe, f"{MONTHS}/2026-11")


def test_the_file_of_a_closed_month_is_fetched_as_it_was_stored(office, autumn):
    birthe = office("birthe")
    got = birthe.get(f"{MONTHS}/2026-09/fil")
    assert got.headers["Content-Disposition"] == "attachment; filename=RPH_2026-09_v1.zip" and got.mimetype == "application/zip"
    assert got.headers["Cache-Control"] == "no-store" and got.data == birthe.get(f"{MONTHS}/2026-09/fil").data
    with autumn.db.read() as tx:
        rows = tx.execute(select(ACCESS.c.user_id, ACCESS.c.about).where(ACCESS.c.act == "FILE")).all()
    assert rows == [(autumn.birthe.user_id, "RPH_2026-09_v1.zip")] * 2


@pytest.mark.parametrize("month", ["2024-12", "2026-12", "2026-13", "nov", "2026-09-01"])
def test_a_month_that_is_not_the_projects_is_not_there(office, month):
    birthe = office("birthe")
    assert birthe.get(f"{MONTHS}/{month}").status_code == 404 and birthe.get(f"{MONTHS}/{month}/fil").status_code == 404


@pytest.mark.parametrize("address", ["", "/2026-09", "/2026-09/fil"])
def test_only_the_coordinator_comes_in(office, app, address):
    assert office("signe").get(MONTHS + address).status_code == 404
    assert office("sanne").get(MONTHS + address).status_code == 404
    assert app.test_client().get(MONTHS + address).status_code == 302


def test_a_form_without_a_token_closes_nothing(office, autumn):
    office("birthe").post(f"{MONTHS}/2026-10/lukning", data={})
    assert "2026-10" not in closed_months(autumn)


def test_the_coordinator_can_explain_every_figure(office):
    birthe = office("birthe")
    page = text(birthe, f"{MONTHS}/definitioner")
    for one in definitions():
        row = re.search(rf'<tr id="{one.id}">.*?</tr>', page)[0]
        assert one.definition in row and ("Ikke i brug" in row) is not one.in_use
    assert "definitioner" in text(birthe, MONTHS)
    assert office("signe").get(f"{MONTHS}/definitioner").status_code == 404
