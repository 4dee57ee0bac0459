"""Older phones' words in today's: pure functions from each released version of a kind to the next (sync.md ch. 3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Data = dict[str, Any]

OLDEST: dict[str, int] = {}  # kind → oldest version that is still taken; 1 where not named
STEPS: dict[tuple[str, int], Callable[[Data], Data]] = {}  # (kind, v) → what turns v into v + 1; version 1 is the first


def upgraded(kind: str, v: int, data: Data) -> Data:
    """`set` or `base` of an op as the newest version writes it."""
    while (kind, v) in STEPS:
        data, v = STEPS[kind, v](data), v + 1
    return data
