"""What lies where: each print run with its pieces in the depot and in every adviser's bag (domain.md 2.10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_login import current_user
from sqlalchemy import Connection, select

from app.coordinator import desk
from app.coordinator.desk import TABLES
from app.coordinator.words import label
from app.figures import stocked
from app.rules.alphabet import sort_key

BATCHES, MATERIALS = TABLES["material_batch"], TABLES["material"]


@dataclass(frozen=True)
class Level:
    """One print run. `bags`: (adviser's name, pieces), none for an empty bag; below zero means that it does not add up."""

    batch_id: str
    material: str
    language: str
    batch: str
    least: int
    retired: Any
    depot: int
    bags: list[tuple[str, int]]

    @property
    def name(self) -> str:
        return f"{self.material}, {self.language.lower()}, {self.batch}"

    @property
    def total(self) -> int:
        return self.depot + sum(count for _, count in self.bags)

    @property
    def wrong_bags(self) -> list[tuple[str, int]]:
        return [bag for bag in self.bags if bag[1] < 0]

    @property
    def adds_up(self) -> bool:
        return self.depot >= 0 and not self.wrong_bags


def levels(tx: Connection) -> list[Level]:
    """Every print run of the project in Danish order; four statements whatever their number."""
    rows = tx.execute(select(BATCHES.c.id, BATCHES.c.language, BATCHES.c.name, BATCHES.c.retired_on, MATERIALS.c.title, MATERIALS.c.min_stock)
                      .join_from(BATCHES, MATERIALS, MATERIALS.c.id == BATCHES.c.material_id)
                      .where(BATCHES.c.project_id == current_user.project_id, BATCHES.c.deleted.is_(False), MATERIALS.c.deleted.is_(False))).all()
    places, people = stocked(tx, current_user.project_id).places, desk.people(tx)
    bags: dict[str, list[tuple[str, int]]] = {}
    for (batch_id, place, owner), count in places.items():
        if place == "BAG" and count:
            bags.setdefault(batch_id, []).append((people.get(owner, "ukendt"), count))
    found = [Level(row.id, row.title, label("language", row.language), row.name, row.min_stock or 0, row.retired_on,
                   places.get((row.id, "DEPOT", ""), 0), sorted(bags.get(row.id, []))) for row in rows]
    return sorted(found, key=lambda level: (sort_key(level.material), sort_key(level.language), level.batch))
