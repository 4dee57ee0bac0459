"""Birthe corrects and deletes a talk in the open: through the ledger, with what stood before, and never with its note in her hands."""

from __future__ import annotations

import base64
import re
import zlib

import pytest
from sqlalchemy import select

from app.coordinator.desk import TABLES
from app.ledger.change import Change
from app.ledger.push import write
from app.ledger.tables import OPS
from tests.coordinator.test_setup import wrong
from tests.coordinator.test_talks import NOTE, REASON, TALKS, logged, talked
from tests.world import NOW, named

TALK, ANONYMOUS = f"{TALKS}/{named('samtale')}", f"{TALKS}/{named('anonym')}"
SENT = {"type": "FIRST", "place": "CLINIC_ROOM", "occurred_at": "24-11-2026", "occurred_at-kl": "10.00", "minutes": "30",
        "practice_id": named("halmtorvet"), "district": "VESTERBRO", "topics": "WORK"}


@pytest.fixture
def told(world):
    talked(world)
    return world


def stored(world, key="samtale"):
    with world.db.read() as tx:
        return tx.execute(select(TABLES["talk"]).where(TABLES["talk"].c.id == named(key))).mappings().one()


def correct(office, address=TALK, **changed):
    page = f"{address}/rettelse"
    return office.post(page, page, base=office.hidden(page)["base"], **{**SENT, **changed})


def test_a_correction_says_who_when_before_and_after_and_leaves_author_and_note(told, birthe):
    assert correct(birthe, minutes="45").location == TALK
    row = stored(told)
    assert (row["minutes"], row["author_id"], row["note"], row["citizen_id"]) == (45, named("signe"), NOTE, named("borger"))
    history = re.sub(r"<[^>]+>", " ", birthe.text(TALK).partition("Ændringer</h2>")[2])
    assert re.search(r"Birthe\s+Rettet \(kontor\)\s+Minutter\s+30\s+45", history) and re.search(r"Signe\s+Oprettet", history)


def test_the_note_is_on_no_page_and_in_no_form(told, birthe):
    for page in (TALK, f"{TALK}/rettelse", f"{TALK}/sletning"):
        assert NOTE not in birthe.text(page)
        for sealed in re.findall(r'name="base" value="([^"]*)"', birthe.text(page)):
            inside = sealed.lstrip(".").split(".")[0]
            raw = base64.urlsafe_b64decode(inside + "=" * (-len(inside) % 4))
            assert NOTE.encode() not in (zlib.decompress(raw) if sealed.startswith(".") else raw)
    correct(birthe, note="Noget andet", minutes="20")
    assert stored(told)["note"] == NOTE


def test_each_page_about_a_citizen_is_in_the_log_before_it_is_shown(told, birthe):
    before = len(logged(told))
    for page in (TALK, f"{TALK}/rettelse", f"{TALK}/sletning", ANONYMOUS):
        birthe.text(page)
    lines = [line for line in logged(told)[before:] if line.act == "OPEN"]
    assert [line.record_id for line in lines] == [named("samtale")] * 3 and all("note" not in line.about for line in lines)


def test_what_cannot_be_is_answered_at_the_field(told, birthe):
    assert "5–240" in wrong(correct(birthe, minutes="2"), "minutes")
    assert "fremtiden" in wrong(correct(birthe, occurred_at="24-11-2031"), "occurred_at")
    assert "ikke gøres anonym" in wrong(correct(birthe, type="ANONYMOUS"), "type")
    assert "samtykke" in wrong(correct(birthe, occurred_at="02-10-2026"), "occurred_at").lower()
    assert stored(told)["minutes"] == 30 and stored(told)["type"] == "FIRST"


def test_an_anonymous_talk_has_no_more_fields_than_it_has(told, birthe):
    page = birthe.text(f"{ANONYMOUS}/rettelse")
    assert 'name="minutes"' in page and 'name="topics"' not in page and 'name="type"' not in page
    assert birthe.get(f"{ANONYMOUS}/opslag").status_code == 404
    sent = {"place": "PHONE", "occurred_at": "06-10-2026", "occurred_at-kl": "11.00", "minutes": "15", "district": "VALBY", "practice_id": ""}
    page = f"{ANONYMOUS}/rettelse"
    assert birthe.post(page, page, base=birthe.hidden(page)["base"], **sent).location == ANONYMOUS
    assert stored(told, "anonym")["minutes"] == 15


def test_a_colleagues_change_meanwhile_is_a_question_and_not_lost(told, birthe):
    page = f"{TALK}/rettelse"
    base = birthe.hidden(page)["base"]
    write(told.db, told.signe, [Change("talk", named("samtale"), "update", {"minutes": 60}, {"minutes": 30})], NOW)
    answer = birthe.post(page, page, base=base, **{**SENT, "minutes": "45"})
    assert "/kontor/afklaring/versioner/" in answer.location and stored(told)["minutes"] == 60


def test_a_deletion_needs_a_reason_without_a_code_and_keeps_it(told, birthe):
    page = f"{TALK}/sletning"
    base = birthe.hidden(page)["base"]
    for reason in ("", "B-RW425 bad om det"):
        assert wrong(birthe.post(page, page, base=base, reason=reason), "reason") and not stored(told)["deleted"]
    assert birthe.post(page, page, base=base, reason=REASON).location == TALKS
    with told.db.read() as tx:
        assert tx.execute(select(OPS.c.settled_how).where(OPS.c.record_id == named("samtale"), OPS.c.action == "delete")).scalar() == REASON
    assert stored(told)["deleted"] and birthe.get(TALK).status_code == 404


def test_a_talk_that_was_changed_meanwhile_is_not_deleted_unseen(told, birthe):
    page = f"{TALK}/sletning"
    base = birthe.hidden(page)["base"]
    write(told.db, told.signe, [Change("talk", named("samtale"), "update", {"minutes": 60}, {"minutes": 30})], NOW)
    assert "/kontor/afklaring/versioner/" in birthe.post(page, page, base=base, reason=REASON).location and not stored(told)["deleted"]
