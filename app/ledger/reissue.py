"""A citizen's code that is taken is exchanged for a free one; the person gets a new card (domain.md 2.5)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import chain, count
from typing import Any

from sqlalchemy import select

from app.ledger.desk import Desk, Standing
from app.ledger.forgetting import mentions
from app.ledger.op import Op
from app.ledger.tables import RECORDS
from app.ledger.words import MESSAGES
from app.rules.record_rules import CODE_SYMBOLS, check_character


def reissue(desk: Desk, op: Op, data: dict[str, Any], before: Standing | None = None) -> str:
    """Gives `data` another code where its own belongs to somebody else; the notice in Danish, or nothing."""
    if op.kind != "citizen" or before and before.data.get("code") == data["code"]:
        return ""
    wanted = data["code"]
    data["code"] = next(code for code in chain([wanted], _own(op.id)) if not _taken(desk, code, op.id))
    desk.codes[data["code"]] = op.id
    return "" if data["code"] == wanted else MESSAGES["CODE_REISSUED"].format(code=data["code"])


def _taken(desk: Desk, code: str, citizen_id: str) -> bool:
    """Is it somebody's, or was it, on a card that may still be found?"""
    citizens = RECORDS["citizen"]
    once = select(citizens.c.id).where(citizens.c.project_id == desk.project_id, citizens.c.id != citizen_id, mentions(citizens.c.former_codes, code))
    return any(other.id != citizen_id for other in desk.rows_where("citizen", "code", code)) or desk.tx.execute(once).first() is not None


def _own(citizen_id: str) -> Iterator[str]:
    """Codes out of the record's id, so that the same citizen gets the same one again after a restore."""
    for number in count():
        digest = hashlib.sha256(f"{citizen_id}:{number}".encode()).digest()
        four = "".join(CODE_SYMBOLS[byte % len(CODE_SYMBOLS)] for byte in digest[:4])
        yield f"B-{four}{check_character(four)}"
