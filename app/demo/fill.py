"""Fills an empty database: every day through the ledger, every month closed on its date, as it would have happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from app.clock import local_date
from app.db import Database
from app.demo.diary import BEGINS, Diary, Entry, at
from app.demo.dice import Dice
from app.demo.people import hire, sign_ins
from app.demo.phones import Phones, keep_numbers
from app.demo.tell import tell
from app.export import month_close
from app.export.freeze import freeze
from app.export.half_year import Half, half_of
from app.ledger.author import Author
from app.ledger.founding import found
from app.ledger.push import write
from app.ledger.settle import hand_over
from app.records.project import INVENTED
from app.rules.calendar import first_of, half_year, month_of, months, next_month, nth_working_day

HALF_A_YEAR = timedelta(days=180)
LAST_DAY = date(2026, 12, 31)


TARGETS = (("P1", "", "90"), ("P2", "", "42"), ("P2", "VESTERBRO", "16"), ("P2", "VALBY", "15"), ("P2", "KGS_ENGHAVE", "10"),
           ("S1", "", "75"), ("S2", "", "25"), ("S7", "", "70"), ("M1", "", "220"))  # a month


class Unlike(RuntimeError):
    """The ledger did not take what the demo tells: a fault in the demo."""


def fill(db: Database, now: datetime) -> list[tuple[str, str, str]]:
    """The demo project as it stands at `now`; nothing after it exists. The sign-ins: (role, e-mail, passphrase).

    The same `now` gives the same records with the same ids. Months before the last two are closed (sync.md ch. 13).
    """
    begun = min(at(BEGINS, 8), now)
    period_from = min(date(2025, 1, 1), local_date(now) - HALF_A_YEAR)
    project_id = found(db, project_of(period_from, now), begun, Dice("project").id(begun))
    authors = hire(db, project_id, begun)
    diary = Diary(now)
    tell(diary, {key: author.user_id for key, author in authors.items()})
    closes = list(_closes(period_from, begun, now))
    halves = _freezes(closes)
    phones = Phones(begun)
    for received, who, entries in diary.batches():
        while closes and closes[0][0] <= received:
            _close(db, authors["K1"], *closes.pop(0))
        while halves and halves[0][0] <= received:
            moment, half = halves.pop(0)
            freeze(db, authors["K1"], half, moment)
        _send(db, authors[who], phones.of(who), entries, received)
    for moment, month in closes:
        _close(db, authors["K1"], moment, month)
    for moment, half in halves:
        if moment <= now:
            freeze(db, authors["K1"], half, moment)
    phones.register(db, authors, now)
    keep_numbers(db, authors, diary)
    return sign_ins()


def _send(db: Database, author: Author, device_id: str, entries: list[Entry], received: datetime) -> None:
    """One batch as it came. What ends up in quarantine, its author hands over to the office."""
    results = write(db, author, [entry.change for entry in entries], received, device_id)
    for entry, result in zip(entries, results, strict=True):
        if result.status != entry.ends:
            raise Unlike(f"{received} {entry.who} {entry.change.kind}: {result.code} {result.message}")
    if refused := [result.op_id for result in results if result.status == "rejected"]:
        hand_over(db, author, refused, received)


def project_of(period_from: date, now: datetime) -> dict[str, object]:
    """The demo's project, from its first day to half a year after `now` at least."""
    period_to = max(LAST_DAY, local_date(now) + HALF_A_YEAR)
    return {"name": "Rådgiver på hjul", "reference": INVENTED, "period_from": period_from.isoformat(), "period_to": period_to.isoformat(),
            "practice_target": 20, "visit_interval_days": 21, "month_close_working_day": 5, "half_year_report_working_day": 20,
            "stuegang_interval_weeks": 3, "stuegang_cases_min": 6, "stuegang_cases_max": 10, "small_cell_threshold_internal": 3,
            "small_cell_threshold_external": 5, "primary_benefit": "KONTANTHJAELP", "concern_phone": "13224455",  # series 13 is nobody's
            "phases": [{"phase": "PROJECT", "from": period_from.isoformat(), "to": period_to.isoformat()}],
            "targets": [{"indicator": indicator, "district": district, "value": value, "from": period_from.isoformat()}
                        for indicator, district, value in TARGETS]}


def _closes(period_from: date, begun: datetime, now: datetime) -> Iterator[tuple[datetime, str]]:
    """(moment, month) for every month before the last two: on the fifth working day of the next, after lunch."""
    for month in months(month_of(period_from), next_month(month_of(local_date(now)), -2)):
        moment = at(nth_working_day(first_of(next_month(month)), 5), 14, 10)
        yield max(moment, begun + timedelta(minutes=1)) if begun < now else now, month


def _close(db: Database, by: Author, moment: datetime, month: str) -> None:
    month_close(db, by.project_id, month, by.user_id, None, moment)



def _freezes(closes: list[tuple[datetime, str]]) -> list[tuple[datetime, Half]]:
    """(moment, half-year) for each whose last month closes: on the twentieth working day after it, after lunch."""
    return [(max(at(nth_working_day(first_of(next_month(month)), 20), 14, 10), closed), half_of(month))
            for closed, month in closes if half_year(month)[1] == month]
