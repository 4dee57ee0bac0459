"""The blueprint of signing in; each page of it is a module that hangs its routes here."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Flask

from app.accounts.frame import frame, read_built

room = Blueprint("accounts", __name__)
room.app_context_processor(frame)
room.record_once(lambda state: read_built(cast(Flask, state.app)))
