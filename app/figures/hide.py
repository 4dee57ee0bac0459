"""Small numbers: which of a month's numbers about people stay in the house, so that none below five can be worked out (indicators.md ch. 5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import inf

from app.figures.figure import ALL, Figure
from app.figures.nested import BEHIND, INSIDE, SLACK, Whole, Wholes, left_over, same
from app.figures.spans import Name, Span, narrowed

LIMIT = 5  # in everything that leaves the house
SMALL, COVERED = f"<{LIMIT}", "skjult"  # below the threshold; hidden to protect another number
SHOWN = ("n", "of")  # a number's name: indicator, district, and one of these, or the "rest" or "whole" that nobody shows


@dataclass
class Sums:
    """The numbers about people of one month, shown or not, and how they add up."""

    values: dict[Name, int] = field(default_factory=dict)
    equations: list[dict[Name, int]] = field(default_factory=list)
    parts: set[Name] = field(default_factory=set)  # numerators and their rest: nought or all says something of everyone
    undivided: set[Name] = field(default_factory=set)  # hidden whatever they are: four of "<5" in a "<5" would be four ones
    known: dict[Name, Span] = field(default_factory=dict)  # what is known whatever is hidden here
    limit: int = LIMIT

    def sensitive(self, name: Name) -> bool:
        if name[2] == "whole":
            return False
        return 0 < self.values[name] < self.limit or (name in self.parts and self.values[name] == 0)

    def add_up(self, whole: Name, parts: Collection[Name]) -> None:
        self.equations.append({whole: -1, **dict.fromkeys(parts, 1)})

    def split(self) -> list[Sums]:
        """Those that have nothing to do with each other apart."""
        home = {name: {name} for name in self.values}
        for equation in self.equations:
            joined = set().union(*(home[name] for name in equation))
            home |= dict.fromkeys(joined, joined)
        return [Sums({name: self.values[name] for name in sorted(names)}, [one for one in self.equations if names >= one.keys()],
                     self.parts & names, self.undivided & names, {name: span for name, span in self.known.items() if name in names}, self.limit)
                for names in {id(names): names for names in home.values()}.values()]


def veiled(figures: Iterable[Figure], limit: int = LIMIT, wholes: Wholes | None = None) -> list[Figure]:
    """The figures with a mark on each number that may not leave the house. The same figures give the same marks.
    With the project's own, lower limit: what the team itself is not shown."""
    everything = list(figures)
    sums = laid_out(everything, wholes, limit)
    marks = hide(sums, {name for name in sums.values if name[2] in SHOWN}, {})
    return [marked(figure, marks) for figure in everything]


def laid_out(figures: Iterable[Figure], wholes: Wholes | None, limit: int = LIMIT) -> Sums:
    """Every count of people as a number, with the sums that anybody can make of them; `wholes`: also across months."""
    people = {figure.key: figure for figure in figures if figure.definition.people and figure.definition.external and figure.n is not None}
    sums = Sums(limit=limit)
    for key, figure in people.items():
        _lay(sums, figure, *(same((*key, what)) for what in ("n", "of", "rest")))
    for indicator in sorted({indicator for indicator, district in people if district != ALL}):
        districts = [(indicator, other, "n") for one, other in people if one == indicator and other != ALL]
        sums.add_up((indicator, ALL, "n"), districts)
        sums.undivided |= set(districts) if 0 < sums.values[indicator, ALL, "n"] < limit else set()
    for whole, parts in INSIDE:
        _inside(sums, (whole[0], ALL, whole[1]), [(indicator, ALL, what) for indicator, what in parts])
    for indicator in BEHIND if wholes is not None else ():
        if (indicator, ALL) in people:
            _within(sums, indicator, (wholes or {}).get(indicator))
    return sums


def _lay(sums: Sums, figure: Figure, n: Name, of: Name, rest: Name) -> None:
    definition = figure.definition
    if figure.of is None or not definition.of_people:
        sums.values[n] = int(figure.n or 0)
    elif definition.median:
        sums.values[of] = figure.of
    else:
        sums.values |= {n: int(figure.n or 0), of: figure.of, rest: figure.of - int(figure.n or 0)}
        sums.add_up(of, (n, rest))
        sums.parts |= {n, rest} if figure.of else set()


def _inside(sums: Sums, whole: Name, parts: list[Name]) -> None:
    whole, parts = same(whole), [name for one in parts if (name := same(one)) in sums.values]
    if not parts or whole not in sums.values:
        return
    left = (f"{whole[0]}-{'-'.join(one[0] for one in parts)}", ALL, "rest")
    sums.values[left] = sums.values[whole] - sum(sums.values[one] for one in parts)
    sums.add_up(whole, [*parts, left])


