"""A form about a record as the coordinator saw it, and where the office's op on it leads: shared by every page that corrects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.coordinator import desk
from app.coordinator.base import seal, unsealed
from app.coordinator.form import Form, changed
from app.ledger.change import Change, Result

Json = Any
Data = dict[str, Json]
Drawn = Callable[[Data, Data, dict[str, str]], str]


def correction(kind: str, key: str, form: Form, base: Data, data: Data, errors: dict[str, str] | None = None, **words: Any) -> str:
    """The page: `words` are heading, says, back (address, name) and here (its place in the menu)."""
    sent = request.form if request.method == "POST" else None
    return render_template("coordinator/correction.html", fields=form.shown(data, errors, sent), base=seal(kind, key, base), **words)


def corrected(kind: str, key: str, page: str, form: Callable[[Data], Form], broken: Callable[[Data], dict[str, str]], drawn: Drawn) -> Any:
    """Writes what differs from what was seen. What the form, the rules or the ledger refuse is drawn again, each at its field."""
    base = unsealed(kind, key)
    data, errors = form(base).read(request.form, base)
    new, seen = changed(kind, base, data)
    errors = errors or broken({name: value for name, value in (base | data).items() if value is not None})
    if errors:
        return drawn(base, data, errors), 422
    if not new:
        flash("Intet var ændret.", "success")
        return redirect(page, 303)
    result = desk.written(Change(kind, key, "update", new, seen))[0]
    if result.status == "rejected":
        return drawn(base, data, result.fields or {"occurred_at": result.message}), 422
    return onwards(result, page)


def onwards(result: Result, page: str, done: str = "") -> Any:
    """To the question that the op became, else to the page with what came of it."""
    if result.status == "conflict" and result.conflict:
        flash(result.message, "warning")
        return redirect(url_for("coordinator.conflict", conflict_id=result.conflict["id"]), 303)
    flash(done if done and result.status == "accepted" else result.message,
          {"accepted": "success", "rejected": "error"}.get(result.status, "warning"))
    return redirect(page, 303)
