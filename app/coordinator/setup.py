"""/kontor/opsaetning: what the project is and what it goes by, put right a part at a time through the ledger (domain.md 2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Connection, func, select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.base import unsealed
from app.coordinator.correction import correction, onwards
from app.coordinator.danish import day_figures
from app.coordinator.desk import TABLES
from app.coordinator.form import Form, changed
from app.coordinator.history import told
from app.coordinator.room import room
from app.coordinator.shown import shown, title
from app.figures.hide import LIMIT
from app.figures.months import closed_months
from app.guards import admit
from app.ledger.change import Change
from app.rules.calendar import first_of, last_of
from app.rules.record_rules import broken


@dataclass(frozen=True)
class Part:
    """What is changed in one form; `says` explains what it does."""

    title: str
    names: tuple[str, ...]
    says: str


PARTS = {
    "projekt": Part("Projekt", ("name", "reference", "period_from", "period_to"),
                    "Registreringer uden for perioden bliver ikke taget imod."),
    "faser": Part("Faser", ("phases",), "Overgår projektet til drift, bliver historikken stående."),
    "intervaller": Part("Intervaller og frister", (
        "practice_target", "visit_interval_days", "month_close_working_day", "half_year_report_working_day", "stuegang_interval_weeks",
        "stuegang_cases_min", "stuegang_cases_max"),
        "Dage mellem besøg gælder de praksisser, der ikke har deres eget interval. Arbejdsdage tælles uden helligdage og lukkedage."),
    "maal": Part("Mål", ("targets",), "Et mål gælder en måned, for hele projektet eller for en bydel, og aldrig for en enkelt rådgiver. "
                                      "Et nyt mål får en ny række med sin dato, så de gamle måneder beholder deres."),
    "ordliste": Part("Ordliste", ("terms",), "Skriv et nyt ord i en ny række med den dag, det gælder fra. En ældre registrering beholder ordet "
                                             "fra sin egen dag. Skriv jobcentrets navn i bestemt form, fx »kommunen«."),
    "lukkedage": Part("Lokale lukkedage", ("closing_days",),
                      "Dagene tæller ikke som arbejdsdage i frister og i forslag til besøg. »Almindelig arbejdsdag« tager en lokal fridag "
                      "som 1. maj ud; en helligdag bliver, hvor den er."),
    "hjaelp": Part("Nummer i hjælpen", ("concern_phone",),
                   "Står som en knap i telefonens hjælp, så rådgiveren kan ringe til kommunen med det samme, når et barn skal hjælpes. "
                   "Der bliver ikke skrevet noget om det."),
    "smaa-tal": Part("Små tal", ("small_cell_threshold_internal",),
                     "Færre borgere end grænsen vises ikke som et tal i Målsætning."),
}


@room.get("/opsaetning")
@admit("COORDINATOR")
def setup() -> Any:
    with database().read() as tx:
        data = _project(tx)
        history = told(tx, current_user.project_id, "project", current_user.project_id)
    parts = [(key, part, [(title("project", name), _lines(name, data.get(name))) for name in part.names]) for key, part in PARTS.items()]
    return render_template("coordinator/setup.html", parts=parts, history=history, external=LIMIT)


@room.get("/opsaetning/<part>")
@admit("COORDINATOR")
def setup_part(part: str) -> Any:
    known = PARTS.get(part) or abort(404)
    with database().read() as tx:
        data = _project(tx)
    return _drawn(known, data, data)


@room.post("/opsaetning/<part>")
@admit("COORDINATOR")
def set_up(part: str) -> Any:
    known = PARTS.get(part) or abort(404)
    base = unsealed("project", current_user.project_id)
    data, errors = _form(known).read(request.form, base)
    new, seen = changed("project", base, data)
    whole = {name: value for name, value in (base | data).items() if value is not None}
    if not errors:
        errors = {name: why for name, why in broken("project", whole, clock.now()).items() if name in known.names}
    if not errors:
        with database().read() as tx:
            errors = _barred(tx, whole, set(new))
    if errors:
        return _drawn(known, base, data, errors), 422
    if not new:
        flash("Intet var ændret.", "success")
        return redirect(url_for("coordinator.setup"), 303)
    result = desk.written(Change("project", current_user.project_id, "update", new, seen))[0]
    if result.status == "rejected":
        return _drawn(known, base, data, result.fields or {known.names[0]: result.message}), 422
    return onwards(result, url_for("coordinator.setup"))


def _barred(tx: Connection, data: dict[str, Any], new: set[str]) -> dict[str, str]:
    """What the book already holds and no setting may turn over: records outside the period."""
    found = {}
    first, last = _events(tx)
    if "period_from" in new and first and data["period_from"] > first.isoformat():
        found["period_from"] = f"Der er registreringer fra {day_figures(first)}. Begynd senest den dag."
    if "period_to" in new and last and data["period_to"] < last.isoformat():
        found["period_to"] = f"Der er registreringer fra {day_figures(last)}. Slut tidligst den dag."
    return found


def _events(tx: Connection) -> tuple[date | None, date | None]:
    """The first and the last day on which something happened, and the days of closed months."""
    days = []
    for kind in ("visit", "talk", "course_session"):
        table = TABLES[kind]
        days += list(tx.execute(select(func.min(table.c.event_date), func.max(table.c.event_date)).where(
            table.c.project_id == current_user.project_id, table.c.deleted.is_(False))).one())
    days += [day for month in closed_months(tx, current_user.project_id) for day in (first_of(month), last_of(month))]
    known = [day for day in days if day]
    return (min(known), max(known)) if known else (None, None)


def _project(tx: Connection) -> dict[str, Any]:
    found = desk.record(tx, "project", current_user.project_id)
    return found[1] if found else abort(404)


def _lines(name: str, value: Any) -> list[str]:
    """A list field is one line a row; everything else is one line."""
    if isinstance(value, list) and value:
        return [shown("project", name, [entry], {}) for entry in sorted(value, key=_in_time)]
    return [shown("project", name, value, {})]


def _in_time(entry: dict[str, str]) -> str:
    return entry.get("from") or entry.get("valid_from") or ""


def _form(part: Part) -> Form:
    return Form("project", part.names)


def _drawn(part: Part, base: dict[str, Any], data: dict[str, Any], errors: dict[str, str] | None = None) -> str:
    heading = f"Ret {part.title.lower()}"
    return correction("project", current_user.project_id, _form(part), base, data, errors, heading=heading, here="opsaetning", says=part.says,
                      back=(url_for("coordinator.setup"), "Opsætning"))
