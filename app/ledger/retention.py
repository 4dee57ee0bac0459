"""Takes each kind of thing away when its time is over, and says beforehand how much that is (domain.md 4.8; security.md, Retention)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from app.clock import COPENHAGEN, local_date
from app.db import Database
from app.ledger import access, contacts, notes
from app.ledger.desk import CHUNK, Desk, Key, Standing
from app.ledger.erasure import erase_ids, take_out
from app.ledger.flush import change_unasked, flush
from app.ledger.forgetting import forget_ops
from app.ledger.founding import system
from app.ledger.push import tried
from app.ledger.scope import PERSONAL
from app.ledger.scrub import scrub
from app.ledger.tables import ACCESS, HEAD, MONTH_TABLES, OPS, RECORDS
from app.ledger.tidy import old, tidy
from app.records.project import INVENTED
from app.rules.outcomes import months_after
from app.rules.retention import Rule, rules

PROJECTS = RECORDS["project"]
KEPT_OF_A_CITIZEN = ("code", "first_practice_id", "adviser_id")
Due = dict[str, Any]


def preview(db: Database, project_id: str, now: datetime) -> dict[str, int]:
    """Rule → how many would go today. A citizen whose records go today is not gone before their consents are."""
    with db.read() as tx:
        found = {"TALK_NOTE": len(notes.over(Desk(tx, project_id, now, lock=False), local_date(now))), "CONTACT_VAULT": len(contacts.over(tx, now)),
                 "CITIZEN_FACTS": sum(map(len, _facts(tx, project_id, now).values())), "CONSENT": len(_forgotten(tx, project_id, now)),
                 **{name: len(_records(tx, project_id, rules()[name], now)) for name in ("PROJECT", "HOURS")},
                 "TOMBSTONE": old(tx, project_id, timedelta(days=rules()["TOMBSTONE"].days), now),
                 "ACCESS_LOG": _old_lines(tx, project_id, now)}
    return {name: found[name] for name in rules()}


def run(db: Database, project_id: str, now: datetime, tombstones: timedelta | None = None) -> dict[str, int]:
    """Does it, once a day; rule → how many went."""
    acts: dict[str, Callable[[], int]] = {
        "TALK_NOTE": lambda: notes.forget_notes(db, project_id, now), "CONTACT_VAULT": lambda: contacts.expire(db, now),
        "CITIZEN_FACTS": lambda: _retire_facts(db, project_id, now), "CONSENT": lambda: _forget_citizens(db, project_id, now),
        "PROJECT": lambda: _retire_project(db, project_id, now), "HOURS": lambda: _retire(db, project_id, rules()["HOURS"], now),
        "TOMBSTONE": lambda: tidy(db, project_id, tombstones or timedelta(days=rules()["TOMBSTONE"].days), now),
        "ACCESS_LOG": lambda: access.forget_old(db, project_id, _midnight(rules()["ACCESS_LOG"].cut(local_date(now))), now)}
    gone = {name: acts[name]() for name in rules()}
    if any(gone.values()):
        scrub(db)
        told = ", ".join(f"{rules()[name].title.lower()}: {count}" for name, count in gone.items() if count)
        access.log(db, system(project_id), [access.Entry("TIDY", about=told[:200])], now)
    return gone


def applies(db: Database, project_id: str) -> bool:
    """An invented project keeps all it has."""
    with db.read() as tx:
        return tx.execute(select(PROJECTS.c.reference).where(PROJECTS.c.id == project_id)).scalar() != INVENTED


def _facts(tx: Connection, project_id: str, now: datetime) -> dict[str, list[Key]]:
    """Citizen → the records about them whose time is over."""
    rule, today = rules()["CITIZEN_FACTS"], local_date(now)
    project_over = months_after(_project_end(tx, project_id), rule.project_end_months) < today
    last, due = _last_contacts(tx, project_id), defaultdict(list)
    for head in _living(tx, project_id, rule):
        if head.citizen_id and (project_over or last.get(head.citizen_id, today) < rule.cut(today)):
            due[head.citizen_id].append((head.kind, head.id))
    return dict(due)


def _forgotten(tx: Connection, project_id: str, now: datetime) -> list[str]:
    """Citizens of whom only the consents are left, and those for long enough."""
    today, facts, rule = local_date(now), rules()["CITIZEN_FACTS"], rules()["CONSENT"]
    described = {head.citizen_id for head in _living(tx, project_id, facts)}
    taken = dict(tx.execute(select(HEAD.c.citizen_id, func.max(HEAD.c.changed_at)).where(
        HEAD.c.project_id == project_id, HEAD.c.gone == "erased", HEAD.c.kind.in_(facts.kinds)).group_by(HEAD.c.citizen_id)).all())
    never = facts.cut(rule.cut(today))  # nothing was ever written of them: both times together
    return [citizen for citizen, last in _last_contacts(tx, project_id).items() if citizen not in described
            and (local_date(taken[citizen]) < rule.cut(today) if citizen in taken else last < never)]


def _last_contacts(tx: Connection, project_id: str) -> dict[str, date]:
    """Living citizen → the last day on which anything happened or came in about them."""
    last: dict[str, date] = {}
    for kind in sorted(PERSONAL):
        table = RECORDS[kind]
        asked = select(HEAD.c.citizen_id, func.max(table.c.event_date), func.max(table.c.received_at)).join(table, table.c.id == HEAD.c.id).where(
            HEAD.c.project_id == project_id, HEAD.c.kind == kind, HEAD.c.citizen_id.is_not(None)).group_by(HEAD.c.citizen_id)
        for citizen, happened, came in tx.execute(asked):
            last[citizen] = max(day for day in (last.get(citizen), happened, local_date(came)) if day)
    alive = tx.execute(select(RECORDS["citizen"].c.id).where(RECORDS["citizen"].c.project_id == project_id)).scalars()
    return {citizen: last[citizen] for citizen in alive if citizen in last}


def _retire_facts(db: Database, project_id: str, now: datetime) -> int:
    with db.read() as tx:
        due = _facts(tx, project_id, now)
    return sum(_take(db, project_id, keys, now, citizen) for citizen, keys in due.items())


def _forget_citizens(db: Database, project_id: str, now: datetime) -> int:
    with db.read() as tx:
        ids = _forgotten(tx, project_id, now)
    if ids:
        erase_ids(db, project_id, ids, now, reason="Opbevaringstiden er gået.")
    return len(ids)


def _retire_project(db: Database, project_id: str, now: datetime) -> int:
    gone = _retire(db, project_id, rules()["PROJECT"], now)
    if gone:
        with db.write() as tx:
            for table in MONTH_TABLES:
                tx.execute(delete(table).where(table.c.project_id == project_id))
    return gone


def _retire(db: Database, project_id: str, rule: Rule, now: datetime) -> int:
    with db.read() as tx:
        keys = _records(tx, project_id, rule, now)
    return sum(_take(db, project_id, keys[start:start + CHUNK], now) for start in range(0, len(keys), CHUNK))


def _records(tx: Connection, project_id: str, rule: Rule, now: datetime) -> list[Key]:
    if _project_end(tx, project_id) >= rule.cut(local_date(now)):
        return []
    return sorted(((head.kind, head.id) for head in _living(tx, project_id, rule)), key=lambda key: rule.kinds.index(key[0]))


def _take(db: Database, project_id: str, keys: list[Key], now: datetime, citizen_id: str = "") -> int:
    def act(tx: Connection) -> int:
        desk = Desk(tx, project_id, now, lock=not db.is_sqlite)
        desk.lay_out([("citizen", citizen_id)], change=True)  # from here on nobody hangs anything more on the citizen
        desk.lay_out(keys, change=True)
        take_out(desk, keys, citizen_id)
        forget_ops(tx, project_id, keys)
        if citizen_id and (citizen := desk.standing("citizen", citizen_id)) and not citizen.gone:
            _strip(tx, desk, citizen)
        flush(desk)
        return len(keys)
    return int(tried(db, act))


def _strip(tx: Connection, desk: Desk, citizen: Standing) -> None:
    """Leaves a citizen the code that the consents are known by."""
    bare = {name: value for name, value in citizen.data.items() if name in KEPT_OF_A_CITIZEN}
    change_unasked(desk, citizen, {**bare, "status": "CLOSED"})
    mine = OPS.c.project_id == desk.project_id, OPS.c.kind == "citizen", OPS.c.record_id == citizen.id, OPS.c.status.in_(notes.DONE)
    for op in tx.execute(select(OPS.c.op_id, OPS.c.content, OPS.c.before).where(*mine)).all():
        parts = {name: {key: value for key, value in part.items() if key in KEPT_OF_A_CITIZEN}
                 for name, part in (op.content or {}).items() if isinstance(part, dict)}
        before = {key: value for key, value in (op.before or {}).items() if key in KEPT_OF_A_CITIZEN}
        tx.execute(update(OPS).where(OPS.c.op_id == op.op_id).values(content={**(op.content or {}), **parts}, before=before, content_hash=""))


def _living(tx: Connection, project_id: str, rule: Rule) -> list[Any]:
    return list(tx.execute(select(HEAD.c.kind, HEAD.c.id, HEAD.c.citizen_id).where(
        HEAD.c.project_id == project_id, HEAD.c.kind.in_(rule.kinds), HEAD.c.gone.is_distinct_from("erased")).order_by(HEAD.c.seq)))


def _project_end(tx: Connection, project_id: str) -> date:
    return tx.execute(select(PROJECTS.c.period_to).where(PROJECTS.c.id == project_id)).scalar_one()


def _old_lines(tx: Connection, project_id: str, now: datetime) -> int:
    old = ACCESS.c.project_id == project_id, ACCESS.c.at < _midnight(rules()["ACCESS_LOG"].cut(local_date(now)))
    return tx.execute(select(func.count()).select_from(ACCESS).where(*old)).scalar_one()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), COPENHAGEN)
