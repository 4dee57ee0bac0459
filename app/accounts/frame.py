"""What the frame of every office page shows: who is signed in, the menu, and the built style and script."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from flask_login import current_user

MENU = (("start", "/kontor/", "Mandagslisten"), ("praksisser", "/kontor/praksisser", "Praksisser"), ("besoeg", "/kontor/besoeg", "Besøg"),
        ("samtaler", "/kontor/samtaler", "Samtaler"), ("aftaler", "/kontor/aftaler", "Aftaler"),
        ("kurser", "/kontor/kurser", "Kurser"), ("materiale", "/kontor/materiale", "Materiale"), ("kalender", "/kontor/kalender", "Kalender"),
        ("tid", "/kontor/tid", "Tid"),
        ("afklaring", "/kontor/afklaring", "Skal afklares"), ("maaneder", "/kontor/maaneder", "Måneder"),
        ("maal", "/kontor/maalsaetning", "Målsætning"), ("troskab", "/kontor/programtroskab", "Programtroskab"),
        ("telefoner", "/kontor/telefoner", "Brugere og telefoner"), ("rettigheder", "/kontor/rettigheder", "Rettigheder"),
        ("opsaetning", "/kontor/opsaetning", "Opsætning"))


def read_built(app: Flask) -> None:
    """Reads once which files the build made; a page without them is plain, and still works."""
    try:
        manifest = json.loads((Path(app.static_folder or "static") / "dist" / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        manifest = {}
    app.extensions["built"] = manifest.get("office") or {}


def frame() -> dict[str, Any]:
    """For every template."""
    person = current_user if current_user.is_authenticated else None
    return {"built": current_app.extensions.get("built", {}), "person": person, "menu": MENU}
