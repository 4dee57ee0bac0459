"""Writes the access log, and nobody else does: one chain a project, whoever writes from whichever process (security.md, Log)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select, text, update

from app.db import Database
from app.ledger import history
from app.ledger.author import SYSTEM_USER, Author
from app.ledger.chain import START, digest
from app.ledger.push import tried
from app.ledger.tables import ACCESS, ACCESS_HEAD, ACCESS_REASONS, HEAD

ACTS = {"PULL": "Hentet til en telefon", "LIST": "Vist på en liste", "OPEN": "Åbnet", "LOOK_UP": "Begrundet opslag",
        "KEEP_NUMBER": "Telefonnummer gemt", "CALL": "Telefonnummer vist", "FILE": "Fil hentet", "MONTH_CLOSE": "Måned lukket", "SENT": "Fil leveret",
        "REPORT_TEXT": "Rapporttekst skrevet", "HALF_YEAR": "Halvår frosset", "EXTRACT": "Udtræk til evaluator",
        "SEARCH": "Set i loggen", "INSIGHT": "Indsigt givet", "ERASE": "Borger slettet", "NEW_CODE": "Ny kode til en borger",
        "MERGE": "To koder lagt sammen", "LOCK": "Telefon spærret", "WIPE": "Telefon spærret og tømt",
        "REOPEN": "Telefon lukket op igen", "DISCARD": "Usendte registreringer slettet på telefonen",
        "RESCUE": "Redningspakke bogført", "RESCUE_BAD": "Redningspakke afvist",
        "END_SESSION": "Session afsluttet", "USER_ADD": "Bruger oprettet", "ROLE": "Rolle ændret",
        "FACTOR": "To trin fjernet for en bruger", "PASSPHRASE": "Ny adgangssætning til en bruger", "USER_CLOSE": "Konto lukket",
        "TIE": "Organisationens konto koblet til", "UNTIE": "Organisationens konto koblet fra",
        "USER_OPEN": "Konto åbnet igen", "BACKUP": "Sikkerhedskopi taget",
        "SIGN_IN": "Logget ind", "SIGN_IN_WRONG": "Forkert forsøg på at logge ind", "REFUSED": "Afvist adgang",
        "REQUEST": "Anmodning fra en borger", "ANSWER": "Svar på en anmodning",
        "TIDY": "Opbevaringstid udløbet", "FORGET": "Gamle linjer i loggen slettet", "RESTORE": "Sikkerhedskopi lagt tilbage"}
CHAINED = ("project_id", "number", "user_id", "role", "act", "kind", "record_id", "citizen_id", "practice_id", "device_id", "about", "reason_digest")
FORGOTTEN = "til og med linje "
TAKE = text("INSERT INTO access_head (project_id, number, hash, floor, floor_hash) VALUES (:project_id, :count, :start, 0, :start) "
            "ON CONFLICT (project_id) DO UPDATE SET number = access_head.number + :count RETURNING number, hash")


@dataclass(frozen=True)
class Entry:
    """One access. `about` names fields or a file, never what stands in them."""

    act: str
    kind: str = ""
    record_id: str | None = None
    citizen_id: str | None = None
    practice_id: str | None = None
    device_id: str | None = None
    about: str = ""
    reason: str = ""


def log(db: Database, author: Author, entries: Iterable[Entry], now: datetime) -> None:
    """In a transaction of its own, on disk before it returns: what is logged is shown afterwards. Raises push.Busy, push.StorageFull."""
    if told := list(entries):
        tried(db, lambda tx: put(tx, author, told, now))
        history.anchor(db, author.project_id, now)


def put(tx: Connection, author: Author, entries: Sequence[Entry], now: datetime) -> None:
    """In the transaction of the act itself, and last in it: the head's row is held until that ends."""
    head = tx.execute(TAKE, {"project_id": author.project_id, "count": len(entries), "start": START}).one()
    lines, reasons, hash_ = [], [], head.hash
    for number, entry in enumerate(entries, head.number - len(entries) + 1):
        place = {"project_id": author.project_id, "number": number}
        line: dict[str, Any] = {**place, "at": now, "user_id": author.user_id, "role": author.role, **asdict(entry), "reason_digest": ""}
        if reason := line.pop("reason"):
            reasons.append({**place, "salt": uuid4().hex, "reason": reason})
            line["reason_digest"] = _digest(reasons[-1])
        hash_ = line["hash"] = link(hash_, line)
        lines.append(line)
    tx.execute(insert(ACCESS), lines)
    if reasons:
        tx.execute(insert(ACCESS_REASONS), reasons)
    tx.execute(update(ACCESS_HEAD).where(ACCESS_HEAD.c.project_id == author.project_id).values(hash=hash_))


