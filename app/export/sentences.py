"""The coordinator's three sentences for a month or a half-year, through the text guard (domain.md 3.5, 3.6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from app.ledger import access
from app.ledger.author import Author
from app.records.month import ReportText
from app.rules.text_guard import detect

TEXTS: Any = ReportText.__table__  # type: ignore[attr-defined]
COUNT, MOST = 3, 300


def sentences(tx: Connection, project_id: str, period: str) -> list[str]:
    """Those that are written; `period` is 2026-10 or 2026-H2."""
    found = tx.execute(select(TEXTS.c.sentences).where(TEXTS.c.project_id == project_id, TEXTS.c.period == period)).scalar()
    return [one for one in found or () if one]


def wrong(told: Sequence[str]) -> list[str]:
    """What is to be done about each sentence, in Danish; empty where it is fine."""
    return [_wrong(one) for one in told]


def _wrong(sentence: str) -> str:
    if len(sentence) > MOST:
        return f"Må højst være {MOST} tegn. Den er {len(sentence)}."
    level = detect(sentence).level
    if level == "HIGH":
        return "Teksten ser ud til at indeholde et CPR-nummer. Skriv den uden."
    return "Teksten indeholder et tal, der ligner et CPR-nummer. Skriv den uden." if level == "MEDIUM" else ""


def write(tx: Connection, author: Author, period: str, told: Sequence[str], now: datetime) -> None:
    """Keeps the sentences, which `wrong` has nothing against. Raises ValueError if it has."""
    if any(wrong(told)):
        raise ValueError(period)
    tx.execute(delete(TEXTS).where(TEXTS.c.project_id == author.project_id, TEXTS.c.period == period))
    tx.execute(insert(TEXTS).values(project_id=author.project_id, period=period, sentences=list(told), written_by=author.user_id, written_at=now))
    access.put(tx, author, [access.Entry("REPORT_TEXT", "month", about=period)], now)
