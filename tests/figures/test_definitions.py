"""Every indicator of the catalogue is defined once, and what is not counted yet says so."""

import re

import pytest

from app.figures import INDICATORS, definitions
from app.figures.counters import COUNTERS
from app.figures.indicators import CHAPTERS

CATALOGUE = {  # indicators.md ch. 3, typed off by hand
    "P": [*range(8)], "S": [*range(1, 12)], "K": [*range(1, 9)], "M": [*range(1, 5)], "G": [*range(1, 8)],
    "U": [0, 1, "1b", 2, 3, 4, 5, 6], "T": [1, 2, 3], "O": [*range(1, 7)], "D": [*range(1, 7)],
}


def test_every_indicator_of_the_catalogue_stands_once_and_in_its_order():
    assert [one.id for one in definitions()] == [f"{letter}{number}" for letter, numbers in CATALOGUE.items() for number in numbers]
    assert list(CATALOGUE) == list(CHAPTERS)


def test_those_in_use_are_those_that_are_counted():
    counted = {one.id.partition("-")[0] for one in INDICATORS}  # U1 is counted at three points, as U1-3, U1-6 and U1-12
    assert {one.id for one in definitions() if one.in_use} == counted and not counted & {one.id for one in definitions() if not one.in_use}
    assert {one.id for one in INDICATORS} == set(COUNTERS)


@pytest.mark.parametrize("one", definitions(), ids=lambda one: one.id)
def test_each_definition_is_whole(one):
    assert all((one.name, one.numerator, one.unit, one.definition, one.period, one.chapter))
    assert not one.share or one.denominator
    assert re.search(r"[.%]$", one.definition)


def test_what_may_not_leave_the_house_is_named():
    inside = ["S4", "K4", "K5", "G4", "U0", "U1", "U1b", "U2", "U3", "U4", "U5", "U6", "O1", "O2", "O4", "O5", "D5", "D6"]
    assert [one.id for one in definitions() if not one.external] == inside
