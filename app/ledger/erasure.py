"""Takes a citizen out: content and code leave every table, a tombstone and an anonymous counter stay (sync.md I19; domain.md 2.0)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, update

from app.clock import local_date
from app.db import Database
from app.ledger import access, history, requests, workshop
from app.ledger.author import SYSTEM_USER, Author
from app.ledger.desk import Desk, Key, Line, Standing
from app.ledger.flush import flush
from app.ledger.forgetting import forget_code, forget_ops, mentions
from app.ledger.ids import new_id
from app.ledger.joined import together
from app.ledger.push import tried
from app.ledger.scrub import scrub
from app.ledger.tables import BOOKED, ERASED, HEAD, OPS, RECORDS
from app.ledger.vault import forget
from app.records.month import NOBODYS
from app.rules.calendar import month_of
from app.rules.persons import persons, runs
from app.rules.tally import COUNTED, tallies

CODE = re.compile(r"^B-\w{5}\Z")


def erase(db: Database, project_id: str, code: str, now: datetime, by: Author | None = None, reason: str = "") -> int:
    """Erases the citizen with this code; how many records went. Raises LookupError. No byte is left when it returns.

    `reason` stays in the access log, so it names nobody.
    """
    with db.read() as tx:
        ids = citizens_with(tx, project_id, code)
    if not ids:
        raise LookupError(code)
    return erase_ids(db, project_id, ids, now, by, reason)


def erase_ids(db: Database, project_id: str, ids: list[str], now: datetime, by: Author | None = None, reason: str = "") -> int:
    """As `erase`, for citizens by id."""
    with history.changed(db) as content:  # before the deed: a crash in between may erase once more, never bring back
        content["erasures"] = [*content["erasures"], *({"citizen_id": id_, "at": now.isoformat()} for id_ in ids)]
    gone = sum(erase_id(db, project_id, id_, now, by, reason) for id_ in ids)
    history.anchor(db, project_id, now)
    workshop.sweep(db)
    scrub(db)
    return gone


def citizens_with(tx: Connection, project_id: str, code: str) -> list[str]:
    """Who holds the code: a record, or else ops in quarantine or on hold that would have made one."""
    citizens = RECORDS["citizen"]
    live = tx.execute(select(citizens.c.id).where(citizens.c.project_id == project_id, citizens.c.code == code)).scalars().all()
    if live:
        return together(tx, project_id, live[0])
    named = tx.execute(select(OPS.c.record_id, OPS.c.content).where(
        OPS.c.project_id == project_id, OPS.c.kind == "citizen", OPS.c.record_id != "", mentions(OPS.c.content, code)))
    return sorted({row.record_id for row in named if _code_in(row.content) == code})


def _code_in(content: Any) -> str | None:
    wanted = (content or {}).get("set")
    return wanted.get("code") if isinstance(wanted, dict) else None


def again(db: Database, project_id: str, erasures: list[dict[str, Any]], now: datetime) -> None:
    """Does past erasures once more, after a restore and before the port opens."""
    for entry in erasures:
        with db.read() as tx:
            known = tx.execute(select(HEAD.c.gone).where(
                HEAD.c.project_id == project_id, HEAD.c.kind == "citizen", HEAD.c.id == entry["citizen_id"])).first()
        if known is None or known.gone != "erased":
            erase_id(db, project_id, entry["citizen_id"], now)
    if erasures:
        scrub(db)


def erase_id(db: Database, project_id: str, citizen_id: str, now: datetime, by: Author | None = None, reason: str = "") -> int:
    """The change itself and its line in the access log, in one transaction."""
    entry = access.Entry("ERASE", "citizen", citizen_id, citizen_id, reason=reason)

    def act(tx: Connection) -> int:
        count = _erase(tx, db, project_id, citizen_id, now)
        access.put(tx, by or Author(SYSTEM_USER, project_id, "SYSTEM"), [entry], now)
        return count
    return tried(db, act)  # type: ignore[no-any-return]


def _erase(tx: Connection, db: Database, project_id: str, citizen_id: str, now: datetime) -> int:
    desk = Desk(tx, project_id, now, lock=not db.is_sqlite)
    desk.lay_out([("citizen", citizen_id)], change=True)  # from here on nobody hangs anything more on the citizen
    keys: list[Key] = [("citizen", citizen_id), *((k, i) for k, i in tx.execute(select(HEAD.c.kind, HEAD.c.id).where(
        HEAD.c.project_id == project_id, HEAD.c.citizen_id == citizen_id, HEAD.c.kind != "citizen")))]
    desk.lay_out(keys, change=True)
    codes = _codes_of(tx, desk, citizen_id)
    take_out(desk, keys, citizen_id)
    forget_ops(tx, project_id, keys, citizen_id)
    for code in codes:
        forget_code(tx, desk, code)
    flush(desk)
    forget(tx, citizen_id)  # under the counter's lock: nobody is putting a number in just now
    access.forget(tx, project_id, citizen_id)
    requests.forget(tx, citizen_id, now)
    return len(keys)


def _codes_of(tx: Connection, desk: Desk, citizen_id: str) -> set[str]:
    """Every code the citizen has had: as the record says, and as ops on it said. Not one that is another's by now."""
    standing, citizens = desk.standing("citizen", citizen_id), RECORDS["citizen"]
    contents = tx.execute(select(OPS.c.content, OPS.c.before).where(
        OPS.c.project_id == desk.project_id, OPS.c.kind == "citizen", OPS.c.record_id == citizen_id))
    said = {code for row in contents for code in (_code_in(row.content), (row.before or {}).get("code"))}
    if standing:
        said |= {standing.data.get("code"), *(one.get("code") for one in standing.data.get("former_codes") or ())}
    codes = {code for code in said if isinstance(code, str) and CODE.match(code)}
    others = (citizens.c.project_id == desk.project_id, citizens.c.code.in_(codes), citizens.c.id != citizen_id)
    return codes - set(tx.execute(select(citizens.c.code).where(*others)).scalars())


