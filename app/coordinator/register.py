"""The register of practices with what the coordinator looks for: last and next visit, whether it is long since, who rings whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_login import current_user
from sqlalchemy import Connection, func, select

from app import clock
from app.coordinator import desk
from app.coordinator.danish import as_day
from app.coordinator.desk import TABLES
from app.coordinator.shown import entry_words
from app.coordinator.words import label
from app.rules.alphabet import finds, sort_key

CAME = ("COMPLETED", "DESK_ONLY")  # visits that came to something (indicators.md P2)
ALSO = {"KGS_ENGHAVE": "Kgs. Enghave Kongens Enghave Sydhavnen", "VESTERBRO": "Vesterbro", "VALBY": "Valby"}
FOUND_BY = ("name", "number", "ydernummer", "address", "postal_code", "city")


@dataclass(frozen=True)
class Entry:
    """One practice in the list."""

    id: str
    data: Any
    last: date | None
    next: date | None
    today: date
    interval: int  # days between visits: its own, else the project's

    @property
    def phone(self) -> str:
        return next((entry["phone"] for entry in self.data["contacts"] or () if entry.get("phone")), "")

    @property
    def call_times(self) -> str:
        """"8.00–9.00": when the practice answers the telephone."""
        return ", ".join(entry_words("phone_hours", entry) for entry in self.data["phone_hours"] or ())

    @property
    def overdue(self) -> int:
        """Days beyond the interval; 0 when there is no agreement, or it is not long since."""
        if self.data["agreement_status"] != "AGREED":
            return 0
        since = self.last or _agreed_on(self.data["agreements"])
        return max(0, (self.today - since).days - self.interval) if since else 0


def register(tx: Connection) -> list[Entry]:
    """Every practice of the project in Danish order; four statements whatever their number."""
    table = TABLES["practice"]
    rows = tx.execute(select(table).where(table.c.project_id == current_user.project_id, table.c.deleted.is_(False))).mappings()
    seen, today, usual = _visits(tx), clock.today(), desk.visit_interval(tx)
    entries = [Entry(row["id"], row, *seen.get(row["id"], (None, None)), today, row["interval_days"] or usual) for row in rows]
    return sorted(entries, key=lambda entry: sort_key(entry.data["name"]))


def _visits(tx: Connection) -> dict[str, tuple[date | None, date | None]]:
    """practice id → (last visit that came to something, next visit ahead: planned, or agreed at the last one)."""
    visits, plans = TABLES["visit"], TABLES["planned_visit"]
    last = func.max(visits.c.occurred_at).filter(visits.c.outcome.in_(CAME))
    ahead = func.min(visits.c.next_visit_on).filter(visits.c.next_visit_on >= clock.today())
    rows = tx.execute(select(visits.c.practice_id, last.label("last"), ahead.label("ahead"))
                      .where(visits.c.project_id == current_user.project_id, visits.c.deleted.is_(False)).group_by(visits.c.practice_id))
    found = {row.practice_id: (as_day(row.last), row.ahead) for row in rows}
    planned = tx.execute(select(plans.c.practice_id, func.min(plans.c.planned_on).label("ahead")).where(
        plans.c.project_id == current_user.project_id, plans.c.deleted.is_(False), plans.c.status.in_(("PLANNED", "ARRIVED")),
        plans.c.planned_on >= clock.today()).group_by(plans.c.practice_id))
    for row in planned:
        last_day, ahead_on = found.get(row.practice_id, (None, None))
        found[row.practice_id] = last_day, min(filter(None, (ahead_on, row.ahead)))
    return found


def wanted(entries: list[Entry], text: str, district: str, status: str, adviser: str) -> list[Entry]:
    """The entries that fit; Sydhavnen finds Kgs. Enghave, aagaard finds Ågård."""
    return [entry for entry in entries
            if (not district or entry.data["district"] == district) and (not status or entry.data["agreement_status"] == status)
            and (not adviser or entry.data["responsible_adviser_id"] == adviser) and finds(text, *spoken(entry.data))]


def in_order(entries: list[Entry], by: str) -> list[Entry]:
    """Sorted by a column; those without a date come last, and by name within equals."""
    orders = {"bydel": lambda e: sort_key(e.data["district"]), "sidst": lambda e: e.last or date.min,
              "naeste": lambda e: e.next or date.max, "siden": lambda e: -e.overdue, "praksis-id": lambda e: e.data["number"] or "~"}
    return sorted(entries, key=orders[by]) if by in orders else entries


def long_since(entries: list[Entry]) -> list[Entry]:
    """Practices over their interval, the longest first."""
    return sorted((entry for entry in entries if entry.overdue), key=lambda entry: -entry.overdue)


def taking_part(entries: list[Entry]) -> int:
    """How many places of the project's target are taken: AGREED and PAUSED (domain.md 2.2)."""
    return sum(entry.data["agreement_status"] in ("AGREED", "PAUSED") for entry in entries)


def spoken(data: Any) -> list[str]:
    """The words that find a practice."""
    people = [person.get("name", "") for name in ("doctors", "contacts") for person in data[name] or ()]
    return [*(data[name] or "" for name in FOUND_BY), ALSO.get(data["district"], ""), label("district", data["district"]), *people]


def _agreed_on(periods: list[dict[str, str]] | None) -> date | None:
    starts = [period["from"] for period in periods or () if period.get("status") == "AGREED" and period.get("from")]
    return date.fromisoformat(max(starts)) if starts else None
