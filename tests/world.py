"""The world that all tests share: Signe and Emre cycle, Birthe coordinates, Sanne has no access; November 2026."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection, event, text

from app.accounts.people import add
from app.config import Settings
from app.db import Database
from app.ledger.author import Author
from app.ledger.change import Change
from app.ledger.founding import found, system
from app.ledger.ids import new_id
from app.ledger.push import write
from app.migrations import migrate
from app.records.project import INVENTED
from app.records.wire import instant_text

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PASSPHRASE = "en lang adgangssætning"


def named(name: str) -> str:
    """The same id for the same name in every test."""
    return str(uuid5(NAMESPACE_URL, name))


@dataclass
class World:
    """A database with the project, the people and three practices."""

    db: Database
    project_id: str
    signe: Author
    emre: Author
    birthe: Author
    sanne: Author

    @property
    def system(self) -> Author:
        return system(self.project_id)


PRACTICES = {"halmtorvet": ("P04", "Lægerne Halmgården", "VESTERBRO", "990104"), "valby": ("P09", "Ærtebjerg Lægeklinik", "VALBY", "990109"),
             "sydhavnen": ("P18", "Sjælørhusets Lægepraksis", "KGS_ENGHAVE", "990118")}
PEOPLE = {"signe": ("SHL", "ADVISER"), "emre": ("EBY", "ADVISER"), "birthe": ("BST", "COORDINATOR"), "sanne": ("SST", "STEERING")}


def settings(folder: Path, url: str = "") -> Settings:
    return Settings(state_dir=folder, database_url=url, secret_key="en hemmelighed kun til prøver")


def build(folder: Path, url: str = "") -> World:
    """The world on a fresh database in `folder`, or at a PostgreSQL address."""
    db = Database(settings(folder, url))
    migrate(db)
    return fill(db)


def fill(db: Database) -> World:
    """The world on an empty database that has its tables."""
    project_id = found(db, {"name": "Rådgiver på hjul", "reference": INVENTED, "period_from": "2025-01-01", "period_to": "2027-12-31"}, NOW)
    people = {who: add(db, f"{who}@demo.example", who.title(), initials, role, PASSPHRASE, NOW, named(who))
              for who, (initials, role) in PEOPLE.items()}
    authors = {who: Author(people[who], project_id, role) for who, (_, role) in PEOPLE.items()}
    world = World(db, project_id, **authors)
    written = write(db, world.system, [*_catalogue()], NOW)
    assert all(result.status == "accepted" for result in written), [result.message for result in written]
    return world


def _catalogue() -> list[Change]:
    practices = [Change("practice", named(key), "create", {
        "number": number, "name": name, "district": district, "address": "Halmtorvet 1", "postal_code": "1700", "city": "København V",
        "ydernummer": yder, "agreement_status": "AGREED", "agreements": [{"status": "AGREED", "from": "2025-01-20"}]})
        for key, (number, name, district, yder) in PRACTICES.items()]
    return [*practices,
            Change("material", named("folder"), "create", {"type": "PATIENT_FLYER", "title": "Er du sygemeldt? Få en snak", "languages": ["da"]}),
            Change("material_batch", named("oplag"), "create", {"material_id": named("folder"), "language": "da", "name": "2026-A"}),
            Change("course", named("kursus"), "create", {"type": "SYSTEM", "title": "Find vej i systemet", "seats": 2}),
            Change("course_run", named("hold"), "create", {"course_id": named("kursus"), "seats": 2, "starts_on": "2026-12-03"})]


@contextmanager
def statements(db: Database) -> Iterator[list[tuple[str, Any]]]:
    """What the database is asked within the block: (SQL, values), in order."""
    seen: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, asked: str, given: Any, *_: Any) -> None:
        seen.append((asked, given))
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def unguarded(tx: Connection, table: str = "feed") -> None:
    """Takes a table's triggers away, as somebody with the database's own password can."""
    if tx.dialect.name == "postgresql":
        tx.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        return
    for name in list(tx.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"), {"table": table}).scalars()):
        tx.execute(text(f'DROP TRIGGER "{name}"'))


def visit(**changed: Any) -> dict[str, Any]:
    """The `set` of an ordinary visit."""
    return {"practice_id": named("halmtorvet"), "occurred_at": "2026-11-24T09:40:00.000Z", "minutes": 20, "mode": "IN_PERSON",
            "purpose": "REGULAR", "met_roles": ["DOCTOR"], "outcome": "COMPLETED", **changed}


class Phone:
    """Makes ops the way a phone does, numbered by the device."""

    def __init__(self, device_id: str | None = None) -> None:
        self.device_id, self.count = device_id or new_id(), 0

    def op(self, action: str, kind: str, id_: str, set_: dict[str, Any] | None = None, base: dict[str, Any] | None = None,
           **more: Any) -> dict[str, Any]:
        self.count += 1
        op = {"op_id": new_id(), "device_seq": self.count, "v": 1, "kind": kind, "id": id_, "action": action, "made_at": instant_text(NOW)}
        return op | ({"set": set_} if set_ is not None else {}) | ({"base": base} if base is not None else {}) | more

    def create(self, kind: str, id_: str, set_: dict[str, Any], **more: Any) -> dict[str, Any]:
        return self.op("create", kind, id_, set_, **more)

    def update(self, kind: str, id_: str, set_: dict[str, Any], base: dict[str, Any], **more: Any) -> dict[str, Any]:
        return self.op("update", kind, id_, set_, base, **more)

    def delete(self, kind: str, id_: str, base: dict[str, Any], **more: Any) -> dict[str, Any]:
        return self.op("delete", kind, id_, None, base, **more)
