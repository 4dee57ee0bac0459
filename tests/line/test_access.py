"""What goes to a phone about a citizen is in the access log before it goes, once for each citizen and page (security.md, Log)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app import create_app
from app.ledger import access
from app.ledger.ids import new_id
from app.ledger.push import StorageFull
from app.ledger.tables import ACCESS
from tests.line.people import PULL, Person, new_code
from tests.world import named, settings


def lines(server, **wanted):
    with server.database.read() as tx:
        rows = tx.execute(select(ACCESS).order_by(ACCESS.c.number)).mappings()
        return [dict(row) for row in rows if all(row[name] == value for name, value in wanted.items())]


def test_a_pull_is_logged_once_for_each_citizen_and_page(server):
    signe = Person(server.address, "signe")
    one, other = signe.new_citizen(), signe.new_citizen()
    cursor, talk = signe.head(), new_id()
    signe.push(signe.talk(one, talk, note="Vil gerne høre om kurset"), signe.talk(other), signe.talk(other, type="FOLLOW_UP", topics=["WORK"]),
               signe.talk(None))
    after = signe.pull(cursor)["cursor"]
    mine = [line for line in lines(server, device_id=signe.phone.device_id) if line["citizen_id"] in (one, other)]
    assert {(line["citizen_id"], line["record_id"]) for line in mine} == {(one, talk), (other, None)} and len(mine) == 2
    assert {(line["act"], line["kind"], line["user_id"], line["role"]) for line in mine} == {("PULL", "talk", named("signe"), "ADVISER")}
    assert "note" in next(line for line in mine if line["citizen_id"] == one)["about"].split(", ")
    count = len(lines(server))
    assert signe.pull(after)["changes"] == [] and len(lines(server)) == count  # nothing new, nothing seen
    office = Person(server.address, "birthe")
    office.view()
    assert all("note" not in line["about"].split(", ") for line in lines(server, user_id=named("birthe"), act="PULL", citizen_id=one))


def test_what_people_do_at_the_server_is_in_the_log(own_server, tmp_path):
    server = own_server.start()
    signe = Person(server.address, "signe")
    code = new_code()
    citizen = signe.new_citizen(code)
    new = {"--email": "ny@demo.example", "--name": "Ny Person", "--initials": "NP", "--role": "EVALUATOR"}
    acts = [("user", "add", *(word for pair in new.items() for word in pair), "--password-stdin"),
            ("user", "role", "--email", "ny@demo.example", "--role", "STEERING"), ("user", "close", "--email", "ny@demo.example"),
            ("user", "open", "--email", "ny@demo.example"), ("user", "passphrase", "--email", "ny@demo.example", "--password-stdin"),
            ("month", "export", "2026-10", "--out", str(tmp_path / "ud")), ("device", "revoke", signe.phone.device_id, "--wipe"),
            ("month", "close", "2025-01"), ("erase", code), ("backup", str(tmp_path / "kopi.rph"))]
    for words in acts:
        done = server.command(*words, given="en lang adgangssætning til")
        assert done.returncode == 0, (words, done.stderr)
    told = [line for line in lines(server) if line["act"] not in ("PULL", "SIGN_IN")]
    assert [line["act"] for line in told] == ["USER_ADD", "ROLE", "USER_CLOSE", "USER_OPEN", "PASSPHRASE", "FILE", "WIPE", "MONTH_CLOSE", "ERASE",
                                              "BACKUP"]
    assert {line["role"] for line in told} == {"SYSTEM"}
    assert [line["about"] for line in told[:2]] == ["EVALUATOR", "STEERING"] and told[5]["about"].startswith("RPH_2026-10")
    assert told[6]["device_id"] == signe.phone.device_id and told[8]["citizen_id"] == citizen
    assert server.command("verify").returncode == 0, server.command("verify").stdout
    assert code not in str(lines(server))


@pytest.fixture
def client(tmp_path, copy_world):
    world, _ = copy_world("sqlite", tmp_path)
    world.db.close()
    app = create_app(settings(tmp_path))
    client = app.test_client()
    client.post("/api/session", json={"email": "signe@demo.example", "password": "en lang adgangssætning"})
    client.environ_base.update(HTTP_X_REQUEST=new_id())
    client.environ_base["HTTP_X_DEVICE"] = client.post("/api/devices", json={"name": "telefon"}).json["device_id"]
    yield client
    app.extensions["database"].close()


def test_what_cannot_be_logged_is_not_shown(client, monkeypatch):
    def full(*_words):
        raise StorageFull
    monkeypatch.setattr(access, "delivered", full)
    answer = client.post(PULL, json={"cursor": None})
    assert answer.status_code == 507 and "changes" not in answer.json
