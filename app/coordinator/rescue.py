"""/kontor/telefoner/redning: a phone's rescue package is shown, and booked to the person whose phone it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from app import clock
from app.answers import database
from app.coordinator import desk
from app.coordinator.carried import MOST_PACKED, packed, unpacked
from app.coordinator.danish import counted
from app.coordinator.desk import TABLES
from app.coordinator.rescue_file import MOST_BYTES, TOO_LARGE, Package, Unreadable, read
from app.coordinator.room import room
from app.coordinator.shown import kind_title
from app.guards import admit
from app.ledger import access, history
from app.ledger.author import Author
from app.ledger.change import Result
from app.ledger.push import Busy, StorageFull, push
from app.ledger.tables import CREDENTIALS, DEVICES, OPS

A_BATCH = 200  # as phones send
STRANGER = "Filen er fra en bruger, som dette projekt ikke har. Intet er indlæst."
BUSY = "Serveren havde travlt og nåede ikke det hele. Prøv igen: det, der er bogført, bliver ikke bogført to gange."


@dataclass
class Shown:
    """What the page says of a package before it is booked."""

    package: Package
    owner: Any
    device: Any
    known: int  # of its ops; the server has them already

    @property
    def new(self) -> int:
        return len(self.package.ops) - self.known

    @property
    def proven(self) -> bool:
        return self.device is not None and self.package.proves(self.device.deposit_hash)


@room.get("/telefoner/redning")
@admit("COORDINATOR")
def rescue() -> Any:
    return render_template("coordinator/rescue.html", wrong="")


@room.post("/telefoner/redning")
@admit("COORDINATOR")
def preview_rescue() -> Any:
    """Shows whose it is, from which phone, and how many. Nothing is written here but the log's line on a file that was refused."""
    sent = request.files.get("fil")
    content = sent.read(MOST_BYTES + 1) if sent else b""
    if not content:
        return render_template("coordinator/rescue.html", wrong="Vælg en fil."), 422
    try:
        if len(carried := packed(content)) > MOST_PACKED:
            raise Unreadable(TOO_LARGE, "for stor")
        return render_template("coordinator/rescue_preview.html", shown=_shown(content), packed=carried, kind_title=kind_title)
    except Unreadable as unreadable:
        return _refused(unreadable)


@room.post("/telefoner/redning/bogfoert")
@admit("COORDINATOR")
def book_rescue() -> Any:
    """By the ordinary way of a phone's work: what is here already is not booked again."""
    try:
        shown = _shown(unpacked(MOST_BYTES))
    except Unreadable as unreadable:
        return _refused(unreadable)
    results = _booked(shown)
    new = [result for result in results if result.status not in ("duplicate", "retry")]
    about = f"{len(new)} nye, {sum(result.status == 'duplicate' for result in results)} her i forvejen, {shown.package.broken} kunne ikke åbnes"
    done = access.Entry("RESCUE", "user", shown.owner.id, device_id=shown.package.device_id, about=about)
    access.log(database(), desk.author(), [done], clock.now())
    _tell(shown, results, new)
    return redirect(url_for("coordinator.phones"), 303)


def _shown(content: bytes) -> Shown:
    package = read(database().settings.box_keys(), content)
    users = TABLES["user"]
    with database().read() as tx:
        owner = tx.execute(select(users.c.id, users.c.name, users.c.initials, users.c.role, CREDENTIALS.c.scope_rev, CREDENTIALS.c.disabled)
                           .join(CREDENTIALS, CREDENTIALS.c.user_id == users.c.id)
                           .where(users.c.id == package.user_id, users.c.project_id == current_user.project_id)).first()
        if owner is None:
            raise Unreadable(STRANGER, "ukendt bruger")
        device = tx.execute(select(DEVICES).where(DEVICES.c.id == package.device_id, DEVICES.c.user_id == package.user_id)).first()
        known = set()
        for start in range(0, len(package.ops), A_BATCH):
            known |= set(tx.execute(select(OPS.c.op_id).where(OPS.c.op_id.in_(package.op_ids[start:start + A_BATCH]))).scalars())
    return Shown(package, owner, device, len(known))


def _booked(shown: Shown) -> list[Result]:
    """In the owner's name, as from the phone. What the server had no time for is `retry`."""
    owner = Author(shown.owner.id, current_user.project_id, shown.owner.role, shown.owner.scope_rev)
    ops, results = shown.package.ops, []
    for start in range(0, len(ops), A_BATCH):
        batch = ops[start:start + A_BATCH]
        try:
            done = push(database(), owner, shown.package.device_id, batch, clock.now())
        except (Busy, StorageFull):
            results += [Result(op["op_id"], "retry", "BUSY", "") for op in ops[start:]]
            break
        history.note(database(), done.head)
        results += done.results
    return results


def _tell(shown: Shown, results: list[Result], new: list[Result]) -> None:
    name = shown.owner.name
    flash(f"{counted(len(new), 'registrering', 'registreringer')} fra pakken er modtaget i navnet {name}." if new
          else f"Alt i pakken fra {name} var her i forvejen. Intet er bogført to gange.", "success")
    unsettled = sum(result.status in ("rejected", "conflict", "held") for result in new)
    if unsettled:
        flash(f"{counted(unsettled, 'registrering', 'registreringer')} kræver, at du ser på dem. Se Skal afklares.", "warning")
    if shown.package.broken:
        lost = counted(shown.package.broken, "registrering", "registreringer")
        flash(f"{lost} i filen kunne ikke åbnes. Få en ny fil, hvis telefonen stadig virker.", "warning")
    if any(result.status == "retry" for result in results):
        flash(BUSY, "error")


def _refused(unreadable: Unreadable) -> Any:
    access.log(database(), desk.author(), [access.Entry("RESCUE_BAD", "device", about=unreadable.short)], clock.now())
    return render_template("coordinator/rescue.html", wrong=str(unreadable)), 422