def take_out(desk: Desk, keys: list[Key], citizen_id: str = "") -> None:
    """The records' content; counters and tombstones stay. `citizen_id`: whose records they are, when they are one citizen's."""
    going = [standing for key in keys if (standing := desk.standing(*key) or Standing(*key)).gone != "erased"]
    for standing in going:
        _count(desk.tx, desk, standing)  # all of them first: a talk's district may stand with the citizen
    if citizen_id:
        _count_person(desk.tx, desk, citizen_id)
        _unname(desk.tx, desk.project_id, sorted({*keys, ("citizen", citizen_id)}))
    for standing in going:
        _take_out(desk.tx, desk, standing)


def _take_out(tx: Connection, desk: Desk, standing: Standing) -> None:
    tx.execute(delete(RECORDS[standing.kind]).where(RECORDS[standing.kind].c.id == standing.id))
    standing.rev, standing.gone, standing.salt, standing.data = standing.rev + 1, "erased", "", {}
    desk.lines.append(Line(None, standing.kind, standing.id, SYSTEM_USER, standing.rev, changes=standing))
    desk.gone[standing.kind, standing.id] = standing


def _count(tx: Connection, desk: Desk, standing: Standing) -> None:
    """The counters that stay: type, event month and district, nothing else."""
    day = standing.envelope.get("event_date")
    if day is None or standing.gone:
        return
    type_ = str(standing.data.get("type") or standing.data.get("status") or "")
    _add(tx, desk, standing.kind, day.isoformat()[:7], _district(tx, standing), type_, 1)


def _count_person(tx: Connection, desk: Desk, citizen_id: str) -> None:
    """What the citizen added to the figures, each by itself: an indicator, a month and a number (indicators.md 2.12)."""
    courses = runs(tx, desk.project_id)
    for person in persons(tx, desk.project_id, citizen_id):
        agreed = {step.talk_id for step in person.steps if step.step != "NONE"}
        found = [(month_of(talk.event_date), "S7", 1) for talk in person.talks if talk.id in agreed]
        found += [(one.month, *count) for one in tallies(person, courses, local_date(desk.now)) for count in one.counts.items()]
        for month, name, count in found:
            _add(tx, desk, COUNTED, month, "", name, count)


def _add(tx: Connection, desk: Desk, kind: str, month: str, district: str, type_: str, count: int) -> None:
    key = {"project_id": desk.project_id, "kind": kind, "month": month, "district": district, "type": type_}
    same = and_(*(ERASED.c[name] == value for name, value in key.items()))
    if tx.execute(update(ERASED).where(same).values(count=ERASED.c.count + count)).rowcount == 0:
        tx.execute(insert(ERASED).values(**key, count=count))


def _unname(tx: Connection, project_id: str, keys: list[Key]) -> None:
    """What closed months booked for the records stays as it was, under ids that lead nowhere, not even from month to month."""
    for kind, id_ in keys:
        mine = (BOOKED.c.project_id == project_id, BOOKED.c.kind == kind, BOOKED.c.record_id == id_)
        for month in tx.execute(select(BOOKED.c.month).where(*mine).distinct()).scalars().all():
            tx.execute(update(BOOKED).where(*mine, BOOKED.c.month == month).values(kind=NOBODYS, record_id=new_id(), rev=0, digest=""))


def _district(tx: Connection, standing: Standing) -> str:
    if standing.data.get("district"):
        return str(standing.data["district"])
    practices, citizens = RECORDS["practice"], RECORDS["citizen"]
    first = select(citizens.c.first_practice_id).where(citizens.c.id == standing.citizen_id)
    practice_id = standing.data.get("practice_id") or tx.execute(first).scalar()
    return tx.execute(select(practices.c.district).where(practices.c.id == practice_id)).scalar() or ""
