"""The vault's door: who may knock, what it takes in, and that it says "not there" to everyone else."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from app import clock, create_app
from app.ledger.contacts import keep
from app.ledger.ids import new_id
from app.rules.contact import call_name, phone_number
from app.sync import devices
from tests.vault.test_vault import CITIZEN, NAME, NUMBER, boxes, phone, said, send  # noqa: F401  `phone` is the fixture
from tests.world import NOW, PASSPHRASE, named, settings


class Knocker:
    """A signed-in person's phone in front of the door."""

    def __init__(self, app, who):
        self.client, self.device = app.test_client(), None
        self.post("/api/session", email=f"{who}@demo.example", password=PASSPHRASE)

    def with_phone(self):
        self.device = self.post("/api/devices", name="iPhone").json["device_id"]
        return self

    def post(self, path, **body):
        headers = {"X-Request": new_id(), "X-App": "1.0.0"} | ({"X-Device": self.device} if self.device else {})
        return self.client.post(path, data=json.dumps(body), content_type="application/json", headers=headers)


@pytest.fixture
def app(world, tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "SHIFT", NOW + timedelta(minutes=1) - (clock.now() - clock.SHIFT))
    url = "" if world.db.is_sqlite else world.db.settings.database_url
    return create_app(settings(tmp_path, url))


def test_a_number_goes_in_and_comes_out_for_the_call(app, phone):  # noqa: F811
    signe = Knocker(app, "signe").with_phone()
    assert signe.post("/api/vault", citizen_id=CITIZEN, phone="+45 13 00 00 77", name=" Amina ").status_code == 200
    answer = signe.post("/api/vault/call", citizen_id=CITIZEN)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert {name: answer.json[name] for name in ("phone", "name", "point", "until")} == {
        "phone": NUMBER, "name": NAME, "point": "M3", "until": "2026-12-25"}


def test_to_all_others_there_is_no_number(app, world, phone):  # noqa: F811
    keep(world.db, world.signe, CITIZEN, NUMBER, NAME, NOW)
    answers = [Knocker(app, "emre").with_phone().post("/api/vault/call", citizen_id=CITIZEN),
               Knocker(app, "signe").with_phone().post("/api/vault/call", citizen_id=named("ukendt"))]
    assert [a.status_code for a in answers] == [404, 404] and len({a.json["error"]["message"] for a in answers}) == 1
    assert Knocker(app, "birthe").post("/api/vault/call", citizen_id=CITIZEN).status_code == 200
    assert Knocker(app, "sanne").post("/api/vault/call", citizen_id=CITIZEN).status_code == 403
    assert Knocker(app, "ingen").post("/api/vault/call", citizen_id=CITIZEN).status_code == 401


def test_a_phone_that_was_shut_out_gets_nothing(app, world, phone):  # noqa: F811
    keep(world.db, world.signe, CITIZEN, NUMBER, NAME, NOW)
    signe = Knocker(app, "signe")
    assert signe.post("/api/vault/call", citizen_id=CITIZEN).status_code == 400, "no phone named"
    signe.with_phone()
    devices.revoke(world.db, signe.device, False, NOW)
    answer = signe.post("/api/vault/call", citizen_id=CITIZEN)
    assert answer.status_code == 403 and answer.json["error"]["code"] == "DEVICE_REVOKED"


@pytest.mark.parametrize("wrong", [{"phone": "150858-5000"}, {"phone": "123"}, {"phone": None}, {"name": "Amina 2"}, {"name": "150858"},
                                   {"name": ""}, {"name": "Amina Hansen Petersen"}, {"citizen_id": "B-7K3MB"}, {"name": "x" * 100}])
def test_nothing_but_a_number_and_a_name_goes_in(app, world, phone, wrong):  # noqa: F811
    answer = Knocker(app, "signe").with_phone().post("/api/vault", **{"citizen_id": CITIZEN, "phone": NUMBER, "name": NAME, **wrong})
    assert answer.status_code == 400 and boxes(world) == []


def test_without_a_yes_or_without_the_citizen_the_door_says_so(app, world, phone):  # noqa: F811
    signe = Knocker(app, "signe").with_phone()
    send(world, phone, said(phone, "FOLLOW_UP", "WITHDRAWN", "2026-11-25"))
    answers = [signe.post("/api/vault", citizen_id=citizen, phone=NUMBER, name=NAME) for citizen in (CITIZEN, named("ukendt"))]
    assert [(a.status_code, a.json["error"]["code"]) for a in answers] == [(403, "NO_CONSENT"), (404, "NOT_FOUND")]
    assert "ikke gemt" in answers[0].json["error"]["message"] and boxes(world) == []


def test_numbers_are_read_as_people_write_them():
    assert {phone_number(typed) for typed in ("13 00 00 77", "+4513000077", "0045 13.00.00.77")} == {NUMBER}
    assert phone_number("(+46) 70-123 45 67") == "+46701234567"
    assert not any(phone_number(typed) for typed in ("", "112", "1508585000", "150858-5000", "130000771", "+45123", "ring til mig"))


def test_a_call_name_is_one_name():
    assert [call_name(typed) for typed in ("Amina", " Bjørn  Åge ", "O'Neil", "Łukasz", "محمد")] == ["Amina", "Bjørn Åge", "O'Neil", "Łukasz", "محمد"]
    assert not any(call_name(typed) for typed in ("", "Amina 2", "150858-5000", "a@b", "x" * 31, "En To Tre"))
