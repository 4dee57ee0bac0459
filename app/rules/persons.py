"""Gathers each citizen's records, for the sums and for an erasure, which leaves only what was counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, select

from app.records import KINDS
from app.records.book import Head

Found = Row[Any]


@dataclass
class Place:
    """A citizen's place on a run, and the newest mark of each session."""

    row: Found
    marks: dict[str, str] = field(default_factory=dict)  # session → mark


@dataclass
class Person:
    """One citizen. Consent events and outcomes stand in the order in which the server took them."""

    row: Found
    talks: list[Found] = field(default_factory=list)  # those that are not anonymous, the first first
    steps: list[Found] = field(default_factory=list)
    consents: list[dict[str, Any]] = field(default_factory=list)
    outcomes: list[dict[str, Any]] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)


@dataclass
class Run:
    """A run of a course with its sessions; those cancelled or moved away are not among them."""

    row: Found
    sessions: list[Found] = field(default_factory=list)  # in order of day

    @property
    def held(self) -> list[Found]:
        return [one for one in self.sessions if one.status == "HELD"]

    @property
    def filled_at(self) -> Found | None:
        """The session at which K2 is counted: the second that was held, or the only one."""
        return self.held[1] if len(self.held) > 1 else self.held[0] if len(self.sessions) == 1 and self.held else None

    @property
    def ended_at(self) -> Found | None:
        """The last session, once all have been held."""
        return self.held[-1] if self.held and len(self.held) == len(self.sessions) else None


def runs(tx: Connection, project_id: str) -> dict[str, Run]:
    found = {row.id: Run(row) for row in tx.execute(_live("course_run", project_id))}
    sessions = _table("course_session")
    for row in tx.execute(_live("course_session", project_id).order_by(sessions.c.event_date, sessions.c.number, sessions.c.id)):
        if row.course_run_id in found and row.status in ("PLANNED", "HELD"):
            found[row.course_run_id].sessions.append(row)
    return found


def persons(tx: Connection, project_id: str, only: str | None = None) -> list[Person]:
    """Every citizen of the project, or one."""
    found = {row.id: Person(row) for row in tx.execute(_live("citizen", project_id, only))}
    talks = _table("talk")
    named = _live("talk", project_id, only).where(talks.c.type != "ANONYMOUS")
    for row in tx.execute(named.order_by(talks.c.event_date, talks.c.occurred_at, talks.c.id)):
        _of(found, row).talks.append(row)
    for row in tx.execute(_live("next_step", project_id, only)):
        _of(found, row).steps.append(row)
    for row in tx.execute(_in_order("consent_event", project_id, only)):
        _of(found, row).consents.append(_text(row, "id", "scope", "event", "given_on", "valid_until", "follows_id"))
    for row in tx.execute(_in_order("outcome", project_id, only)):
        _of(found, row).outcomes.append(_text(row, "point", "outcome", "answered_on", "course_completed"))
    places: dict[str, Place] = {}
    for row in tx.execute(_live("enrolment", project_id, only)):
        places[row.id] = _of(found, row).places[row.id] = Place(row)
    for row in tx.execute(_in_order("attendance_mark", project_id, only)):
        if row.enrolment_id in places:
            places[row.enrolment_id].marks[row.session_id] = row.mark  # a later one takes the place of an earlier
    return list(found.values())


def _of(found: dict[str, Person], row: Found) -> Person:
    """Whose record it is; of a citizen who was deleted it counts for nobody."""
    return found.get(row.citizen_id) or Person(row)


def _table(kind: str) -> Table:
    return KINDS[kind].__table__  # type: ignore[attr-defined, no-any-return]


def _live(kind: str, project_id: str, only: str | None = None) -> Select[Any]:
    table = _table(kind)
    wanted = select(table).where(table.c.project_id == project_id, table.c.deleted.is_(False))
    return wanted if only is None else wanted.where((table.c.id if kind == "citizen" else table.c.citizen_id) == only)


def _in_order(kind: str, project_id: str, only: str | None) -> Select[Any]:
    """As the server took them."""
    table, heads = _table(kind), Head.__table__  # type: ignore[attr-defined]
    wanted = select(table).join(heads, (heads.c.kind == kind) & (heads.c.id == table.c.id) & (heads.c.project_id == table.c.project_id))
    wanted = wanted.where(table.c.project_id == project_id, table.c.deleted.is_(False)).order_by(heads.c.seq, table.c.id)
    return wanted if only is None else wanted.where(heads.c.citizen_id == only)


def _text(row: Found, *names: str) -> dict[str, Any]:
    """The fields as the rules read them: dates as ISO text."""
    values = {name: getattr(row, name) for name in names}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
