"""Everyone sees where they are signed in and ends what should not be; the administrator does so for everybody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.accounts.browsers import browser_words
from app.accounts.people import add
from app.accounts.sessions import SESSIONS
from app.ledger.tables import ACCESS
from tests.world import NOW, PASSPHRASE

MINE, ALL = "/konto/sessioner", "/konto/alle-sessioner"
CHROME_ON_MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"


@pytest.fixture
def maja(world, browser):
    """The administrator."""
    add(world.db, "maja@demo.example", "Maja", "MDG", "SYSADMIN", PASSPHRASE, NOW)
    return browser("maja")


def ending(one, other, page=MINE):
    """The address on `one`'s page that ends the session which is not its own."""
    return next(address for address in one.forms(page) if "afslutning" in address and "andre" not in address and address not in other)


def own(one, page=MINE):
    text = one.get(page).get_data(as_text=True)
    return [row.split('action="')[1].split('"')[0] for row in text.split("<tr>") if ">Her<" in row]


def test_what_where_and_when_are_said(browser):
    browser("signe", agent=SAFARI, address="192.0.2.99")
    page = browser("signe").text(MINE)
    assert "Safari på iPhone" in page and "192.0.2.99" in page and "Chrome på Android" in page and page.count(">Her<") == 1


@pytest.mark.parametrize("place", ["sqlite", "postgres"], indirect=True)
def test_a_session_that_is_ended_is_shut_out_at_its_next_request(browser):
    lost, here = browser("signe"), browser("signe", agent=SAFARI)
    assert here.post(ending(here, own(here)), MINE).status_code == 303
    assert lost.get(MINE).status_code == 302 and lost.client.get("/api/session").status_code == 401
    assert here.get(MINE).status_code == 200


def test_all_others_end_and_this_one_stays(browser):
    others, here = [browser("signe"), browser("signe")], browser("signe")
    stranger = browser("emre")
    here.post(f"{MINE}/andre/afslutning", MINE)
    assert {other.get(MINE).status_code for other in others} == {302}
    assert here.get(MINE).status_code == stranger.get(MINE).status_code == 200


def test_ending_the_present_session_is_signing_out(browser):
    here = browser("signe")
    response = here.post(own(here)[0], MINE)
    assert response.location == "/log-ind" and here.get(MINE).status_code == 302


def test_another_persons_session_is_not_there(browser):
    emre, signe = browser("emre"), browser("signe")
    assert signe.post(own(emre)[0], MINE).status_code == 404
    assert signe.get(ALL).status_code == 404 and emre.get(MINE).status_code == 200


def test_the_administrator_ends_anybodys_session_and_the_log_says_so(browser, maja, world):
    signe = browser("signe", agent=SAFARI)
    assert "Signe" in maja.text(ALL)
    assert maja.post(ending(maja, own(maja, ALL), ALL), ALL).status_code == 303
    assert signe.get(MINE).status_code == 302 and "Signe" not in maja.text(ALL)
    with world.db.read() as tx:
        said = select(ACCESS.c.act, ACCESS.c.role, ACCESS.c.record_id).where(ACCESS.c.act == "END_SESSION")
        assert tx.execute(said).all() == [("END_SESSION", "SYSADMIN", world.signe.user_id)]


def test_the_table_holds_no_token(browser, world):
    signe = browser("signe")
    token = signe.client.get_cookie("session").value
    with world.db.read() as tx:
        assert token not in str(tx.execute(select(SESSIONS)).all())


def test_a_session_is_seen_again_after_a_while_and_where_it_went(browser, world, monkeypatch):
    signe = browser("signe")

    def sights():
        with world.db.read() as tx:
            return tx.execute(select(SESSIONS.c.seen_at, SESSIONS.c.address)).one()
    first = sights()
    signe.get(MINE)
    assert sights() == first
    monkeypatch.setattr(clock, "SHIFT", clock.SHIFT + timedelta(minutes=6))
    signe.get(MINE)
    assert sights().seen_at - first.seen_at > timedelta(minutes=5)
    signe.client.environ_base["REMOTE_ADDR"] = "198.51.100.4"
    signe.get(MINE)
    assert sights().address == "198.51.100.4"


@pytest.mark.parametrize("agent, words", [
    (CHROME_ON_MAC, "Chrome på Mac"), (f"{CHROME_ON_MAC} Edg/140.0", "Edge på Mac"),
    ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox på Windows"),
    (SAFARI, "Safari på iPhone"), ("curl/8.5.0", "Ukendt program"), ("", "Ukendt program")])
def test_programs_are_called_what_people_call_them(agent, words):
    assert browser_words(agent) == words
