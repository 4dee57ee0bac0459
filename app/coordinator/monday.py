"""/kontor/: Mandagslisten, the ten points of a Monday on one screen, each with the way to where it is settled (domain.md 3.4)."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_login import current_user
from sqlalchemy import Connection

from app import clock
from app.answers import database
from app.coordinator import desk, monday_courses, monday_people, monday_stock, phones, rights_requests
from app.coordinator.danish import counted, day_words, since_words
from app.coordinator.point import Line, Point
from app.coordinator.register import long_since, register
from app.coordinator.room import room
from app.coordinator.settling import waiting
from app.coordinator.week import week
from app.figures import states
from app.guards import admit
from app.rules.calendar import DAY, closed_days, days, month_name

LONGEST = 5
AHEAD = DAY * 13


@room.get("/")
@admit("COORDINATOR")
def start() -> Any:
    today = clock.today()
    with database().read() as tx:
        clinics = register(tx)
        numbers = week(tx, clinics, today)
        late = long_since(clinics)
        points = [_phones(tx), _unsettled(tx), monday_people.consents(tx, today), monday_courses.this_week(tx, today), monday_stock.short(tx),
                  monday_people.promises(tx, today), _calendar(tx, clinics), monday_people.sheets(tx, today)]
    return render_template("coordinator/start.html", today=today, week=numbers, late=late[:LONGEST], late_count=len(late), points=points)


def _phones(tx: Connection) -> Point:
    """Silent phones and those with something unsent; the rest are one line."""
    now = clock.now()
    devices = [device for device in phones.devices_of(tx) if device.revoked_at is None]
    told = [Line(f"{device.owner or 'Ukendt'}, {device.name or 'telefon uden navn'}: sidste kontakt {since_words(device.seen_at, now)}, "
                 f"{counted(device.unsent, 'registrering', 'registreringer')} venter"
                 + (". Ring, og bed om at åbne appen et sted med net." if phones.is_quiet(device, now) else ""), late=phones.is_quiet(device, now))
            for device in devices if device.unsent or phones.is_quiet(device, now)]
    calm = len(devices) - len(told)
    more = [Line(f"{counted(calm, 'telefon', 'telefoner')} har haft kontakt inden for 5 dage og har intet, der venter.")] if calm and told else []
    fine = "Alle telefoner har haft kontakt inden for 5 dage, og intet venter på dem." if devices else "Der er ingen telefoner endnu."
    return Point("Synk", "Brugere og telefoner", url_for("coordinator.phones"), [*told, *more], fine, len(told))


def _unsettled(tx: Connection) -> Point:
    """FIX, CONFLICT, duplicates; of a stopped CPR number only that there was one."""
    found, place = waiting(tx), url_for("coordinator.settling")
    stopped = sum(row.code == "CPR_NUMBER" for row in found.quarantine)
    counts = ((len(found.quarantine) - stopped, "registrering skal rettes", "registreringer skal rettes"),
              (len(found.conflicts), "registrering findes i to versioner", "registreringer findes i to versioner"),
              (len(found.duplicates), "mulig dublet", "mulige dubletter"), (stopped, "stoppet CPR-nummer", "stoppede CPR-numre"))
    return Point("Skal afklares", "Skal afklares", place, [Line(counted(*count), place) for count in counts if count[0]],
                 "Der er ikke noget at afklare.", found.count)


def _calendar(tx: Connection, clinics: list[Any]) -> Point:
    """Days off, closed practices and deadlines of these two weeks, and what should be closed or answered by now."""
    today = clock.today()
    last, told = today + AHEAD, []
    for state in states(tx, current_user.project_id, today):
        if state.state in ("OPEN", "READY") and not state.running or today <= state.due_on <= last:
            told.append((state.due_on, Line(f"{month_name(state.month).capitalize()} skal være lukket senest {day_words(state.due_on)}",
                                            url_for("export.month", month=state.month), state.due_on < today)))
    told += [(due, Line(f"{code} har bedt om {what} og skal have svar senest {day_words(due)}", place, due < today))
             for due, code, what, place in rights_requests.waiting(tx, last)]
    off = desk.days_off(tx)
    for day in days(today, last):
        if name := off.name(day):
            told.append((day, Line(f"{day_words(day)}: {name}, ingen arbejdsdag")))
    for clinic in clinics:
        shut = sorted(closed_days(clinic.data["closures"]) & set(days(today, last)))
        if shut:
            told.append((shut[0], Line(f"{clinic.data['name']} holder lukket fra {day_words(shut[0])} til {day_words(shut[-1])}",
                                       url_for("coordinator.practice", practice_id=clinic.id))))
    lines = [line for _, line in sorted(told, key=lambda pair: pair[0])]
    return Point("Kalender", "Kalender", url_for("coordinator.calendar"), lines,
                 "Ingen helligdage, lukkede praksisser eller frister de næste to uger.", sum(line.late for line in lines))


