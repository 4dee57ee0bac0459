"""/kontor/programtroskab: each element that the project was granted for, planned against delivered, a half-year at a time (product.md, 13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy import Connection

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.danish import number_words
from app.coordinator.room import room
from app.figures import ALL, Figure
from app.figures.figure import danish
from app.figures.ground import Ground, lay_out
from app.figures.hide import veiled
from app.figures.recount import by_key, figures
from app.guards import admit
from app.rules.calendar import days, first_of, half_of_year, half_year, last_of, month_of, months

RUNNING = ("PROJECT", "OPERATION")  # the phases in which practices are visited
NORM, NEAR = 1924, 0.9  # hours of a full-time year (O2); nine tenths of the plan is as planned
BAR = 120  # pixels of the whole chart, where 100 is the plan
TAUGHT, SPREAD = "TRAINING", "EVALUATION"  # activities of the time sheets


@dataclass(frozen=True)
class Span:
    """A half-year as far as it has come, inside the project's period."""

    first: date
    last: date  # today, while it runs
    months: list[str]
    is_running: bool


@dataclass(frozen=True)
class Line:
    """One thing that was to happen. `planned` None = no plan is written down; `figure` carries what was done, hidden where it is small."""

    title: str
    indicator: str
    planned: float | None
    plan: str  # where the plan comes from
    figure: Figure | None  # None = nothing of it is recorded in the app
    unit: str
    href: str = ""
    is_basis: bool = False  # the plan is the figure's own basis, hidden with it

    @property
    def done(self) -> float | None:
        return None if self.figure is None or self.figure.n_mark or self.figure.of_mark else self.figure.n

    @property
    def shown(self) -> str:
        if self.figure is None:
            return "Ikke i brug"
        return (self.figure.n_mark or "skjult") if self.figure.is_hidden else number_words(self.figure.n if self.figure.n is not None else 0)

    @property
    def promised(self) -> str:
        if self.is_basis and self.figure and self.figure.is_hidden:
            return self.figure.of_mark or "skjult"
        return "–" if self.planned is None else number_words(round(self.planned, 1) if self.planned % 1 else int(self.planned))

    @property
    def share(self) -> float | None:
        """Delivered of planned, in percent; nothing where either is unknown or there was nothing to do."""
        return None if self.done is None or not self.planned else 100 * self.done / self.planned

    @property
    def verdict(self) -> str:
        """"Som planlagt", "62,5 % af planen", "–"."""
        if self.share is None:
            return "–"
        return "Som planlagt" if self.share >= 100 * NEAR else f"{danish(round(self.share, 1), 1)} % af planen"


    @property
    def bar(self) -> int:
        """Pixels of a bar in which 100 is the plan."""
        return min(BAR, round(self.share or 0))


@dataclass(frozen=True)
class Element:
    """What the decision of 26-02-2009 lists, with its lines."""

    title: str
    about: str
    lines: list[Line]


@room.get("/programtroskab")
@admit("COORDINATOR")
def fidelity() -> Any:
    today = clock.today()
    with database().read() as tx:
        project = desk.project(tx)
        known = list(dict.fromkeys(map(half_of_year, months(month_of(project["period_from"]), month_of(min(today, project["period_to"]))))))
        asked = request.args.get("halvaar", "")
        half = asked if asked in known else known[-1] if known else half_of_year(month_of(today))
        span = _span(half, project, today)
        elements = _elements(tx, project, span, today)
    return render_template("coordinator/fidelity.html", elements=elements, half=half, halves=known[::-1], span=span, half_words=half_words,
                           limit=project["small_cell_threshold_internal"] or 3, empty=not project["phases"] and not project["targets"])


def half_words(half: str) -> str:
    """2026-H2 → "2. halvår 2026"."""
    return f"{half[-1]}. halvår {half[:4]}"


def _span(half: str, project: Any, today: date) -> Span:
    first, last = half_year(f"{half[:4]}-{'01' if half.endswith('1') else '07'}")
    begins, ends = max(first_of(first), project["period_from"]), min(last_of(last), project["period_to"])
    return Span(begins, max(begins, min(ends, today)), months(first, last), today < ends)


