"""One function an indicator: what it counts in a month, in one district or in the whole project (indicators.md ch. 3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from app.figures.agreements import agreed_between, agreed_on
from app.figures.course_indicators import OUTCOMES
from app.figures.events import Event
from app.figures.figure import ALL, Figure, rounded
from app.figures.ground import Clinic, Ground, last_until
from app.figures.hours import WITH_PEOPLE
from app.rules.calendar import first_of, half_year, last_of, months

RECORDED = ("visit", "stock_move")  # whose way to the office D1 and D2 measure
NORM_OF_HALF_A_YEAR = 1924 // 2  # hours of one full-time adviser
SUPPLIED_WITHIN = timedelta(days=60)


@dataclass(frozen=True)
class Cut:
    """A month in one district, or in the whole project."""

    ground: Ground
    month: str
    day: date  # the last day of the month, or today
    district: str
    clinics: list[Clinic]
    events: list[Event]
    counts: dict[str, int]

    @property
    def active(self) -> list[Clinic]:
        """Practices with at least one day of agreement in the month, as far as it has come (R7)."""
        return [one for one in self.clinics if agreed_between(one.agreed, first_of(self.month), self.day)]

    @property
    def agreed(self) -> list[Clinic]:
        return [one for one in self.clinics if agreed_on(one.agreed, self.day)]

    @property
    def done(self) -> list[Event]:
        return [event for event in self.events if event.done]

    def share(self, indicator: str, hits: int, of: int | None) -> Figure:
        return Figure(indicator, self.district, hits, of)


# ---- Practices and visits


def _p0(cut: Cut) -> Figure:
    return cut.share("P0", len(cut.agreed), cut.ground.target if cut.district == ALL else None)


def _p1(cut: Cut) -> Figure:
    seen = {event.practice_id for event in cut.done}
    return cut.share("P1", sum(clinic.id in seen for clinic in cut.active), len(cut.active))


def _p2(cut: Cut) -> Figure:
    return cut.share("P2", cut.counts["P2"], None)


def _p3(cut: Cut) -> Figure:
    return cut.share("P3", cut.counts["P3"], cut.counts["P2"] + cut.counts["P3"])


def _p4(cut: Cut) -> Figure:
    return cut.share("P4", sum(days_since_visit(cut.ground, clinic, cut.day) > clinic.interval for clinic in cut.agreed),
                     len(cut.agreed))


def days_since_visit(ground: Ground, clinic: Clinic, day: date) -> int:
    """Calendar days since the last completed visit, or since the agreement began, without the practice's closed days."""
    begun = max((period.first for period in clinic.agreed if period.first <= day), default=day)
    since = last_until(ground.visited.get(clinic.id, []), day) or begun
    return (day - since).days - sum(since < closed <= day for closed in clinic.closed)


def _p5(cut: Cut) -> Figure:
    return cut.share("P5", cut.counts["P5"], cut.counts["P2"])


def _p6(cut: Cut) -> Figure:
    lengths = [event.minutes for event in cut.done if 1 <= event.minutes <= 240]
    return Figure("P6", cut.district, _plain(rounded(median(lengths))) if lengths else None, len(lengths))


def _plain(value: float) -> float:
    """A whole number without a fraction."""
    return int(value) if value == int(value) else value


def _p7(cut: Cut) -> Figure:
    return cut.share("P7", cut.counts["P2"], len(cut.active))


# ---- Talks and citizens


def _s1(cut: Cut) -> Figure:
    return cut.share("S1", cut.counts["S1"], None)


def _s2(cut: Cut) -> Figure:
    return cut.share("S2", cut.counts["S2"], None)


def _s7(cut: Cut) -> Figure:
    return cut.share("S7", cut.counts["S7"], cut.counts["S7/of"])


def _s10(cut: Cut) -> Figure:
    first = first_of(half_year(cut.month)[0])
    answers = [answer for day, answer in cut.ground.answers if first <= day <= cut.day]
    return cut.share("S10", sum(answer in ("4", "5") for answer in answers), len(answers))


def _s3(cut: Cut) -> Figure:
    return cut.share("S3", cut.counts["S3"], None)


def _s4(cut: Cut) -> Figure:
    talks = sum(count for month in months(*half_year(cut.month)) for (name, _), count in cut.ground.sums(month).items() if name == "S7/of")
    return cut.share("S4", talks, cut.counts["S3"])


def _tallied(indicator: str) -> Callable[[Cut], Figure]:
    """A share of what each citizen's records add (rules/tally.py)."""
    return lambda cut: cut.share(indicator, cut.counts[indicator], cut.counts[f"{indicator}/of"])


# ---- Courses


def _k8(cut: Cut) -> Figure:
    planned = [status for day, status in cut.ground.sessions if first_of(cut.month) <= day <= last_of(cut.month)]
    return cut.share("K8", planned.count("CANCELLED"), len(planned))


