"""What moved since the month before, in words: only of numbers that both months' files show."""

from __future__ import annotations

from app.export.sheets import value
from app.figures.figure import ALL, Figure, danish, rounded

LATE = "Pga. efterregistreringer kan især den seneste måned stige ved næste opdatering."


def change_words(now: list[Figure], before: list[Figure], name_before: str) -> list[str]:
    """One sentence for each figure of the whole project that stands in both months and differs."""
    known = {one.indicator: one for one in before if one.district == ALL}
    found = [_said(one, known[one.indicator], name_before) for one in now if one.district == ALL and one.indicator in known]
    return [*filter(None, found), LATE]


def _said(now: Figure, before: Figure, name: str) -> str:
    if now.is_hidden or before.is_hidden or now.value is None or before.value is None or now.value == before.value:
        return ""
    step = rounded(now.value - before.value)
    unit = "procentpoint" if now.definition.share else now.definition.unit
    return (f"{now.indicator} {now.definition.name}: {value(now)}{' %' if now.definition.share else ''} mod {value(before)}"
            f"{' %' if now.definition.share else ''} i {name} ({'+' if step > 0 else '-'}{danish(abs(step))} {unit}).")
