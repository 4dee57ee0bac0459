"""Consent gates, from outside (sync.md ch. 8, 11, 13; domain.md 2.6)."""

from __future__ import annotations

from app.ledger.ids import new_id
from tests.line.people import codes


def test_a_talk_needs_a_yes_that_is_valid_that_day(signe):
    for given, until, code in (("2026-11-24", None, "OK"), ("2026-11-25", None, "NO_CONSENT"), ("2025-11-23", None, "NO_CONSENT"),
                               ("2026-11-01", "2026-11-24", "OK"), ("2026-11-01", "2026-11-23", "NO_CONSENT")):
        citizen = signe.new_citizen(consent=False)
        signe.one(signe.given(citizen, on=given, **({"valid_until": until} if until else {})))
        assert codes([signe.one(signe.talk(citizen))]) == [code], (given, until)


def test_a_yes_to_something_else_or_a_no_opens_nothing(signe):
    citizen = signe.new_citizen(consent=False)
    signe.one(signe.given(citizen, scope="GP_EXCHANGE"))
    assert codes([signe.one(signe.talk(citizen))]) == ["NO_CONSENT"]
    refused = signe.new_citizen()
    signe.one(signe.consent(refused, "REFUSED"))
    assert codes([signe.one(signe.talk(refused))]) == ["NO_CONSENT"]


def test_an_anonymous_talk_needs_no_consent(signe):
    assert codes([signe.one(signe.talk(None))]) == ["OK"]


def test_a_talk_before_its_consent_is_booked_by_itself_when_the_yes_comes(signe):
    citizen, talk = signe.new_citizen(consent=False), new_id()
    op = signe.talk(citizen, talk, note="om job")
    result = signe.one(op)
    assert (result["status"], result["code"]) == ("rejected", "NO_CONSENT") and "record" not in result
    later = signe.phone.update("talk", talk, {"minutes": 45}, {"minutes": 30})
    assert codes([signe.one(later)]) == ["UNKNOWN_RECORD"]
    assert codes([signe.one(signe.given(citizen, scope="EVALUATION"))]) == ["OK"] and talk not in signe.view()
    signe.one(signe.given(citizen))
    assert signe.view()[talk]["data"]["minutes"] == 45
    assert signe.one(op)["original"] == {"status": "rejected", "code": "NO_CONSENT"}


def test_a_talk_and_its_consent_in_one_batch_the_wrong_way_round(signe):
    citizen, talk = new_id(), new_id()
    made, yes = signe.citizen_ops(citizen)
    assert codes(signe.push(signe.talk(citizen, talk), yes, made)) == ["UNKNOWN_RECORD", "UNKNOWN_RECORD", "OK"]
    assert talk in signe.view()


def test_a_withdrawal_beats_a_yes_that_did_not_know_of_it(signe):
    citizen, no = signe.new_citizen(), new_id()
    signe.one(signe.consent(citizen, "WITHDRAWN", on="2026-11-21", id_=no))
    assert codes([signe.one(signe.talk(citizen))]) == ["NO_CONSENT"]
    signe.one(signe.given(citizen, on="2026-11-22"))
    assert codes([signe.one(signe.talk(citizen))]) == ["NO_CONSENT"]
    signe.one(signe.given(citizen, on="2026-11-23", follows_id=no))
    assert codes([signe.one(signe.talk(citizen))]) == ["OK"]


def test_a_yes_must_follow_the_newest_withdrawal(signe):
    citizen, first, second = signe.new_citizen(), new_id(), new_id()
    signe.push(signe.consent(citizen, "WITHDRAWN", on="2026-11-21", id_=first), signe.given(citizen, on="2026-11-21", follows_id=first),
               signe.consent(citizen, "WITHDRAWN", on="2026-11-21", id_=second))
    signe.one(signe.given(citizen, on="2026-11-22", follows_id=first))
    assert codes([signe.one(signe.talk(citizen))]) == ["NO_CONSENT"]
    signe.one(signe.given(citizen, on="2026-11-22", follows_id=second))
    assert codes([signe.one(signe.talk(citizen))]) == ["OK"]


def test_a_talk_before_the_withdrawal_stays_lawful(signe):
    citizen = signe.new_citizen()
    signe.one(signe.consent(citizen, "WITHDRAWN", on="2026-11-25"))
    assert codes([signe.one(signe.talk(citizen))]) == ["OK"]


def test_a_yes_may_wait_for_the_withdrawal_it_follows(signe):
    citizen, no = signe.new_citizen(), new_id()
    assert codes([signe.one(signe.given(citizen, on="2026-11-23", follows_id=no))]) == ["UNKNOWN_RECORD"]
    signe.one(signe.consent(citizen, "WITHDRAWN", on="2026-11-22", id_=no))
    assert codes([signe.one(signe.talk(citizen))]) == ["OK"]
