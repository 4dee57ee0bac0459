"""A rescue package: what waits on a phone, as a file that only this server opens (docs/sync.md, The rescue package)."""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from app.answers import Refused, parsed
from app.ledger.box import Broken, UnknownKey, opened
from app.records.wire import UUID, Bad, read_instant

FORMAT = "rph-rescue/"
VERSION = "1"
MOST_BYTES = 2**21
MOST_OPS = 5000

NO_PACKAGE = "Filen er ikke en redningspakke. Vælg den fil, som telefonen gemte. Dens navn begynder med redningspakke."
NEWER = "Filen er lavet af en nyere app, end serveren kender. Opdatér serveren, og indlæs filen igen."
FOREIGN = "Filen er lukket til en anden server end denne. Indlæs den der, hvor telefonen plejer at sende til."
CHANGED = "Filen er ændret eller gået i stykker, siden telefonen lavede den. Intet er indlæst. Få en ny fil fra telefonen."
TOO_LARGE = "Filen er for stor til at være en redningspakke."


class Unreadable(Exception):
    """Nothing of it can be booked; says why in Danish, and `short` for the log."""

    def __init__(self, sentence: str, short: str) -> None:
        super().__init__(sentence)
        self.short = short


@dataclass
class Package:
    """What the phone has closed. `broken` ops were in it and do not open; `proof` is what only this phone was given."""

    user_id: str
    device_id: str
    made_at: str
    ops: list[dict[str, Any]] = field(default_factory=list)
    broken: int = 0
    proof: str | None = None

    @property
    def op_ids(self) -> list[str]:
        return [op["op_id"].lower() for op in self.ops]

    def kinds(self) -> list[tuple[str, int]]:
        """(kind, how many), the most first."""
        return Counter(str(op.get("kind", "")) for op in self.ops).most_common()

    def proves(self, deposit_hash: str | None) -> bool:
        """Does it carry the phone's own newest credential? Anybody may close a box; nobody else has that."""
        if not self.proof or not deposit_hash:
            return False
        return hmac.compare_digest(sha256(self.proof.encode("utf-8", "replace")).hexdigest(), deposit_hash)


def read(secrets: Sequence[str], content: bytes) -> Package:
    """Raises Unreadable. The list of what belongs to it is sealed: what was taken out or put in shows."""
    if len(content) > MOST_BYTES:
        raise Unreadable(TOO_LARGE, "for stor")
    try:
        outer = parsed(content.removeprefix(b"\xef\xbb\xbf").strip())
    except Refused:
        raise Unreadable(NO_PACKAGE, "ikke en redningspakke") from None
    name, _, version = str(outer.get("format", "")).rpartition("/")
    ids = [outer.get(key) for key in ("user_id", "device_id")]
    boxes = outer.get("boxes")
    if f"{name}/" != FORMAT:
        raise Unreadable(NO_PACKAGE, "ikke en redningspakke")
    if version != VERSION:
        raise Unreadable(NEWER, "nyere app")
    if not all(isinstance(one, str) and UUID.match(one) for one in ids) or not isinstance(boxes, list) or len(boxes) > MOST_OPS:
        raise Unreadable(CHANGED, "ændret")
    package = Package(str(ids[0]).lower(), str(ids[1]).lower(), _instant(outer.get("made_at")))
    inner = _opened(secrets, outer.get("list"), f"rescue|{package.user_id}|{package.device_id}|{package.made_at}")
    listed = inner.get("op_ids")
    if not isinstance(listed, list) or not all(isinstance(one, str) and UUID.match(one) for one in listed):
        raise Unreadable(CHANGED, "ændret")
    package.proof = inner["credential"] if isinstance(inner.get("credential"), str) else None
    found = {one.get("op_id"): one.get("box") for one in boxes if isinstance(one, dict)}
    for op_id in dict.fromkeys(listed):
        op = _op(secrets, package.user_id, op_id, found.get(op_id))
        if op:
            package.ops.append(op)
        else:
            package.broken += 1
    if not package.ops:
        raise Unreadable(CHANGED, "ændret")
    return package


def _opened(secrets: Sequence[str], box: Any, about: str) -> dict[str, Any]:
    try:
        return parsed(opened(secrets, box if isinstance(box, str) else "", about))
    except UnknownKey:
        raise Unreadable(FOREIGN, "lukket til en anden") from None
    except (Broken, Refused):
        raise Unreadable(CHANGED, "ændret") from None


def _instant(value: Any) -> str:
    try:
        read_instant(value)
    except Bad:
        raise Unreadable(CHANGED, "ændret") from None
    return str(value)


def _op(secrets: Sequence[str], user_id: str, op_id: str, box: Any) -> dict[str, Any] | None:
    try:
        op = _opened(secrets, box, f"op|{user_id}|{op_id}")
    except Unreadable:
        return None
    return op if op.get("op_id") == op_id else None
