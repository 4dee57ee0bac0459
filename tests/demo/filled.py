"""The demo filled once, with its rows at hand."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime

from sqlalchemy import select, text

from app.db import Database
from app.demo.diary import CATALOGUE
from app.figures import month_table
from app.records import KINDS
from tests.world import settings

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TODAY = date(2026, 11, 25)
TOLD_UNTIL = date(2026, 11, 20)
PEOPLE = {key: f"00000000-0000-7000-8000-00000000000{number}" for number, key in enumerate(("A1", "A2", "K1"))}


class Demo:
    """A filled database."""

    def __init__(self, folder):
        self.db = Database(settings(folder))
        self.project_id = self.rows("project")[0].id

    def rows(self, kind):
        table = KINDS[kind].__table__
        with self.db.read() as tx:
            return tx.execute(select(table).where(table.c.deleted.is_(False)).order_by(table.c.id)).all()

    def by_id(self, kind):
        return {row.id: row for row in self.rows(kind)}

    def practices(self):
        return {row.number: row for row in self.rows("practice")}

    def table(self, month):
        with self.db.read() as tx:
            found = month_table(tx, self.project_id, month, NOW)
        return {row.now.key: row for row in found.rows}

    def by_month(self, query):
        """Plain SQL with two columns, month and number."""
        with self.db.read() as tx:
            return dict(tuple(row) for row in tx.execute(text(query)))

    def people(self):
        return {row.initials: row.id for row in self.rows("user")}


def volumes():
    with (CATALOGUE / "demo" / "volumes.csv").open(encoding="utf-8-sig") as file:
        return [row for row in csv.DictReader(file, delimiter=";") if row["besoeg_gennemfoert"]]


def told(column):
    """Month → number, where there is any."""
    return {row["maaned"]: int(row[column]) for row in volumes() if int(row[column])}
