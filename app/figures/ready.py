"""Is the month ready to close? What is missing, in words and with names (indicators.md 2.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, select

from app.clock import COPENHAGEN, local_date
from app.figures.attendance import without_attendance
from app.figures.point import Point, many, on_day
from app.figures.tables import CONFLICTS, DEVICES, OPS, RECORDS, USERS
from app.records import KINDS
from app.records.wire import read_instant
from app.rules.calendar import last_of, month_of

FORGOTTEN = timedelta(days=60)  # a phone silent for so long is not in use; old phones send for at least 60 days


@dataclass(frozen=True)
class Readiness:
    """The check list of a month."""

    points: tuple[Point, ...]

    @property
    def ready(self) -> bool:
        return all(point.holds for point in self.points)

    @property
    def missing(self) -> list[str]:
        return [point.sentence for point in self.points if not point.holds]


def readiness(tx: Connection, project_id: str, month: str) -> Readiness:
    """Phones, conflicts, stopped and held records, attendance. Time sheets follow when the office can approve them."""
    over = datetime.combine(last_of(month) + timedelta(days=1), time(), COPENHAGEN)
    names = {row.id: row.name for row in tx.execute(select(USERS.c.id, USERS.c.name).where(USERS.c.project_id == project_id))}
    phones = _phones(tx, project_id, over)
    return Readiness((_unsent(phones, names, month), _silent(phones, names, over),
                      _conflicts(tx, project_id, month), *_stopped(tx, project_id, month, names),
                      without_attendance(tx, project_id, month)))


def _phones(tx: Connection, project_id: str, over: datetime) -> list[Any]:
    found = tx.execute(select(DEVICES).where(DEVICES.c.project_id == project_id, DEVICES.c.revoked_at.is_(None))
                       .order_by(DEVICES.c.seen_at))
    return [row for row in found if row.seen_at > over - FORGOTTEN or row.unsent]


def _unsent(phones: list[Any], names: dict[str, str], month: str) -> Point:
    waiting = [phone for phone in phones if phone.unsent and _may_hold(phone, month)]
    if not waiting:
        return Point(True, "Ingen telefon har meldt om usendte registreringer fra måneden.")
    total = sum(phone.unsent for phone in waiting)
    return Point(False, f"{many(len(waiting), 'telefon', 'telefoner')} har "
                        f"{many(total, 'usendt registrering', 'usendte registreringer')}.",
                 tuple(f"{names.get(phone.user_id, 'Ukendt')}: {phone.name}, {phone.unsent} venter" for phone in waiting))


def _may_hold(phone: Any, month: str) -> bool:
    """Something of the month may wait on it: its oldest record is not younger than the month."""
    return phone.oldest_unsent_at is None or month_of(local_date(phone.oldest_unsent_at)) <= month


def _silent(phones: list[Any], names: dict[str, str], over: datetime) -> Point:
    silent = [phone for phone in phones if phone.seen_at < over]
    if not silent:
        return Point(True, "Alle telefoner har synket efter månedens sidste dag.")
    return Point(False, f"{many(len(silent), 'telefon', 'telefoner')} har ikke synket efter månedens sidste dag.",
                 tuple(f"{names.get(phone.user_id, 'Ukendt')}: {phone.name}, sidst set {on_day(phone.seen_at)}" for phone in silent))


def _conflicts(tx: Connection, project_id: str, month: str) -> Point:
    rows = tx.execute(select(CONFLICTS).where(CONFLICTS.c.project_id == project_id, CONFLICTS.c.settled_at.is_(None))).all()
    here = [row for row in rows if _month_of_record(tx, row.kind, row.record_id) == month]
    if not here:
        return Point(True, "Ingen åbne konflikter i måneden.")
    return Point(False, f"{many(len(here), 'åben konflikt', 'åbne konflikter')} i måneden skal afklares.",
                 _kinds(row.kind for row in here))


def _stopped(tx: Connection, project_id: str, month: str, names: dict[str, str]) -> tuple[Point, Point]:
    rows = tx.execute(select(OPS).where(OPS.c.project_id == project_id, OPS.c.status.in_(("rejected", "held")),
                                        OPS.c.settled_at.is_(None))).all()
    here = [row for row in rows if _month_of_op(tx, row) == month]
    return (_op_point([row for row in here if row.status == "rejected"], names, "Ingen stoppede registreringer i måneden.",
                      ("registrering fra måneden skal rettes", "registreringer fra måneden skal rettes")),
            _op_point([row for row in here if row.status == "held"], names, "Ingen registreringer i måneden venter på en anden.",
                      ("registrering fra måneden venter på en anden", "registreringer fra måneden venter på andre")))


def _op_point(rows: list[Any], names: dict[str, str], fine: str, words: tuple[str, str]) -> Point:
    if not rows:
        return Point(True, fine)
    return Point(False, f"{many(len(rows), *words)}.",
                 tuple(sorted({f"{names.get(row.author_id, 'Ukendt')}: {_title(row.kind)}" for row in rows})))


def _month_of_op(tx: Connection, row: Any) -> str | None:
    """The month of what the op tells of; else that of the record it would change."""
    event = KINDS[row.kind].EVENT if row.kind in KINDS else None
    said = (row.content or {}).get("set")  # what was refused may hold anything
    told = said.get(event) if event and isinstance(said, dict) else None
    try:
        return month_of(local_date(read_instant(told))) if told else _month_of_record(tx, row.kind, row.record_id)
    except ValueError:
        return month_of(local_date(row.received_at))


def _month_of_record(tx: Connection, kind: str, record_id: str) -> str | None:
    if kind not in KINDS:
        return None
    table = RECORDS[kind]
    day = tx.execute(select(table.c.event_date).where(table.c.id == record_id)).scalar()
    return month_of(day) if day else None


def _kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({_title(kind) for kind in kinds}))


def _title(kind: str) -> str:
    return KINDS[kind].TITLE if kind in KINDS else "Ukendt"
