"""Mandagslisten, the people: consents that run out, promises that are late, calls that are due, time sheets that are missing."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_login import current_user
from sqlalchemy import Connection, func, select

from app.coordinator import desk
from app.coordinator.danish import counted, day_words
from app.coordinator.desk import TABLES
from app.coordinator.point import Line, Point
from app.ledger.tables import HEAD
from app.records import KINDS
from app.records.codes import code_list, label
from app.records.wire import to_data
from app.rules import consent, outcomes
from app.rules.calendar import month_name, next_month
from app.rules.calendar import month_of as month_at

CITIZENS, STEPS, EVENTS, TALKS = (TABLES[kind] for kind in ("citizen", "next_step", "consent_event", "talk"))
OUTCOMES, SHEETS, USERS = (TABLES[kind] for kind in ("outcome", "time_sheet", "user"))
SENT = ("SUBMITTED", "APPROVED", "CORRECTED")


def consents(tx: Connection, today: date) -> Point:
    """Running out within 30 days while something is still agreed with the citizen."""
    with_steps = select(STEPS.c.citizen_id).where(STEPS.c.project_id == current_user.project_id, STEPS.c.deleted.is_(False), STEPS.c.status == "OPEN")
    events, lines = _events(tx, EVENTS.c.citizen_id.in_(with_steps)), []
    known, people = _citizens(tx, list(events)), desk.people(tx)
    for citizen_id, told in events.items():
        if citizen_id not in known:
            continue
        for scope in code_list("consent_scope").labels:
            if consent.status(told, scope, today, today) == "EXPIRING":
                newest = max((one for one in told if one["scope"] == scope and one["event"] == "GIVEN"), key=lambda one: one["given_on"])
                lines.append((consent.runs_out(newest), known[citizen_id].code, scope, people.get(known[citizen_id].adviser_id or "", "Rådgiveren")))
    found = [Line(f"{code}: »{label('consent_scope', scope)}« udløber {day_words(last)}. {who} spørger igen ved næste samtale.")
             for last, code, scope, who in sorted(lines)]
    return Point("Samtykker", "", "", found, "Ingen samtykker med åbne skridt udløber de næste 30 dage.", len(found))


def promises(tx: Connection, today: date) -> Point:
    """Steps overdue by adviser, as counts, and the follow-up calls whose window is open this week."""
    people = desk.people(tx)
    late = tx.execute(select(CITIZENS.c.adviser_id, func.count()).join_from(STEPS, CITIZENS, CITIZENS.c.id == STEPS.c.citizen_id)
                      .where(STEPS.c.project_id == current_user.project_id, STEPS.c.deleted.is_(False), CITIZENS.c.deleted.is_(False),
                             STEPS.c.status == "OPEN", STEPS.c.due_on < today).group_by(CITIZENS.c.adviser_id)).all()
    lines = [Line(f"{people.get(adviser or '', 'Uden rådgiver')}: {counted(number, 'skridt', 'skridt')} over tiden", late=True)
             for adviser, number in late]
    calls = Counter(people.get(adviser or "", "Uden rådgiver") for adviser in _calls(tx, today))
    lines += [Line(f"{who}: {counted(number, 'opfølgende opkald', 'opfølgende opkald')} i denne uge") for who, number in calls.items()]
    return Point("Skridt og opkald", "", "", sorted(lines, key=lambda line: (not line.late, line.words)),
                 "Ingen skridt er over tiden, og ingen opkald venter i denne uge.", sum(number for _, number in late))


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


def _events(tx: Connection, *which: Any) -> dict[str, list[consent.Event]]:
    """Citizen → consent events in the order they were applied."""
    same = (HEAD.c.kind == "consent_event") & (HEAD.c.id == EVENTS.c.id) & (HEAD.c.project_id == EVENTS.c.project_id)
    found: dict[str, list[consent.Event]] = {}
    for row in tx.execute(select(EVENTS).join(HEAD, same).where(EVENTS.c.project_id == current_user.project_id, EVENTS.c.deleted.is_(False), *which)
                          .order_by(HEAD.c.seq)).mappings():
        found.setdefault(row["citizen_id"], []).append({"id": row["id"], **to_data(KINDS["consent_event"], row)})
    return found


def _citizens(tx: Connection, ids: list[str]) -> dict[str, Any]:
    return {row.id: row for row in tx.execute(select(CITIZENS.c.id, CITIZENS.c.code, CITIZENS.c.adviser_id).where(
        CITIZENS.c.project_id == current_user.project_id, CITIZENS.c.deleted.is_(False), CITIZENS.c.id.in_(ids)))}


def _calls(tx: Connection, today: date) -> list[str | None]:
    """The adviser of each citizen to be called this week: window open, consent given, no answer yet (domain.md 2.14)."""
    first = func.min(TALKS.c.event_date)
    rows = tx.execute(select(TALKS.c.citizen_id, first).where(TALKS.c.project_id == current_user.project_id, TALKS.c.deleted.is_(False),
                                                              TALKS.c.citizen_id.is_not(None))
                      .group_by(TALKS.c.citizen_id).having(first >= today - timedelta(days=400)))
    begun = {row[0]: row[1] if isinstance(row[1], date) else date.fromisoformat(row[1]) for row in rows}
    answers: dict[str, list[Any]] = {}
    for row in tx.execute(select(OUTCOMES).where(OUTCOMES.c.project_id == current_user.project_id, OUTCOMES.c.deleted.is_(False))
                          .order_by(OUTCOMES.c.received_at)).mappings():
        answers.setdefault(row["citizen_id"], []).append(to_data(KINDS["outcome"], row))
    sunday = today + timedelta(days=6 - today.weekday())
    wanted = [who for who, day in begun.items() if any(outcomes.call_due(answers.get(who, ()), day, on) for on in (today, sunday))]
    events, known = _events(tx, EVENTS.c.citizen_id.in_(wanted)), _citizens(tx, wanted)
    return [known[who].adviser_id for who in wanted if who in known and consent.is_open(events.get(who, []), "FOLLOW_UP", today, today)]
