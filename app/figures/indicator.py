"""What an indicator is: what is counted, over what, in which unit, and the sentence that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Indicator:
    """One row of the catalogue in indicators.md ch. 3."""

    id: str
    name: str
    numerator: str
    denominator: str  # empty = a count without one
    unit: str
    definition: str
    additive: bool = False  # months and districts may be added up, and a correction is a delta
    by_district: bool = True
    share: bool = False  # shown as a percentage of the denominator
    decimals: int = 0
    follows_records: bool = True  # False: settled for good when the month closes
    external: bool = True  # may stand in what leaves the house
    people: bool = False  # counts people or talks with them: small numbers are hidden in what leaves the house (ch. 5)
    period: str = "måned"
    of_people: bool = True  # False: the denominator counts no people
    ratio: bool = False  # shown as numerator over denominator
    median: bool = False  # the numerator is a median, the denominator its basis
    cut: str = ""  # what it is divided by besides the district
    in_use: bool = True  # False: defined, but not counted yet

    @property
    def chapter(self) -> str:
        return CHAPTERS[self.id[0]]

    @property
    def cuts(self) -> str:
        """What the figure is divided by, in words; empty = only the whole project."""
        return ", ".join(filter(None, ("bydel" if self.by_district else "", self.cut)))


CHAPTERS = {"P": "Praksisser og besøg", "S": "Samtaler og borgere", "K": "Kursusforløb", "M": "Kampagnemateriale", "G": "Stuegang",
            "U": "Udfald", "T": "Uddannelse", "O": "Økonomi og tid", "D": "Datakvalitet"}

HALF: dict[str, Any] = {"period": "halvår"}  # counted over six months, and stands in the last of them
