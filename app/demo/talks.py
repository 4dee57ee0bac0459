"""Writes the talks: short, coarse and without a word that could tell who it was."""

from __future__ import annotations

from datetime import timedelta

from app.clock import local_date
from app.demo.citizen import Talk
from app.demo.diary import Diary
from app.demo.dice import Dice

TOPICS = {"FUTURE": 20, "WORK": 14, "SYSTEM": 14, "COPING": 10, "PAPERS": 9, "BENEFIT": 8, "JOBSEARCH": 7, "EDUCATION": 6, "MIND": 6, "BODY": 5,
          "WORKPLACE": 5, "NETWORK": 4, "MONEY": 4, "LIFESTYLE": 3, "HOUSING": 3, "LANGUAGE": 2, "OTHER": 2}
PLACES = {"CLINIC_ROOM": 74, "CLINIC_OTHER": 10, "WALK": 6, "PUBLIC": 5, "PHONE": 5}
NO_ROOM = {"PUBLIC": 45, "WALK": 30, "PHONE": 25}
NOTES = ("Vil gerne høre om kursus i foråret", "Ønsker en rolig plan, et skridt ad gangen", "Spørger til praktik et par timer om ugen",
         "Vil selv ringe og vende tilbage", "Foretrækker samtaler om formiddagen", "Vil have kursusprogrammet med hjem",
         "Glad for at blive hørt", "Vil tage en pårørende med næste gang", "Tænker på at begynde på uddannelse igen",
         "Aftalt at tales ved om to uger", "Vil gerne gå en tur næste gang", "Mangler overblik over breve, ser på dem sammen")
NOTE_LIVES = timedelta(days=90)
HEARD = ("5",) * 12 + ("4",) * 9 + ("3",) * 3 + ("2",)  # of 25 answers 21 are good or better
ASKED = 0.22


def write_talks(diary: Diary, talks: list[Talk]) -> None:
    """In the order of time. Notes stand only on those of the last 90 days; older ones are gone by now."""
    dice, notes = Dice("talks"), Dice("notes")
    for talk in talks:
        named = talk.citizen is not None
        room = talk.visit.practice.data.get("talk_room")
        place = dice.pick(PLACES if room or talk.kind == "THREE_PARTY" else NO_ROOM)
        topics = list(dict.fromkeys(dice.pick(TOPICS) for _ in range(dice.between(1, 3))))
        note = notes.one_of(NOTES) if notes.chance(0.3) and named and talk.day > local_date(diary.now) - NOTE_LIVES else None
        diary.write(talk.received, talk.visit.adviser, "talk", talk.id, {
            "type": talk.kind, "place": "CLINIC_ROOM" if talk.kind == "THREE_PARTY" else place, "occurred_at": talk.start, "minutes": talk.minutes,
            "citizen_id": talk.citizen.id if talk.citizen else None,
            "practice_id": talk.visit.practice.id if named else None, "visit_id": talk.visit.id if named else None,  # else it could tell who it was
            "district": talk.visit.practice.data["district"], "topics": topics if named else None,
            "three_party_with": ["DOCTOR"] if talk.kind == "THREE_PARTY" else None, "note": note},
            made=talk.start + timedelta(minutes=talk.minutes))


def write_heard(diary: Diary, talks: list[Talk]) -> None:
    """"Blev du hørt?": asked after some of the talks, and tied to none of them."""
    dice, block = Dice("heard"), list[str]()
    for talk in talks:
        if dice.chance(ASKED):
            block = block or dice.shuffled(HEARD)
            diary.write(talk.received, talk.visit.adviser, "heard_answer", dice.id(talk.received), {"answer": block.pop(), "answered_on": talk.day})
