"""What the line may cost, so that no later change makes it dearer in silence: bytes, statements, never time."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from sqlalchemy import select

from app import create_app
from app.ledger.cursor import BadCursor, Cursor, opened
from app.ledger.ids import new_id
from app.ledger.tables import DUPLICATES
from tests.world import PASSPHRASE, named, settings, statements, visit

IDLE_DOWN = 420 + 300  # the answer, and its headers without the two that the server software adds
IDLE_STATEMENTS = 15
PUSH_STATEMENTS = 32


class Asking:
    """Signe's phone at a server of its own; how long its answers are, and what the database was asked for them."""

    def __init__(self, folder):
        self.app = create_app(settings(folder))
        self.db, self.client = self.app.extensions["database"], self.app.test_client()
        self.ask("/api/session", email="signe@demo.example", password=PASSPHRASE)
        self.device = self.ask("/api/devices", name="telefon").json["device_id"]
        self.made = 0

    def ask(self, path, **body):
        device = {"X-Device": self.device} if hasattr(self, "device") else {}
        answer = self.client.post(path, json=body, headers={"X-Request": str(uuid4()), "X-App": "1.0.0", **device})
        assert answer.status_code == 200, answer.json
        return answer

    def push(self, count):
        ops = []
        for _ in range(count):
            self.made += 1
            day = f"2026-{1 + self.made // 28 % 10:02}-{1 + self.made % 28:02}"
            ops.append({"op_id": new_id(), "device_seq": self.made, "v": 1, "kind": "visit", "id": new_id(), "action": "create",
                        "made_at": "2026-11-24T10:00:00Z", "set": visit(occurred_at=f"{day}T09:00:00Z")})
        results = self.ask("/api/sync/v1/push", ops=ops, unsent=0).json["results"]
        assert [result["status"] for result in results] == ["accepted"] * count
        return results

    def asked(self, act):
        with statements(self.db) as seen:
            act()
        return len([sql for sql, _ in seen if not sql.startswith(("BEGIN", "COMMIT"))])


@pytest.fixture
def phone(tmp_path, copy_world):
    world, _ = copy_world("sqlite", tmp_path)
    world.db.close()
    phone = Asking(tmp_path)
    yield phone
    phone.db.close()


def test_nothing_new_is_said_in_few_words_and_few_statements_however_long_the_book(phone):
    def idle():
        page = phone.ask("/api/sync/v1/pull", cursor=None).json
        told = {"cursor": page["cursor"], "have": page["head"], "unsent": 0, "clock_offset_s": 0}
        answers = []
        number = phone.asked(lambda: answers.append(phone.ask("/api/sync/v1/pull", **told)))
        headers = sum(len(f"{name}: {value}\r\n") for name, value in answers[0].headers)
        assert not answers[0].json["changes"]
        return number, len(json.dumps(told)), len(answers[0].data) + headers
    short = idle()
    phone.push(100)
    long = idle()
    assert short[0] == long[0] <= IDLE_STATEMENTS
    assert long[1] <= 260 and long[2] <= IDLE_DOWN, long


def test_a_push_of_a_hundred_asks_the_database_as_often_as_a_push_of_two(phone):
    phone.push(2)
    few, many = phone.asked(lambda: phone.push(2)), phone.asked(lambda: phone.push(100))
    assert few == many <= PUSH_STATEMENTS


def test_visits_of_one_batch_are_held_against_those_that_lie_there(phone):
    first = phone.push(1)[0]["record"]
    twin = {"op_id": new_id(), "device_seq": 9, "v": 1, "kind": "visit", "id": new_id(), "action": "create", "made_at": "2026-11-24T10:00:00Z",
            "set": {**first["data"], "minutes": 25}}
    other = {**twin, "op_id": new_id(), "id": new_id(), "set": {**first["data"], "practice_id": named("valby")}}
    phone.ask("/api/sync/v1/push", ops=[twin, other], unsent=0)
    with phone.db.read() as tx:
        found = tx.execute(select(DUPLICATES.c.first_id, DUPLICATES.c.second_id)).all()
    assert [tuple(row) for row in found] == [(first["id"], twin["id"])]


def test_what_the_phone_has_just_said_is_not_said_back(phone):
    """Asked for no echo, a new record comes without its content, but only where it stands exactly as it was sent."""
    def op(**changed):
        return {"op_id": new_id(), "device_seq": 1, "v": 1, "kind": "visit", "id": new_id(), "action": "create", "made_at": "2026-11-24T10:00:00Z",
                "set": visit(**changed)}
    same, spelled = op(occurred_at="2026-10-01T09:00:00.000Z", met_roles=["SECRETARY", "DOCTOR"]), op(occurred_at="2026-10-02T11:00:00+02:00")
    as_sent, as_stored = phone.ask("/api/sync/v1/push", ops=[same, spelled], echo=False).json["results"]
    assert as_sent["record"]["rev"] == 1 and "data" not in as_sent["record"]
    assert as_stored["record"]["data"]["occurred_at"] == "2026-10-02T09:00:00.000Z"
    again = phone.ask("/api/sync/v1/push", ops=[same], echo=False).json["results"][0]
    assert again["status"] == "duplicate" and again["record"]["data"]["minutes"] == same["set"]["minutes"]
    update = {**same, "op_id": new_id(), "action": "update", "set": {"minutes": 30}, "base": {"minutes": 20}}
    assert phone.ask("/api/sync/v1/push", ops=[update], echo=False).json["results"][0]["record"]["data"]["minutes"] == 30
    plain = phone.ask("/api/sync/v1/push", ops=[op(occurred_at="2026-10-03T09:00:00.000Z")]).json["results"][0]
    assert plain["record"]["data"]["minutes"] == 20


SECRET, SIGNE = "en hemmelighed kun til prøver", new_id()
CURSORS = [Cursor(new_id(), 0, "0" * 64, SIGNE, 0), Cursor(new_id(), 2**40, "a1" * 32, SIGNE, 70_000, staged=True),
           Cursor(new_id(), 7, "0f" * 32, SIGNE, 1, reset_from=0, staged=True)]


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_cursor_comes_back_as_it_was_and_short(cursor):
    text = cursor.sealed(SECRET)
    back = opened(text, SECRET, SIGNE)
    assert {**vars(back), "hash": ""} == {**vars(cursor), "hash": ""} and cursor.hash.startswith(back.hash) and len(back.hash) == 24
    assert len(text) <= 90


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_cursor_with_a_letter_changed_cut_or_lengthened_is_nobodys(cursor):
    text = cursor.sealed(SECRET)
    wrong = [text[:i] + ("A" if text[i] != "A" else "B") + text[i + 1:] for i in range(len(text))]
    for one in [*wrong, text[:-1], text + "A", text[:20], "", text + "=", None, 7]:
        with pytest.raises(BadCursor):
            opened(one, SECRET, SIGNE)
    for secret, user in ((SECRET, new_id()), ("en anden hemmelighed", SIGNE)):
        with pytest.raises(BadCursor):
            opened(text, secret, user)