def link(before: str, line: Any) -> str:
    """The hash of a line over the line before it."""
    parts = [before, line["at"].astimezone(UTC).isoformat(), *(line[name] for name in CHAINED)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _digest(reason: Any) -> str:
    return digest(reason["salt"], {"reason": reason["reason"]})


def delivered(db: Database, author: Author, device_id: str, changes: Sequence[dict[str, Any]], now: datetime) -> None:
    """Talks go to a phone with a page of a pull: one line for each citizen they are about, once a page."""
    talks: dict[str, list[dict[str, Any]]] = {}
    for change in changes:
        if change["kind"] == "talk" and "data" in change and (citizen_id := change["data"].get("citizen_id")):
            talks.setdefault(citizen_id, []).append(change)
    log(db, author, [Entry("PULL", "talk", some[0]["id"] if len(some) == 1 else None, citizen_id, device_id=device_id,
                           about=", ".join(sorted({name for talk in some for name in talk["data"]})))
                     for citizen_id, some in talks.items()], now)


def forget(tx: Connection, project_id: str, citizen_id: str) -> None:
    """What somebody wrote as a reason for looking at an erased citizen. That it happened stays, and why they were erased."""
    lines = select(ACCESS.c.number).where(ACCESS.c.project_id == project_id, ACCESS.c.citizen_id == citizen_id, ACCESS.c.act != "ERASE")
    tx.execute(delete(ACCESS_REASONS).where(ACCESS_REASONS.c.project_id == project_id, ACCESS_REASONS.c.number.in_(lines)))


def verify(tx: Connection, project_id: str) -> list[str]:
    """What does not hold in the log, in Danish; empty when all does."""
    head = tx.execute(select(ACCESS_HEAD).where(ACCESS_HEAD.c.project_id == project_id)).first()
    words = {row["number"]: row for row in tx.execute(select(ACCESS_REASONS).where(ACCESS_REASONS.c.project_id == project_id)).mappings()}
    erased = set(tx.execute(select(HEAD.c.id).where(HEAD.c.project_id == project_id, HEAD.c.kind == "citizen", HEAD.c.gone == "erased")).scalars())
    hash_, number = (head.floor_hash, head.floor) if head else (START, 0)
    if number and _said_floor(tx, project_id) != number:
        return ["Loggens begyndelse er en anden end den, som loggen selv siger."]
    for line in tx.execute(select(ACCESS).where(ACCESS.c.project_id == project_id).order_by(ACCESS.c.number)).mappings():
        if line["number"] != number + 1:
            return [f"Linje {number + 1} mangler i loggen."]
        number += 1
        if line["hash"] != link(hash_, line):
            return [f"Linje {number} i loggen er ændret."]
        reason = words.pop(number, None)
        if line["reason_digest"] != (_digest(reason) if reason else "") and (reason or line["citizen_id"] not in erased):
            return [f"Grunden til linje {number} i loggen {'er ændret' if reason else 'mangler'}."]
        hash_ = line["hash"]
    if (number, hash_) != ((head.number, head.hash) if head else (0, START)):
        return [f"Loggen slutter ved {number}, men tælleren står på {head.number if head else 0}."]
    return [f"Loggen har grunde uden linje: {sorted(words)}."] if words else []


def forget_old(db: Database, project_id: str, before: datetime, now: datetime) -> int:
    """Drops the oldest lines, all from before that instant; how many. The chain begins after them, and says so in a line of its own."""
    def drop(tx: Connection) -> int:
        head = tx.execute(select(ACCESS_HEAD).where(ACCESS_HEAD.c.project_id == project_id).with_for_update()).first()
        here = ACCESS.c.project_id == project_id
        if head is None:
            return 0
        kept = tx.execute(select(func.min(ACCESS.c.number)).where(here, ACCESS.c.at >= before)).scalar()
        floor = head.number if kept is None else kept - 1
        if floor <= head.floor:
            return 0
        hash_ = tx.execute(select(ACCESS.c.hash).where(here, ACCESS.c.number == floor)).scalar_one()
        put(tx, Author(SYSTEM_USER, project_id, "SYSTEM"), [Entry("FORGET", "access_log", about=f"{FORGOTTEN}{floor}")], now)
        tx.execute(update(ACCESS_HEAD).where(ACCESS_HEAD.c.project_id == project_id).values(floor=floor, floor_hash=hash_))
        tx.execute(delete(ACCESS_REASONS).where(ACCESS_REASONS.c.project_id == project_id, ACCESS_REASONS.c.number <= floor))
        return tx.execute(delete(ACCESS).where(here, ACCESS.c.number <= floor)).rowcount
    dropped = int(tried(db, drop))
    if dropped:
        history.anchor(db, project_id, now)
    return dropped


def _said_floor(tx: Connection, project_id: str) -> int:
    said = tx.execute(select(ACCESS.c.about).where(ACCESS.c.project_id == project_id, ACCESS.c.act == "FORGET")
                      .order_by(ACCESS.c.number.desc()).limit(1)).scalar()
    return int(said.removeprefix(FORGOTTEN)) if said and said.removeprefix(FORGOTTEN).isdigit() else 0
