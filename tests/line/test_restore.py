"""A backup comes back, and the phones bring what it lacks (sync.md ch. 7; I10)."""

from __future__ import annotations

import json
import shutil
import signal

import pytest

from docs.sync_client import Line, Phone, Refused
from tests.line.people import PULL, Person, codes, new_code
from tests.world import PASSPHRASE, named, unguarded, visit


def simulated(server, who):
    line = Line(server.address)
    line.sign_in(f"{who}@demo.example", PASSPHRASE)
    line.register("telefon")
    phone = Phone(line)
    phone.pull()
    return phone


def moved(server, *phones):
    """The server has a new port after a restart; the phones keep what they hold."""
    for phone in phones:
        phone.line.address = server.address


def save(phone, id_=None, **changed):
    return phone.save("visit", "create", id_, set=visit(**changed))


def test_after_a_restore_two_rounds_bring_everything_back_once(own_server, tmp_path):
    server, file = own_server.start(), tmp_path / "kopi.rph"
    signe, emre = simulated(server, "signe"), simulated(server, "emre")
    ours, theirs = save(signe), save(emre)
    signe.sync(), emre.sync()
    done = server.command("backup", str(file), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    for _ in range(8):  # every worker's next answer knows it
        assert signe.line.ask(PULL, {"cursor": signe.cursor, "limit": 1})["durable_through"] == told["durable_through"]
    signe.sync(), emre.sync()
    assert signe.journal == [] and emre.journal == []  # a checked backup holds them
    after = [save(signe), save(emre, theirs["id"] and None)]
    signe.save("visit", "update", ours["id"], set={"minutes": 55}, base={"minutes": 20})
    signe.sync()
    emre.pull()
    emre.save("visit", "update", after[0]["id"], set={"note": "Emre var her"}, base={"note": None})
    emre.sync()
    signe.sync()
    before, epoch = dict(signe.records), signe.have["epoch"]
    assert server.command("restore", str(file)).returncode == 1  # a server holds the folder
    server.stop()
    done = server.command("restore", str(file))
    assert done.returncode == 0, done.stderr
    server.start()
    moved(server, signe, emre)
    for _ in range(2):
        emre.sync(), signe.sync()  # Emre's edit of Signe's visit comes first, and waits for it
    emre.pull()
    assert signe.have["epoch"] == emre.have["epoch"] != epoch
    stands, seen_by_emre, stood = ({key: row["data"] for key, row in rows.items()} for rows in (signe.records, emre.records, before))
    assert stands == seen_by_emre == stood
    assert signe.outbox == emre.outbox == [] and len(signe.journal) == 2
    assert server.command("verify").returncode == 0


def epoch_of(server):
    return Person(server.address, "signe").pull()["epoch"]


@pytest.mark.parametrize("own_server", ["sqlite"], indirect=True)
def test_a_plain_restart_keeps_the_epoch_and_a_hard_stop_too(own_server):
    server = own_server.start()
    person = Person(server.address, "signe")
    person.new_visit()
    epoch = person.pull()["epoch"]
    server.stop()
    assert epoch_of(server.start()) == epoch
    server.stop(signal.SIGKILL)
    assert epoch_of(server.start()) == epoch


@pytest.mark.parametrize("own_server", ["sqlite"], indirect=True)
def test_an_older_copy_of_the_database_is_noticed_at_the_start(own_server, tmp_path):
    server, database, copy = own_server, own_server.folder / "raadgiver.db", tmp_path / "gammel.db"
    server.start()
    phone = simulated(server, "signe")
    server.stop()
    shutil.copyfile(database, copy)
    server.start()
    moved(server, phone)
    op = save(phone)
    phone.sync()
    server.stop()
    for name in ("raadgiver.db-wal", "raadgiver.db-shm"):
        (server.folder / name).unlink(missing_ok=True)
    shutil.copyfile(copy, database)
    server.start()
    moved(server, phone)
    epoch = phone.have["epoch"]
    phone.pull()
    assert phone.have["epoch"] != epoch and [o["op_id"] for o in phone.outbox] == [op["op_id"]]
    phone.sync()
    assert phone.outbox == [] and ("visit", op["id"]) in phone.records


def test_a_phone_that_has_seen_more_makes_one_epoch_an_hour(server):
    signe, emre = Person(server.address, "signe"), Person(server.address, "emre")
    have = signe.pull()["head"]
    told = signe.pull(have={**have, "seq": have["seq"] + 500, "hash": "a" * 64})
    assert told["epoch"] != have["epoch"] and told["head"]["epoch"] == told["epoch"]
    now = told["head"]
    assert signe.pull(have={**now, "seq": now["seq"] + 1})["epoch"] == now["epoch"]  # the same phone, within the hour
    assert signe.pull(have=now)["epoch"] == now["epoch"] and signe.pull(have=have)["epoch"] == now["epoch"]
    other = emre.pull(have={**now, "hash": "b" * 64})
    assert other["epoch"] != now["epoch"]  # another phone counts for itself
    assert emre.pull(signe.head() and None)["durable_through"] == 0


def test_a_cursor_of_a_lost_history_gets_a_new_epoch(own_server, tmp_path):
    from sqlalchemy import delete, select, update

    from app.ledger.tables import BOOK, FEED, HEAD
    server = own_server.start()
    signe = Person(server.address, "signe")
    cursor = signe.head()
    signe.new_visit()
    later, epoch = signe.head(), signe.pull()["epoch"]
    with server.database.write() as tx:  # the database goes back by one step beneath the running server
        seq = tx.execute(select(BOOK.c.seq)).scalar_one()
        unguarded(tx)
        tx.execute(delete(FEED).where(FEED.c.seq == seq))
        tx.execute(delete(HEAD).where(HEAD.c.seq == seq))
        before = tx.execute(select(FEED.c.hash).where(FEED.c.seq == seq - 1)).scalar_one()
        tx.execute(update(BOOK).values(seq=seq - 1, hash=before))
    assert "reset" not in signe.pull(cursor)
    page = signe.pull(later)
    assert page["reset"] == "NEW_EPOCH" and page["epoch"] != epoch
    assert signe.pull(later)["epoch"] == page["epoch"] and signe.pull(cursor)["reset"] == "NEW_EPOCH"


def test_shut_out_phones_and_erased_citizens_stay_so_after_a_restore(own_server, tmp_path):
    server, file = own_server.start(), tmp_path / "kopi.rph"
    signe, code = Person(server.address, "signe"), new_code()
    tablet = signe.line.ask("/api/devices", {"name": "tablet"})["device_id"]
    citizen = signe.new_citizen(code)
    talk = signe.talk(citizen, note="hemmeligt ord")
    signe.one(talk)
    assert server.command("backup", str(file)).returncode == 0
    assert server.command("device", "revoke", tablet, "--wipe").returncode == 0
    assert server.command("erase", code).returncode == 0
    server.stop()
    assert server.command("restore", str(file)).returncode == 0
    server.start()
    signe.line.address = server.address
    status, _, answer = signe.raw(PULL, {}, X_Device=tablet)
    assert (status, answer["error"]["code"], answer["device"]) == (403, "DEVICE_REVOKED", "wipe")
    assert {c.get("gone") for page in signe.pages() for c in page["changes"] if c["id"] in (citizen, talk["id"])} == {"erased"}
    assert codes(signe.push(talk, signe.talk(citizen))) == ["ERASED", "ERASED"]
    server.stop()
    from tests.line.test_erasure import left_over
    assert left_over(server, [code, "hemmeligt ord"]) == []


@pytest.mark.parametrize("own_server", ["sqlite"], indirect=True)
def test_a_phone_registered_after_the_backup_registers_anew(own_server, tmp_path):
    server, file = own_server, tmp_path / "kopi.rph"
    assert server.command("backup", str(file)).returncode == 0
    phone = simulated(server.start(), "signe")
    op = save(phone)
    phone.sync()
    server.stop()
    assert server.command("restore", str(file)).returncode == 0
    server.start()
    moved(server, phone)
    with pytest.raises(Refused) as refused:
        phone.pull()
    assert refused.value.code in ("SIGN_IN", "DEVICE_UNKNOWN")
    phone.line.sign_in("signe@demo.example", PASSPHRASE)
    with pytest.raises(Refused) as refused:
        phone.pull()
    assert refused.value.code == "DEVICE_UNKNOWN" and phone.journal
    phone.line.register("telefon")
    phone.sync(), phone.sync()
    assert ("visit", op["id"]) in phone.records and named("valby")
