"""Campaign material: what is printed, what goes into the bags and what is handed out, to the piece of volumes.csv."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.clock import local_date
from app.demo.diary import BEGINS, Diary, at
from app.demo.dice import Dice, shared_out
from app.demo.printing import JANUARY, Batch, print_all
from app.demo.visit import Visit
from app.demo.visits import LATE_STORY
from app.demo.volumes import volumes
from app.rules.calendar import month_of, months, working_day_from

# How often each is handed out, and whether it goes in ones or by the handful.
WISHED = {"M1": 48, "M6": 17, "M4": 15, "M5": 12, "M3": 5, "M2": 2, "M7": 0.7, "M8": 0.7}
SINGLE = {"M2", "M7", "M8"}
LANGUAGES = {"da": 76, "ar": 7, "en": 7, "so": 5, "tr": 5}
COUNTED_ON = ((6, 30), (12, 15))


@dataclass(frozen=True)
class Move:
    """A stock move to come."""

    when: datetime
    received: datetime
    who: str
    batch: Batch
    move: str
    quantity: int
    from_place: str
    to_place: str
    visit: Visit | None = None


class Depot:
    """Writes the catalogue, then every move of the two years."""

    def __init__(self, diary: Diary) -> None:
        self.diary, self.dice = diary, Dice("materials")
        self.moves: list[Move] = []
        self.batches = print_all(diary, self.dice)
        for batch in self.batches:
            arrived = at(working_day_from(batch.printed + timedelta(days=1)), 10)
            self.moves.append(Move(arrived, arrived, "K1", batch, "RECEIVED", batch.copies, "SUPPLIER", "DEPOT"))

    # ---- Handing out

    def hand_out(self, visits: list[Visit]) -> None:
        """The pieces of each month over its completed visits; the month that came too late is left as it was told."""
        by_month: dict[str, list[Visit]] = defaultdict(list)
        for visit in visits:
            if visit.done and (month_of(visit.day), visit.practice.number) not in LATE_STORY:
                by_month[month_of(visit.day)].append(visit)
        for month in months(month_of(BEGINS), month_of(local_date(self.diary.now))):
            for volume in volumes(month):
                inside = [visit for visit in by_month[month] if visit.day in volume.days and visit.day > JANUARY + timedelta(days=2)]
                past = sum(day <= local_date(self.diary.now) for day in volume.days)
                self._month(round(volume.pieces * past / len(volume.days)), inside)

    def _month(self, pieces: int, visits: list[Visit]) -> None:
        if not pieces or not visits:
            return
        number = min(len(visits), max(4, round(len(visits) * 0.55)))
        stops = sorted(self.dice.shuffled(visits)[:number], key=lambda visit: visit.start)
        given = [(visit, batch) for visit in stops for batch in self._wishes(visit)]
        singles = [(visit, batch) for visit, batch in given if batch.material in SINGLE]
        handfuls = [(visit, batch) for visit, batch in given if batch.material not in SINGLE]
        parts = shared_out(pieces - len(singles), [self.dice.one_of((5, 10, 10, 25)) for _ in handfuls], 1)
        for (visit, batch), quantity in [*((one, 1) for one in singles), *zip(handfuls, parts, strict=True)]:
            when = visit.start + timedelta(minutes=max(1, visit.minutes - 2))
            self.moves.append(Move(when, visit.received, visit.adviser, batch, "HANDED_OUT", quantity, "BAG", "PRACTICE", visit))

    def _wishes(self, visit: Visit) -> list[Batch]:
        """One or two things, at least one of them by the handful."""
        first = self._batch(self.dice.pick({key: share for key, share in WISHED.items() if key not in SINGLE}), visit.day)
        second = self._batch(self.dice.pick(WISHED), visit.day)
        return [first, second] if second.id != first.id and self.dice.chance(0.5) else [first]

    def _batch(self, material: str, day: date) -> Batch:
        """The newest valid print run in a language (domain.md 2.10)."""
        valid = [batch for batch in self.batches if batch.material == material and batch.may_go_out(day)]
        language = self.dice.pick({one.language: LANGUAGES[one.language] for one in valid})
        return max((one for one in valid if one.language == language), key=lambda one: one.printed)

    # ---- Bags, counts and what was withdrawn

    def settle(self) -> None:
        """Fills each bag for the week, counts the depot twice a year, scraps what was withdrawn; then writes it all."""
        self._fill_bags()
        self._count()
        for move in sorted(self.moves, key=lambda one: (one.when, one.batch.id, one.move)):
            self.diary.write(move.received, move.who, "stock_move", self.dice.id(move.when), {
                "batch_id": move.batch.id, "move": move.move, "quantity": move.quantity, "from_place": move.from_place,
                "to_place": move.to_place, "occurred_at": move.when,
                "practice_id": move.visit.practice.id if move.visit else None, "visit_id": move.visit.id if move.visit else None},
                made=move.when)

    def _fill_bags(self) -> None:
        bags: dict[tuple[str, str], int] = defaultdict(int)
        weeks: dict[tuple[tuple[int, int], str, str], list[Move]] = defaultdict(list)
        for move in self.moves:
            if move.move == "HANDED_OUT":
                iso = move.when.isocalendar()
                weeks[(iso.year, iso.week), move.who, move.batch.id].append(move)
        for (_, who, batch_id), given in sorted(weeks.items(), key=lambda one: one[0]):
            need, first = sum(move.quantity for move in given), min(given, key=lambda move: move.when)
            short = need - bags[who, batch_id]
            taken = -(-short // 5) * 5 if short > 0 and first.batch.material not in SINGLE else max(0, short)
            bags[who, batch_id] += taken - need
            if taken:
                when = first.when.replace(hour=8, minute=15, second=0)
                received = min(move.received for move in given)
                self.moves.append(Move(when, received, who, first.batch, "TO_BAG", taken, "DEPOT", "BAG"))

    def _count(self) -> None:
        """Counts find now and then a few too few; a withdrawn run goes to waste, but for what is forgotten in a bag."""
        years = range(BEGINS.year, self.diary.now.year + 1)
        days = [working_day_from(date(year, month, number)) for year in years for month, number in COUNTED_ON]
        for batch in self.batches:
            for day in days:
                if batch.printed < day < (batch.retired or date.max):
                    self._counted(batch, at(day, 14))
            if batch.retired:
                when = at(working_day_from(batch.retired + timedelta(days=5)), 9)
                self.moves.append(Move(when, when, "K1", batch, "SCRAPPED", self._level(batch, when), "DEPOT", "SCRAP"))

    def _counted(self, batch: Batch, when: datetime) -> None:
        level = self._level(batch, when)
        if batch.language == "da" and batch.material in ("M1", "M4", "M6") and level > 20:
            found = level - self.dice.one_of((0, 0, 1, 2, 4))
            self.moves.append(Move(when, when, "K1", batch, "COUNT", found, "DEPOT", "DEPOT"))

    def _level(self, batch: Batch, moment: datetime) -> int:
        """What lies in the depot just before a moment."""
        level, before = 0, [one for one in self.moves if one.batch is batch and one.when < moment]
        for move in sorted(before, key=lambda one: one.when):
            change = move.quantity * ((move.to_place == "DEPOT") - (move.from_place == "DEPOT"))
            level = move.quantity if move.move == "COUNT" else level + change
        return level
