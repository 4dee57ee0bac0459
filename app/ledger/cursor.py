"""How far a device has read, as a short sealed string that only the server understands (sync.md ch. 5, 7)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from struct import Struct
from struct import error as WrongSize
from uuid import UUID

from app.ledger.epoch import SURE

SEAL = 12  # bytes of the MAC: each phone sends this every minute
BODY = Struct(">16sQ12sIB")  # epoch, seq, the beginning of the hash, scope_rev, flags
BEGAN = Struct(">Q")
STAGED, WITHIN_RESET = 1, 2


class BadCursor(ValueError):
    """Not ours, another user's, or with a byte changed."""


@dataclass(frozen=True)
class Cursor:
    epoch: str
    seq: int
    hash: str  # its beginning is enough
    user_id: str
    scope_rev: int
    reset_from: int | None = None  # within a reset: the head's seq when it began
    staged: bool = False  # there were more pages: the phone has not put this one in place yet

    def sealed(self, secret: str) -> str:
        flags = STAGED * self.staged | WITHIN_RESET * (self.reset_from is not None)
        body = BODY.pack(UUID(self.epoch).bytes, self.seq, bytes.fromhex(self.hash[:SURE]), self.scope_rev, flags)
        body += b"" if self.reset_from is None else BEGAN.pack(self.reset_from)
        return base64.urlsafe_b64encode(_mac(secret, body, self.user_id) + body).decode().rstrip("=")


def opened(text: object, secret: str, user_id: str) -> Cursor:
    """The cursor in the string; raises BadCursor. The user is part of the seal, not of the string."""
    if not isinstance(text, str) or len(text) > 1000:
        raise BadCursor
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        mac, body = raw[:SEAL], raw[SEAL:]
        if not hmac.compare_digest(mac, _mac(secret, body, user_id)) or base64.urlsafe_b64encode(raw).decode().rstrip("=") != text:
            raise BadCursor
        epoch, seq, hash_, scope_rev, flags = BODY.unpack_from(body)
        began = BEGAN.unpack_from(body, BODY.size)[0] if flags & WITHIN_RESET else None
    except (ValueError, WrongSize):
        raise BadCursor from None
    return Cursor(str(UUID(bytes=epoch)), seq, hash_.hex(), user_id, scope_rev, began, bool(flags & STAGED))


def _mac(secret: str, body: bytes, user_id: str) -> bytes:
    key = hashlib.sha256(b"cursor" + secret.encode()).digest()
    return hmac.new(key, user_id.encode() + b"\0" + body, hashlib.sha256).digest()[:SEAL]
