"""What was printed: the materials of sample_data.json, and a print run for those it gives none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.demo.diary import CATALOGUE, Diary, at
from app.demo.dice import Dice

JANUARY = date(2025, 1, 15)
# Print runs that sample_data.json does not tell: material → (name, copies of the Danish one, of another language, price in øre).
ALSO_PRINTED = {"M1": ("2025-B", 0, 500, 260), "M2": ("2025-A", 150, 0, 1450), "M3": ("2025-A", 600, 0, 780),
                "M4": ("2025-A", 3000, 0, 45), "M5": ("2025-A", 2500, 500, 95), "M6": ("2025-E", 1500, 400, 310),
                "M7": ("2025-A", 120, 30, 2600), "M8": ("2025-A", 60, 0, 5900)}


@dataclass(frozen=True)
class Batch:
    """A print run."""

    id: str
    material: str
    language: str
    name: str
    printed: date
    copies: int
    cost: int
    retired: date | None = None
    why: str | None = None

    def may_go_out(self, day: date) -> bool:
        return self.printed + timedelta(days=2) <= day and (self.retired is None or day < self.retired)


def print_all(diary: Diary, dice: Dice) -> list[Batch]:
    """Writes every material and print run into the diary; the print runs, in the order of the list."""
    told, found = json.loads((CATALOGUE / "demo" / "sample_data.json").read_text("utf-8")), []
    begun = diary.begun
    for material in told["materials"]:
        id_, key = dice.id(begun), material["id"]
        diary.write(begun, "K1", "material", id_, {
            "type": material["type"], "title": material["title"], "languages": material["langs"], "unit": material["unit"],
            "pack": material["pack"], "min_stock": material["min_stock"], "quick": material["quick"]})
        runs = [_told(run, dice) for run in told["batches"] if run["material"] == key] + _untold(key, material["langs"], dice)
        for run in sorted(runs, key=lambda one: (one.printed, one.language)):
            _print(diary, id_, run)
            found.append(run)
    return found


def _told(run: dict[str, Any], dice: Dice) -> Batch:
    retired = run.get("retired")
    printed = date.fromisoformat(run["printed"])
    return Batch(dice.id(at(printed, 9)), run["material"], run["lang"], run["batch"], printed, run["qty"],
                 round(run["unit_cost_dkk"] * 100), date.fromisoformat(retired) if retired else None, run.get("why"))


def _untold(key: str, languages: list[str], dice: Dice) -> list[Batch]:
    name, danish, other, cost = ALSO_PRINTED[key]
    copies = {language: danish if language == "da" else other for language in languages}
    return [Batch(dice.id(at(JANUARY, 9)), key, language, name, JANUARY, number, cost)
            for language, number in copies.items() if number]


def _print(diary: Diary, material_id: str, run: Batch) -> None:
    diary.write(at(run.printed, 9), "K1", "material_batch", run.id, {
        "material_id": material_id, "language": run.language, "name": run.name, "printed_on": run.printed, "quantity": run.copies,
        "unit_cost_ore": run.cost, "valid_from": run.printed})
    if run.retired:
        diary.correct(at(run.retired, 9), "K1", "material_batch", run.id,
                      {"retired_on": run.retired.isoformat(), "retired_reason": run.why}, {"retired_on": None, "retired_reason": None})
