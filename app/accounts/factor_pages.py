"""/konto/totrin and /konto/bekraeft: the code app and the paper codes, and giving a code again before a grave act."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

import segno
from flask import flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from markupsafe import Markup

from app import clock
from app.accounts import factors, freshness
from app.accounts.pages import home, next_page
from app.accounts.room import room
from app.accounts.second_step import try_code
from app.answers import database
from app.guards import admit, fresh

WAITING = "waiting_secret"  # shown in the QR code, not yet proved; sealed also here


@room.get("/konto/totrin")
@admit(*factors.NEEDED)
def factor() -> Any:
    with database().read() as tx:
        has_app, left = factors.has_app(tx, current_user.user_id), factors.paper_codes_left(tx, current_user.user_id)
    return render_template("accounts/factor.html", has_app=has_app, left=left, must=freshness.needs_factor(current_user))


@room.route("/konto/totrin/kodeapp", methods=["GET", "POST"])
@admit(*factors.NEEDED)
def code_app() -> Any:
    if freshness.has_factor(current_user) and not freshness.is_fresh():
        return redirect(url_for("accounts.confirm", naeste=url_for("accounts.factor")), 303)
    secret, wrong = _waiting(), ""
    if request.method == "POST":
        step = factors.fitting_step(secret, request.form.get("code", ""), clock.now())
        if step is not None:
            return _enrolled(secret, step)
        wrong = "Koden passer ikke. Tjek, at telefonens ur går rigtigt, vent på den næste kode, og prøv igen."
    return render_template("accounts/code_app.html", picture=_picture(factors.address(secret, current_user.email)), wrong=wrong,
                           secret=" ".join(secret[at:at + 4] for at in range(0, len(secret), 4)), next=next_page()), 422 if wrong else 200


@room.post("/konto/totrin/papirkoder")
@admit(*factors.NEEDED)
@fresh("accounts.factor")
def paper_codes() -> Any:
    if not freshness.has_factor(current_user):
        return redirect(url_for("accounts.factor"), 303)
    return render_template("accounts/paper_codes.html", codes=factors.new_paper_codes(database(), current_user.user_id), next=home())


@room.route("/konto/bekraeft", methods=["GET", "POST"])
@admit(*factors.NEEDED)
def confirm() -> Any:
    if not freshness.has_factor(current_user):
        flash("Det, du vil, kræver, at du logger ind i to trin. Slå det til her, og gå så videre.", "info")
        return redirect(url_for("accounts.code_app", naeste=next_page() or None), 303)
    if request.method == "GET":
        return render_template("accounts/confirm.html", wrong="", next=next_page())
    wrong, status = try_code(current_user.user_id)
    if wrong:
        return render_template("accounts/confirm.html", wrong=wrong, next=next_page()), status
    freshness.confirm()
    flash("Tak. Nu kan du gå videre. Det gælder i 5 minutter.", "success")
    return redirect(next_page() or home(), 303)


def _waiting() -> str:
    """The secret in the QR code: the same until it is proved, so that a page fetched twice spoils nothing."""
    me = current_user.user_id
    if WAITING not in session:
        session[WAITING] = b64encode(factors.seal(database(), me, factors.new_secret())).decode()
    return factors.unseal(database(), me, b64decode(session[WAITING]))


def _enrolled(secret: str, step: int) -> Any:
    session.pop(WAITING, None)
    factors.enrol(database(), current_user.user_id, secret, step)
    freshness.confirm()
    codes = factors.new_paper_codes(database(), current_user.user_id)
    flash("Fra nu af logger du ind i to trin.", "success")
    return render_template("accounts/paper_codes.html", codes=codes, next=next_page() or home())


def _picture(address: str) -> Markup:
    """Black on white also in the dark: not every camera reads the reverse."""
    return Markup(segno.make(address, error="m", micro=False).svg_inline(scale=5, dark="#000", light="#fff", svgclass="qr-code", lineclass=None,
                                                                        omitsize=False))
