"""Makes rows about people coarser until nobody stands in a group of fewer than five (domain.md 4.4; indicators.md ch. 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.figures.hide import COVERED, LIMIT
from app.rules.calendar import half_of_year

WIDER = {"A18_24": "18-29", "A25_29": "18-29", "A30_39": "30-49", "A40_49": "30-49", "A50_59": "50+", "A60": "50+"}


@dataclass(frozen=True, order=True)
class Traits:
    """What others may know of a citizen beforehand: when they began, where, how old, on which benefit. Empty = not noted."""

    begun: str
    district: str
    age: str
    benefit: str


# In this order: what an evaluation misses least goes first.
STEPS: tuple[Callable[[Traits], Traits], ...] = (
    lambda one: replace(one, begun=half_of_year(one.begun)),
    lambda one: replace(one, age=WIDER.get(one.age, one.age)),
    lambda one: replace(one, district=COVERED),
    lambda one: replace(one, benefit=COVERED),
    lambda one: replace(one, age=COVERED),
    lambda one: replace(one, begun=COVERED),
)


def coarsened(rows: Sequence[Traits], limit: int = LIMIT) -> list[Traits]:
    """The same rows in the same order; each combination that is left is that of at least `limit`. Raises ValueError for fewer rows than that."""
    if len(rows) < limit:
        raise ValueError(len(rows))
    found = list(rows)
    for step in STEPS:
        many = Counter(found)
        found = [step(one) if many[one] < limit else one for one in found]
    return _filled(found, limit)


def _filled(found: list[Traits], limit: int) -> list[Traits]:
    """Those whose every trait is hidden, if they are too few, are joined by the smallest groups that are left."""
    nothing = Traits(COVERED, COVERED, COVERED, COVERED)
    while 0 < (many := Counter(found))[nothing] < limit:
        smallest = min((one for one in many if one != nothing), key=lambda one: (many[one], one))
        found = [nothing if one == smallest else one for one in found]
    return found
