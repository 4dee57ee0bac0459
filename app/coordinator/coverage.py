"""/kontor/praksisser/daekning: which practices had a visit in a month, on a schematic map and as a table (indicators.md P0, P1, P4)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request
from flask_login import current_user

from app import clock
from app.answers import database
from app.coordinator import desk, words
from app.coordinator.room import room
from app.figures import ALL, Figure
from app.figures.agreements import agreed_between
from app.figures.ground import Ground, lay_out_visits
from app.figures.recount import by_key, figures
from app.guards import admit
from app.rules.alphabet import sort_key
from app.rules.calendar import first_of, last_of, month_of, months

SHOWN = ("P0", "P1", "P4")
DOT, ROW = 22, 4  # pixels from dot to dot, dots in a row
# Where the three lie to each other, not to scale: the polygon, and the upper left corner of its words and dots.
SHAPES = {"VESTERBRO": ("250,20 470,20 470,150 330,190 250,150", (268, 48)), "VALBY": ("20,70 240,50 240,160 220,300 20,300", (38, 100)),
          "KGS_ENGHAVE": ("250,165 330,205 470,165 430,330 235,330", (262, 224))}


@dataclass(frozen=True)
class Place:
    """A practice with an agreement in the month, and whether somebody came."""

    id: str
    name: str
    seen: bool


@dataclass(frozen=True)
class District:
    """One district with its figures of the month."""

    code: str
    name: str
    agreed: Figure | None  # P0
    covered: Figure | None  # P1
    overdue: Figure | None  # P4
    places: list[Place]

    @property
    def missing(self) -> list[Place]:
        return [place for place in self.places if not place.seen]

    @property
    def told(self) -> str:
        return f"{self.name}: {sum(place.seen for place in self.places)} af {len(self.places)} praksisser besøgt"

    @property
    def dots(self) -> list[tuple[int, int, bool]]:
        """(x, y, seen) of each practice on the map, those that were visited first."""
        left, top = SHAPES[self.code][1]
        seen = sorted((place.seen for place in self.places), reverse=True)
        return [(left + 8 + DOT * (at % ROW), top + 44 + DOT * (at // ROW), one) for at, one in enumerate(seen)]


@room.get("/praksisser/daekning")
@admit("COORDINATOR")
def coverage() -> Any:
    today = clock.today()
    with database().read() as tx:
        project = desk.project(tx)
        known = months(month_of(project["period_from"]), month_of(min(today, project["period_to"])))
        asked = request.args.get("maaned", "")
        month = asked if asked in known else known[-1]
        ground, names = lay_out_visits(tx, current_user.project_id), desk.practices(tx)
        done = by_key(figures(ground, month, today, SHOWN))
    places = _places(ground, names, first_of(month), min(last_of(month), today))
    districts = [District(code, words.label("district", code, last_of(month)), done.get(("P0", code)), done.get(("P1", code)), done.get(("P4", code)),
                          places[code]) for code in SHAPES]
    return render_template("coordinator/coverage.html", districts=districts, shapes=SHAPES, month=month, months=known[::-1],
                           running=month == month_of(today), whole=[done[one, ALL] for one in SHOWN])


def _places(ground: Ground, names: dict[str, str], first: date, last: date) -> dict[str, list[Place]]:
    """District → its practices that were active in those days (R7), in Danish order."""
    found: dict[str, list[Place]] = defaultdict(list)
    for clinic in ground.clinics.values():
        if agreed_between(clinic.agreed, first, last):
            seen = any(first <= day <= last for day in ground.visited.get(clinic.id, ()))
            found[clinic.district].append(Place(clinic.id, names.get(clinic.id, "ukendt"), seen))
    return defaultdict(list, {code: sorted(all_, key=lambda place: sort_key(place.name)) for code, all_ in found.items()})
