"""One point of Mandagslisten: what there is to do, each line with the way there, or that there is nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A sentence; `href` leads to where it is settled, `late` is said in red and in words."""

    words: str
    href: str = ""
    late: bool = False


@dataclass(frozen=True)
class Point:
    """`place` names the page that `href` opens; `fine` stands there when there are no lines; `count` is how much waits."""

    title: str
    place: str
    href: str
    lines: list[Line]
    fine: str
    count: int
