"""The Danish word for a code as the project says it: today's word, or the word of a record's own day (domain.md 2.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, g
from flask_login import current_user
from sqlalchemy import select

from app import clock
from app.answers import database
from app.coordinator.desk import TABLES
from app.records import codes
from app.rules.terms import said, varies


def label(list_name: str, code: str | None, on: date | None = None) -> str:
    """The word; `on`: the day of the record it stands on."""
    usual = codes.label(list_name, code)
    if not code or not varies(list_name, usual):
        return usual
    return said(_terms(), list_name, code, usual, on or clock.today())


def choices(list_name: str) -> list[tuple[str, str]]:
    """(code, word of today) of a list, in its order."""
    return [(code, label(list_name, code)) for code in codes.code_list(list_name).codes]


def install(room: Blueprint) -> None:
    """Makes the words known to every template."""
    room.add_app_template_global(label, "label")
    room.add_app_template_global(choices, "codes")


def _terms() -> Any:
    """The project's words, read once a request and only where one may be needed."""
    if not current_user.is_authenticated:
        return None
    if "terms" not in g:
        project = TABLES["project"]
        with database().read() as tx:
            g.terms = tx.execute(select(project.c.terms).where(project.c.id == current_user.project_id)).scalar()
    return g.terms
