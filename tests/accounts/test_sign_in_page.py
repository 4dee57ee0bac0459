"""Signing in in the browser: everyone lands where they belong, and nobody learns who has an account."""

import pytest

from app import create_app
from tests.page_inspector import InspectingClient
from tests.world import PASSPHRASE, settings


@pytest.fixture
def client(tmp_path, copy_world):
    world, _ = copy_world("sqlite", tmp_path)
    app = create_app(settings(tmp_path))
    app.test_client_class = InspectingClient
    yield app.test_client()
    app.extensions["database"].close()
    world.db.close()


def token(client, page="/log-ind"):
    return client.get(page).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]


def signed_in(client, who, passphrase=PASSPHRASE, **fields):
    return client.post("/log-ind", data={"csrf_token": token(client), "email": f"{who}@demo.example", "passphrase": passphrase, **fields})


@pytest.mark.parametrize("who, lands", [("birthe", "/kontor/"), ("signe", "/"), ("sanne", "/tal")])
def test_everyone_lands_where_they_belong(client, who, lands):
    response = signed_in(client, who)
    assert (response.status_code, response.location) == (303, lands)


def test_birthe_comes_back_to_the_page_she_wanted(client):
    wanted = client.get("/kontor/besoeg?bydel=VALBY").location
    assert wanted.startswith("/log-ind?naeste=")
    assert signed_in(client, "birthe", naeste="/kontor/besoeg?bydel=VALBY").location == "/kontor/besoeg?bydel=VALBY"


@pytest.mark.parametrize("elsewhere", ["//ond.example", "https://ond.example", "/\\ond.example", "/\tond", "javascript:1", "/log-ind"])
def test_nobody_is_sent_to_another_house(client, elsewhere):
    assert signed_in(client, "birthe", naeste=elsewhere).location == "/kontor/"


def test_the_answer_is_the_same_for_an_unknown_user(client):
    wrong = signed_in(client, "birthe", "forkert sætning").get_data(as_text=True).replace("birthe", "")
    unknown = signed_in(client, "ukendt", "forkert sætning").get_data(as_text=True).replace("ukendt", "")
    assert "passer ikke" in wrong and _without_token(wrong) == _without_token(unknown)


def _without_token(page):
    return "\n".join(line for line in page.splitlines() if "csrf_token" not in line)


def test_empty_fields_are_named_at_the_field(client):
    page = client.post("/log-ind", data={"csrf_token": token(client), "email": ""}).get_data(as_text=True)
    assert 'id="email-fejl"' in page and 'id="passphrase-fejl"' in page and 'href="#email"' in page


def test_too_many_tries_are_answered_in_words(client):
    for _ in range(10):
        signed_in(client, "birthe", "forkert sætning")
    response = signed_in(client, "birthe")
    assert response.status_code == 429 and "prøvet for mange gange" in response.get_data(as_text=True)


def test_sign_out_ends_the_session(client):
    signed_in(client, "birthe")
    client.post("/log-ud", data={"csrf_token": token(client, "/kontor/")})
    assert client.get("/kontor/").status_code == 302


def test_a_form_without_its_token_gets_a_friendly_page(client):
    signed_in(client, "birthe")
    response = client.post("/log-ud")
    assert response.status_code == 400 and "Formularen er for gammel" in response.get_data(as_text=True)


def test_errors_are_pages_in_danish_with_a_way_on(client):
    signed_in(client, "birthe")
    for address, method, status in (("/findes-ikke", "get", 404), ("/log-ud", "get", 405)):
        response = getattr(client, method)(address)
        assert response.status_code == status and "Gå til forsiden" in response.get_data(as_text=True)


def test_what_a_steering_group_sees_is_said_and_nothing_more_is_there(client):
    signed_in(client, "sanne")
    assert "Kun tal" in client.get("/adgang").get_data(as_text=True)
    assert "Ingen måned er lukket endnu" in client.get("/tal").get_data(as_text=True) and client.get("/tal/2026-10/side").status_code == 404
    assert client.get("/kontor/").status_code == 404
