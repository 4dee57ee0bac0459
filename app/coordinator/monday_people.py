"""Mandagslisten, the people: consents that run out, promises that are late, calls that are due, time sheets that are missing."""

from __future__ import annotations

from collections import Counter
from datetime import date

from flask import url_for
from flask_login import current_user
from sqlalchemy import Connection, select

from app.coordinator import desk
from app.coordinator.danish import counted, day_words
from app.coordinator.desk import TABLES
from app.coordinator.point import Line, Point
from app.coordinator.promises import calls, expiring, open_steps
from app.coordinator.words import label
from app.rules.calendar import month_name, next_month
from app.rules.calendar import month_of as month_at

SHEETS = TABLES["time_sheet"]
SENT = ("SUBMITTED", "APPROVED", "CORRECTED")
OFFICE = "Kontoret"  # whom the office has entered itself


def consents(tx: Connection, today: date) -> Point:
    """Running out within 30 days while something is still agreed with the citizen."""
    place, people = url_for("coordinator.promise_list") + "#samtykker", desk.people(tx)
    lines = [Line(f"{one.code}: »{label('consent_scope', one.what)}« udløber {day_words(one.last)}. "
                  f"{people.get(one.adviser_id, 'Rådgiveren')} spørger igen ved næste samtale.",
                  url_for("coordinator.handover", citizen_id=one.citizen_id)) for one in expiring(tx, today)]
    return Point("Samtykker", "Aftaler", place, lines, "Ingen samtykker med åbne skridt udløber de næste 30 dage.", len(lines))


def promises(tx: Connection, today: date) -> Point:
    """Steps overdue by adviser, as counts, and the follow-up calls whose window is open this week."""
    people = desk.people(tx)
    late, due = (Counter(one.adviser_id for one in all) for all in (open_steps(tx, today), calls(tx, today)))

    def lines(number_of: Counter[str], one: str, many: str, end: str, anchor: str, is_late: bool) -> list[Line]:
        return sorted((Line(f"{people.get(who, OFFICE)}: {counted(number, one, many)} {end}",
                            url_for("coordinator.promise_list", raadgiver=who, _anchor=anchor), is_late)
                       for who, number in number_of.items()), key=lambda line: line.words)
    told = [*lines(late, "skridt", "skridt", "over tiden", "skridt", True),
            *lines(due, "opfølgende opkald", "opfølgende opkald", "i denne uge", "opkald", False)]
    return Point("Skridt og opkald", "Aftaler", url_for("coordinator.promise_list"), told,
                 "Ingen skridt er over tiden, og ingen opkald venter i denne uge.", late.total())


def sheets(tx: Connection, today: date) -> Point:
    """Advisers whose sheet of last month has not been sent in, and sheets that wait for a yes."""
    month = next_month(month_at(today), -1)
    sent = {row.author_id: row.status for row in tx.execute(
        select(SHEETS.c.author_id, SHEETS.c.status).where(SHEETS.c.project_id == current_user.project_id, SHEETS.c.deleted.is_(False),
                                                          SHEETS.c.month == month))}
    place, advisers = url_for("coordinator.time_sheets", maaned=month), desk.people(tx, "ADVISER")
    lines = [Line(f"{name} har ikke sendt timesedlen for {month_name(month)}", place, True)
             for user, name in advisers.items() if sent.get(user) not in SENT]
    lines += [Line(f"{name} har sendt timesedlen for {month_name(month)}. Den venter på dig.", place)
              for user, name in advisers.items() if sent.get(user) == "SUBMITTED"]
    return Point("Timesedler", "Tid", place, lines, f"Alle timesedler for {month_name(month)} er godkendt.", len(lines))