def _elements(tx: Connection, project: Any, span: Span, today: date) -> list[Element]:
    ground = lay_out(tx, project["id"])
    closing = by_key(figures(ground, span.months[-1], today))  # a half-year's figures stand in its last month; states are today's while it runs
    plan = _Plan(project, ground, span)
    filled = _filled(ground, span)
    told = veiled([_sum(ground, span, one) for one in ("S1", "S2")] + filled, project["small_cell_threshold_internal"] or 3)
    people = by_key(told)
    first, last = f"{span.first:%d-%m-%Y}", f"{span.last:%d-%m-%Y}"
    sessions = [status for day, status in ground.sessions if span.first <= day <= span.last]
    visits, talks = (url_for(f"coordinator.{page}", fra=first, til=last) for page in ("visit_list", "talk_list"))
    courses = url_for("coordinator.course_list")
    clinics, stock, time = url_for("coordinator.practice_list", status="AGREED"), url_for("coordinator.stock"), url_for("coordinator.time_sheets")
    agreed, supplied = (closing.get((id_, ALL)) or Figure(id_, ALL, 0, 0) for id_ in ("P0", "M2"))
    return [
        Element("Bindeled til praktiserende læger", "To rådgivere kommer fast i de udvalgte praksisser og taler med borgerne.", [
            Line("Praksisser med aftale", "P0", agreed.of, "Opsætning: antal praksisser i mål", agreed, "praksisser", clinics),
            Line("Gennemførte besøg", "P2", *plan.visits(), _sum(ground, span, "P2"), "besøg", visits),
            Line("Samtaler", "S1", *plan.target("S1"), people["S1", ALL], "samtaler", talks),
            Line("Nye borgere", "S2", *plan.target("S2"), people["S2", ALL], "borgere", talks)]),
        Element("Kursusforløb for sygemeldte borgere", "Hold med mødegange, som borgerne kan følge.", [
            Line("Holdte mødegange", "K8", len(sessions) - sessions.count("MOVED"), "Kurser: mødegange med dato til og med nu",
                 Figure("K8", ALL, sessions.count("HELD")), "mødegange", courses),
            Line("Borgere i gang på holdene", "K2", filled[0].of, "Kurser: pladser på de hold, der er nået til anden mødegang",
                 people["K2", ALL], "borgere", courses, is_basis=True)]),
        Element("Ansættelse af to konsulenter", "Et årsværk for tilskuddet og et, kommunen selv betaler.", [
            Line(f"Timer, {words}", id_, plan.norm(), "Et årsværk, 1.924 timer om året", closing.get((id_, ALL)), "timer", time)
            for words, id_ in (("tilskud", "O2-T"), ("egenfinansiering", "O2-E"))]),
        Element("Uddannelse og opkvalificering", "For læger, praksispersonale, sagsbehandlere og rådgivere.", [
            Line("Timer på uddannelse", "O1", None, "Ingen plan skrevet ned", _hours(ground, span, TAUGHT), "timer", time),
            Line("Deltagere", "T1", None, "Ingen plan skrevet ned", None, "deltagere")]),
        Element("Kampagnemateriale til praktiserende læger", "Trykt, og fremme hos de praksisser, der har aftale.", [
            Line("Forsynede praksisser", "M2", supplied.of, "Alle praksisser med aftale", supplied, "praksisser", stock),
            Line("Uddelt materiale", "M1", *plan.target("M1"), _sum(ground, span, "M1"), "stk.", stock)]),
        Element("Evaluering og konference", "Hvad borgerne siger, og hvad andre kan lære af det.", [
            Line("Svar på »Blev du hørt?«", "S10", None, "Ingen plan skrevet ned", _answers(closing.get(("S10", ALL)), project), "svar"),
            Line("Timer på evaluering", "O1", None, "Ingen plan skrevet ned", _hours(ground, span, SPREAD), "timer", time)]),
    ]


class _Plan:
    """What was to be done until `span.last`, from the set-up alone."""

    def __init__(self, project: Any, ground: Ground, span: Span) -> None:
        self.project, self.ground, self.span = project, ground, span

    def target(self, indicator: str) -> tuple[float | None, str]:
        """The project's monthly targets, a running month by its days; None where a month has no target at all."""
        parts = [part for month in self.span.months if (part := self._month(indicator, month)) is not None]
        return (round(sum(parts)), "Opsætning: mål pr. måned") if parts else (None, "Intet mål sat i Opsætning")

    def _month(self, indicator: str, month: str) -> float | None:
        first, last = max(first_of(month), self.span.first), min(last_of(month), self.span.last)
        on = last_of(month).isoformat()
        mine = [entry for entry in self.project["targets"] or () if entry["indicator"] == indicator and not entry.get("district")
                and entry["from"] <= on <= (entry.get("to") or "9999-12-31")]
        if not mine or first > last:
            return None
        return float(mine[-1]["value"]) * len(days(first, last)) / len(days(first_of(month), last_of(month)))

    def visits(self) -> tuple[float, str]:
        """The targets, else what the practices' intervals ask for while they have an agreement and are open, in the phases that visit."""
        planned, whence = self.target("P2")
        if planned is not None:
            return planned, whence
        working = [day for day in days(self.span.first, self.span.last) if self._visited_on(day)]
        asked = sum(sum(any(one.first <= day <= one.last for one in clinic.agreed) and day not in clinic.closed for day in working) / clinic.interval
                    for clinic in self.ground.clinics.values())
        return round(asked), "Opsætning: dage mellem besøg hos praksisser med aftale"

    def _visited_on(self, day: date) -> bool:
        phases = self.project["phases"] or ()
        on = day.isoformat()
        return not phases or any(one["phase"] in RUNNING and one["from"] <= on <= (one.get("to") or "9999-12-31") for one in phases)

    def norm(self) -> float:
        """One full-time adviser's hours so far."""
        return round(NORM * ((self.span.last - self.span.first) / timedelta(days=1) + 1) / 365)


def _sum(ground: Ground, span: Span, indicator: str) -> Figure:
    """Of an indicator that adds up over months."""
    return Figure(indicator, ALL, sum(count for month in span.months for (name, _), count in ground.sums(month).items() if name == indicator))


def _filled(ground: Ground, span: Span) -> list[Figure]:
    """K2 of the half-year: who was under way at the second session held, of the seats of those runs."""
    seats = sum(run.row.seats for run in ground.courses.values() if run.filled_at and month_of(run.filled_at.event_date) in span.months)
    return [Figure("K2", ALL, _sum(ground, span, "K2").n, seats)]


def _hours(ground: Ground, span: Span, *activities: str) -> Figure:
    minutes = sum(one.minutes for one in ground.worked if span.first <= one.day <= span.last and one.activity in activities)
    return Figure("O1", ALL, round(minutes / 60, 1) if minutes % 60 else minutes // 60)


def _answers(heard: Figure | None, project: Any) -> Figure:
    """How many answered, whatever they said."""
    return veiled([Figure("S10", ALL, (heard.of if heard else 0) or 0)], project["small_cell_threshold_internal"] or 3)[0]
