"""Birthe books what a phone could not send, from a file that only the server opens: once, in the right name, and nothing of a file that is wrong."""

from __future__ import annotations

import io
import json
from hashlib import sha256

import pytest
from sqlalchemy import insert, select

from app import clock
from app.ledger import box
from app.ledger.ids import new_id
from app.ledger.push import push
from app.ledger.tables import ACCESS, DEVICES, OPS
from tests.world import named, settings, visit

PAGE, BOOK = "/kontor/telefoner/redning", "/kontor/telefoner/redning/bogfoert"
PHONE, CREDENTIAL = named("signes telefon"), "et bevis, som kun telefonen har"
MADE_AT = "2026-11-09T08:00:00.000Z"


@pytest.fixture
def key(world, tmp_path):
    with world.db.write() as tx:
        tx.execute(insert(DEVICES).values(id=PHONE, project_id=world.project_id, user_id=named("signe"), name="Signes telefon",
                                          created_at=clock.now(), seen_at=clock.now(), app_version="1.0.0", unsent=2,
                                          deposit_hash=sha256(CREDENTIAL.encode()).hexdigest()))
    return box.public(settings(tmp_path).box_keys())


def op(**changed):
    return {"op_id": new_id(), "device_seq": 7, "v": 1, "kind": "visit", "id": new_id(), "action": "create", "set": visit(**changed),
            "made_at": "2026-11-09T07:00:00.000Z"}


def package(key, *ops, whose="signe", listed=None, credential=CREDENTIAL, **outer):
    """The file as a phone makes it."""
    user = named(whose)
    inner = {"op_ids": [one["op_id"] for one in listed or ops], "credential": credential}
    return {"format": "rph-rescue/1", "user_id": user, "device_id": PHONE, "made_at": MADE_AT,
            "list": box.sealed(key, f"rescue|{user}|{PHONE}|{MADE_AT}", json.dumps(inner).encode()),
            "boxes": [{"op_id": one["op_id"], "box": box.sealed(key, f"op|{user}|{one['op_id']}", json.dumps(one).encode())} for one in ops], **outer}


def shown(office, content):
    """The answer to the upload."""
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return office.post(PAGE, PAGE, fil=(io.BytesIO(raw), "redningspakke.txt"))


def booked(office, content):
    """Both steps, as one goes through them; the page that follows."""
    page = shown(office, content)
    assert page.status_code == 200, page.get_data(as_text=True)
    packed = page.get_data(as_text=True).partition('name="fil" value="')[2].partition('"')[0]
    return office.post(BOOK, PAGE, follow=True, fil=packed).get_data(as_text=True)


def stored(world, one):
    with world.db.read() as tx:
        return tx.execute(select(OPS).where(OPS.c.op_id == one["op_id"])).all()


def logged(world):
    with world.db.read() as tx:
        return [tuple(row) for row in tx.execute(select(ACCESS.c.act, ACCESS.c.about).where(ACCESS.c.act.like("RESCUE%")).order_by(ACCESS.c.number))]


def test_a_package_is_shown_before_it_is_booked_and_booked_to_whose_phone_it_was(world, birthe, key):
    first, second = op(minutes=35), op()
    page = shown(birthe, package(key, first, second)).get_data(as_text=True)
    assert "Redningspakke fra Signe" in page and "Signes telefon" in page and "2 registreringer" in page
    assert '<th scope="row">Besøg</th><td class="number">2' in page and "kendetegn" not in page
    assert stored(world, first) == [], "nothing is written by looking"
    assert "2 registreringer fra pakken er modtaget i navnet Signe" in booked(birthe, package(key, first, second))
    rows = stored(world, first)
    assert [(row.author_id, row.status, row.device_id) for row in rows] == [(named("signe"), "accepted", PHONE)]
    assert logged(world) == [("RESCUE", "2 nye, 0 her i forvejen, 0 kunne ikke åbnes")]
    assert PAGE in birthe.text("/kontor/telefoner")


def test_imported_twice_or_sent_by_the_phone_as_well_is_booked_once(world, birthe, key):
    ops = [op() for _ in range(3)]
    booked(birthe, package(key, *ops[:2]))
    assert "2 nye" not in (page := shown(birthe, package(key, *ops)).get_data(as_text=True)) and "1 ny og 2 her i forvejen" in page
    assert "1 registrering fra pakken er modtaget" in booked(birthe, package(key, *ops))
    assert "Alt i pakken fra Signe" in booked(birthe, package(key, *ops))
    assert [len(stored(world, one)) for one in ops] == [1, 1, 1]
    sent = push(world.db, world.signe, PHONE, ops, clock.now()).results
    assert [(result.status, result.original["status"]) for result in sent] == [("duplicate", "accepted")] * 3


