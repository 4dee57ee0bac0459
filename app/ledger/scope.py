"""Who sees what (sync.md ch. 13, Views), as a test on one record and as a clause for many."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, false, or_, true

from app.ledger.author import Author
from app.ledger.tables import HEAD
from app.records import KINDS

PERSONAL = frozenset(kind for kind, cls in KINDS.items() if cls.PERSONAL)
COLLEAGUE = frozenset({"name", "initials", "role", "profession", "districts", "active"})


def sees(author: Author, kind: str, head: Any) -> bool:
    """May this person see the record that `head` (author_id, holder_id, owner_id) stands for?"""
    if not author.has_view:
        return False
    return author.is_office or kind not in PERSONAL or author.user_id in (head.author_id, head.holder_id, head.owner_id)


def seen_by(author: Author) -> ColumnElement[bool]:
    """The same as a clause over the heads."""
    if not author.has_view:
        return false()
    if author.is_office:
        return true()
    mine = author.user_id
    return or_(HEAD.c.kind.not_in(PERSONAL), HEAD.c.author_id == mine, HEAD.c.holder_id == mine, HEAD.c.owner_id == mine)


def shown(author: Author, kind: str, record_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """The fields that this person may see of a record in their scope (domain.md 2.3)."""
    if unseen := hidden(author, kind):
        return {name: value for name, value in data.items() if name not in unseen}
    if kind == "user" and not author.is_office and record_id != author.user_id:
        return {name: value for name, value in data.items() if name in COLLEAGUE}
    return data


def hidden(author: Author, kind: str) -> frozenset[str]:
    """The fields of a record in this person's scope that they may not see all the same."""
    return frozenset({"note"}) if kind == "talk" and author.role == "COORDINATOR" else frozenset()


def may_write(author: Author, kind: str) -> bool:
    """Catalogues are the office's, people are the administrator's alone."""
    if kind == "user":
        return author.role == "SYSTEM"
    return author.is_office or not KINDS[kind].OFFICE_ONLY
