"""Mandagslisten, the material: below its minimum, a stock that does not add up, print runs that should not be handed out any more."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import Connection

from app.coordinator.danish import number_words
from app.coordinator.point import Line, Point
from app.coordinator.stock_levels import Level, levels


def short(tx: Connection) -> Point:
    found, place = levels(tx), url_for("coordinator.stock")
    lines = [Line(f"{level.name}: {number_words(level.depot)} på lageret. Det går ikke op, tæl lageret.", _count(level), True)
             for level in found if level.depot < 0]
    lines += [Line(f"{level.name}: {number_words(count)} i tasken hos {who}. Det går ikke op, bed om at få tasken talt.", place, True)
              for level in found for who, count in level.wrong_bags]
    lines += [Line(f"{title}: {number_words(total)} tilbage, mindst {number_words(least)}. Bestil mere.", place, True)
              for title, (total, least) in materials(found).items() if total < least]
    lines += [Line(f"{level.name} er trukket tilbage, men {number_words(count)} ligger i tasken hos {who}.", place)
              for level in found if level.retired for who, count in level.bags if count > 0]
    return Point("Lager", "Materiale", place, lines, "Intet er under sit mindste lager, og lageret går op.", len(lines))


def materials(found: list[Level]) -> dict[str, tuple[int, int]]:
    """Material → (pieces that may still be handed out, its minimum), for those that have a minimum."""
    sums: dict[str, tuple[int, int]] = {}
    for level in found:
        if level.least:
            sums[level.material] = (sums.get(level.material, (0, 0))[0] + (0 if level.retired else level.total), level.least)
    return sums


def _count(level: Level) -> str:
    return url_for("coordinator.stock_count", batch_id=level.batch_id)
