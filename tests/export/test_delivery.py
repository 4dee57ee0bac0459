"""A month arrives once and whole: a real SFTP server that cuts the line, has another key, a full disk, or is late."""

from __future__ import annotations

import asyncio
import io
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import asyncssh
import pyrage
import pytest
import pyzipper
from sqlalchemy import select

from app.export import delivery, month_close, month_export
from app.export.acts import FILES
from app.export.delivery import DELIVERIES, Place, Undelivered
from app.figures import NotYet
from app.ledger.push import push
from app.ledger.tables import ACCESS
from tests.export.conftest import NOW
from tests.export.test_door import MONTHS, office, text  # noqa: F401
from tests.world import Phone, named, visit

LATER = NOW + timedelta(hours=1)


def deliver(*words):
    """In a thread of its own: where a browser was driven before, its driver has left a running loop in this one."""
    with ThreadPoolExecutor(1) as one:
        return one.submit(delivery.deliver, *words).result()


class Receiver:
    """The other end: a folder behind a real server, and what goes wrong there."""

    def __init__(self, folder):
        self.folder, self.trouble, self.loop = folder / "modtaget", "", asyncio.new_event_loop()
        self.folder.mkdir()
        self.host_key, self.our_key = asyncssh.generate_private_key("ssh-ed25519"), asyncssh.generate_private_key("ssh-ed25519")
        self.our_key.write_private_key(str(folder / "key"))
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = asyncio.run_coroutine_threadsafe(self._start(folder), self.loop).result()
        self.known(self.host_key)
        self.place = Place("127.0.0.1", self.server.get_port(), "rph", folder / "key", folder / "known", "")

    async def _start(self, folder):
        receiver = self

        class Server(asyncssh.SFTPServer):
            def __init__(self, channel):
                self.line = channel.get_connection()
                super().__init__(channel, chroot=str(receiver.folder))

            def write(self, file, offset, data):
                if receiver.trouble == "full":
                    super().write(file, offset, data[:100])
                    raise asyncssh.SFTPNoSpaceOnFilesystem("full")
                if receiver.trouble == "cut":
                    super().write(file, offset, data[:100])
                    self.line.abort()
                return super().write(file, offset, data)

            def posix_rename(self, old, new):
                super().posix_rename(old, new)
                if receiver.trouble == "cut after":
                    self.line.abort()

        keys = folder / "authorized"
        keys.write_bytes(self.our_key.export_public_key())
        return await asyncssh.listen("127.0.0.1", 0, server_host_keys=[self.host_key], authorized_client_keys=str(keys), sftp_factory=Server)

    def known(self, key):
        port = self.server.get_port()
        (self.folder.parent / "known").write_text(f"[127.0.0.1]:{port} {key.export_public_key().decode()}")

    def arrived(self):
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if not path.name.endswith(".part")}

    def stop(self):
        self.server.close()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()


@pytest.fixture
def receiver(tmp_path):
    made = Receiver(tmp_path)
    yield made
    made.stop()


def receipts(world):
    with world.db.read() as tx:
        return list(tx.execute(select(ACCESS.c.about).where(ACCESS.c.act == "SENT")).scalars())


def stored(world, month="2026-09"):
    with world.db.read() as tx:
        return tx.execute(select(FILES.c.content).where(FILES.c.month == month)).scalar_one()


def test_a_closed_month_arrives_whole_and_once_with_a_receipt(autumn, receiver):
    assert deliver(autumn.db, autumn.project_id, receiver.place, NOW) == ["RPH_2026-09_v1.zip"]
    assert receiver.arrived() == {"RPH_2026-09_v1.zip": stored(autumn)} and len(list(receiver.folder.iterdir())) == 1
    assert deliver(autumn.db, autumn.project_id, receiver.place, LATER) == []
    assert len(receipts(autumn)) == 1 and receipts(autumn)[0].startswith("RPH_2026-09_v1.zip 127.0.0.1 ")


@pytest.mark.parametrize("trouble", ["full", "cut", "cut after"])
def test_trouble_leaves_no_half_file_and_the_next_run_delivers_it_once(autumn, receiver, trouble):
    receiver.trouble = trouble
    with pytest.raises(Undelivered, match="prøver igen"):
        deliver(autumn.db, autumn.project_id, receiver.place, NOW)
    assert receiver.arrived() in ({}, {"RPH_2026-09_v1.zip": stored(autumn)}) and receipts(autumn) == []
    assert (trouble == "cut after") == bool(receiver.arrived())
    receiver.trouble = ""
    assert deliver(autumn.db, autumn.project_id, receiver.place, LATER) == ["RPH_2026-09_v1.zip"]
    assert receiver.arrived() == {"RPH_2026-09_v1.zip": stored(autumn)} and len(receipts(autumn)) == 1


