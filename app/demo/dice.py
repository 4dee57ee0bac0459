"""Chance with a fixed seed: the same seed and the same day give the same demo, ids too."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from typing import TypeVar
from uuid import UUID

SEED = "raadgiver-paa-hjul 2026"
Thing = TypeVar("Thing")


class Dice:
    """One run of chance. Each part of the demo throws its own, so that one part cannot disturb another."""

    def __init__(self, name: str) -> None:
        self.random = Random(f"{SEED}/{name}")

    def id(self, at: datetime) -> str:
        """A UUID version 7 for something that began at `at`."""
        value = int(at.timestamp() * 1000) << 80 | self.random.getrandbits(80)
        value = value & ~(0xF << 76) | 0x7 << 76
        return str(UUID(int=value & ~(0x3 << 62) | 0x2 << 62))

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def between(self, least: int, most: int) -> int:
        return self.random.randint(least, most)

    def pick(self, weights: Mapping[Thing, float]) -> Thing:
        return self.random.choices(list(weights), list(weights.values()))[0]

    def one_of(self, things: Sequence[Thing]) -> Thing:
        return self.random.choice(things)

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        return self.random.sample(things, len(things))

    def lognormal(self, middle: float, spread: float, least: int, most: int) -> int:
        """A whole number around `middle`, skewed to the right as durations are."""
        return min(most, max(least, round(self.random.lognormvariate(math.log(middle), spread))))


def shared_out(total: int, weights: Sequence[float], least: int = 0) -> list[int]:
    """`total` in whole parts by weight (largest remainder), none below `least` as long as the total allows it."""
    if not weights:
        return []
    least = min(least, total // len(weights))
    rest = total - least * len(weights)
    exact = [rest * weight / (sum(weights) or 1) for weight in weights]
    parts = [int(part) for part in exact]
    for at in sorted(range(len(weights)), key=lambda i: (parts[i] - exact[i], i))[: rest - sum(parts)]:
        parts[at] += 1
    return [least + part for part in parts]
