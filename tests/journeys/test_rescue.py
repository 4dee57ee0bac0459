"""What a phone cannot send goes to the office as a file that only the server opens, and each thing counts once whatever comes after."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.ledger.tables import OPS, RECORDS
from tests.browser import until
from tests.journeys.demo_day import Day
from tests.journeys.handset import Handset
from tests.journeys.office import Office
from tests.journeys.test_a_locked_pocket import lock, ready, take_down
from tests.journeys.test_canary import found_in
from tests.journeys.test_lock import change_passphrase
from tests.look.look import faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WORD = "kanarieredning"
LETTERS = "caches.open('raadgiver-post').then(box => box.keys()).then(letters => letters.length)"


def log_visit(phone: Handset, number: int) -> None:
    phone.today()
    phone.cards().nth(number).get_by_role("link", name="Log besøg").click()
    phone.page.get_by_label("Note (frivillig)").fill(WORD)
    phone.button("Gem").click()
    phone.says("Gemt på telefonen")


def package(phone: Handset, folder: Path, count: int) -> Path:
    """The file, as it lands among the downloads."""
    phone.button("Lav redningspakke").click()
    expect(phone.page.get_by_role("heading", name=f"{count} registrering{'er' if count > 1 else ''} i pakken")).to_be_visible()
    assert faults(phone.page) == []
    with phone.page.expect_download() as coming:
        phone.button("Gem filen").click()
    assert coming.value.suggested_filename.startswith("redningspakke-SHL-") and coming.value.suggested_filename.endswith(".txt")
    expect(phone.page.get_by_text("ligger i Overførsler")).to_be_visible()
    coming.value.save_as(folder / "pakke.txt")
    return folder / "pakke.txt"


def hand_in(office: Office, file: Path) -> str:
    """Birthe picks the file; the words of the page that comes."""
    office.open("/telefoner")
    office.page.get_by_role("link", name="Indlæs en redningspakke").click()
    office.page.get_by_label("Redningspakke", exact=True).set_input_files(file)
    office.page.get_by_role("button", name="Se, hvad der er i filen").click()
    expect(office.page.locator("main")).to_contain_text(re.compile("Redningspakke fra|Ret det her"))
    assert faults(office.page) == []
    return office.page.locator("main").inner_text()


def book(office: Office) -> str:
    office.page.get_by_role("button", name="Bogfør").click()
    expect(office.page.get_by_role("heading", level=1, name="Brugere og telefoner")).to_be_visible()
    return office.page.locator("body").inner_text()


def booked(day: Day, op_ids: list[str]) -> tuple[list[str], list[str]]:
    """(status of each op that the server has, initials of the author of each visit that has the word)."""
    db, visits, users = day.database, RECORDS["visit"], RECORDS["user"]
    with db.read() as tx:
        ops = list(tx.execute(select(OPS.c.status).where(OPS.c.op_id.in_(op_ids))).scalars())
        whose = list(tx.execute(select(users.c.initials).join(visits, visits.c.author_id == users.c.id).where(visits.c.note == WORD)).scalars())
    db.close()
    return ops, whose


def file_of(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8")))


def test_a_phone_that_cannot_send_gives_a_file_and_each_visit_is_booked_once(
        new_phone: Callable[..., Handset], day: Day, office: Office, tmp_path: Path) -> None:
    phone = ready(new_phone("signe"))
    day.kill()
    log_visit(phone, 0)
    log_visit(phone, 1)
    waiting = [row["op_id"] for row in phone.outbox()]
    phone.show("status")
    phone.page.get_by_role("link", name="Kan telefonen ikke sende?").click()
    expect(phone.heading("Redningspakke")).to_be_visible()
    file = package(phone, tmp_path, len(waiting))
    assert [one["op_id"] for one in file_of(file)["boxes"]] == waiting and found_in(file.read_bytes(), [WORD, "Halmtorvet"]) == []
    assert [row["op_id"] for row in phone.outbox()] == waiting, "all of it stays"
    phone.close()

    day.start()
    bent = file_of(file)
    bent["list"] = bent["list"][:-6] + "AAAAAA"
    (tmp_path / "bent.txt").write_text(json.dumps(bent), "utf-8")
    assert "Filen er ændret eller gået i stykker" in hand_in(office, tmp_path / "bent.txt")
    said = hand_in(office, file)
    assert "Redningspakke fra Signe" in said and f"{len(waiting)} registreringer" in said and "kendetegn" not in said
    assert f"{len(waiting)} registreringer fra pakken er modtaget i navnet Signe" in book(office)
    assert booked(day, waiting) == (["accepted"] * len(waiting), ["SHL", "SHL"])
    assert "her i forvejen" in hand_in(office, file)
    assert "Alt i pakken fra Signe" in book(office)

    phone.open()
    phone.unlock()
    phone.enter_again("signe")
    until(lambda: not phone.outbox(), "the phone has sent it all as well", seconds=40)
    assert booked(day, waiting) == (["accepted"] * len(waiting), ["SHL", "SHL"])
    assert phone.notebook()["tray"] == []


def test_a_locked_phone_whose_passphrase_is_forgotten_gives_what_it_has_closed(
        new_phone: Callable[..., Handset], day: Day, office: Office, tmp_path: Path) -> None:
    phone = ready(new_phone("signe"))
    day.kill()
    log_visit(phone, 0)
    until(lambda: phone.page.evaluate(LETTERS) == len(phone.outbox()), "each has been closed for the server")
    lock(phone)
    take_down(phone, WORD)
    phone.page.evaluate("hand.later += 60_000")
    waiting = [row["op_id"] for row in phone.outbox()]
    phone.button("Kan du ikke låse op? Lav en redningspakke").click()
    file = package(phone, tmp_path, len(waiting))
    assert WORD not in phone.page.content() and found_in(file.read_bytes(), [WORD]) == []
    phone.button("Lås op").click()
    expect(phone.heading("Lås op")).to_be_visible()
    phone.close()

    day.start()
    hand_in(office, file)
    book(office)
    assert booked(day, waiting) == (["accepted"] * len(waiting), ["SHL", "SHL"])
    phone.open()
    change_passphrase(day, phone, "en helt ny sætning til telefonen")
    expect(phone.heading("I dag")).to_be_visible(timeout=60_000)
    until(lambda: not phone.outbox(), "the phone lets go of what the office has", seconds=40)
    assert booked(day, waiting) == (["accepted"] * len(waiting), ["SHL", "SHL"])