def test_nothing_is_sent_to_a_server_with_another_key(autumn, receiver):
    receiver.known(asyncssh.generate_private_key("ssh-ed25519"))
    with pytest.raises(Undelivered, match="nøgle er ikke den, vi kender"):
        deliver(autumn.db, autumn.project_id, receiver.place, NOW)
    assert list(receiver.folder.iterdir()) == [] and receipts(autumn) == []


def test_a_key_that_the_receiver_does_not_know_is_said(autumn, receiver):
    asyncssh.generate_private_key("ssh-ed25519").write_private_key(str(receiver.place.key_file))
    with pytest.raises(Undelivered, match="kender ikke vores nøgle"):
        deliver(autumn.db, autumn.project_id, receiver.place, NOW)


def test_of_many_runs_at_once_one_sends(autumn, receiver):
    sent, start = [], threading.Barrier(4)

    def run():
        start.wait()
        sent.extend(deliver(autumn.db, autumn.project_id, receiver.place, NOW))
    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sent == ["RPH_2026-09_v1.zip"] and len(receipts(autumn)) == 1


def test_a_claim_of_a_run_that_died_is_taken_over_later(autumn, receiver):
    with autumn.db.write() as tx:
        tx.execute(DELIVERIES.insert().values(project_id=autumn.project_id, month="2026-09", claimed_at=NOW))
    assert deliver(autumn.db, autumn.project_id, receiver.place, NOW + timedelta(minutes=5)) == []
    assert deliver(autumn.db, autumn.project_id, receiver.place, LATER) == ["RPH_2026-09_v1.zip"]


def test_nothing_leaves_while_a_stopped_number_waits(autumn, receiver, tmp_path, office):  # noqa: F811
    op = Phone().create("visit", named("med nummer"), visit(note="Ring om 070761-4285"))
    assert push(autumn.db, autumn.signe, named("x"), [op], NOW).results[0].code == "CPR_NUMBER"
    with pytest.raises(NotYet, match="CPR-nummer"):
        deliver(autumn.db, autumn.project_id, receiver.place, NOW)
    with pytest.raises(NotYet, match="CPR-nummer"):
        month_export(autumn.db, autumn.project_id, "2026-09", tmp_path / "ud", NOW)
    assert list(receiver.folder.iterdir()) == [] and not (tmp_path / "ud").exists()
    birthe = office("birthe")
    for paper in ("fil", "side"):
        assert birthe.get(f"{MONTHS}/2026-09/{paper}").status_code == 303
        assert "Få det afklaret først" in text(birthe, f"{MONTHS}/2026-09")


def test_a_file_to_a_public_key_opens_with_its_own_key_only(autumn, receiver):
    mine, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    place = Place(**{**vars(receiver.place), "recipient": str(mine.to_public())})
    assert deliver(autumn.db, autumn.project_id, place, NOW) == ["RPH_2026-09_v1.zip.age"]
    content = receiver.arrived()["RPH_2026-09_v1.zip.age"]
    assert pyrage.decrypt(content, [mine]) == stored(autumn)
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(content, [other])


def test_a_zip_with_a_password_opens_with_it_and_a_short_one_is_refused(autumn, tmp_path):
    path = month_export(autumn.db, autumn.project_id, "2026-09", tmp_path, NOW, password="æblegrød på bordet")
    with pyzipper.AESZipFile(path) as locked, zipfile.ZipFile(io.BytesIO(stored(autumn))) as plain:
        with pytest.raises(RuntimeError, match="password|encrypted"):
            locked.read("02_besoeg.csv")
        locked.setpassword("æblegrød på bordet".encode())
        assert {name: locked.read(name) for name in locked.namelist()} == {name: plain.read(name) for name in plain.namelist()}
    with pytest.raises(ValueError, match="mindst 12"):
        month_export(autumn.db, autumn.project_id, "2026-09", tmp_path, NOW, password="kort")


def test_two_months_go_oldest_first(autumn, receiver):
    month_close(autumn.db, autumn.project_id, "2026-10", None, None, NOW)
    assert deliver(autumn.db, autumn.project_id, receiver.place, NOW) == ["RPH_2026-09_v1.zip", "RPH_2026-10_v1.zip"]
