"""A picture of numbers: bars lying down, with their values written out, so that no colour has to be read."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app.figures.figure import danish

WIDE, STEP, NAMES, END = 520, 22, 130, 60
BAR = "#1c4f6b"


def bars(values: Sequence[tuple[str, float]]) -> str:
    """SVG. `values`: name and value, in the order they are shown; none below zero."""
    most = max((value for _, value in values), default=0) or 1
    lines = []
    for number, (name, value) in enumerate(values):
        top, long = number * STEP, round((WIDE - NAMES - END) * value / most, 1)
        lines.append(f'<text x="{NAMES - 8}" y="{top + 15}" text-anchor="end">{escape(name)}</text>'
                     f'<rect x="{NAMES}" y="{top + 3}" width="{long}" height="16" fill="{BAR}"/>'
                     f'<text x="{NAMES + long + 6}" y="{top + 15}">{danish(value)}</text>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {max(1, len(values)) * STEP}" '
            f'font-family="IBM Plex Sans" font-size="12" fill="#1a1a1a">{"".join(lines)}</svg>')


def told(values: Sequence[tuple[str, float]]) -> str:
    """The same in words, for those who do not see it."""
    return "; ".join(f"{name} {danish(value)}" for name, value in values)
