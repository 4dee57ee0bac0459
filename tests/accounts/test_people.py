"""What the one who runs the server does for people: a new passphrase, an account closed and opened, each ending every session."""

from __future__ import annotations

import io
from contextlib import nullcontext

import pytest
from sqlalchemy import select, update

from app import clock
from app.accounts.people import Unfit, add, change_own
from app.accounts.sessions import CREDENTIALS, person
from app.cli import main
from app.config import ROOT
from app.ledger.tables import DEVICES
from app.sync.devices import register
from tests.world import PASSPHRASE

NEW = "en helt ny lang sætning"


@pytest.fixture
def told(place, tmp_path, monkeypatch, capsys):
    """A command beside the running server: its exit code, and what it says."""
    for name, value in (("STATE_DIR", str(tmp_path)), ("DATABASE_URL", place[1]), ("SECRET_KEY", "en hemmelighed kun til prøver")):
        monkeypatch.setenv(f"RAADGIVER_{name}", value)

    monkeypatch.setattr("app.cli.set_up", lambda: None)  # the log goes where it went

    def tell(*words, given="", email="signe@demo.example", says=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        code = main(["user", *words, "--email", email])
        said = capsys.readouterr()
        assert says in said.err
        return code, said.out + said.err
    return tell


def test_a_forgotten_passphrase_is_replaced(told, browser):
    signe = browser("signe")
    assert told("passphrase", "--password-stdin", given="for kort\n")[0] == 1 and signe.get("/adgang").status_code == 200
    assert told("passphrase", "--password-stdin", given=f"{NEW}\n")[0] == 0
    assert signe.get("/adgang").status_code == 302
    assert signe.sign_in("signe").status_code == 422 and signe.sign_in("signe", NEW).status_code == 303


@pytest.mark.parametrize("way", ["the server's add", "the room's add", "the server's passphrase", "the person's own"])
@pytest.mark.parametrize("easy", ["passwordpassword", "ny@demo.example"])
def test_no_way_of_setting_a_passphrase_takes_an_easy_one(told, world, way, easy):
    with world.db.read() as tx:
        signe, before = person(tx, world.signe.user_id), tx.execute(select(CREDENTIALS)).all()
    with pytest.raises(Unfit, match="for let at gætte") if way in ("the room's add", "the person's own") else nullcontext():
        {"the server's add": lambda: told("add", "--name", "Ny Person", "--initials", "NP", "--role", "ADVISER", "--password-stdin", given=easy,
                                          email="ny@demo.example", says="for let at gætte"),
         "the server's passphrase": lambda: told("passphrase", "--password-stdin", given=easy.replace("ny@", "signe@"), says="for let at gætte"),
         "the room's add": lambda: add(world.db, "ny@demo.example", "Ny Person", "NP", "ADVISER", easy, clock.now()),
         "the person's own": lambda: change_own(world.db, signe, easy.replace("ny@", "signe@"), here="")}[way]()
    with world.db.read() as tx:
        assert tx.execute(select(CREDENTIALS)).all() == before


def test_nobody_else_makes_a_hash():
    assert [file.name for file in (ROOT / "app").rglob("*.py") if "hashed(" in file.read_text("utf-8")] == ["passphrases.py", "people.py"]


def test_an_account_is_closed_when_all_has_come_in_and_opened_again(told, browser, world):
    phone = register(world.db, world.project_id, world.signe.user_id, "Signes telefon", clock.now())
    with world.db.write() as tx:
        tx.execute(update(DEVICES).where(DEVICES.c.id == phone).values(unsent=3))
    signe = browser("signe")
    code, said = told("close")
    assert code == 1 and "3 usendte" in said and signe.get("/adgang").status_code == 200
    assert told("close", "--anyway")[0] == 0
    assert signe.get("/adgang").status_code == 302 and signe.sign_in("signe", PASSPHRASE).status_code == 422
    assert told("open")[0] == 0 and signe.sign_in("signe", PASSPHRASE).status_code == 303
    assert told("forget-factor") == (1, "Brugeren har hverken kodeapp eller passkeys.\n")
