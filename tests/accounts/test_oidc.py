"""Signing in at the organisation's own provider: whose account is tied comes in, and a lie opens nothing."""

from __future__ import annotations

import hmac
import json
import re
import urllib.request
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from playwright.sync_api import Playwright, expect
from sqlalchemy import select, update

from app import create_app
from app.accounts import factors, oidc
from app.ledger.tables import ACCESS
from app.records.account import Credential
from tests.accounts.conftest import Browser
from tests.accounts.provider import CLIENT, SECRET, Provider
from tests.browser import FLAGS
from tests.browser import chromium as program
from tests.conftest import DATABASES
from tests.page_inspector import InspectingClient
from tests.world import NOW, settings

START, BACK, TIE = "/log-ind/organisation", "/log-ind/organisation/svar", "/konto/organisation/tilkobling"
BIRTHE, SIGNE = "9f3c-birthe", "77aa-signe"  # what the provider calls them
NO_FIT, TOO_OLD, UNKNOWN = "passer ikke til det, du bad om", "er for gammelt", "ikke koblet til nogen her"
LIES = {"another issuer": ({"iss": "https://ond.example"}, NO_FIT), "for another house": ({"aud": "en anden"}, NO_FIT),
        "too old": ({"exp": 1}, TOO_OLD), "another question": ({"nonce": "x"}, NO_FIT), "not an answer to any question": ({"nonce": None}, NO_FIT),
        "nobody of ours": ({"sub": "4711"}, UNKNOWN), "nobody at all": ({"sub": None}, NO_FIT), "a number": ({"sub": 5}, NO_FIT),
        "a name that breaks": ({"sub": f"{BIRTHE}\x00"}, NO_FIT), "a name too long": ({"sub": "x" * 256}, NO_FIT),
        "her address, and another": ({"sub": "4711", "email": "birthe@demo.example", "email_verified": True}, UNKNOWN)}


def by_hand(header, claims, key=b""):
    """A token that no library would make: no signature, or one by a key that everybody has."""
    told = ".".join(urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (header, claims))
    return f"{told}.{urlsafe_b64encode(hmac.digest(key, told.encode(), 'sha256')).decode().rstrip('=') if key else ''}"


def own_key(claims):
    key = RSAKey.generate_key(2048)
    return jwt.encode({"alg": "RS256", "jwk": key.as_dict(private=False)}, claims, key)


@pytest.fixture(scope="module")
def one_provider() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.stop()


@pytest.fixture
def provider(one_provider: Provider) -> Provider:
    one_provider.be_honest()
    one_provider.claims = {"sub": BIRTHE}
    return one_provider


@pytest.fixture
def app(tmp_path, place, provider):
    """Birthe's account is tied, and nobody else's."""
    told = settings(tmp_path, place[1])
    told.oidc_issuer, told.oidc_client_id, told.oidc_client_secret = provider.issuer, CLIENT, SECRET
    app = create_app(told)
    app.test_client_class = InspectingClient
    assert oidc.tie(app.extensions["database"], place[0].birthe.user_id, provider.issuer, BIRTHE, NOW)
    yield app
    app.extensions["database"].close()


class Unfollowed(urllib.request.HTTPRedirectHandler):
    def http_error_302(self, _request, answer, *_):
        return answer


def there_and_back(client, start=START):
    """Goes to the provider and comes back with its answer; our own answer to that."""
    sent = client.get(start)
    assert sent.status_code == 302, sent.get_data(as_text=True)
    back = urlsplit(urllib.request.build_opener(Unfollowed).open(sent.location).headers["Location"])
    return client.get(f"{back.path}?{back.query}"), f"{back.path}?{back.query}"


def refused(client, landed, sentence):
    """Nobody is in, and the page says why."""
    said = client.get("/log-ind").get_data(as_text=True)
    return landed.location == "/log-ind" and sentence in said and client.get("/api/session").status_code == 401


def test_birthe_comes_in_and_goes_where_she_wanted(app):
    client = app.test_client()
    assert f'href="{START}"' in client.get("/log-ind").get_data(as_text=True)
    assert there_and_back(client, f"{START}?naeste=/kontor/besoeg")[0].location == "/kontor/besoeg"
    assert client.get("/kontor/").status_code == 200


def test_nothing_of_the_providers_answer_is_kept(app):
    client = app.test_client()
    there_and_back(client)
    with client.session_transaction() as session:
        kept = json.dumps(dict(session))
    assert BIRTHE not in kept and "token" not in kept and "state" not in kept


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_opens_nothing(app, provider, lie):
    claims, sentence = LIES[lie]
    provider.claims = {"sub": BIRTHE, **claims}
    client = app.test_client()
    assert refused(client, there_and_back(client)[0], sentence)