def test_what_cannot_be_booked_is_kept_and_said(world, birthe, key):
    wrong = op(minutes=999)
    assert "1 registrering kræver, at du ser på dem" in booked(birthe, package(key, wrong, op()))
    assert stored(world, wrong)[0].status == "rejected"


def bent(text):
    return text[:-4] + ("AAAA" if text[-4:] != "AAAA" else "BBBB")


def test_one_box_that_is_bent_or_gone_stops_none_of_the_others_and_is_said(world, birthe, key):
    good, broken, gone = op(), op(), op()
    content = package(key, good, broken, listed=[good, broken, gone])
    content["boxes"][1]["box"] = bent(content["boxes"][1]["box"])
    assert "2 registreringer i filen mangler eller kan ikke åbnes" in shown(birthe, content).get_data(as_text=True)
    assert "2 registreringer i filen kunne ikke åbnes" in booked(birthe, content)
    assert [len(stored(world, one)) for one in (good, broken, gone)] == [1, 0, 0]


def other_key(tmp_path):
    return box.public(["en helt anden servers hemmelighed"])


WRONG = {
    "no file": (lambda key, other: b"", "Vælg en fil.", None),
    "a picture": (lambda key, other: b"\x89PNG\r\n\x1a\n\x00\xff", "ikke en redningspakke", "ikke en redningspakke"),
    "other JSON": (lambda key, other: {"hello": [1]}, "ikke en redningspakke", "ikke en redningspakke"),
    "deep JSON": (lambda key, other: b"[" * 5000, "ikke en redningspakke", "ikke en redningspakke"),
    "too large": (lambda key, other: b" " * (2**21 + 1), "for stor", "for stor"),
    "a newer one": (lambda key, other: package(key, op(), format="rph-rescue/2"), "nyere app", "nyere app"),
    "another server's": (lambda key, other: package(other, op()), "lukket til en anden server", "lukket til en anden"),
    "said to be another's": (lambda key, other: package(key, op(), user_id=named("emre")), "ændret eller gået i stykker", "ændret"),
    "said to be of another phone": (lambda key, other: package(key, op(), device_id=new_id()), "ændret eller gået i stykker", "ændret"),
    "said to be newer": (lambda key, other: package(key, op(), made_at="2026-11-10T08:00:00.000Z"), "ændret eller gået i stykker", "ændret"),
    "a time that is none": (lambda key, other: package(key, op(), made_at="i går"), "ændret eller gået i stykker", "ændret"),
    "nothing in it opens": (lambda key, other: package(key, op(), boxes=[]), "ændret eller gået i stykker", "ændret"),
    "boxes of another shape": (lambda key, other: package(key, op(), boxes=[3, {"op_id": 4}, None]), "ændret eller gået i stykker", "ændret"),
    "of a stranger": (lambda key, other: package(key, op(), whose="en fremmed"), "en bruger, som dette projekt ikke har", "ukendt bruger"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_is_wrong_is_refused_in_words_and_logged(world, birthe, key, tmp_path, name):
    make, sentence, short = WRONG[name]
    answer = shown(birthe, make(key, other_key(tmp_path)))
    assert answer.status_code == 422 and sentence in answer.get_data(as_text=True)
    assert logged(world) == ([("RESCUE_BAD", short)] if short else [])
    with world.db.read() as tx:
        assert tx.execute(select(OPS.c.op_id).where(OPS.c.device_id == PHONE)).all() == []


def test_a_file_without_the_phones_own_credential_is_asked_about(birthe, key):
    for credential in (None, "gættet", 7):
        assert "spørg Signe" in shown(birthe, package(key, op(), credential=credential)).get_data(as_text=True)


def test_the_carried_file_is_looked_at_again(world, birthe, key):
    assert birthe.post(BOOK, PAGE, fil="ikke base64").status_code == 400
    assert birthe.post(BOOK, PAGE).status_code == 400


def test_a_long_package_goes_through_the_form(world, birthe, key):
    ops = [op(note="Et ret langt notat om praksis og kaffe. " * 3) for _ in range(450)]
    assert "450 registreringer fra pakken er modtaget" in booked(birthe, package(key, *ops))
    assert len(stored(world, ops[-1])) == 1
