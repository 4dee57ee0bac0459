"""What the ledger makes of an op before anything is written: refused, held, or free to go on."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.clock import local_date
from app.ledger import scope
from app.ledger.author import Author
from app.ledger.desk import Desk, Standing
from app.ledger.joined import INTO, readdressed, why_not
from app.ledger.op import Op
from app.ledger.versions import OLDEST, upgraded
from app.records.codes import label
from app.records.wire import Bad, specs
from app.rules.consent import is_open
from app.rules.gates import needed
from app.rules.record_rules import broken


class Verdict(Exception):
    """The op ends here with this code."""

    def __init__(self, code: str, fields: dict[str, str] | None = None, awaits: list[tuple[str, str]] | None = None,
                 **words: str) -> None:
        super().__init__(code)
        self.code, self.fields, self.awaits, self.words = code, fields, awaits or [], words


def before_merge(desk: Desk, author: Author, op: Op) -> tuple[dict[str, Any], dict[str, Any]]:
    """(`set`, `base`) in canonical form, when nothing about the op itself stands in the way; raises Verdict."""
    if _is_erased(desk, op):
        raise Verdict("ERASED")
    if not author.has_view:
        raise Verdict("NOT_ALLOWED")
    if op.cleaned:
        raise Verdict("CPR_NUMBER", dict.fromkeys(op.cleaned, "Indeholdt et CPR-nummer, som er fjernet."))
    if op.wrong:
        raise Verdict("INVALID", op.wrong)
    assert op.record
    if op.v > op.record.VERSION:
        raise Verdict("VERSION_UNKNOWN")
    if op.v < OLDEST.get(op.kind, 1):
        raise Verdict("VERSION_TOO_OLD")
    _check_rights(desk, author, op)
    mine, base = _canonical(op)
    return readdressed(desk, op, mine), readdressed(desk, op, base)


def _is_erased(desk: Desk, op: Op) -> bool:
    keys = [op.key, *((kind, id_) for _, kind, id_ in op.refs())]
    return any((standing := desk.standing(*key)) is not None and standing.gone == "erased" for key in keys if key[1])


def _check_rights(desk: Desk, author: Author, op: Op) -> None:
    assert op.record
    if op.action != "create" and op.record.APPEND_ONLY or not scope.may_write(author, op.kind):
        raise Verdict("NOT_ALLOWED")
    own = desk.standing(*op.key)
    if own and not scope.sees(author, op.kind, own):
        raise Verdict("NOT_ALLOWED")
    for name, kind, id_ in op.refs():
        named, stood = desk.standing(kind, id_), own and own.data.get(name) == id_  # what stands there already may be sent along
        if named and not stood and not scope.sees(author, kind, named) or name == INTO and not author.is_office:
            raise Verdict("NOT_ALLOWED")


def _canonical(op: Op) -> tuple[dict[str, Any], dict[str, Any]]:
    """In an update null empties a field; in a new record it is the same as absent."""
    assert op.record
    fields, wrong = specs(op.record), {}
    set_, base = upgraded(op.kind, op.v, op.set), upgraded(op.kind, op.v, op.base)
    mine: dict[str, Any] = {}
    for name, value in set_.items():
        try:
            mine[name] = fields[name].read(value) if name in fields else None
        except Bad as bad:
            wrong[name] = str(bad)
    wrong |= {name: "Feltet findes ikke." for part in (set_, base) for name, value in part.items() if name not in fields and value is not None}
    needed_here = {name for name, spec in fields.items() if spec.required and (op.action == "create" or name in mine)}
    if op.action != "delete":
        wrong |= {name: "Skal udfyldes." for name in needed_here if mine.get(name) is None and name not in wrong}
    if wrong:
        raise Verdict("INVALID", wrong)
    return {name: value for name, value in mine.items() if name in fields and (value is not None or op.action == "update")}, base


def unknown(desk: Desk, op: Op) -> list[tuple[str, str]]:
    """The records that the op needs and that the server does not know yet."""
    missing = [(kind, id_) for _, kind, id_ in op.refs() if desk.standing(kind, id_) is None and (kind, id_) != op.key]
    if op.action != "create" and desk.standing(*op.key) is None:
        missing.append(op.key)
    return missing


def check_record(desk: Desk, op: Op, data: dict[str, Any], on: date | None, before: Standing | None = None) -> None:
    """Rules between fields, the project's period, the consent gates; raises Verdict."""
    wrong = broken(op.kind, data, desk.now) | _unique(desk, op, data)
    if op.kind == "citizen" and (why := why_not(desk, op.id, data, before)):
        wrong[INTO] = why
    if wrong:
        raise Verdict("INVALID", wrong)
    period = desk.project_period()
    if on and period and not period[0] <= on <= period[1]:
        raise Verdict("OUTSIDE_PROJECT", {op.record.EVENT or "": "Ligger uden for projektets periode."} if op.record else None)
    _check_consents(desk, op, data, on, before)


def _check_consents(desk: Desk, op: Op, data: dict[str, Any], on: date | None, before: Standing | None) -> None:
    citizen_id = op.id if op.kind == "citizen" else data.get("citizen_id")
    gates = needed(op.kind, data, local_date(desk.now), on, before.data if before else None)
    if before and op.kind not in ("talk", "citizen") and gates == needed(op.kind, before.data, local_date(desk.now), on):
        return  # the change does not touch what the consent is for
    for scope_, day in gates:
        if not is_open(desk.consent_events(str(citizen_id)), scope_, day, local_date(desk.now)):
            raise Verdict("NO_CONSENT", awaits=[("consent_event", str(citizen_id))], scope=label("consent_scope", scope_).lower())


def _unique(desk: Desk, op: Op, data: dict[str, Any]) -> dict[str, str]:
    """An ydernummer belongs to one live practice (domain.md 2.2)."""
    if op.kind != "practice" or not data.get("ydernummer") or data.get("agreement_status") in ("ENDED", "DECLINED"):
        return {}
    others: list[Standing] = desk.rows_where("practice", "ydernummer", data["ydernummer"])
    taken = [o for o in others if o.id != op.id and o.data.get("agreement_status") not in ("ENDED", "DECLINED")]
    return {"ydernummer": f"Bruges allerede af {taken[0].data['name']}."} if taken else {}
