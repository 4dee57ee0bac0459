"""/log-ind/kode: the second step of signing in, for those who have a second factor."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.accounts import freshness
from app.accounts.brake import TooMany
from app.accounts.pages import home, minutes, next_page
from app.accounts.room import room
from app.accounts.sessions import person
from app.accounts.sign_in import check_code
from app.answers import database
from app.guards import EVERYONE, admit

WRONG = "Koden passer ikke, eller den er brugt. Vent på den næste kode, og prøv igen."


@room.route("/log-ind/kode", methods=["GET", "POST"])
@admit(EVERYONE)
def second_step() -> Any:
    user_id = freshness.who_is_half_way()
    if user_id is None:
        flash("Log ind med din adgangssætning først.", "info")
        return redirect(url_for("accounts.sign_in", naeste=next_page() or None), 303)
    if request.method == "GET":
        return render_template("accounts/second_step.html", wrong="", next=next_page())
    wrong, status = try_code(user_id)
    with database().read() as tx:
        found = None if wrong else person(tx, user_id)
    if found is None:
        return render_template("accounts/second_step.html", wrong=wrong or WRONG, next=next_page()), status
    freshness.come_in(found, with_factor=True)
    return redirect(home(next_page()), 303)


def try_code(user_id: str) -> tuple[str, int]:
    """What is wrong with the code that was sent, and the answer's status; ("", 200) when it fits."""
    code = request.form.get("code", "").strip()
    if not code:
        return "Skriv koden.", 422
    try:
        return ("", 200) if check_code(database(), user_id, code, request.remote_addr or "") else (WRONG, 422)
    except TooMany as wait:
        return f"Der er prøvet for mange gange. Vent {minutes(wait.seconds)}, og prøv igen.", 429
