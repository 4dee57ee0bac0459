"""Puts the house together: settings, database, doors, nothing else. Imports nothing but the standard library on the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "1.0.0"

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The whole server as one WSGI application; third-party packages are imported here, after set-up."""
    from app.house import build

    return build(settings)
