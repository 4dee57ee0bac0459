"""What a form was filled from, sealed into the form: so that a colleague's change since then is noticed, not overwritten."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, request
from itsdangerous import BadData, URLSafeSerializer

from app.records.wire import Json


def seal(kind: str, record_id: str, data: dict[str, Json]) -> str:
    return _sealer().dumps([kind, record_id, data])  # type: ignore[no-any-return]


def unsealed(kind: str, record_id: str) -> dict[str, Json]:
    """The data sealed into the sent form; 400 when it is another record's or not ours."""
    try:
        found: Any = _sealer().loads(request.form.get("base", ""))
    except BadData:
        abort(400)
    if found[:2] != [kind, record_id]:
        abort(400)
    return found[2]  # type: ignore[no-any-return]


def _sealer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="form-base")
