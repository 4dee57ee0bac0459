"""An erased citizen: nothing comes back, nothing is left (sync.md I19, ch. 13 Commands)."""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode

import pytest

from app.ledger.ids import new_id
from tests.line.people import Person, codes, new_code
from tests.world import named, visit

WORDS = ("hemmeligt ord", "karantæneord", "ventende ord", "konfliktord")


def everything_about(signe, code):
    """A citizen in every state an op can be in; the ids of the records, and the ops to replay."""
    citizen, talk, held_talk, refused = new_id(), new_id(), new_id(), new_id()
    ops = [*signe.citizen_ops(citizen, code), signe.talk(citizen, talk, note=WORDS[0]),
           signe.talk(citizen.upper(), refused, note=WORDS[1], minutes=999), signe.talk(citizen, held_talk, note=WORDS[2], visit_id=new_id()),
           signe.phone.update("talk", talk, {"note": WORDS[3]}, {"note": "noget andet"}),
           signe.phone.create("enrolment", new_id(), {"citizen_id": citizen, "course_run_id": named("hold"), "status": "ENROLLED",
                                                      "enrolled_at": "2026-11-24T10:00:00Z"})]
    assert codes(signe.push(*ops)) == ["OK", "OK", "OK", "INVALID", "UNKNOWN_RECORD", "FIELD_CONFLICT", "OK"]
    return citizen, talk, ops


def forms(word):
    """A word as UTF-8, as JSON escapes it, as UTF-16 both ways, and inside base64, wherever in it the word begins."""
    plain = word.encode()
    hidden = {b64encode(b"\0" * ahead + plain)[(0, 2, 3)[ahead]:(ahead + len(plain)) // 3 * 4] for ahead in range(3)}
    return {plain, json.dumps(word)[1:-1].encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), *hidden}


def holds(content, words):
    return [word for word in words if any(form in content for form in forms(word))]


def left_over(server, words):
    """Files in the state folder, and a dump of the PostgreSQL database, that hold any of the words in any form."""
    found = [f"{path}: {word}" for path in server.folder.rglob("*") if path.is_file() for word in holds(path.read_bytes(), words)]
    if server.url:
        dump = subprocess.run(["pg_dump", "--data-only", server.url], capture_output=True, check=True).stdout
        found += [f"dump: {word}" for word in holds(dump, words)]
    return found


@pytest.mark.parametrize("hide", [str.encode, lambda text: text.encode("utf-16-le"), lambda text: text.encode("utf-16-be"),
                                  lambda text: json.dumps(text).encode(), *(lambda text, n=n: b64encode(b"x" * n + text.encode()) for n in range(3))])
def test_a_word_is_found_in_whatever_form_it_is_left(hide):
    assert all(holds(b"foran " + hide(f"{word} og mere") + b" bagefter", WORDS) == [word] for word in WORDS)
    assert holds(hide("noget helt andet"), WORDS) == []


def test_after_an_erasure_nothing_comes_back_and_no_byte_is_left(own_server):
    server = own_server.start()
    signe, birthe = Person(server.address, "signe"), Person(server.address, "birthe")
    code = new_code()
    citizen, talk, ops = everything_about(signe, code)
    gossip = signe.new_visit(note=f"talte om {code.lower()} i dag")
    old_cursor, office_cursor = signe.head(), birthe.head()
    done = server.command("erase", code, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["erased"] == 4
    gone = {c["id"]: c["gone"] for c in signe.pull(old_cursor)["changes"] if "gone" in c}
    assert gone[citizen] == gone[talk] == "erased" and len(gone) == 4
    assert {c["id"] for c in birthe.pull(office_cursor)["changes"] if c.get("gone") == "erased"} == set(gone)
    fresh = {c["id"]: c.get("gone") for page in signe.pages() for c in page["changes"]}
    assert {i: fresh[i] for i in gone} == gone and signe.pull()["conflicts"] == []
    assert signe.view()[gossip]["data"]["note"] == "[slettet]"
    replayed = signe.push(*ops)
    assert all(r["code"] == "ERASED" or r["status"] == "duplicate" for r in replayed) and all("record" not in r for r in replayed)
    new = signe.push(signe.talk(citizen, note=WORDS[0]), signe.given(citizen), signe.citizen_ops(citizen, code)[0],
                     signe.phone.update("talk", talk, {"note": WORDS[0]}, {"note": None}), signe.phone.create(
                         "talk", talk, {"type": "ANONYMOUS", "place": "PHONE", "occurred_at": "2026-11-24T10:00:00Z", "minutes": 30}, restores=True))
    assert codes(new) == ["ERASED"] * 5
    assert signe.one(signe.phone.create("visit", new_id(), visit()))["status"] == "accepted"
    assert server.command("verify").returncode == 0, server.command("verify").stdout
    server.stop()
    words = [code, code.lower(), *WORDS]
    assert left_over(server, words) == []
    assert server.command("erase", code).returncode == 1  # nobody by that code any more


def test_a_citizen_known_only_from_quarantine_can_be_erased(own_server):
    server = own_server.start()
    signe, code = Person(server.address, "signe"), new_code()
    made = signe.phone.create("citizen", new_id(), {"code": code, "first_practice_id": named("valby"), "benefit": "GOLD"})
    talk = signe.talk(made["id"], note=WORDS[0])
    assert codes(signe.push(made, talk)) == ["INVALID", "UNKNOWN_RECORD"]
    assert server.command("erase", code).returncode == 0
    assert codes(signe.push(made, talk)) == ["ERASED"] * 2
    assert codes([signe.one(signe.phone.create("citizen", made["id"], {"code": code, "first_practice_id": named("valby")}))]) == ["ERASED"]
    server.stop()
    assert left_over(server, [code, WORDS[0]]) == []
