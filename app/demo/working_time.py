"""The advisers' hours: to the minute of volumes.csv by month, day by day from what they did, on a sheet that is handed in and approved."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from app.clock import local_date
from app.demo.citizen import Talk
from app.demo.diary import BEGINS, Diary, at
from app.demo.dice import Dice, shared_out
from app.demo.presence import ABSENT, AT_THE_DESK, sent
from app.demo.visit import Visit
from app.demo.volumes import Volume, volumes
from app.rules.calendar import first_of, month_of, months, next_month, nth_working_day

STEP, ORDINARY, LEAST = 15, 28, 20  # minutes; quarters of an ordinary day; below this on average somebody has time off
DAY_OFF = 30  # quarters
REST = {"COORDINATION": 46, "RECORDING": 10, "COURSE": 16, "MATERIAL": 8, "TRAINING": 6, "EVALUATION": 5, "OTHER_PROJECT": 9}
RIDE = 2  # quarters between the stops of a day


def working_time(diary: Diary, visits: list[Visit], talks: list[Talk]) -> None:
    """Entries and sheets of both advisers. They depend on the whole month, not on today."""
    done = defaultdict[tuple[str, date], dict[str, int]](lambda: defaultdict(int))
    for visit in visits:
        done[visit.adviser, visit.day]["VISIT"] += visit.minutes
        done[visit.adviser, visit.day]["stops"] += 1
    for talk in talks:
        done[talk.visit.adviser, talk.day]["TALK"] += talk.minutes
    for month in months(month_of(BEGINS), month_of(local_date(diary.now))):
        for adviser in ("A1", "A2"):
            for volume in volumes(month):
                _part(diary, adviser, volume, {day: done[adviser, day] for day in volume.days})
            _sheet(diary, adviser, month)


def _part(diary: Diary, adviser: str, volume: Volume, done: dict[date, dict[str, int]]) -> None:
    dice, minutes = Dice(f"time {adviser} {volume.days[0]}"), round(volume.hours[adviser] * 60)
    known = {day: _from_records(done[day]) for day in volume.days}
    at_work = _at_work(adviser, volume.days, known, minutes)
    rest = minutes // STEP - sum(sum(known[day].values()) for day in at_work)
    parts = shared_out(rest, [max(1.0, ORDINARY - sum(known[day].values())) for day in at_work])
    odd = minutes % STEP  # volumes.csv has tenths of an hour: met to the minute, in one entry that is no whole quarter (domain.md 2.15)
    for day in volume.days:
        if day not in at_work:
            _entry(diary, dice, adviser, day, "AWAY", DAY_OFF * STEP, "MANUAL")
            continue
        for activity, quarters in known[day].items():
            _entry(diary, dice, adviser, day, activity, quarters * STEP, "AUTO")
        more = parts[at_work.index(day)] * STEP + (odd if day == at_work[-1] else 0)
        _entry(diary, dice, adviser, day, dice.pick(REST), more, "MANUAL")


def _from_records(did: dict[str, int]) -> dict[str, int]:
    """Quarters of an hour, as the phone proposes them."""
    quarters = {name: round(did.get(name, 0) / STEP) for name in ("VISIT", "TALK")} | {"RIDE": RIDE if did.get("stops", 0) > 1 else 0}
    return {name: number for name, number in quarters.items() if number}


def _at_work(adviser: str, days: list[date], known: dict[date, dict[str, int]], minutes: int) -> list[date]:
    """All days but those away; where the month is short, the days with visits and as many more as the hours fill."""
    away, desk = ABSENT.get(adviser), AT_THE_DESK.get(adviser, date.max)
    here = [day for day in days if known[day] or not away or not away[0] <= day < min(desk, away[1])]
    number = max(1, round(minutes / STEP / ORDINARY))
    if minutes / STEP / len(here) >= LEAST:
        return here
    busy = [day for day in here if known[day]]
    return sorted({*busy, *[day for day in here if not known[day]][:max(0, number - len(busy))]})


def _entry(diary: Diary, dice: Dice, adviser: str, day: date, activity: str, minutes: int, source: str) -> None:
    if minutes:
        made = at(day, 15, 30)
        diary.write(max(sent(day, adviser), made), adviser, "time_entry", dice.id(made), {
            "worked_on": day, "activity": activity, "minutes": minutes, "source": source}, made=made)


def _sheet(diary: Diary, adviser: str, month: str) -> None:
    """Handed in and approved in the first days of the next month; Emre's latest still lies on Birthe's desk."""
    id_, following = Dice(f"sheet {adviser} {month}").id(at(first_of(month), 9)), first_of(next_month(month))
    begun = nth_working_day(max(first_of(month), BEGINS), 1)
    handed_in, approved = nth_working_day(following, 2), nth_working_day(following, 3)
    diary.write(max(sent(begun, adviser), at(begun, 9)), adviser, "time_sheet", id_, {"month": month, "status": "OPEN"})
    diary.correct(max(sent(handed_in, adviser), at(handed_in, 9)) + timedelta(minutes=2), adviser, "time_sheet", id_,
                  {"status": "SUBMITTED", "submitted_on": handed_in}, {"status": "OPEN", "submitted_on": None})
    if adviser == "A2" and next_month(month) == month_of(local_date(diary.now)):
        return
    diary.correct(at(approved, 9) + timedelta(days=1), "K1", "time_sheet", id_, {"status": "APPROVED", "approved_on": approved + timedelta(days=1)},
                  {"status": "SUBMITTED", "approved_on": None})
