"""One figure: its numerator and denominator in one district, and how it is written in Danish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.figures.indicators import BY_ID, Indicator

ALL = "ALLE"  # the whole project
SMALL_BASIS = 20  # R8: fewer in the denominator gets a note


@dataclass(frozen=True)
class Figure:
    """`n` counts, `of` is what it is measured against; for a median `n` is the median and `of` the basis."""

    indicator: str
    district: str  # a code of the list district, ALL, or empty = no district is known
    n: float | None
    of: int | None = None
    note: str = ""
    n_mark: str = ""  # stands instead of the number in what leaves the house (figures/hide.py); empty = it is shown
    of_mark: str = ""

    @property
    def definition(self) -> Indicator:
        return BY_ID[self.indicator]

    @property
    def key(self) -> tuple[str, str]:
        return self.indicator, self.district

    @property
    def value(self) -> float | None:
        """What the figure says: a count, a percentage with one decimal (R8), or visits a practice. None = no basis."""
        if self.n is None or (self.of == 0 and (self.definition.share or self.definition.ratio)):
            return None
        if self.definition.share:
            return rounded(100 * self.n / self.of) if self.of else None
        return rounded(self.n / self.of) if self.definition.ratio and self.of else self.n

    @property
    def is_hidden(self) -> bool:
        return bool(self.n_mark or self.of_mark)

    @property
    def basis(self) -> str:
        """n/N as it stands beside a percentage, or the value alone: what a correction compares."""
        if self.indicator == "P6" or self.of is None:
            return danish(self.n)
        return f"{danish(self.n)}/{self.of}"

    @property
    def shown(self) -> str:
        """The value with a Danish comma; "–" where there is nothing to divide by."""
        return danish(self.value, 1 if self.definition.share else self.definition.decimals)

    @property
    def remarks(self) -> str:
        """The note that R8 asks for, and the figure's own."""
        small = "lille grundlag" if self.definition.share and 0 < (self.of or 0) < SMALL_BASIS else ""
        return ", ".join(filter(None, (self.note, small)))

    def stored(self) -> dict[str, Any]:
        marks = {name: mark for name, mark in (("n_mark", self.n_mark), ("of_mark", self.of_mark)) if mark}
        return {"indicator": self.indicator, "district": self.district, "n": self.n, "of": self.of, "note": self.note, **marks}

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Figure:
        return cls(stored["indicator"], stored["district"], stored["n"], stored["of"], stored.get("note", ""),
                   stored.get("n_mark", ""), stored.get("of_mark", ""))


def rounded(value: float, decimals: int = 1) -> float:
    """Half away from zero, as people round; floats alone would round 0,25 down."""
    factor = 10**decimals
    whole = int(abs(value) * factor + 0.5 + 1e-9)
    return (whole if value >= 0 else -whole) / factor


def danish(value: float | None, decimals: int = 0) -> str:
    """Decimal comma, no thousands separator. A whole number is written with decimals only where they are asked for."""
    if value is None:
        return "–"
    if decimals == 0 and value == int(value):
        return str(int(value))
    return f"{value:.{max(decimals, 1)}f}".replace(".", ",")
