"""Who may put a citizen's number in the vault, who may take it out on the day of a call, and when it is thrown away (domain.md 2.5, 2.14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from app.clock import local_date
from app.db import Database
from app.ledger import access, history, scope
from app.ledger.author import Author
from app.ledger.desk import Desk
from app.ledger.push import tried
from app.ledger.tables import BOOK, HEAD, RECORDS
from app.ledger.vault import VAULT, forget, seal, unseal
from app.rules.gates import may
from app.rules.outcomes import Due, call_due, ends_on, months_after
from app.rules.retention import rules

LONGEST = rules()["CONTACT_VAULT"].months


class NoConsent(Exception):
    """The citizen's yes to being contacted does not hold today."""


@dataclass(frozen=True)
class Call:
    """What the adviser needs for one call, and until when it may be made."""

    phone: str
    name: str
    due: Due


def keep(db: Database, author: Author, citizen_id: str, phone: str, name: str, now: datetime) -> bool:
    """Puts a number in the vault, in place of an older one. False when the citizen is not this person's; raises NoConsent, push.Busy."""
    def put(tx: Connection) -> bool:
        _hold_the_book(tx, author.project_id)
        if not _sees(tx, author, citizen_id):
            return False
        if not _may("KEEP_PHONE_NUMBER", tx, author.project_id, citizen_id, now):
            raise NoConsent
        forget(tx, citizen_id)
        tx.execute(insert(VAULT).values(citizen_id=citizen_id, project_id=author.project_id, author_id=author.user_id, kept_at=now,
                                        box=seal(db.settings.secret_key, citizen_id, phone, name)))
        access.put(tx, author, [access.Entry("KEEP_NUMBER", "contact_vault", citizen_id=citizen_id)], now)
        return True
    kept = bool(tried(db, put))
    history.anchor(db, author.project_id, now)
    return kept


def call(db: Database, author: Author, citizen_id: str, now: datetime) -> Call | None:
    """The number, on a day on which a call is due; None for everyone and on every day else. Who opened it and when is kept."""
    def take(tx: Connection) -> Call | None:
        row = tx.execute(select(VAULT).where(VAULT.c.citizen_id == citizen_id, VAULT.c.project_id == author.project_id)).first()
        due = _due(tx, author.project_id, citizen_id, local_date(now)) if row and _sees(tx, author, citizen_id) else None
        if row is None or due is None or not _may("COUNT_OUTCOME", tx, author.project_id, citizen_id, now):
            return None
        found = unseal(db.settings.secret_key, citizen_id, row.box)
        if found is None:
            return None
        tx.execute(update(VAULT).where(VAULT.c.citizen_id == citizen_id).values(called_at=now, called_by=author.user_id))
        access.put(tx, author, [access.Entry("CALL", "contact_vault", citizen_id=citizen_id)], now)
        return Call(found["phone"], found["name"], due)
    found: Call | None = tried(db, take)
    history.anchor(db, author.project_id, now)
    return found


def expire(db: Database, now: datetime) -> int:
    """Throws away what nobody may use any more, once a day: after M12, thirteen months after the index date, without a yes. How many."""
    return int(tried(db, lambda tx: sum(forget(tx, citizen_id) for citizen_id in over(tx, now))))


def over(tx: Connection, now: datetime) -> list[str]:
    """Whose number nobody may use any more."""
    rows = tx.execute(select(VAULT.c.citizen_id, VAULT.c.project_id, VAULT.c.kept_at)).all()
    return [row.citizen_id for row in rows if _is_over(tx, row, now)]


def _is_over(tx: Connection, row: Any, now: datetime) -> bool:
    index_on = _index_on(tx, row.project_id, row.citizen_id)
    last = ends_on(index_on) if index_on else months_after(local_date(row.kept_at), LONGEST)
    outcomes = _outcomes(tx, row.project_id, row.citizen_id)
    answered = any(o["outcome"] == "DECEASED" or o["point"] == "M12" and o["outcome"] != "UNREACHABLE" for o in outcomes)
    return bool(answered or local_date(now) > last or _head(tx, row.project_id, row.citizen_id) is None
                or not _may("KEEP_PHONE_NUMBER", tx, row.project_id, row.citizen_id, now))


def _due(tx: Connection, project_id: str, citizen_id: str, on: date) -> Due | None:
    index_on = _index_on(tx, project_id, citizen_id)
    return call_due(_outcomes(tx, project_id, citizen_id), index_on, on) if index_on else None


def _may(act: str, tx: Connection, project_id: str, citizen_id: str, now: datetime) -> bool:
    events = Desk(tx, project_id, now, lock=False).consent_events(citizen_id)
    return may(act, events, local_date(now), local_date(now))


def _hold_the_book(tx: Connection, project_id: str) -> None:
    """A withdrawal is applied before this, and bars it, or after it, and takes the number out again: never at once."""
    tx.execute(select(BOOK.c.project_id).where(BOOK.c.project_id == project_id).with_for_update())


def _head(tx: Connection, project_id: str, citizen_id: str) -> Any:
    return tx.execute(select(HEAD).where(HEAD.c.project_id == project_id, HEAD.c.kind == "citizen", HEAD.c.id == citizen_id,
                                         HEAD.c.gone.is_(None))).first()


def _sees(tx: Connection, author: Author, citizen_id: str) -> bool:
    head = _head(tx, author.project_id, citizen_id)
    return head is not None and scope.sees(author, "citizen", head)


def _index_on(tx: Connection, project_id: str, citizen_id: str) -> date | None:
    """The date of the first talk that was not anonymous (indicators.md 3.6)."""
    talks = RECORDS["talk"]
    return tx.execute(select(func.min(talks.c.event_date)).where(
        talks.c.project_id == project_id, talks.c.citizen_id == citizen_id, talks.c.type != "ANONYMOUS", talks.c.deleted.is_(False))).scalar()


def _outcomes(tx: Connection, project_id: str, citizen_id: str) -> list[dict[str, str]]:
    outcomes = RECORDS["outcome"]
    here = (outcomes.c.project_id == project_id, outcomes.c.citizen_id == citizen_id, outcomes.c.deleted.is_(False))
    rows = tx.execute(select(outcomes).where(*here).order_by(outcomes.c.received_at, outcomes.c.id)).all()
    return [{"point": row.point, "outcome": row.outcome, "answered_on": row.answered_on.isoformat()} for row in rows]


def move(db: Database, author: Author, gone_id: str, kept_id: str, now: datetime) -> None:
    """Two codes are one citizen: the number goes along, unless the code that is kept has one of its own."""
    def put(tx: Connection) -> None:
        _hold_the_book(tx, author.project_id)
        rows = {row.citizen_id: row for row in tx.execute(select(VAULT).where(VAULT.c.project_id == author.project_id,
                                                                              VAULT.c.citizen_id.in_((gone_id, kept_id))))}
        number = unseal(db.settings.secret_key, gone_id, rows[gone_id].box) if gone_id in rows and kept_id not in rows else None
        if number:
            box = seal(db.settings.secret_key, kept_id, number["phone"], number["name"])
            tx.execute(insert(VAULT).values(citizen_id=kept_id, project_id=author.project_id, author_id=rows[gone_id].author_id,
                                            kept_at=rows[gone_id].kept_at, box=box))
        forget(tx, gone_id)
    tried(db, put)
