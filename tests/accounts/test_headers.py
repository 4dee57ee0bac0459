"""What every answer says to the browser that gets it: load nothing foreign, frame nothing, keep nothing, come back by TLS (security.md, Server)."""

from __future__ import annotations

import pytest

from app import create_app
from tests.world import PASSPHRASE, settings

PLACES = ["/", "/log-ind", "/kontor/", "/kontor/findes-ikke", "/healthz", "/service-worker.js", "/static/findes-ikke.js"]
ALWAYS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
          "Cross-Origin-Resource-Policy": "same-origin"}
DIRECTIVES = {"default-src": "'none'", "script-src": "'self' 'wasm-unsafe-eval'", "style-src": "'self'", "connect-src": "'self'",
              "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'", "require-trusted-types-for": "'script'"}


@pytest.fixture
def app(tmp_path, copy_world):
    world, _ = copy_world("sqlite", tmp_path)
    world.db.close()
    app = create_app(settings(tmp_path))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["database"].close()


@pytest.mark.parametrize("place", PLACES)
def test_every_answer_names_what_a_browser_may_do(app, place):
    answer = app.test_client().get(place, base_url="https://raadgiver.example")
    told = {name: value for name, _, value in (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))}
    assert DIRECTIVES.items() <= told.items(), place
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"] and "http" not in answer.headers["Content-Security-Policy"]
    assert ALWAYS.items() <= dict(answer.headers).items(), place
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "microphone=()" in answer.headers["Permissions-Policy"] and "Access-Control-Allow-Origin" not in answer.headers


def test_the_line_answers_with_what_json_needs_and_no_more(app):
    """No page comes of it: it may load nothing, be framed nowhere, be taken for nothing else. Its length is paid for every minute."""
    answer = app.test_client().get("/api/session", base_url="https://raadgiver.example")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert not {"Permissions-Policy", "Referrer-Policy", "Access-Control-Allow-Origin"} & set(answer.headers.keys())


def test_what_is_personal_is_kept_nowhere_and_what_is_built_is_kept_for_long(app):
    client = app.test_client()
    client.post("/log-ind", data={"email": "birthe@demo.example", "passphrase": PASSPHRASE})
    for place in ("/kontor/", "/kontor/samtaler", "/api/session", "/adgang"):
        assert client.get(place).headers["Cache-Control"] == "no-store", place


def test_the_session_cookie_is_for_this_host_by_tls_and_for_no_script(app):
    def cookie(base):
        answer = app.test_client().post("/log-ind", base_url=base, data={"email": "birthe@demo.example", "passphrase": PASSPHRASE})
        return answer.headers["Set-Cookie"]
    sealed = cookie("https://raadgiver.example")
    assert sealed.startswith("__Host-session=") and {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(sealed.split("; "))
    assert "Domain" not in sealed
    plain = cookie("http://localhost")
    assert plain.startswith("session=") and "HttpOnly" in plain and "Strict-Transport-Security" not in plain


def test_without_tls_no_browser_is_told_to_insist_on_it(app):
    assert "Strict-Transport-Security" not in app.test_client().get("/log-ind", base_url="http://localhost").headers