def test_a_token_signed_by_another_opens_nothing(app, provider):
    another = RSAKey.generate_key(2048, {"kid": "1"})
    provider.signs = lambda claims: jwt.encode({"alg": "RS256", "kid": "1"}, claims, another)
    client = app.test_client()
    assert refused(client, there_and_back(client)[0], NO_FIT)


@pytest.mark.parametrize("how", ["without a signature", "by a secret that is no secret", "by a key that it names itself"])
def test_only_the_signatures_that_we_chose_count(app, provider, how):
    """Also when the provider says that it makes others."""
    provider.says = {"id_token_signing_alg_values_supported": ["none", "HS256", "RS256"]}
    public = provider.key.as_pem(private=False)
    provider.signs = {"without a signature": lambda claims: by_hand({"alg": "none"}, claims), "by a key that it names itself": own_key,
                      "by a secret that is no secret": lambda claims: by_hand({"alg": "HS256", "kid": "1"}, claims, public)}[how]
    client = app.test_client()
    assert refused(client, there_and_back(client)[0], NO_FIT)


def test_a_provider_that_calls_itself_another_is_not_asked(app, provider):
    provider.says = {"issuer": "https://ond.example"}
    client = app.test_client()
    assert refused(client, client.get(START), NO_FIT)
    provider.says = {}
    assert client.get(START).status_code == 302  # the false answer was not kept


def test_an_answer_that_sends_us_on_is_not_followed(app, provider):
    provider.sends_on = True
    client = app.test_client()
    assert refused(client, there_and_back(client)[0], "svarer ikke lige nu")


def test_an_answer_is_good_once_and_for_the_one_who_asked(app):
    client, other = app.test_client(), app.test_client()
    _, back = there_and_back(client)
    client.delete("/api/session")
    assert refused(client, client.get(f"{back}&igen=1"), NO_FIT)
    other.get(START)
    assert refused(other, other.get(f"{back}&igen=1"), NO_FIT)
    third = app.test_client()
    assert refused(third, third.get(f"{BACK}?error=access_denied&igen=1"), "Du afbrød hos organisationen")


def test_a_code_without_the_secret_half_of_its_question_is_worth_nothing(app, monkeypatch):
    """PKCE: who has caught the code and has another's verifier."""
    client = app.test_client()
    kept = client.get(START).location
    with client.session_transaction() as session:
        for name in [name for name in session if "_state_" in name]:
            session[name] = {**session[name], "data": {**session[name]["data"], "code_verifier": "x" * 48}}
    back = urlsplit(urllib.request.build_opener(Unfollowed).open(kept).headers["Location"])
    assert refused(client, client.get(f"{back.path}?{back.query}"), NO_FIT)


def test_a_closed_account_stays_closed(app, world):
    with world.db.write() as tx:
        tx.execute(update(Credential.__table__).where(Credential.email == "birthe@demo.example").values(disabled=True))
    client = app.test_client()
    assert refused(client, there_and_back(client)[0], UNKNOWN)


@pytest.mark.parametrize("amr, lands", [(["pwd"], "/log-ind/kode"), (["pwd", "mfa"], "/kontor/")])
def test_the_second_factor_is_asked_unless_the_provider_did(app, world, provider, amr, lands):
    factors.enrol(world.db, world.birthe.user_id, factors.new_secret(), 1)
    provider.claims |= {"amr": amr}
    assert there_and_back(app.test_client())[0].location == lands


def tying(browser):
    """Sends the form, and goes by our own page to the provider and back."""
    onward = re.search(r'content="0;url=([^"]+)"', browser.post(TIE, "/konto/organisation").get_data(as_text=True))
    return there_and_back(browser.client, onward[1])[0]


def test_signe_ties_her_account_and_unties_it(app, world, provider, browser):
    provider.claims = {"sub": SIGNE}
    signe = browser("signe")
    assert tying(signe).location == "/konto/organisation"
    assert "Kontoen er koblet til dig" in signe.text("/konto/organisation")
    thief = app.test_client()
    assert there_and_back(thief)[0].location == "/" and thief.get("/api/session").json["user"]["initials"] == "SHL"
    signe.post("/konto/organisation/frakobling", "/konto/organisation")
    another = app.test_client()
    assert refused(another, there_and_back(another)[0], UNKNOWN)
    with world.db.read() as tx:
        acts = list(tx.execute(select(ACCESS.c.act).where(ACCESS.c.record_id == world.signe.user_id).order_by(ACCESS.c.number)).scalars())
    assert acts == ["SIGN_IN", "TIE", "SIGN_IN", "UNTIE"]


