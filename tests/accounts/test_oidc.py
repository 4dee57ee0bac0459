"""Signing in at the organisation's own provider: who is known there and here comes in, and a lie opens nothing."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from joserfc.jwk import RSAKey
from playwright.sync_api import Playwright, expect
from sqlalchemy import update

from app import create_app
from app.accounts import factors
from app.records.account import Credential
from tests.accounts.provider import CLIENT, SECRET, Provider
from tests.browser import FLAGS
from tests.browser import chromium as program
from tests.conftest import DATABASES
from tests.page_inspector import InspectingClient
from tests.world import settings

START, BACK = "/log-ind/organisation", "/log-ind/organisation/svar"
LIES = {"another issuer": {"iss": "https://ond.example"}, "for another house": {"aud": "en anden"}, "too old": {"exp": 1},
        "another question": {"nonce": "x"}, "an unchecked address": {"email_verified": False}, "no address": {"email": None},
        "nobody of ours": {"email": "ingen@demo.example"}, "a name that breaks": {"email": "birthe@demo.example\x00"}}


@pytest.fixture(scope="module")
def one_provider() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.stop()


@pytest.fixture
def provider(one_provider: Provider) -> Provider:
    one_provider.key, one_provider.claims = one_provider.published, {"email": "birthe@demo.example"}
    return one_provider


@pytest.fixture
def app(tmp_path, place, provider):
    told = settings(tmp_path, place[1])
    told.oidc_issuer, told.oidc_client_id, told.oidc_client_secret = provider.issuer, CLIENT, SECRET
    app = create_app(told)
    app.test_client_class = InspectingClient
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


def test_birthe_comes_in_and_goes_where_she_wanted(app):
    client = app.test_client()
    assert f'href="{START}"' in client.get("/log-ind").get_data(as_text=True)
    assert there_and_back(client, f"{START}?naeste=/kontor/besoeg")[0].location == "/kontor/besoeg"
    assert client.get("/kontor/").status_code == 200


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_opens_nothing(app, provider, lie):
    provider.claims = {"email": "birthe@demo.example", **LIES[lie]}
    client = app.test_client()
    assert there_and_back(client)[0].location == "/log-ind" and client.get("/kontor/").status_code == 302


def test_a_token_signed_by_another_opens_nothing(app, provider):
    provider.key = RSAKey.generate_key(2048, {"kid": "1"})
    assert there_and_back(app.test_client())[0].location == "/log-ind"


def test_an_answer_is_good_once_and_for_the_one_who_asked(app):
    client, other = app.test_client(), app.test_client()
    _, back = there_and_back(client)
    client.delete("/api/session")
    assert client.get(f"{back}&igen=1").location == "/log-ind"
    other.get(START)
    assert other.get(f"{back}&igen=1").location == "/log-ind" and other.get("/kontor/").status_code == 302
    assert app.test_client().get(f"{BACK}?error=access_denied&igen=1").location == "/log-ind"


def test_a_closed_account_stays_closed(app, world):
    with world.db.write() as tx:
        tx.execute(update(Credential.__table__).where(Credential.email == "birthe@demo.example").values(disabled=True))
    assert there_and_back(app.test_client())[0].location == "/log-ind"


@pytest.mark.parametrize("amr, lands", [(["pwd"], "/log-ind/kode"), (["pwd", "mfa"], "/kontor/")])
def test_the_second_factor_is_asked_unless_the_provider_did(app, world, provider, amr, lands):
    factors.enrol(world.db, world.birthe.user_id, factors.new_secret(), 1)
    provider.claims |= {"amr": amr}
    assert there_and_back(app.test_client())[0].location == lands


def test_a_provider_that_is_away_is_said(app, place, tmp_path, provider):
    app.extensions["oidc"].server_metadata.clear()
    app.extensions["oidc"]._server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
    assert app.test_client().get(START).location == "/log-ind"


def test_without_a_provider_there_is_no_such_door(tmp_path, place):
    app = create_app(settings(tmp_path, place[1]))
    client = app.test_client()
    assert [client.get(path).status_code for path in (START, BACK)] == [404, 404] and START not in client.get("/log-ind").get_data(as_text=True)
    app.extensions["database"].close()


@pytest.mark.browser
@pytest.mark.parametrize("own_server", DATABASES[:1], indirect=True)
def test_a_real_browser_keeps_our_cookie_home_and_birthe_comes_in_all_the_same(own_server, provider, playwright: Playwright):
    """The provider is another site: what it sends her back with carries no cookie of ours."""
    own_server.more = {"RAADGIVER_OIDC_ISSUER": provider.issuer, "RAADGIVER_OIDC_CLIENT_ID": CLIENT, "RAADGIVER_OIDC_CLIENT_SECRET": SECRET,
                       "RAADGIVER_OIDC_NAME": "kommunens konto"}
    browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
    page = browser.new_page(base_url=own_server.start().address.replace("127.0.0.1", "localhost"))
    page.goto("/log-ind")
    page.get_by_role("link", name="Log ind med kommunens konto").click()
    expect(page.get_by_role("heading", level=1, name="Mandagslisten")).to_be_visible()
    browser.close()


def test_the_way_back_waits_on_our_own_page(app):
    page = app.test_client().get(f"{BACK}?code=x&state=%22%3E%3Cscript%3E&_external=1").get_data(as_text=True)
    assert f'content="0;url={BACK}?igen=1&amp;code=x&amp;state=%22%3E%3Cscript%3E&amp;_external=1"' in page and "<script>" not in page
