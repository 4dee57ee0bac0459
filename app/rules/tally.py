"""What one citizen adds to the figures, record by record and month by month (indicators.md 3.2, 3.3, 3.6).

The sums add this up over all citizens; an erasure writes it down without saying whose it was, so that no count moves.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import ceil
from typing import Any

from app.rules.calendar import half_year, month_of
from app.rules.enrolment import SHOWED_UP
from app.rules.gates import may
from app.rules.outcomes import MONTHS, NO_ANSWER, Outcome, counted, due
from app.rules.persons import Found, Person, Place, Run

AT_WORK = frozenset({"JOB", "JOB_PART", "FLEXJOB", "EDUCATION"})
WELL = AT_WORK | {"WELL_UNEMPLOYED"}
OUT_OF_REACH = frozenset({"MOVED", "DECEASED"})  # leave numerator and denominator
GRACE, BRIDGED_WITHIN = timedelta(days=3), timedelta(days=14)
COUNTED = "figure"  # the kind of an anonymous counter that holds an indicator's own name
Counts = dict[str, int]  # "S8" and its denominator "S8/of"; "K6=17" = one who waited for 17 days


@dataclass(frozen=True)
class Tally:
    """What one record adds to a month; a half-year's figure to its last month."""

    kind: str
    row: Found
    month: str
    counts: Counts


def tallies(person: Person, runs: Mapping[str, Run], until: date = date.max) -> list[Tally]:
    """Everything but what a talk counts by itself (figures/events.py). `until`: nothing that falls later."""
    found: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    rows: dict[str, Found] = {}
    for kind, row, day, name in (*_citizen(person), *_steps(person), *_places(person, runs)):
        if day > until:
            continue
        month = month_of(day)
        found[kind, row.id, half_year(month)[1] if indicator_of(name) in BY_HALF_YEAR else month][name] += 1
        rows[row.id] = row
    return [Tally(kind, rows[id_], month, dict(counts)) for (kind, id_, month), counts in sorted(found.items())]


@cache
def indicator_of(name: str) -> str:
    """Whose count it is."""
    return re.split("[/=]", name, maxsplit=1)[0]


POINTS = {point: str(months) for point, months in MONTHS.items()}  # M3 → "3", as in U1-3
BY_HALF_YEAR = frozenset({"S3", "S5", "S9", "S11", "K6", *(f"U{number}-{point}" for number in ("0", "1", "1b", "2", "3", "4", "5", "6")
                                                          for point in POINTS.values())})
One = tuple[str, Found, date, str]  # kind, record, day, what is counted


def _share(kind: str, row: Found, day: date, name: str, hit: Any) -> Iterator[One]:
    yield kind, row, day, f"{name}/of"
    if hit:
        yield kind, row, day, name


def _citizen(person: Person) -> Iterator[One]:
    if not person.talks:
        return
    row, index_on = person.row, person.talks[0].event_date
    for first in {half_year(month_of(talk.event_date)): talk.event_date for talk in reversed(person.talks)}.values():
        yield "citizen", row, first, "S3"
    if row.came_via:
        yield from _share("citizen", row, index_on, "S5", row.came_via in ("DOCTOR", "CLINIC_STAFF"))
    if {row.benefit, row.sickness_state}.isdisjoint({None, "UNKNOWN"}):
        yield from _share("citizen", row, index_on, "S11", row.benefit == "KONTANTHJAELP" and row.sickness_state in ("FULL", "PARTIAL"))
    answers = answers_when_due(person)
    for number, (point, answer) in enumerate(answers):
        well_before = any(earlier and earlier["outcome"] in WELL for _, earlier in answers[:number])
        yield from _outcome(row, due(index_on, point).due_on, POINTS[point], answer, well_before)


def answers_when_due(person: Person) -> list[tuple[str, Outcome | None]]:
    """The points that fall due for a citizen who has had a talk, with what counts at each; None = nobody has answered."""
    index_on = person.talks[0].event_date
    return [(point, _answer(person, index_on, point)) for point in MONTHS if _is_due(person, index_on, point)]


def has_completed(person: Person, runs: Mapping[str, Run]) -> bool:
    """Has the citizen got through a course, as K4 counts it?"""
    return any(name == "K4" for *_, name in _places(person, runs))


def _is_due(person: Person, index_on: date, point: str) -> bool:
    window = due(index_on, point)
    left = any(one["outcome"] in OUT_OF_REACH and one["answered_on"] <= window.last.isoformat() for one in person.outcomes)
    return not left and may("COUNT_OUTCOME", person.consents, window.due_on)


def _answer(person: Person, index_on: date, point: str) -> Outcome | None:
    """What counts at a point; none when nobody has answered."""
    answer = counted(person.outcomes, index_on, point)
    return answer if answer and answer["outcome"] not in NO_ANSWER else None


def _outcome(row: Found, day: date, at: str, answer: Outcome | None, well_before: bool) -> Iterator[One]:
    yield from _share("citizen", row, day, f"U0-{at}", answer)
    yield from _share("citizen", row, day, f"U1b-{at}", answer and answer["outcome"] in AT_WORK)
    if answer is None:
        return
    outcome = answer["outcome"]
    for number, wanted in (("1", AT_WORK), ("2", {"PARTIAL_RETURN"}), ("3", WELL), ("5", {"STILL_SICK"})):
        yield from _share("citizen", row, day, f"U{number}-{at}", outcome in wanted)
    if well_before:
        yield from _share("citizen", row, day, f"U4-{at}", outcome == "NEW_SICK")
    if answer["course_completed"]:
        yield from _share("citizen", row, day, f"U6-{at}", outcome in AT_WORK)


def _steps(person: Person) -> Iterator[One]:
    talked = {talk.id: talk.event_date for talk in person.talks}
    for row in person.steps:
        if row.step == "NONE":
            continue
        done_on = row.done_on if row.status == "DONE" else None
        if row.status != "DROPPED":
            yield from _share("next_step", row, row.due_on, "S8", done_on and done_on <= row.due_on + GRACE)
        if row.step == "BRIDGE_JOBCENTER" and row.talk_id in talked:
            over = talked[row.talk_id] + BRIDGED_WITHIN
            yield from _share("next_step", row, over, "S9", done_on and done_on <= over)


def _places(person: Person, runs: Mapping[str, Run]) -> Iterator[One]:
    for place in person.places.values():
        if place.row.status != "INTERESTED":
            yield "enrolment", place.row, place.row.event_date, "K1"
        if run := runs.get(place.row.course_run_id):
            yield from _attended(place, run)


def _attended(place: Place, run: Run) -> Iterator[One]:
    """A place is in use from the first session its citizen came to."""
    came = [session for session in run.held if place.marks.get(session.id) in SHOWED_UP]
    if not came:
        return
    first, row = came[0], place.row
    for session in run.held[run.held.index(first):]:
        if place.marks.get(session.id, "UNKNOWN") != "UNKNOWN":
            yield from _share("enrolment", row, session.event_date, "K3", session in came)
    if run.filled_at and first.event_date <= run.filled_at.event_date:
        yield "enrolment", row, run.filled_at.event_date, "K2"
    if run.ended_at:
        through = len(came) >= ceil(0.75 * len(run.held))
        yield from _share("enrolment", row, run.ended_at.event_date, "K4", through)
        yield from _share("enrolment", row, run.ended_at.event_date, "K5", not through and row.status == "DROPPED_OUT")
    yield "enrolment", row, run.row.starts_on, f"K6={max(0, (first.event_date - row.event_date).days)}"
