"""Hashes: what makes two ops the same, what a record held, and how each line of the feed leans on the one before."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any

START = "0" * 64


def canonical(value: Any) -> str:
    """JSON with key order and white space taken out of it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def content_hash(op: dict[str, Any]) -> str:
    """Equal for the same op sent again (sync.md ch. 13, "Same content")."""
    return hashlib.sha256(canonical(op).encode()).hexdigest()


def digest(salt: str, data: dict[str, Any] | None) -> str:
    """A record's content. The salt goes with an erasure, so that nobody can guess the content from its hash."""
    return hashlib.sha256((salt + canonical(data)).encode()).hexdigest() if data is not None else ""


def link(before: str, seq: int, line: dict[str, Any]) -> str:
    """The hash of a feed line over the line before it."""
    return _link(before, seq, line, line["at"].astimezone(UTC).isoformat())


def holds(before: str, seq: int, line: dict[str, Any]) -> bool:
    """Does the line's hash fit? A line of the first version says nothing of its time, and cannot be made to say so later."""
    return line["hash"] in (link(before, seq, line), _link(before, seq, line))


def _link(before: str, seq: int, line: dict[str, Any], *more: str) -> str:
    parts = [before, seq, line["op_id"], line["kind"], line["record_id"], line["rev"], line["author_id"], line["digest"], *more]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