def test_an_account_that_is_another_persons_is_tied_to_nobody_else(app, browser):
    signe = browser("signe")
    assert tying(signe).location == "/konto/organisation"
    assert "hører allerede til en anden bruger" in signe.text("/konto/organisation")
    assert there_and_back(app.test_client())[0].location == "/kontor/"  # still Birthe's


def test_an_account_is_tied_only_for_who_sent_the_form(app, provider, browser):
    provider.claims = {"sub": SIGNE}
    signe = browser("signe")
    assert signe.get(TIE).location == "/konto/organisation"  # a link from elsewhere ties nothing
    sent = signe.post(TIE, "/konto/organisation")
    assert sent.status_code == 200
    there = signe.get(TIE).location
    signe.client.delete("/api/session")
    signe.sign_in("emre")
    back = urlsplit(urllib.request.build_opener(Unfollowed).open(there).headers["Location"])
    signe.get(f"{back.path}?{back.query}")
    assert "ingen konto koblet" in signe.text("/konto/organisation")


def test_who_has_a_second_factor_gives_it_before_an_account_is_tied(world, browser):
    birthe = browser("birthe")
    factors.enrol(world.db, world.birthe.user_id, factors.new_secret(), 1)
    assert birthe.post(TIE, "/konto/organisation").location == "/konto/bekraeft?naeste=/konto/organisation"
    assert birthe.post("/konto/organisation/frakobling", "/konto/organisation").location == "/konto/bekraeft?naeste=/konto/organisation"


def test_a_provider_that_is_away_is_said(app):
    app.extensions["oidc"].server_metadata.clear()
    app.extensions["oidc"]._server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
    client = app.test_client()
    assert refused(client, client.get(START), "svarer ikke lige nu")


def test_without_a_provider_there_is_no_such_door(tmp_path, place):
    app = create_app(settings(tmp_path, place[1]))
    signe = Browser(app, "signe")
    assert [signe.get(path).status_code for path in (START, BACK, "/konto/organisation")] == [404] * 3
    assert "/konto/organisation" not in signe.text("/konto/sessioner") and START not in app.test_client().get("/log-ind").get_data(as_text=True)
    app.extensions["database"].close()


def test_a_provider_without_tls_is_refused_at_the_start(tmp_path, place):
    told = settings(tmp_path, place[1])
    told.oidc_issuer = "http://login.example.dk"
    with pytest.raises(SystemExit, match="https"):
        create_app(told)


@pytest.mark.browser
@pytest.mark.parametrize("own_server", DATABASES[:1], indirect=True)
def test_a_real_browser_keeps_our_cookie_home_and_birthe_ties_and_comes_in_all_the_same(own_server, provider, playwright: Playwright):
    """The provider is another site: what it sends her back with carries no cookie of ours."""
    own_server.more = {"RAADGIVER_OIDC_ISSUER": provider.issuer, "RAADGIVER_OIDC_CLIENT_ID": CLIENT, "RAADGIVER_OIDC_CLIENT_SECRET": SECRET,
                       "RAADGIVER_OIDC_NAME": "kommunens konto"}
    browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
    page = browser.new_page(base_url=own_server.start().address.replace("127.0.0.1", "localhost"))
    page.goto("/log-ind")
    page.get_by_role("link", name="Log ind med kommunens konto").click()
    expect(page.get_by_text(UNKNOWN)).to_be_visible()
    page.get_by_label("E-mail").fill("birthe@demo.example")
    page.get_by_label("Adgangssætning").fill("en lang adgangssætning")
    page.get_by_role("button", name="Log ind", exact=True).click()
    page.goto("/konto/organisation")
    page.get_by_role("button", name="Kobl kontoen til").click()
    expect(page.get_by_text("Kontoen er koblet til dig")).to_be_visible()
    page.get_by_role("button", name="Log ud").click()
    page.get_by_role("link", name="Log ind med kommunens konto").click()
    expect(page.get_by_role("heading", level=1, name="Mandagslisten")).to_be_visible()
    browser.close()


def test_the_way_back_waits_on_our_own_page(app):
    page = app.test_client().get(f"{BACK}?code=x&state=%22%3E%3Cscript%3E&_external=1").get_data(as_text=True)
    assert f'content="0;url={BACK}?igen=1&amp;code=x&amp;state=%22%3E%3Cscript%3E&amp;_external=1"' in page and "<script>" not in page
