"""Follow-up falls due and counts as the shared vectors say (indicators.md 3.6)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.rules.outcomes import MONTHS, call_due, counted, due, ends_on, in_window

VECTORS = json.loads((Path(__file__).resolve().parents[2] / "app/catalogue/outcome_vectors.json").read_text("utf-8"))
day = date.fromisoformat


def outcomes(vector: dict) -> list[dict[str, str]]:
    return [dict(zip(("point", "outcome", "answered_on"), one, strict=True)) for one in vector["outcomes"]]


@pytest.mark.parametrize("vector", VECTORS["due"], ids=lambda v: f"{v['index_on']} {v['point']}")
def test_a_point_falls_due_on_the_same_day_or_the_last_of_the_month(vector):
    found = due(day(vector["index_on"]), vector["point"])
    assert [str(found.due_on), str(found.first), str(found.last)] == [vector["due_on"], vector["first"], vector["last"]]


@pytest.mark.parametrize("vector", VECTORS["calls"], ids=lambda v: v["why"])
def test_a_call_is_due_while_the_window_is_open_and_unanswered(vector):
    found = call_due(outcomes(vector), day(vector["index_on"]), day(vector["on"]))
    assert (found and found.point) == vector["point"]


@pytest.mark.parametrize("vector", VECTORS["counted"], ids=lambda v: v["why"])
def test_one_outcome_counts_at_a_point(vector):
    known = outcomes(vector)
    which = vector["which"]
    assert counted(known, day(vector["index_on"]), vector["point"]) == (None if which is None else known[which])


def test_windows_never_meet_and_the_number_is_thrown_away_as_the_last_one_ends():
    for offset in range(800):
        index = date(2026, 1, 1) + timedelta(days=offset)
        windows = [due(index, point) for point in MONTHS]
        assert all(a.last < b.first for a, b in zip(windows, windows[1:], strict=False))
        assert in_window(index, windows[-1].last) == windows[-1]
        assert (windows[-1].last - ends_on(index)).days <= 2  # 31 January: thirteen months are 28 February, and the number goes first
