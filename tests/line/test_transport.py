"""The envelope, the limits and the doors of the line, from outside (sync.md ch. 2, 13)."""

from __future__ import annotations

import gzip
import json
import zlib

import pytest

from app.ledger.ids import new_id
from app.sync.devices import revoke
from tests.line.people import PULL, PUSH, Person
from tests.world import NOW, visit


def test_every_answer_under_api_stands_in_the_envelope(signe, server):
    stranger = Person.__new__(Person)
    stranger.__dict__.update(signe.__dict__)
    answers = [signe.refused("/api/findes-ikke"), signe.refused(PUSH, method="GET"), signe.refused(PUSH, method="DELETE"),
               signe.refused(PUSH, data=b"{}", Content_Type="text/plain"), signe.refused(PUSH, data=b"{"), signe.refused(PULL, [1]),
               signe.refused(PULL, {"cursor": 7}), signe.refused("/api/sync/v1/schema", {}, method="POST"), signe.refused("/api/"),
               signe.refused("/api/sync/v1/push/", {"ops": []})]
    assert answers == [(404, "NOT_FOUND"), (405, "BAD_REQUEST"), (405, "BAD_REQUEST"), (415, "UNSUPPORTED"), (400, "BAD_REQUEST"),
                       (400, "BAD_REQUEST"), (400, "BAD_CURSOR"), (405, "BAD_REQUEST"), (404, "NOT_FOUND"), (404, "NOT_FOUND")]


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "PATCH"])
def test_a_method_nobody_uses_is_answered_in_the_envelope(signe, method):
    status, headers, answer = signe.raw(PUSH, method=method)
    assert answer["protocol"] == "rph-sync/1" and headers.get_content_type() == "application/json"


def test_an_exact_answer_repeats_the_request_and_is_never_cached(signe):
    status, headers, answer = signe.raw(PUSH, {"ops": []}, X_Request="0193A2B0-0000-7000-8000-000000000001")
    assert (status, answer["request"], answer["results"]) == (200, "0193A2B0-0000-7000-8000-000000000001", [])
    assert headers["Cache-Control"] == "no-store"
    assert answer["server_time"].endswith("Z") and answer["epoch"] == answer["head"]["epoch"]


def test_without_a_session_every_door_says_sign_in(signe, server):
    nobody = Person.__new__(Person)
    nobody.line, nobody.phone = type(signe.line)(server.address), signe.phone
    for path, method in ((PUSH, "POST"), (PULL, "POST"), ("/api/devices", "POST"), ("/api/sync/v1/schema", "GET"), ("/api/session", "GET"),
                         ("/api/sync/v1/receipts", "POST"), ("/api/sync/v1/handover", "POST")):
        assert nobody.refused(path, {} if method == "POST" else None, method=method) == (401, "SIGN_IN"), path


def test_the_schema_names_every_kind_and_its_version(signe):
    answer = signe.line.ask("/api/sync/v1/schema", method="GET")
    assert answer["app_min"] == "1.0.0"
    assert {"practice", "visit", "citizen", "consent_event", "talk", "stock_move", "enrolment"} <= set(answer["kinds"])
    visits = answer["kinds"]["visit"]
    needed = {"practice_id", "occurred_at", "minutes", "mode", "purpose", "met_roles", "outcome"}
    assert visits["v"] == 1 and set(visits["schema"]["required"]) == needed


# --- headers --------------------------------------------------------------------------------------------------------

def test_a_sync_call_without_request_id_or_device_is_refused(signe):
    assert signe.refused(PUSH, {"ops": []}, X_Request=None) == (400, "BAD_REQUEST")
    assert signe.refused(PULL, {}, X_Request=None) == (400, "BAD_REQUEST")
    assert signe.refused(PUSH, {"ops": []}, X_Device=None) == (400, "BAD_REQUEST")
    assert signe.refused(PULL, {}, X_Device=None) == (400, "BAD_REQUEST")


def test_a_device_must_be_known_ones_own_and_not_shut_out(signe, emre, server):
    assert signe.refused(PUSH, {"ops": []}, X_Device=new_id()) == (403, "DEVICE_UNKNOWN")
    assert signe.refused(PULL, {}, X_Device="ingen telefon") == (403, "DEVICE_UNKNOWN")
    assert signe.refused(PUSH, {"ops": []}, X_Device=emre.phone.device_id) == (403, "FORBIDDEN")
    for extra, how in ("", "lock"), ("--wipe", "wipe"):
        device = signe.line.ask("/api/devices", {"name": "tabt"})["device_id"]
        assert revoke(server.database, device, bool(extra), NOW)
        status, _, answer = signe.raw(PULL, {}, X_Device=device)
        assert (status, answer["error"]["code"], answer["device"]) == (403, "DEVICE_REVOKED", how)
    assert signe.raw(PULL, {})[0] == 200  # the other phone of the same session goes on


def test_an_old_app_is_told_to_update_and_an_odd_version_is_not(signe):
    assert signe.refused(PUSH, {"ops": []}, X_App="0.9.9") == (426, "UPDATE_APP")
    assert [signe.raw(PULL, {}, X_App=version)[0] for version in ("1.0.0", "2.13.4", "dev", None)] == [200] * 4


