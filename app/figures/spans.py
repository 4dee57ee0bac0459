"""What somebody who knows some numbers, and how they add up, can work out about the rest: a smallest and a largest value each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

Name = tuple[str, str, str]
Span = tuple[float, float]
Equation = Mapping[Name, int]  # factors 1 and -1; the sum is zero


def narrowed(spans: Mapping[Name, Span], equations: Iterable[Equation]) -> dict[Name, Span]:
    """The spans after every equation, and every pair that shares a number, has been gone round until nothing moves.

    Not the last word a linear programme could say; tests/figures/attacker.py has that, and must find nothing more.
    """
    found, everything, moved = dict(spans), _with_pairs(equations), True
    while moved:
        moved = False
        for equation in everything:
            for name in equation:
                span = _span(name, equation, found)
                if span != found[name]:
                    found[name], moved = span, True
    return found


def _span(name: Name, equation: Equation, spans: Mapping[Name, Span]) -> Span:
    """`name` alone on one side: everything else, with its factor, on the other."""
    others = [(-factor * equation[name], spans[other]) for other, factor in equation.items() if other != name]
    low = sum(span[0] if factor > 0 else -span[1] for factor, span in others)
    high = sum(span[1] if factor > 0 else -span[0] for factor, span in others)
    return max(spans[name][0], low), min(spans[name][1], high)


def _with_pairs(equations: Iterable[Equation]) -> list[dict[Name, int]]:
    found = [dict(equation) for equation in equations]
    for one, other in combinations(list(found), 2):
        for shared in one.keys() & other.keys():
            sign = -one[shared] * other[shared]
            pair = {name: one.get(name, 0) + sign * other.get(name, 0) for name in {**one, **other}}
            pair = {name: factor for name, factor in pair.items() if factor}
            if pair and all(abs(factor) == 1 for factor in pair.values()) and pair not in found:
                found.append(pair)
    return found
