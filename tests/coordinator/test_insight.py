"""A citizen gets all that is held on them, in words, and nothing of anybody else; the log has it first."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from app import clock
from app.ledger import access, contacts
from app.ledger.access import Entry
from app.ledger.change import Change
from app.ledger.push import push, write
from app.ledger.tables import ACCESS, ACCESS_REASONS
from app.records import KINDS
from tests.world import NOW, Phone, named, visit

CODE, OTHER = "B-RW425", "B-7K3MB"
RIGHTS, INSIGHT = "/kontor/rettigheder", f"/kontor/rettigheder/{named(CODE)}/indsigt"
REASON = "Borgeren bad om indsigt den 24. november"
BOTH = pytest.mark.parametrize("place", ["sqlite", "postgres"], indirect=True)
WORDS = ["Vil tale med chefen først", "Ringer selv til kommunen", "En note der ikke gik igennem", "Spurgte til B-RW425 ved skranken",
         "20000011", "Bo"]


@pytest.fixture
def citizen(world):
    """One about whom all kinds of things are held, and one about whom only a talk is."""
    changes = []
    for code, note in ((CODE, WORDS[0]), (OTHER, "Noget om en anden")):
        given = {"citizen_id": named(code), "event": "GIVEN", "form": "WRITTEN_PAPER", "given_on": "2026-11-01"}
        changes += [Change("citizen", named(code), "create", {"code": code, "first_practice_id": named("halmtorvet")}),
                    *(Change("consent_event", named(f"{code} {scope}"), "create", {**given, "scope": scope})
                      for scope in ("TALK_RECORD", "FOLLOW_UP")),
                    Change("talk", named(f"talk {code}"), "create", {
                        "type": "FIRST", "place": "CLINIC_ROOM", "occurred_at": "2026-11-24T09:00:00Z", "minutes": 30, "citizen_id": named(code),
                        "topics": ["WORK"], "note": note})]
    changes += [Change("talk", named(f"talk {CODE}"), "update", {"note": WORDS[1]}, {"note": WORDS[0]}),
                Change("visit", named("sladder"), "create", visit(note=WORDS[3]))]
    done = write(world.db, world.signe, changes, NOW)
    assert {result.status for result in done} == {"accepted"}, [result.message for result in done]
    stopped = Phone().create("talk", named("standset"), {"type": "FOLLOW_UP", "place": "PHONE", "occurred_at": "2026-11-24T09:00:00Z", "minutes": 1,
                                                          "citizen_id": named(CODE), "note": WORDS[2]})
    assert push(world.db, world.signe, "telefon", [stopped], NOW).results[0].status == "rejected"
    assert contacts.keep(world.db, world.signe, named(CODE), WORDS[4], WORDS[5], clock.now())
    access.log(world.db, world.birthe, [Entry("LOOK_UP", "talk", named(f"talk {CODE}"), named(CODE), about="note",
                                              reason="Borgeren bad om en rettelse")], NOW)


@BOTH
@pytest.mark.parametrize("form", ["html", "json"])
def test_the_package_holds_everything_and_nobody_else(world, birthe, citizen, form):
    got = birthe.post(INSIGHT, INSIGHT, reason=REASON, form=form)
    text = got.get_data(as_text=True)
    assert got.status_code == 200 and got.headers["Content-Disposition"] == f"attachment; filename=indsigt_{CODE}.{form}"
    wanted = [*WORDS, CODE, "Begrundet opslag", "Borgeren bad om en rettelse", "Telefonnummer gemt", REASON]
    assert [word for word in wanted if word not in text] == []
    assert "Birthe" not in text and OTHER not in text and "Noget om en anden" not in text and "FIRST" not in text
    with world.db.read() as tx:
        line = tx.execute(select(ACCESS).where(ACCESS.c.act == "INSIGHT")).mappings().one()
        assert tx.execute(select(ACCESS_REASONS.c.reason).where(ACCESS_REASONS.c.number == line["number"])).scalar() == REASON
        assert access.verify(tx, world.project_id) == []
    assert (line["user_id"], line["citizen_id"], line["about"]) == (named("birthe"), named(CODE), form)


def test_both_files_say_the_same(birthe, citizen):
    found = json.loads(birthe.post(INSIGHT, INSIGHT, reason=REASON, form="json").get_data(as_text=True))
    assert [one["slags"] for one in found["registreringer"]] == [KINDS[kind].TITLE for kind in ("citizen", *["consent_event"] * 2, "talk")]
    talk = found["registreringer"][-1]
    assert talk["oplysninger"]["Note"] == WORDS[1] and talk["oplysninger"]["Samtaletype"] == "Første samtale"
    assert talk["aendringer"][0]["felter"] == [{"felt": "Note", "foer": WORDS[0], "efter": WORDS[1]}]


def test_the_page_finds_a_code_and_counts_what_is_held(birthe, citizen):
    page = birthe.text(f"{RIGHTS}?borger={CODE.lower()}")
    assert CODE in page and INSIGHT in page and WORDS[1] not in page
    assert "Ingen borger har den kode" in birthe.text(f"{RIGHTS}?borger=B-23456")


@pytest.mark.parametrize(("fields", "said"), [
    ({"reason": "fordi", "form": "html"}, "mindst 10"), ({"reason": REASON, "form": "pdf"}, "Vælg, om filen")])
def test_without_a_reason_and_a_form_no_file_leaves_the_house(world, birthe, citizen, fields, said):
    got = birthe.post(INSIGHT, INSIGHT, **fields)
    assert got.status_code == 422 and said in got.get_data(as_text=True) and WORDS[1] not in got.get_data(as_text=True)
    assert birthe.get(f"{RIGHTS}/{named('ingen')}/indsigt").status_code == 404