@pytest.mark.parametrize(("headers", "passes"), [
    ({"Sec_Fetch_Site": "same-origin"}, True), ({"Sec_Fetch_Site": "cross-site"}, False), ({"Sec_Fetch_Site": "same-site"}, False),
    ({"Sec_Fetch_Site": "none"}, False), ({"Origin": "https://ond.example"}, False), ({"Origin": "null"}, False), ({}, True)])
def test_a_change_from_another_site_is_forbidden(signe, headers, passes):
    for path, body in ((PUSH, {"ops": []}), (PULL, {}), ("/api/devices", {"name": "x"})):
        assert signe.refused(path, body, **headers) == ((200, "") if passes else (403, "FORBIDDEN"))


def test_the_servers_own_origin_passes(signe, server):
    assert signe.raw(PUSH, {"ops": []}, Origin=server.address)[0] == 200


# --- bodies ---------------------------------------------------------------------------------------------------------

def test_gzip_goes_both_ways(signe):
    body = gzip.compress(json.dumps({"ops": []}).encode())
    assert signe.raw(PUSH, data=body, Content_Encoding="gzip")[0] == 200
    status, headers, answer = signe.raw(PULL, {}, Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip" and answer["changes"]
    assert signe.raw(PULL, {}, Accept_Encoding=None)[1]["Content-Encoding"] in (None, "gzip")


@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(b'{"ops":[]}')[:-3], gzip.compress(b'{"ops":[]}') + b"more",
                                  zlib.compress(b'{"ops":[]}')], ids=["plain", "cut", "trailed", "zlib"])
def test_a_broken_gzip_is_a_bad_request(signe, body):
    assert signe.refused(PUSH, data=body, Content_Encoding="gzip") == (400, "BAD_REQUEST")


def test_an_unknown_packing_is_unsupported(signe):
    assert signe.refused(PUSH, data=b"{}", Content_Encoding="br") == (415, "UNSUPPORTED")


def test_a_bomb_is_too_large_before_it_is_unpacked(signe):
    bomb = gzip.compress(b'{"ops":[],"x":"' + b"a" * 30_000_000 + b'"}')
    assert signe.refused(PUSH, data=bomb, Content_Encoding="gzip") == (413, "TOO_LARGE")


def test_a_mebibyte_passes_and_one_byte_more_does_not(signe):
    def body(size: int) -> bytes:
        frame = b'{"ops":[],"x":""}'
        return frame[:-2] + b"a" * (size - len(frame)) + frame[-2:]
    assert signe.raw(PUSH, data=body(2**20))[0] == 200
    assert signe.refused(PUSH, data=body(2**20 + 1)) == (413, "TOO_LARGE")
    assert signe.refused(PUSH, data=gzip.compress(body(2**20 + 1)), Content_Encoding="gzip") == (413, "TOO_LARGE")
    assert signe.refused(PUSH, data=body(9 * 2**20)) == (413, "TOO_LARGE")


def test_two_hundred_ops_pass_and_one_more_does_not(signe):
    op = signe.phone.create("visit", new_id(), visit())
    assert len(signe.push(*[op] * 200)) == 200
    assert signe.refused(PUSH, {"ops": [op] * 201}) == (413, "TOO_LARGE")


def test_eight_brackets_deep_passes_and_nine_do_not(signe):
    def deep(levels: int) -> bytes:  # the outer brace is one
        return b'{"ops":[],"x":' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"
    assert signe.raw(PUSH, data=deep(8))[0] == 200
    assert signe.refused(PUSH, data=deep(9)) == (400, "BAD_REQUEST")
    assert signe.refused(PUSH, data=deep(100_000)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("body", [
    b'{"ops":[],"ops":[]}', b'{"ops":[],"x":{"a":1,"a":1}}', b'{"ops":[NaN]}', b'{"ops":[],"x":Infinity}', b'{"ops":[],"x":-Infinity}', b"",
    b"[]", b"null", b'{"ops":[]', b'{"ops":[]} x', b"\xff\xfe", b'\xef\xbb\xbf{"ops":[]}', b'{"ops":{}}', b"{}", b'{"ops":[1]}',
    b'{"ops":[{}]}', b'{"ops":[{"op_id":"x"}]}', b'{"ops":[{"op_id":null}]}', b'{"ops":[null]}',
    b'{"ops":[{"op_id":"0193a2b0-0000-7000-8000-000000000001\\n"}]}'])
def test_what_is_no_request_is_refused_whole(signe, body):
    assert signe.refused(PUSH, data=body) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("limit", [0, -1, "10", 1.5, True, [], {}])
def test_a_page_size_must_be_a_whole_number_above_zero(signe, limit):
    assert signe.refused(PULL, {"limit": limit}) == (400, "BAD_REQUEST")


def test_a_remark_of_any_shape_never_fails_a_push(signe):
    for remark in (True, -1, 10**30, "x", None, [], {"a": 1}, 1.5):
        assert signe.raw(PUSH, {"ops": [], "unsent": remark, "oldest_unsent_at": remark, "clock_offset_s": remark, "have": remark})[0] == 200
        assert signe.raw(PUSH, {"ops": [], "have": {"epoch": remark, "seq": remark, "hash": remark}})[0] == 200
