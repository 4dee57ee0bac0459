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
COUNTS, SHARES = ("S1", "S2"), ("S7", "S10")
LEFT_OVER = (("S1", "S7"),)  # talks that are anonymous: all, without those with a citizen


@dataclass
class System:
    """What is known of one month: the span of every number, and the sums they stand in."""

    spans: dict[tuple, tuple[int, int]] = field(default_factory=dict)
    sums: list[dict[tuple, int]] = field(default_factory=list)
    newest: dict[tuple[str, str], int] = field(default_factory=dict)  # (indicator, what) → the booking that moved it last

    def know(self, name: tuple, low: int, high: int = MOST) -> None:
        known = self.spans.get(name, (0, MOST))
        self.spans[name] = max(known[0], low), min(known[1], high)
        assert self.spans[name][0] <= self.spans[name][1], f"{name} står forskelligt i to filer"

    def whole(self, indicator: str, what: str) -> tuple:
        return indicator, "ALLE", what, self.newest.get((indicator, what), 0)

    def add_up(self, step: int) -> None:
        """The sums over the whole project after one booking."""
        for share in SHARES:
            if self.whole(share, "of") in self.spans:
                rest = (share, "ALLE", "rest", step)
                self.know(rest, 0)
                self.sums.append({self.whole(share, "of"): -1, self.whole(share, "n"): 1, rest: 1})
        for all_, part in LEFT_OVER:
            if {self.whole(all_, "n"), self.whole(part, "of")} <= self.spans.keys():
                rest = (f"{all_}-{part}", "ALLE", "rest", step)
                self.know(rest, 0)
                self.sums.append({self.whole(all_, "n"): -1, self.whole(part, "of"): 1, rest: 1})


def worked_out(zips: list[bytes]) -> list[str]:
    """Every number that is below five for sure, and of which fewer values are left than the four of "<5".

    `zips` in the order they left the house.
    """
    return [f"{month} {' '.join(map(str, name))}: {low}–{high}"
            for month, system in sorted(_read(zips).items()) for name, low, high in _solved(system)
            if high < 5 and high - low < 3 and not _may_be_known(system, name, high)]


def _may_be_known(system: System, name: tuple, high: int) -> bool:
    """A nought in a cell of its own may be shown; nobody of nobody says nothing."""
    indicator, _, what, step = name
    if high:
        return False
    if indicator in COUNTS or what == "of" or "-" in indicator:
        return True
    wholes = [span for one, span in system.spans.items() if one[0] == indicator and one[2] == "of" and one[3] <= step]
    return indicator in SHARES and bool(wholes) and wholes[-1] == (0, 0)


def _read(zips: list[bytes]) -> dict[str, System]:
    months: dict[str, System] = {}
    for step, content in enumerate(zips, 1):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        month = json.loads(files["manifest.json"])["month"]
        _read_month(months.setdefault(month, System()), files)
        _read_later(months, files, step)
    return months


def _read_month(system: System, files: dict[str, bytes]) -> None:
    districts: dict[str, list[tuple]] = {}
    rows = _table(files["01_maanedstal.csv"])
    small = {row["indikator"] for row in rows if (row["bydel"], row["taeller"]) == ("ALLE", "<5")}  # "skjult" says nothing of their parts
    for row in rows:
        indicator, district = row["indikator"], row["bydel"]
        if indicator not in COUNTS + SHARES:
            continue
        divided = indicator in COUNTS and (district == "ALLE" or indicator not in small)
        _cell(system, (indicator, district, "n", 0), row["taeller"], 5 if divided else 0)
        if indicator in SHARES:
            _cell(system, (indicator, district, "of", 0), row["naevner"], 5)
            assert row["vaerdi"] == "skjult" or not {"<5", "skjult"} & {row["taeller"], row["naevner"]}
        elif district != "ALLE":
            districts.setdefault(indicator, []).append((indicator, district, "n", 0))
    for row in _table(files["03_samtaler_sum.csv"]) if "03_samtaler_sum.csv" in files else ():
        _cell(system, ("S1", row["bydel"], "n", 0), row["samtaler"], 0)
    for indicator, names in districts.items():
        system.sums.append({(indicator, "ALLE", "n", 0): -1, **dict.fromkeys(names, 1)})
    system.add_up(0)


def _read_later(months: dict[str, System], files: dict[str, bytes], step: int) -> None:
    """What this file tells of earlier months. Who is not named has not moved."""
    moved = [row for row in _table(files["08_rettelser.csv"]) if row["indikator"] in COUNTS + SHARES]
    now = {(row["aktivitetsmaaned"], row["indikator"]): row for row in _table(files["09_tidligere_maaneder.csv"])}
    for row in moved:
        assert row["bydel"] == "ALLE", "en rettelse om borgere står for en bydel"
        system, indicator = months[row["aktivitetsmaaned"]], row["indikator"]
        shown = now[row["aktivitetsmaaned"], indicator]
        for what, cell in zip(("n", "of"), shown["nu"].split(" af "), strict=False):
            system.newest[indicator, what] = step
            _cell(system, system.whole(indicator, what), cell, 0)
        if row["delta"][0] in "+-":  # now - what was told last = the delta
            told = "told", indicator, "by", step
            system.spans[told] = int(row["delta"]), int(row["delta"])
            system.sums.append({system.whole(indicator, "n"): 1, _last_told(system, indicator, step): -1, told: -1})
    for month in {row["aktivitetsmaaned"] for row in moved}:
        months[month].add_up(step)
    for (month, indicator), row in now.items():
        if indicator in COUNTS + SHARES:
            for what, cell in zip(("n", "of"), row["som_lukket"].split(" af "), strict=False):
                if cell not in ("<5", "skjult"):
                    _cell(months[month], (indicator, "ALLE", what, 0), cell, 0)


def _last_told(system: System, indicator: str, step: int) -> tuple:
    return max((one for one, span in system.spans.items() if one[:3] == (indicator, "ALLE", "n") and one[3] < step and span[0] == span[1]),
               key=lambda one: one[3])


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
    names = [name for name in system.spans if name[0] != "told"]
    order = {name: number for number, name in enumerate(system.spans)}
    bounds = Bounds(*np.array(list(system.spans.values()), dtype=float).T)
    matrix = np.zeros((len(system.sums), len(order)))
    for number, equation in enumerate(system.sums):
        for name, factor in equation.items():
            matrix[number, order[name]] = factor
    return [(name, _end(order[name], 1, matrix, bounds), _end(order[name], -1, matrix, bounds)) for name in names]


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