def _within(sums: Sums, indicator: str, whole: Whole | None) -> None:
    """A half-year's figure beside the monthly ones: what lies between is known to whoever can add up."""
    part = (indicator, ALL, BEHIND[indicator])
    left = left_over(indicator, sums.values[part], whole) if whole else -1
    if whole is None or left < 0 or (left < SLACK and not whole.is_told):
        sums.undivided |= {name for name in sums.values if name[0] == indicator and name[2] in SHOWN}
        return
    sum_, between = (indicator, ALL, "whole"), (f"{indicator}-S2", ALL, "rest")
    sums.values |= {sum_: whole.value, between: left}
    sums.known[sum_] = (whole.value, whole.value)
    sums.add_up(*((part, (sum_, between)) if indicator == "S3" else (sum_, (part, between))))


def hide(sums: Sums, choices: Collection[Name], known: Mapping[Name, Span]) -> dict[Name, str]:
    """The mark of each number among `choices` that has to be hidden: the small ones, then the next smallest beside each
    that could still be worked out, until none can. `known` = what is known of the others, whatever is decided here.
    """
    found: dict[Name, str] = {}
    for part in sums.split():
        found |= _hide(part, {name for name in choices if name in part.values}, known)
    return found


def _hide(sums: Sums, choices: Collection[Name], known: Mapping[Name, Span]) -> dict[Name, str]:
    marks = {name: f"<{sums.limit}" if sums.values[name] else COVERED for name in sorted(choices) if sums.sensitive(name)}
    marks |= dict.fromkeys(sorted(sums.undivided & set(choices)), COVERED)
    while (open_ := _worked_out(sums, choices, known, marks)) and (cover := _next(sums, choices, marks, open_)):
        marks[cover] = COVERED
    covers = [name for name in marks if not sums.sensitive(name) and name not in sums.undivided]
    for name in sorted(covers, key=lambda name: (sums.values[name], name)):
        fewer = {other: mark for other, mark in marks.items() if other != name}
        if not _worked_out(sums, choices, known, fewer):
            marks = fewer
    return marks


def _worked_out(sums: Sums, choices: Collection[Name], known: Mapping[Name, Span], marks: Mapping[Name, str]) -> list[Name]:
    """The numbers below the threshold of which somebody outside learns more than "<5" says: fewer than four values are left."""
    spans = {name: sums.known.get(name) or known.get(name) or _outside(name, sums, choices, marks) for name in sums.values}
    found = narrowed(spans, sums.equations)
    return [name for name in sorted(sums.values) if sums.sensitive(name) and found[name][1] - found[name][0] < sums.limit - 2]


def _outside(name: Name, sums: Sums, choices: Collection[Name], marks: Mapping[Name, str]) -> Span:
    """What one number's cell says by itself."""
    value, mark = sums.values[name], marks.get(name, "")
    if name in choices and not mark:
        return value, value
    if mark.startswith("<"):
        return 1, sums.limit - 1
    return (sums.limit if mark and name not in sums.parts | sums.undivided else 0), inf


def _next(sums: Sums, choices: Collection[Name], marks: Mapping[Name, str], open_: list[Name]) -> Name | None:
    """The smallest number still shown beside the first that can be worked out; else the smallest shown at all."""
    beside = {name for equation in sums.equations if open_[0] in equation for name in equation}
    shown = [name for name in choices if name not in marks and sums.values[name] > 0]
    return min(shown, key=lambda name: (name not in beside, sums.values[name], name), default=None)


def marked(figure: Figure, marks: Mapping[Name, str]) -> Figure:
    """The figure with its marks. A median is hidden with its basis."""
    n, of = (marks.get(same((*figure.key, what)), "") if figure.definition.people else "" for what in SHOWN)
    return replace(figure, n_mark=COVERED if of and figure.definition.median else n, of_mark=of)


def why(figure: Figure) -> str:
    """Why a figure is hidden, in Danish, for the one who looks before anything leaves; empty = it is shown."""
    if SMALL in (figure.n_mark, figure.of_mark):
        return f"Tallet er under {LIMIT}."
    if not figure.is_hidden:
        return ""
    if figure.of is None and (figure.n or 0) < LIMIT:
        return f"Hele projektets tal er under {LIMIT} og deles ikke op."
    rest = None if figure.of is None or figure.n is None else figure.of - figure.n
    if rest is not None and (figure.n == 0 or rest == 0):
        return "Ingen eller alle: det siger noget om hver eneste."
    if rest is not None and 0 < rest < LIMIT:
        return f"De øvrige er under {LIMIT}."
    return f"Skjult, så et andet tal under {LIMIT} ikke kan regnes ud."
