"""Who talks with whom in two years: the new citizens of each month, those who come again, and those who stay unnamed."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from app.clock import local_date
from app.demo.answers import answers
from app.demo.citizen import Citizen, Talk
from app.demo.diary import BEGINS
from app.demo.dice import Dice, shared_out
from app.demo.talk_times import talk_times
from app.demo.visit import Visit
from app.demo.volumes import Volume, volumes
from app.rules.calendar import month_of, months
from app.rules.record_rules import CODE_SYMBOLS, check_character

DISTRICTS = {"VESTERBRO": 0.43, "VALBY": 0.33, "KGS_ENGHAVE": 0.24}
AGAIN = ((5, 80), (1, 120))  # days since the last talk: as a rule, and when there is nobody else
LONGEST = timedelta(days=330)  # a yes to notes lasts a year
EARLY = ("2025-01", "2025-02")  # nobody comes again before somebody has come


def talk_plan(visits: list[Visit], now: datetime) -> list[tuple[Volume, list[Talk]]]:
    """The talks of each part of a month, in order; citizens hang on them. It does not depend on `now`, which only ends it."""
    pool: dict[str, list[Citizen]] = defaultdict(list)
    codes, found = set[str](), []
    for month in months(month_of(BEGINS), month_of(local_date(now))):
        for part, volume in enumerate(volumes(month)):
            inside = [visit for visit in visits if visit.day in volume.days]
            found.append((volume, _Part(volume, Dice(f"talks {month} {part}"), pool, codes).talks(inside)))
    return found


class _Part:
    """The talks of one part of a month. `pool` = whom each adviser knows."""

    def __init__(self, volume: Volume, dice: Dice, pool: dict[str, list[Citizen]], codes: set[str]) -> None:
        self.volume, self.dice, self.pool, self.codes = volume, dice, pool, codes

    def talks(self, visits: list[Visit]) -> list[Talk]:
        talks = talk_times(self.volume, visits, self.dice)
        self._roles(talks)
        for number, talk in enumerate(talks):
            if talk.kind == "FOLLOW_UP" and not self._again(talk):
                self._change_places(talk, talks, number)
            if talk.kind == "FIRST":
                self._first(talk)
        return talks

    def _change_places(self, talk: Talk, talks: list[Talk], number: int) -> None:
        """Nobody whom the adviser knows can be here: a first or an unnamed talk takes this place, and gives its own."""
        later = [one for one in talks[number + 1:] if one.kind in ("FIRST", "ANONYMOUS")]
        if later:
            other = min(later, key=lambda one: (one.kind != "FIRST", one.start))
            talk.kind, other.kind = other.kind, "FOLLOW_UP"
            return
        earlier = next(one for one in reversed(talks[:number]) if one.kind == "ANONYMOUS" and self._again(one))
        earlier.kind = "FOLLOW_UP" if earlier.kind == "ANONYMOUS" else earlier.kind
        talk.kind = "ANONYMOUS"

    def _roles(self, talks: list[Talk]) -> None:
        """First talks by district; the unnamed anywhere; the others are with somebody who is known."""
        new, rest = self.volume.citizens, talks if self.volume.month in EARLY else self.dice.shuffled(talks)
        for district, number in zip(DISTRICTS, shared_out(new, list(DISTRICTS.values())), strict=True):
            here = [talk for talk in rest if talk.visit.practice.data["district"] == district]
            for talk in here[:number]:
                talk.kind = "FIRST"
        short = new - sum(talk.kind == "FIRST" for talk in talks)
        for talk in [talk for talk in rest if talk.kind != "FIRST"][:short]:
            talk.kind = "FIRST"
        for talk in self.dice.shuffled([talk for talk in talks if talk.kind != "FIRST"])[:self.volume.anonymous]:
            talk.kind = "ANONYMOUS"

    def _first(self, talk: Talk) -> None:
        citizen = Citizen(self.dice.id(talk.start - timedelta(minutes=5)), self._code(), talk.visit.adviser, talk.visit, talk.received)
        citizen.talks.append(talk)
        talk.citizen = citizen
        answers(citizen, self.dice)
        self.pool[citizen.adviser].append(citizen)

    def _code(self) -> str:
        four = "".join(self.dice.one_of(CODE_SYMBOLS) for _ in range(4))
        code = f"B-{four}{check_character(four)}"
        if code in self.codes:
            return self._code()
        self.codes.add(code)
        return code

    def _again(self, talk: Talk) -> bool:
        """Somebody whom the adviser knows, from the same practice as a rule; False when there is nobody."""
        for least, most in AGAIN:
            known = [one for one in self.pool[talk.visit.adviser] if self._may_come(one, talk, least, most)]
            here = [one for one in known if one.first.practice is talk.visit.practice]
            near = [one for one in known if one.first.practice.data["district"] == talk.visit.practice.data["district"]]
            if known:
                return self._met(talk, self.dice.one_of(here or near or known))
        return False

    def _may_come(self, citizen: Citizen, talk: Talk, least: int, most: int) -> bool:
        since = (talk.day - citizen.talks[-1].day).days
        return (not citizen.closed and citizen.known <= talk.received and least <= since <= most and talk.day - citizen.index_on < LONGEST
                and len(citizen.talks) < 7 and (citizen.quits is None or talk.day < citizen.quits))

    def _met(self, talk: Talk, citizen: Citizen) -> bool:
        count = len(citizen.talks)
        if count >= 2 and self.dice.chance(0.3 if count < 5 else 0.7):
            talk.kind, citizen.closed = "CLOSING", True
        elif citizen.may("GP_EXCHANGE", talk.day) and self.dice.chance(0.12):
            talk.kind = "THREE_PARTY"
        talk.citizen = citizen
        citizen.talks.append(talk)
        return True
