"""When the server breaks, the phone still gets an answer it can read, and the log holds nothing that was typed (sync.md ch. 2, I21)."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

from app import create_app
from app.ledger.ids import new_id
from app.ledger.push import Busy, StorageFull
from app.sync import door
from tests.world import PASSPHRASE, Phone, named, visit


@pytest.fixture
def client(world):
    app = create_app(world.db.settings)
    client = app.test_client()
    client.post("/api/session", json={"email": "signe@demo.example", "password": PASSPHRASE})
    device = client.post("/api/devices", json={"name": "telefon"}).json["device_id"]
    client.environ_base.update(HTTP_X_DEVICE=device, HTTP_X_REQUEST=new_id())
    yield client
    app.extensions["database"].close()


def breaks(monkeypatch, error):
    def broken(*_words, **_more):
        raise error
    monkeypatch.setattr(door, "pushed", broken)


@pytest.mark.parametrize(("error", "status", "code", "waits"), [
    (ValueError("010190-1234"), 500, "SERVER_ERROR", False), (Busy(), 503, "BUSY", True), (StorageFull(), 507, "STORAGE_FULL", False)])
def test_a_fault_is_told_in_the_envelope_and_not_what_was_in_it(client, monkeypatch, capfd, error, status, code, waits):
    breaks(monkeypatch, error)
    answer = client.post("/api/sync/v1/push", json={"ops": [Phone().create("visit", new_id(), visit(note="hemmeligt"))]})
    assert (answer.status_code, answer.json["error"]["code"]) == (status, code)
    assert answer.json["protocol"] == "rph-sync/1" and answer.json["request"] == client.environ_base["HTTP_X_REQUEST"]
    assert ("Retry-After" in answer.headers) is waits
    logged = "".join(capfd.readouterr())
    assert "010190-1234" not in logged + answer.text and "hemmeligt" not in logged
    assert status != 500 or "request_broke" in logged


@pytest.mark.parametrize("path", ["/api/sync/v1/push", "/api/sync/v1/pull", "/api/session", "/api/devices"])
def test_without_a_database_the_answer_is_still_in_the_envelope(client, monkeypatch, path):
    def gone(*_words):
        raise OperationalError("connect", None, Exception("server closed the connection"))
    monkeypatch.setattr("app.db.Database.read", gone)
    monkeypatch.setattr("app.db.Database.write", gone)
    answer = client.post(path, json={"ops": [], "email": "a@b.dk", "password": "x", "name": "x"})
    assert answer.status_code == 503 and answer.json["protocol"] == "rph-sync/1", answer.text
    assert answer.json["error"]["code"] == "BUSY" and "Retry-After" in answer.headers


def test_a_push_that_was_booked_is_answered_even_when_the_phones_remark_cannot_be_written(client, monkeypatch):
    def locked(*_words):
        raise OperationalError("update", None, Exception("database is locked"))
    op = Phone().create("visit", named("v1"), visit())
    monkeypatch.setattr("app.sync.devices.update", locked)
    answer = client.post("/api/sync/v1/push", json={"ops": [op], "unsent": 5})
    assert answer.status_code == 200 and answer.json["results"][0]["status"] == "accepted"
