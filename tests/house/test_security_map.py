"""docs/security.md says what is true: its tests and files exist, its figures are the code's, and no requirement is missing or counted twice."""

from __future__ import annotations

import importlib
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import app.house  # noqa: F401  the rooms are opened in the order of the house

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/security.md").read_text("utf-8")
STATES = ("held", "partly", "open", "not applicable")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if re.match(r"\| \d", line)]
NAMED = sorted(set(re.findall(r"`((?:app|tests|static|templates|service_worker|\.ci)/[\w./]+)(?:::(\w+))?`", PAGE)))
FIGURES = re.findall(r"^\| `(app[\w.]+)\.([A-Z_]+)` \| ([^|]+) \|", PAGE, re.M)
TEST = re.compile(r"`tests/[\w/]+\.py::test_\w+`")


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_what_the_page_names_exists(file, test):
    assert (ROOT / file).exists()
    assert not test or f"def {test}(" in (ROOT / file).read_text("utf-8")


@pytest.mark.parametrize(("module", "name", "value"), FIGURES)
def test_the_figures_are_those_of_the_code(module, name, value):
    assert str(getattr(importlib.import_module(module), name)) == value


def test_every_row_says_what_it_asks_its_state_and_where():
    for row in ROWS:
        assert len(row) == 4 and all(row), row
        assert re.fullmatch(r"([1-9]|1[0-7])(\.[1-9]\d?){2}", row[0]) and row[2] in STATES, row
        assert row[2] != "held" or TEST.search(row[3]), f"{row[0]} is held by no test"


def test_every_requirement_stands_once_and_no_section_has_a_hole():
    """In the standard levels 1 and 2 are the first of each section."""
    sections = defaultdict(list)
    for chapter, section, number in (map(int, row[0].split(".")) for row in ROWS):
        sections[chapter, section].append(number)
    assert {section: sorted(numbers) for section, numbers in sections.items()} == {
        section: list(range(1, len(numbers) + 1)) for section, numbers in sections.items()}
    assert {chapter for chapter, _ in sections} == set(range(1, 18))


def test_the_page_counts_right():
    states = Counter(row[2] for row in ROWS)
    assert f"| V1–V17 | {len(ROWS)} | {' | '.join(str(states[state]) for state in STATES)} |" in PAGE


def test_the_page_has_figures_and_names():
    assert len(FIGURES) > 15 and len(NAMED) > 100
