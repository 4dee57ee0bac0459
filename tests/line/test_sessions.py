"""Signing in, signing out, and a guesser slowed down (sync.md ch. 2, 13, Sessions)."""

from __future__ import annotations

import time

from app.accounts.session_list import end_all
from tests.line.people import PULL, Person, newcomer
from tests.world import PASSPHRASE


def test_signing_in_tells_who_one_is_and_sets_a_closed_cookie(signe):
    status, headers, answer = signe.raw("/api/session", {"email": "SIGNE@demo.example ", "password": PASSPHRASE}, X_Device=None)
    assert status == 200 and {"id", "initials", "role"} <= answer["user"].keys()
    assert (answer["user"]["initials"], answer["user"]["role"]) == ("SHL", "ADVISER")
    cookie = headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


def test_signing_in_again_gives_a_new_token_and_ends_the_old_one(server):
    person = newcomer(server, "ADVISER")
    jar = next(h for h in person.line._browser.handlers if hasattr(h, "cookiejar")).cookiejar
    old = list(jar)
    person.line.sign_in(person.email, PASSPHRASE)
    assert [c.value for c in jar] != [c.value for c in old] and person.raw(PULL, {})[0] == 200
    for cookie in old:
        jar.set_cookie(cookie)
    assert person.refused(PULL, {}) == (401, "SIGN_IN")


def test_wrong_passphrase_and_unknown_address_get_the_same_answer_in_the_same_time(server, signe):
    def tried(email, passphrase):
        start = time.perf_counter()
        status, _, answer = signe.raw("/api/session", {"email": email, "password": passphrase})
        return status, answer["error"], time.perf_counter() - start
    known, unknown = ([tried(email, "helt forkert sætning") for _ in range(7)] for email in ("signe@demo.example", "ingen@demo.example"))
    assert {(s, tuple(e.items())) for s, e, _ in known} == {(s, tuple(e.items())) for s, e, _ in unknown}
    assert known[0][0] == 401 and known[0][1]["code"] == "SIGN_IN"
    fastest = [min(t for *_, t in tries) for tries in (known, unknown)]
    assert max(fastest) < 3 * min(fastest)  # without the hash it would be a tenth


def test_odd_addresses_are_wrong_and_not_a_fault(signe):
    for email in ("", "\x00", "a\x00@b.dk", "\ud800@x.dk", "x" * 100_000, "' or 1=1 --"):
        assert signe.refused("/api/session", {"email": email, "password": "x"}) == (401, "SIGN_IN")
    for body in ({}, {"email": 1, "password": "x"}, {"email": "a@b.dk"}, {"email": "a@b.dk", "password": None}):
        assert signe.refused("/api/session", body) == (400, "BAD_REQUEST")


def test_signing_out_ends_the_session_on_the_server(server):
    person = newcomer(server, "ADVISER")
    jar = next(h for h in person.line._browser.handlers if hasattr(h, "cookiejar")).cookiejar
    stolen = list(jar)
    person.line.sign_out()
    for cookie in stolen:
        jar.set_cookie(cookie)
    assert person.refused(PULL, {}) == (401, "SIGN_IN")


def test_ended_by_the_office_a_session_is_shut_out_at_once(server):
    person = newcomer(server, "ADVISER")
    assert person.raw(PULL, {})[0] == 200
    end_all(server.database, person.user["id"])
    assert person.refused(PULL, {}) == (401, "SIGN_IN")


def test_without_limits_nobody_is_slowed_down(signe):
    tries = {signe.refused("/api/session", {"email": "sanne@demo.example", "password": f"gæt {n}"}) for n in range(14)}
    assert tries == {(401, "SIGN_IN")}


def test_a_guesser_is_slowed_down_and_only_failures_count(own_server):
    own_server.more["RAADGIVER_LIMITS"] = "on"
    own_server.start()
    for _ in range(12):
        Person(own_server.address, "birthe")  # right each time
    person = Person(own_server.address, "signe")
    answers = [person.refused("/api/session", {"email": "emre@demo.example", "password": f"gæt {n}"}) for n in range(12)]
    assert answers[0] == (401, "SIGN_IN") and answers[-1] == (429, "SLOW_DOWN")
    status, headers, _ = person.raw("/api/session", {"email": "emre@demo.example", "password": "gæt"})
    assert status == 429 and int(headers["Retry-After"]) > 0
    nobody = [person.refused("/api/session", {"email": "ingen@demo.example", "password": f"gæt {n}"}) for n in range(12)]
    assert nobody == answers  # the brake does not tell who exists either
    assert person.raw(PULL, {})[0] == 200
