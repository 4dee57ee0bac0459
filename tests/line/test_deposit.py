"""The letter slot: what a locked phone hands in is booked to its owner, and whoever holds it gets nothing out (docs/sync.md, The letter slot)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from app.ledger import box
from app.ledger.ids import new_id
from app.ledger.tables import OPS
from app.sync import devices
from docs.sync_client import Line
from tests.line.people import PULL, PUSH, Person, newcomer
from tests.world import NOW, PASSPHRASE, visit

DEPOSIT = "/api/sync/v1/deposit"


class Locked:
    """A phone that nobody is signed in on any more: it has a credential, a key to close boxes with, and its owner's number."""

    def __init__(self, person: Person) -> None:
        given = person.line.ask("/api/devices/deposit", {})
        self.person, self.user_id, self.credential, self.key = person, person.user["id"], given["credential"], given["box"]
        self.epoch = given["epoch"]
        person.line.sign_out()

    def boxed(self, op: dict[str, Any], **more: Any) -> dict[str, str]:
        about = f"op|{more.get('user_id', self.user_id)}|{op['op_id']}"
        return {"op_id": op["op_id"], "box": box.sealed(more.get("key", self.key), about, json.dumps(op).encode())}

    def hand_in(self, *boxes: Any, **more: Any) -> list[str]:
        status, _, answer = self.person.raw(DEPOSIT, {"credential": self.credential, "epoch": self.epoch, "boxes": list(boxes), **more})
        assert status == 200, answer
        assert set(answer) == {"protocol", "request", "epoch", "server_time", "results"}, "nothing is told of what was in them"
        assert all(set(result) == {"op_id", "status"} for result in answer["results"])
        assert [result["op_id"] for result in answer["results"]] == [one["op_id"] for one in boxes]
        return [result["status"] for result in answer["results"]]

    def refused(self, *boxes: Any, **more: Any) -> tuple[int, str]:
        return self.person.refused(DEPOSIT, {"credential": self.credential, "epoch": self.epoch, "boxes": list(boxes), **more})

    def unlocked(self) -> Person:
        self.person.line.sign_in(self.person.email, PASSPHRASE)
        return self.person


@pytest.fixture
def locked(server) -> Locked:
    return Locked(newcomer(server, "ADVISER"))


def new_visit(locked: Locked, **changed: Any) -> dict[str, Any]:
    return locked.person.phone.create("visit", new_id(), visit(**changed))


def stored(server: Any, op: dict[str, Any]) -> Any:
    db = server.database
    with db.read() as tx:
        row = tx.execute(select(OPS).where(OPS.c.op_id == op["op_id"])).first()
    db.close()
    return row


def test_what_is_handed_in_is_booked_to_the_owner_and_comes_once(server, locked):
    op = new_visit(locked, minutes=35)
    assert locked.hand_in(locked.boxed(op)) == ["received"]
    assert locked.hand_in(locked.boxed(op)) == ["received"], "again, in another box"
    assert (row := stored(server, op)).author_id == locked.user_id and row.status == "accepted"
    person = locked.unlocked()
    assert person.view()[op["id"]]["data"]["minutes"] == 35
    result = person.one(op)
    assert (result["status"], result["original"]) == ("duplicate", {"status": "accepted", "code": "OK"})
    assert result["record"]["rev"] == 1


def test_what_is_refused_is_kept_and_told_to_who_opens_the_phone(server, locked):
    op = new_visit(locked, minutes=999)
    assert locked.hand_in(locked.boxed(op)) == ["received"], "the one who holds the phone hears nothing of it"
    assert stored(server, op).status == "rejected"
    result = locked.unlocked().one(op)
    assert result["original"] == {"status": "rejected", "code": "INVALID"} and "minutes" in result["fields"]


def test_one_bad_box_stops_none_of_the_others(locked):
    good, moved, bent, foreign, other = (new_visit(locked) for _ in range(5))
    boxes = [locked.boxed(bent), locked.boxed(good), {"op_id": moved["op_id"], "box": locked.boxed(good)["box"]},
             locked.boxed(foreign, key=box.public(["the key of another house"])), locked.boxed(other, user_id=new_id())]
    middle = len(boxes[0]["box"]) // 2
    boxes[0]["box"] = boxes[0]["box"][:middle] + ("A" if boxes[0]["box"][middle] != "A" else "B") + boxes[0]["box"][middle + 1:]
    assert locked.hand_in(*boxes) == ["broken", "received", "broken", "unknown_key", "broken"]
    assert set(locked.unlocked().view()) & {op["id"] for op in (good, moved, bent, foreign, other)} == {good["id"]}


def test_a_box_without_an_op_is_broken(locked):
    for content in (b"", b"[]", b"{", b'{"op_id":NaN}', b'{"op_id":1,"op_id":2}', b"\xff", b"[" * 50_000):
        op_id = new_id()
        closed = box.sealed(locked.key, f"op|{locked.user_id}|{op_id}", content)
        assert locked.hand_in({"op_id": op_id, "box": closed}) == ["broken"], content[:30]


def test_the_key_may_be_changed_while_the_phone_is_locked(server, locked):
    old = locked.boxed(new_visit(locked))
    server_keys = [server.environment["RAADGIVER_SECRET_KEY"]]
    assert box.public(server_keys) == locked.key
    assert json.loads(box.opened(["a newer one", *server_keys], old["box"], f"op|{locked.user_id}|{old['op_id']}"))["kind"] == "visit"


