"""Consent gates, from outside (sync.md ch. 8, 11, 13; domain.md 2.6)."""

from __future__ import annotations

import pytest

from app.ledger.ids import new_id
from app.records.codes import code_list
from tests.line.people import Person, codes


def step(name, **more):
    data = {"step": name, "responsible": "ADVISER", "due_on": "2026-12-09", "status": "OPEN", **more}
    return lambda citizen: ("next_step", {"citizen_id": citizen, **data})


def answer(source):
    return lambda citizen: ("outcome", {"citizen_id": citizen, "point": "M3", "outcome": "JOB", "source": source, "answered_on": "2026-11-25"})


# scope → what needs it, and the yes that it needs besides
GATED = {
    "TALK_RECORD": (lambda citizen: ("talk", {"type": "FIRST", "place": "CLINIC_ROOM", "occurred_at": "2026-11-25T08:00:00.000Z", "minutes": 30,
                                              "citizen_id": citizen}), None),
    "GP_EXCHANGE": (answer("GP"), "FOLLOW_UP"),
    "JOBCENTER_SHARE": (step("BRIDGE_JOBCENTER"), None),
    "STUEGANG": (step("STUEGANG"), None),
    "COURSE_PROVIDER": (step("COURSE", needs_scope="COURSE_PROVIDER"), None),
    "THIRD_PARTY": (step("UNION"), None),
    "FOLLOW_UP": (answer("CITIZEN"), None),
    "EVALUATION": (None, None),  # the age band, on the citizen
}


def through(person, scope, citizen):
    """An op made on that person's phone that needs the scope's yes."""
    make, _ = GATED[scope]
    if make is None:
        return person.phone.update("citizen", citizen, {"age_band": "A30_39"}, {"age_band": None})
    kind, data = make(citizen)
    return person.phone.create(kind, new_id(), data)


def asked(person, scope, *said):
    """A new citizen who has said that of the scope, and yes to what it takes besides."""
    citizen = person.new_citizen(consent=False)
    if also := GATED[scope][1]:
        person.one(person.given(citizen, scope=also))
    for event, more in said:
        person.one(person.consent(citizen, event, scope=scope, **more))
    return citizen


def test_every_scope_has_a_gate():
    assert set(GATED) == set(code_list("consent_scope").codes)


@pytest.mark.parametrize("scope", GATED)
def test_each_gate_is_closed_open_and_runs_out(signe, scope):
    """Nobody has asked; yes; a no; a yes whose time was up yesterday; one whose last day is today."""
    said = {"NO_CONSENT": [[], [("REFUSED", {})], [("GIVEN", {"valid_until": "2026-11-24"})], [("GIVEN", {"on": "2024-11-25"})]],
            "OK": [[("GIVEN", {})], [("GIVEN", {"valid_until": "2026-11-25"})]]}
    for code, timelines in said.items():
        for timeline in timelines:
            assert codes([signe.one(through(signe, scope, asked(signe, scope, *timeline)))]) == [code], timeline


def test_a_note_with_the_doctor_at_the_table_waits_for_the_citizens_yes_to_that(signe):
    """The talk alone is let in; with a note it comes in by itself once the yes is there (domain.md 2.6)."""
    def talk(citizen, **more):
        held = {"type": "THREE_PARTY", "place": "CLINIC_ROOM", "three_party_with": ["DOCTOR"], "occurred_at": "2026-11-25T08:00:00.000Z"}
        return signe.phone.create("talk", new_id(), {"minutes": 30, "citizen_id": citizen, **held, **more})
    citizen = signe.new_citizen()
    noted = talk(citizen, note="Vil prøve et par timer om ugen")
    assert codes([signe.one(talk(citizen)), signe.one(noted)]) == ["OK", "NO_CONSENT"]
    signe.one(signe.given(citizen, scope="GP_EXCHANGE"))
    assert signe.view()[noted["id"]]["data"]["note"] == "Vil prøve et par timer om ugen"


@pytest.mark.parametrize("scope", GATED)
def test_each_gate_is_closed_by_another_phone_while_this_one_had_no_net(server, signe, scope):
    """The record was written down while this phone still saw a yes; the no came in first. A yes that knew of it opens again."""
    citizen, no = asked(signe, scope, ("GIVEN", {})), new_id()
    written = through(signe, scope, citizen)
    other = Person(server.address, "signe")
    assert codes([other.one(other.consent(citizen, "WITHDRAWN", on="2026-11-25", id_=no, scope=scope))]) == ["OK"]
    assert codes([signe.one(signe.given(citizen, scope=scope, on="2026-11-25"))]) == ["OK"], "typed without knowing of the no"
    assert codes([signe.one(written)]) == ["NO_CONSENT"]
    assert signe.view()[no]["data"]["event"] == "WITHDRAWN", "and this phone hears of it"
    signe.one(signe.given(citizen, scope=scope, on="2026-11-25", follows_id=no))
    assert codes([signe.one(through(signe, scope, citizen))]) == ["OK"]


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