def _k1(cut: Cut) -> Figure:
    return cut.share("K1", cut.counts["K1"], None)


def _k2(cut: Cut) -> Figure:
    here = [run for run in cut.ground.courses.values() if run.filled_at and first_of(cut.month) <= run.filled_at.event_date <= last_of(cut.month)]
    return cut.share("K2", cut.counts["K2"], sum(run.row.seats for run in here))


def _k6(cut: Cut) -> Figure:
    days = [int(name.partition("=")[2]) for name, count in cut.counts.items() if name.startswith("K6=") for _ in range(count)]
    return Figure("K6", cut.district, _plain(rounded(median(days))) if days else None, len(days))


def _k7(cut: Cut) -> Figure:
    return cut.share("K7", cut.ground.states.waiting(cut.day), None)


# ---- Material


def _m1(cut: Cut) -> Figure:
    return cut.share("M1", cut.counts["M1"], None)


def _m2(cut: Cut) -> Figure:
    supplied = cut.ground.supplied
    recent = [clinic for clinic in cut.agreed
              if (last := last_until(supplied.get(clinic.id, []), cut.day)) and last > cut.day - SUPPLIED_WITHIN]
    return cut.share("M2", len(recent), len(cut.agreed))


def _m3(cut: Cut) -> Figure:
    levels = cut.ground.shelf.levels(cut.day).values()
    return Figure("M3", cut.district, sum(levels), None, "Lager går ikke op" if any(level < 0 for level in levels) else "")


def _m4(cut: Cut) -> Figure:
    shelf = cut.ground.shelf
    return cut.share("M4", shelf.lost(first_of(half_year(cut.month)[0]), cut.day), shelf.received(cut.day))


# ---- Data quality


def _d1(cut: Cut) -> Figure:
    events = [event for event in cut.events if event.kind in RECORDED]
    return cut.share("D1", sum(event.on_time for event in events), len(events))


def _d2(cut: Cut) -> Figure:
    booked = [event for event in cut.ground.by_booking.get(cut.month, ()) if event.kind in RECORDED]
    return cut.share("D2", sum(event.late for event in booked), len(booked))


def _d4(cut: Cut) -> Figure:
    return cut.share("D4", cut.ground.states.open_questions(cut.day), None)


def _d5(cut: Cut) -> Figure:
    return cut.share("D5", *cut.ground.states.marks_expected(cut.day))


def _d6(cut: Cut) -> Figure:
    return cut.share("D6", cut.ground.states.without_consent(cut.day), None)


# ---- The advisers' time


def _minutes(cut: Cut, *activities: str, since: str = "", funding: str = "") -> int:
    """Of the month, or from the first of `since` on."""
    return sum(one.minutes for month in months(since or cut.month, cut.month) for one in cut.ground.worked_in.get(month, ())
               if one.activity in (activities or (one.activity,)) and funding in ("", one.funding))


def _o1(cut: Cut) -> Figure:
    return Figure("O1", cut.district, _plain(rounded(_minutes(cut) / 60)))


def _o2(indicator: str, funding: str) -> Callable[[Cut], Figure]:
    def counted(cut: Cut) -> Figure:
        minutes = _minutes(cut, since=half_year(cut.month)[0], funding=funding)
        return Figure(indicator, cut.district, _plain(rounded(minutes / 60)), NORM_OF_HALF_A_YEAR)
    return counted


def _o4(cut: Cut) -> Figure:
    return cut.share("O4", _minutes(cut, *WITH_PEOPLE), _minutes(cut))


def _o5(cut: Cut) -> Figure:
    return cut.share("O5", _minutes(cut, "RECORDING"), _minutes(cut))


COUNTERS: dict[str, Callable[[Cut], Figure]] = {
    "P0": _p0, "P1": _p1, "P2": _p2, "P3": _p3, "P4": _p4, "P5": _p5, "P6": _p6, "P7": _p7,
    "S1": _s1, "S2": _s2, "S3": _s3, "S4": _s4, "S7": _s7, "S10": _s10, **{one: _tallied(one) for one in ("S5", "S8", "S9", "S11")},
    "K1": _k1, "K2": _k2, "K6": _k6, "K7": _k7, "K8": _k8, **{one: _tallied(one) for one in ("K3", "K4", "K5", *(one.id for one in OUTCOMES))},
    "M1": _m1, "M2": _m2, "M3": _m3, "M4": _m4, "D1": _d1, "D2": _d2, "D4": _d4, "D5": _d5, "D6": _d6,
    "O1": _o1, "O2-T": _o2("O2-T", "GRANT"), "O2-E": _o2("O2-E", "OWN"), "O4": _o4, "O5": _o5,
}
