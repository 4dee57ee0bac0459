"""Checks every closed month again: the sums, the stored zip, and each file in it against the manifest."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

from sqlalchemy import Connection, select

from app.export.acts import FILES
from app.figures import broken_sums
from app.figures.tables import CLOSES, PROJECTS


def verify_months(tx: Connection) -> list[str]:
    """What does not hold, in Danish; empty when all does. Looks at every project of the installation."""
    found: list[str] = []
    for project_id in tx.execute(select(PROJECTS.c.id).order_by(PROJECTS.c.id)).scalars():
        found += broken_sums(tx, project_id)
        stored = {row.month: row for row in tx.execute(select(FILES).where(FILES.c.project_id == project_id))}
        closed = tx.execute(select(CLOSES.c.month).where(CLOSES.c.project_id == project_id).order_by(CLOSES.c.month)).scalars()
        for month in closed:
            found += [f"{month}: {problem}" for problem in (_file(stored[month]) if month in stored else ["eksportfilen mangler."])]
    return found


def _file(row: Any) -> list[str]:
    if hashlib.sha256(row.content).hexdigest() != row.sha256:
        return [f"{row.name} er ændret, siden måneden blev lukket."]
    try:
        with zipfile.ZipFile(io.BytesIO(row.content)) as archive:
            manifest = json.loads(archive.read("manifest.json"))["files"]
            names = set(archive.namelist()) - {"manifest.json"}
            wrong = [name for name in names if hashlib.sha256(archive.read(name)).hexdigest() != manifest.get(name)]
    except (zipfile.BadZipFile, KeyError, ValueError):
        return [f"{row.name} kan ikke læses."]
    return [f"{name} i {row.name} passer ikke med manifestet." for name in sorted({*wrong, *(names ^ manifest.keys())})]
