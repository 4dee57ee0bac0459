"""How far a device has read, as a sealed string that only the server understands (sync.md ch. 5, 7)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import astuple, dataclass


class BadCursor(ValueError):
    """Not ours, another user's, or with a byte changed."""


@dataclass(frozen=True)
class Cursor:
    epoch: str
    seq: int
    hash: str
    user_id: str
    scope_rev: int
    reset_from: int | None = None  # within a reset: the head's seq when it began
    staged: bool = False  # there were more pages: the phone has not put this one in place yet

    def sealed(self, secret: str) -> str:
        body = json.dumps(astuple(self), separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(_mac(secret, body) + body).decode().rstrip("=")


def opened(text: object, secret: str, user_id: str) -> Cursor:
    """The cursor in the string; raises BadCursor."""
    if not isinstance(text, str) or len(text) > 1000:
        raise BadCursor
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        mac, body = raw[:16], raw[16:]
        if not hmac.compare_digest(mac, _mac(secret, body)) or base64.urlsafe_b64encode(raw).decode().rstrip("=") != text:
            raise BadCursor
        cursor = Cursor(*json.loads(body))
    except (ValueError, TypeError):
        raise BadCursor from None
    if cursor.user_id != user_id:
        raise BadCursor
    return cursor


def _mac(secret: str, body: bytes) -> bytes:
    return hmac.new(hashlib.sha256(b"cursor" + secret.encode()).digest(), body, hashlib.sha256).digest()[:16]
