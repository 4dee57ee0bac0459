"""Signe takes a new passphrase: not one that others guess, not without the old one, and whoever else is signed in as her is out."""

from __future__ import annotations

import re

import pytest

from app.accounts.passphrases import too_easy
from app.demo.people import PEOPLE
from tests.world import PASSPHRASE

PAGE, NEW = "/konto/adgangssaetning", "kaffe hest vindue lampe"


def change(browser, present=PASSPHRASE, wanted=NEW, again=NEW):
    return browser.post(PAGE, PAGE, present=present, wanted=wanted, again=again)


@pytest.mark.parametrize("place", ["sqlite", "postgres"], indirect=True)
def test_a_new_passphrase_ends_the_other_sessions_and_the_old_one_opens_nothing(browser):
    elsewhere, here = browser("signe"), browser("signe")
    assert change(here).status_code == 303
    assert "Din adgangssætning er ny" in here.text("/konto/sessioner")
    assert elsewhere.get(PAGE).status_code == 302
    assert browser().sign_in("signe").status_code == 422
    assert browser().sign_in("signe", NEW).status_code == 303


@pytest.mark.parametrize(("given", "words"), [
    ({"present": "forkert sætning"}, "Det er ikke den adgangssætning, du har nu"), ({"again": "noget andet"}, "De to er ikke ens"),
    ({"wanted": "kort", "again": "kort"}, "mindst 12 tegn"), ({"wanted": "passwordpassword", "again": "passwordpassword"}, "for let at gætte"),
    ({"wanted": "signe@demo.example", "again": "signe@demo.example"}, "for let at gætte")])
def test_what_is_wrong_is_said_and_nothing_changes(browser, given, words):
    signe = browser("signe")
    answer = change(signe, **given)
    assert answer.status_code == 422 and words in answer.get_data(as_text=True)
    assert browser().sign_in("signe").status_code == 303


def test_guessing_the_old_one_here_is_slowed_down_like_anywhere(browser):
    signe = browser("signe")
    statuses = [change(signe, present=f"gæt nummer {number}").status_code for number in range(12)]
    assert statuses == [422] * 10 + [429] * 2


@pytest.mark.parametrize("known", ["passwordpassword", "123456789012", "qwertyuiopasdf", "aaaaaaaaaaaaaa", "iloveyou1234", "adgangskode1",
                                   "adgangskode2026", "Sommer2026!!", "københavn2026", "fodbold123456", "raadgiver2026!"])
def test_known_passphrases_are_too_easy(known):
    assert too_easy(known)


def test_what_is_known_of_a_person_is_too_easy_for_them_and_four_words_are_not():
    assert too_easy("birthe.strand", "birthe.strand@demo.example", "Birthe Strand")
    assert not any(too_easy(person.passphrase, person.email, person.name) for person in PEOPLE)


def test_it_is_taken_exactly_as_typed_however_long_and_odd(browser):
    odd = "  Æble kiste\tlampe 🚲 " + "lang " * 30
    assert change(browser("signe"), wanted=odd, again=odd).status_code == 303
    assert browser().sign_in("signe", odd.strip()).status_code == 422
    assert browser().sign_in("signe", odd.upper()).status_code == 422
    assert browser().sign_in("signe", odd).status_code == 303


def test_it_is_typed_unseen_and_managers_may_fill_it_in(browser):
    fields = re.findall(r"<input[^>]*>", browser("signe").text(PAGE) + browser().text("/log-ind"))
    typed = [field for field in fields if re.search(r'name="(present|wanted|again|passphrase)"', field)]
    assert len(typed) == 4 and all('type="password"' in field and re.search('autocomplete="(current|new)-password"', field) for field in typed)
    assert not any("onpaste" in field or "maxlength" in field for field in typed)