def test_after_a_restore_the_phone_must_be_opened_first(locked):
    op = new_visit(locked)
    assert locked.hand_in(locked.boxed(op), epoch=new_id()) == ["later"]
    assert locked.unlocked().one(op)["status"] == "accepted"


def test_the_credential_opens_nothing_else(server, locked):
    signed = {"Authorization": f"Bearer {locked.credential}", "Cookie": f"session={locked.credential}"}
    for path, body in ((PULL, {"cursor": None}), (PUSH, {"ops": []}), ("/api/sync/v1/receipts", {"op_ids": []}), ("/api/devices", {"name": "x"}),
                       ("/api/sync/v1/handover", {"op_ids": []}), ("/api/devices/recovery", {"share": "x" * 43}), ("/api/devices/deposit", {}),
                       ("/api/vault", {}), ("/api/vault/call", {})):
        assert locked.person.refused(path, {**body, "credential": locked.credential}, **signed) == (401, "SIGN_IN"), path
    for path in ("/api/session", "/api/sync/v1/schema", "/api/devices/recovery"):
        assert locked.person.refused(path, method="GET", **signed) == (401, "SIGN_IN"), path
    assert locked.person.raw("/api/devices/wiped", {"credential": locked.credential})[0] == 403
    status, _, answer = locked.person.raw(DEPOSIT, {"credential": locked.credential, "epoch": locked.epoch, "boxes": [], "cursor": None})
    assert status == 200 and answer["results"] == []


def test_a_wrong_credential_or_none_hands_nothing_in(server, locked):
    other = Locked(newcomer(server, "ADVISER"))
    one = locked.boxed(new_visit(locked))
    for credential in (None, "", "x" * 43, other.credential, 7, ["x"], "\ud800"):
        assert locked.refused(one, credential=credential) == (403, "FORBIDDEN")
    status, _, answer = other.person.raw(DEPOSIT, {"credential": other.credential, "epoch": other.epoch, "boxes": [one]})
    assert status == 200 and answer["results"][0]["status"] == "broken", "another person's phone cannot hand hers in either"
    assert stored(server, {"op_id": one["op_id"]}) is None


def test_a_new_credential_ends_the_one_before(locked):
    first, person = locked.credential, locked.unlocked()
    again = Locked(person)
    one = again.boxed(new_visit(again))
    assert again.refused(one, credential=first) == (403, "FORBIDDEN")
    assert again.hand_in(one) == ["received"]


@pytest.mark.parametrize("how", ["lock", "wipe"])
def test_a_phone_that_is_shut_out_is_told_so_and_hands_nothing_in(server, locked, how):
    one = locked.boxed(new_visit(locked))
    db = server.database
    devices.revoke(db, locked.person.phone.device_id, how == "wipe", NOW)
    db.close()
    status, _, answer = locked.person.raw(DEPOSIT, {"credential": locked.credential, "epoch": locked.epoch, "boxes": [one]})
    assert (status, answer["error"]["code"], answer["device"]) == (403, "DEVICE_REVOKED", how)
    assert stored(server, {"op_id": one["op_id"]}) is None


def test_an_account_that_is_closed_takes_nothing(server, locked):
    assert server.command("user", "close", "--email", locked.person.email, "--anyway").returncode == 0
    assert locked.refused(locked.boxed(new_visit(locked))) == (403, "FORBIDDEN")


def test_what_is_no_request_is_refused_whole(locked):
    one = locked.boxed(new_visit(locked))
    for boxes in (None, {}, [7], [{}], [{"op_id": "x", "box": "y"}], [{"op_id": new_id(), "box": 1}]):
        assert locked.refused(boxes=boxes) == (400, "BAD_REQUEST")
    assert locked.refused(*[one] * 201) == (413, "TOO_LARGE")
    assert locked.person.refused(DEPOSIT, {"credential": locked.credential, "boxes": []}, X_Device=new_id()) == (403, "DEVICE_UNKNOWN")
    for header in ("X_Device", "X_Request"):
        assert locked.person.refused(DEPOSIT, {"boxes": []}, **{header: None}) == (400, "BAD_REQUEST")
    assert locked.person.refused(DEPOSIT, {"boxes": []}, Sec_Fetch_Site="cross-site") == (403, "FORBIDDEN")


def test_the_office_hears_what_still_lies_on_the_phone(server, locked):
    locked.hand_in(locked.boxed(new_visit(locked)), unsent=3)
    db = server.database
    assert next(one for one in devices.listed(db) if one["device_id"] == locked.person.phone.device_id)["unsent"] == 3
    db.close()


def test_a_credential_is_only_given_to_who_is_signed_in_on_that_phone(server, locked):
    stranger = Line(server.address)
    stranger.sign_in("emre@demo.example", PASSPHRASE)
    stranger.device_id = locked.person.phone.device_id
    status, _, raw = stranger.raw("POST", "/api/devices/deposit", {"Content-Type": "application/json", "X-Request": new_id(),
                                                                   "X-Device": stranger.device_id}, b"{}")
    assert status == 403 and json.loads(raw)["error"]["code"] == "FORBIDDEN"
