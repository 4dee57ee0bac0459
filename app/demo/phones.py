"""The advisers' two phones, heard from of late and with nothing waiting, and the numbers that today's calls need."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert

from app.clock import local_date
from app.db import Database
from app.demo.diary import PRESENT, Diary
from app.demo.dice import Dice
from app.ledger.author import Author
from app.ledger.contacts import keep
from app.ledger.tables import DEVICES
from app.rules.calendar import month_of

PHONES = {"A1": ("Signes telefon", timedelta(minutes=25)), "A2": ("Emres telefon", timedelta(hours=17))}  # heard from so long ago
APP = "1.0.0"
CALL_NAMES = ("Amina", "Bo", "Connie", "Dorrit", "Erik", "Fatma", "Gert", "Hanne", "Ismail", "Jytte", "Kim", "Lone", "Mehmet", "Nanna",
              "Ole", "Pia", "Rasmus", "Sahra", "Tove", "Yusuf")


class Phones:
    """Their ids, made before anything is sent from them."""

    def __init__(self, begun: datetime) -> None:
        dice = Dice("phones")
        self.begun, self.ids = begun, {who: dice.id(begun) for who in PHONES}

    def of(self, who: str) -> str:
        return self.ids.get(who, "office")

    def register(self, db: Database, authors: dict[str, Author], now: datetime) -> None:
        """Both as they stand now, with nothing missing of the month before."""
        if local_date(now) < PRESENT:
            return
        with db.write() as tx:
            for who, (name, ago) in PHONES.items():
                seen = now - ago if month_of(local_date(now - ago)) == month_of(local_date(now)) else now
                tx.execute(insert(DEVICES).values(id=self.ids[who], project_id=authors[who].project_id, user_id=authors[who].user_id, name=name,
                                                  created_at=self.begun, seen_at=seen, app_version=APP, unsent=0, clock_offset_s=0))


def keep_numbers(db: Database, authors: dict[str, Author], diary: Diary) -> None:
    """A number in the vault for everybody who is to be called; series 13 belongs to nobody."""
    dice = Dice("numbers")
    for who, citizen_id in diary.calls if db.settings.secret_key else ():
        keep(db, authors[who], citizen_id, f"13{dice.between(0, 999_999):06d}", dice.one_of(CALL_NAMES), diary.now)
