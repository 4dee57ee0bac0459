"""Somebody who has every file of every version, and a linear programme, tries to work out what is below the threshold.

Written apart from app/: reads the files as they left the house, and knows of the indicators only what the definitions say.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

MOST = 10_000  # more than any number here
COUNTS, BASES = ("S1", "S2", "S3", "K1", "K2", "K7"), ("K6",)  # only the numerator, only the denominator, counts people
SHARES = ("S5", "S7", "S8", "S9", "S10", "S11", "K3", "K4", "K5")
PEOPLE = (*COUNTS, *SHARES, *BASES)
EQUAL = [(("K5", "of"), ("K4", "of"))]
# What is left of the first when the others are taken out: anonymous talks; neither through nor stopped.
LEFT_OVER = [(("S1", "n"), [("S7", "of")]), (("K4", "of"), [("K4", "n"), ("K5", "n")])]
# What of a half-year's new citizens, or what besides them, its last month's figure counts.
OF_THE_NEW, MORE_THAN_THE_NEW = [("S5", "of"), ("S11", "of")], [("S3", "n")]


@dataclass
class System:
    """What is known: the span of every number, and the sums they stand in. A name: month, indicator, district, what, booking."""

    spans: dict[tuple, tuple[int, int]] = field(default_factory=dict)
    sums: list[dict[tuple, int]] = field(default_factory=list)
    newest: dict[tuple[str, str, str], int] = field(default_factory=dict)  # (month, indicator, what) → the booking that moved it last

    def know(self, name: tuple, low: int, high: int = MOST) -> None:
        known = self.spans.get(name, (0, MOST))
        self.spans[name] = max(known[0], low), min(known[1], high)
        assert self.spans[name][0] <= self.spans[name][1], f"{name} står forskelligt i to filer"

    def whole(self, month: str, indicator: str, what: str) -> tuple:
        return month, indicator, "ALLE", what, self.newest.get((month, indicator, what), 0)

    def add_up(self, month: str, step: int) -> None:
        """The sums over the whole project after one booking."""
        for one, other in EQUAL:
            if {self.whole(month, *one), self.whole(month, *other)} <= self.spans.keys():
                self.sums.append({self.whole(month, *one): 1, self.whole(month, *other): -1})
        for share in SHARES:
            if self.whole(month, share, "of") in self.spans:
                self.newest[month, share, "rest"] = step
                self._leaves(self.whole(month, share, "of"), [self.whole(month, share, "n")], self.whole(month, share, "rest"))
        for all_, parts in LEFT_OVER:
            names = [name for one in parts if (name := self.whole(month, *one)) in self.spans]
            if names and self.whole(month, *all_) in self.spans:
                self._leaves(self.whole(month, *all_), names, (month, f"{all_[0]}-{'-'.join(one[1] for one in names)}", "ALLE", "rest", step))

    def _leaves(self, whole: tuple, parts: list[tuple], rest: tuple) -> None:
        self.know(rest, 0)
        self.sums.append({whole: -1, **dict.fromkeys(parts, 1), rest: 1})

    def across(self, step: int) -> None:
        """The half-years' figures beside the months' new citizens, as both stand after a file."""
        months = {name[0] for name in self.spans if name[0] != "told"}
        for half in sorted(month for month in months if month[5:] in ("06", "12")):
            new = [self.whole(month, "S2", "n") for number in range(6) if (month := f"{half[:5]}{int(half[5:]) - number:02d}") >= min(months)]
            for indicator, what in OF_THE_NEW + MORE_THAN_THE_NEW:
                part = self.whole(half, indicator, what)
                if part in self.spans and set(new) <= self.spans.keys():
                    rest, sign = (half, f"{indicator}-S2", "ALLE", "rest", step), 1 if (indicator, what) in OF_THE_NEW else -1
                    self.know(rest, 0)
                    self.sums.append({**dict.fromkeys(new, -1), part: 1, rest: sign})


def worked_out(zips: list[bytes]) -> list[str]:
    """Every number that is below five for sure, and of which fewer values are left than the four of "<5".

    `zips` in the order they left the house.
    """
    system = _read(zips)
    return sorted(f"{name[0]} {' '.join(map(str, name[1:]))}: {low}–{high}" for name, low, high in _solved(system)
                  if high < 5 and high - low < 3 and not _may_be_known(system, name, high))


def _may_be_known(system: System, name: tuple, high: int) -> bool:
    """A nought in a cell of its own may be shown; nobody of nobody says nothing."""
    month, indicator, _, what, step = name
    if high:
        return False
    if indicator in COUNTS or what == "of" or indicator.endswith("S7") or indicator.endswith("S2") or "K4-" in indicator:
        return True
    wholes = [span for one, span in system.spans.items() if one[:2] == (month, indicator) and one[3] == "of" and one[4] <= step]
    return indicator in SHARES and bool(wholes) and wholes[-1] == (0, 0)


def _read(zips: list[bytes]) -> System:
    system = System()
    for step, content in enumerate(zips, 1):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        _read_month(system, json.loads(files["manifest.json"])["month"], files)
        _read_later(system, files, step)
        system.across(step)
    return system


def _read_month(system: System, month: str, files: dict[str, bytes]) -> None:
    districts: dict[str, list[tuple]] = {}
    rows = _table(files["01_maanedstal.csv"])
    small = {row["indikator"] for row in rows if (row["bydel"], row["taeller"]) == ("ALLE", "<5")}  # "skjult" says nothing of their parts
    for row in rows:
        indicator, district = row["indikator"], row["bydel"]
        if indicator not in PEOPLE:
            continue
        if indicator in COUNTS + SHARES:
            divided = indicator in COUNTS and (district == "ALLE" or indicator not in small)
            _cell(system, (month, indicator, district, "n", 0), row["taeller"], 5 if divided else 0)
        if indicator in SHARES + BASES:
            _cell(system, (month, indicator, district, "of", 0), row["naevner"], 0)
            assert row["vaerdi"] == "skjult" or not {"<5", "skjult"} & {row["taeller"], row["naevner"]}
        elif district != "ALLE":
            districts.setdefault(indicator, []).append((month, indicator, district, "n", 0))
    for row in _table(files["03_samtaler_sum.csv"]) if "03_samtaler_sum.csv" in files else ():
        _cell(system, (month, "S1", row["bydel"], "n", 0), row["samtaler"], 0)
    for indicator, names in districts.items():
        system.sums.append({(month, indicator, "ALLE", "n", 0): -1, **dict.fromkeys(names, 1)})
    system.add_up(month, 0)


def _read_later(system: System, files: dict[str, bytes], step: int) -> None:
    """What this file tells of earlier months. Who is not named has not moved."""
    moved = [row for row in _table(files["08_rettelser.csv"]) if row["indikator"] in PEOPLE]
    now = {(row["aktivitetsmaaned"], row["indikator"]): row for row in _table(files["09_tidligere_maaneder.csv"]) if row["indikator"] in PEOPLE}
    for row in moved:
        assert row["bydel"] == "ALLE", "en rettelse om borgere står for en bydel"
        month, indicator = row["aktivitetsmaaned"], row["indikator"]
        for what, cell in _numbers(indicator, now[month, indicator]["nu"]):
            system.newest[month, indicator, what] = step
            _cell(system, system.whole(month, indicator, what), cell, 0)
        if row["delta"][0] in "+-":  # now - what was told last = the delta
            told = "told", month, indicator, "by", step
            system.spans[told] = int(row["delta"]), int(row["delta"])
            system.sums.append({system.whole(month, indicator, "n"): 1, _last_told(system, month, indicator, step): -1, told: -1})
    for month in sorted({row["aktivitetsmaaned"] for row in moved}):
        system.add_up(month, step)
    for (month, indicator), row in now.items():
        for what, cell in _numbers(indicator, row["som_lukket"]):
            if cell not in ("<5", "skjult"):
                _cell(system, (month, indicator, "ALLE", what, 0), cell, 0)


def _numbers(indicator: str, text: str) -> list[tuple[str, str]]:
    """(what, cell) of "n", or "n af N", as far as they count people."""
    cells = dict(zip(("n", "of"), text.split(" af "), strict=False))
    return [(what, cell) for what, cell in cells.items() if (what == "n" and indicator not in BASES) or (what == "of" and indicator not in COUNTS)]


def _last_told(system: System, month: str, indicator: str, step: int) -> tuple:
    told = (one for one, span in system.spans.items() if one[:4] == (month, indicator, "ALLE", "n") and one[4] < step and span[0] == span[1])
    return max(told, key=lambda one: one[4])


def _cell(system: System, name: tuple, text: str, covered_from: int) -> None:
    """`covered_from`: a number that is hidden without being small is at least that."""
    if text == "<5":
        system.know(name, 1, 4)
    elif text == "skjult":
        system.know(name, covered_from)
    else:
        system.know(name, int(text), int(text))


def _table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def _solved(system: System) -> list[tuple[tuple, int, int]]:
    return [one for part in _apart(system) for one in _solved_part(part)]


def _apart(system: System) -> list[System]:
    """The sums that share no number are solved by themselves."""
    home = {name: {name} for name in system.spans}
    for equation in system.sums:
        joined = set().union(*(home[name] for name in equation))
        home |= dict.fromkeys(joined, joined)
    return [System({name: system.spans[name] for name in system.spans if name in names}, [one for one in system.sums if names >= one.keys()])
            for names in {id(names): names for names in home.values()}.values()]


def _solved_part(system: System) -> list[tuple[tuple, int, int]]:
    names = [name for name in system.spans if name[0] != "told"]
    order = {name: number for number, name in enumerate(system.spans)}
    bounds = Bounds(*np.array(list(system.spans.values()), dtype=float).T)
    matrix = np.zeros((len(system.sums), len(order)))
    for number, equation in enumerate(system.sums):
        for name, factor in equation.items():
            matrix[number, order[name]] = factor
    lowest = {name: _end(order[name], 1, matrix, bounds) for name in names}
    return [(name, low, low if low >= 5 else _end(order[name], -1, matrix, bounds)) for name, low in lowest.items()]


def _end(column: int, sign: int, matrix: np.ndarray, bounds: Bounds) -> int:
    """The smallest (sign 1) or largest (sign -1) whole number that fits everything known."""
    if bounds.lb[column] == bounds.ub[column]:
        return int(bounds.lb[column])
    wanted = np.zeros(len(bounds.lb))
    wanted[column] = sign
    found = milp(wanted, integrality=np.ones(len(wanted)), bounds=bounds,
                 constraints=LinearConstraint(matrix, 0, 0) if len(matrix) else ())
    assert found.success, found.message
    return round(float(found.x[column]))
