"""Telephone calls and meetings with practices instead of letters, in the clinics' own hours."""

from __future__ import annotations

from datetime import timedelta

from app.demo.diary import Diary, at
from app.demo.dice import Dice
from app.demo.presence import is_away, sent
from app.demo.visit import Visit

SHARE = 0.12  # of the days after a visit
CHANNELS = {"PHONE": 80, "MEETING": 12, "MAIL": 8}
NOTES = ("Aftalte tid til næste besøg", "Spurgte til henvisning", "Bestilte flere foldere", "Talte om kursus i næste måned", "Vil gerne ringes op")


def contacts(diary: Diary, visits: list[Visit]) -> None:
    """Now and then a call in the telephone hour of the day of a visit."""
    dice = Dice("contacts")
    for visit in visits:
        if not dice.chance(SHARE) or is_away(visit.adviser, visit.day):
            continue
        when, letter = at(visit.day, 8, dice.between(5, 50)), dice.chance(0.6)
        diary.write(max(visit.received, sent(visit.day, visit.adviser)), visit.adviser, "contact_log", dice.id(when), {
            "practice_id": visit.practice.id, "occurred_at": when, "channel": dice.pick(CHANNELS), "minutes": dice.between(4, 15),
            "instead_of_letter": letter, "minutes_saved": 5 * dice.between(2, 6) if letter else None,
            "note": dice.one_of(NOTES) if dice.chance(0.4) else None}, made=when + timedelta(minutes=12))
