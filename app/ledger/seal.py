"""Seals a backup with the installation's secret: AES-256-GCM in pieces, so that its size does not matter."""

from __future__ import annotations

import os
import struct
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"RPHBACKUP1"
PIECE = 1 << 20


class NotOurs(ValueError):
    """No backup, a damaged one, or one sealed with another secret."""


def seal(plain: Path, sealed: Path, secret: str) -> None:
    """Writes `sealed`, on disk before it returns."""
    salt, prefix = os.urandom(16), os.urandom(8)
    box = AESGCM(_key(secret, salt))
    with plain.open("rb") as source, sealed.open("wb") as target:
        target.write(MAGIC + salt + prefix)
        number, piece = 0, source.read(PIECE)
        while True:
            following = source.read(PIECE)
            last = b"\x01" if not following else b"\x00"
            coded = box.encrypt(prefix + struct.pack(">I", number), piece, last)
            target.write(last + struct.pack(">I", len(coded)) + coded)
            if not following:
                break
            number, piece = number + 1, following
        target.flush()
        os.fsync(target.fileno())


def unseal(sealed: Path, plain: Path, secret: str) -> None:
    """Writes `plain`; raises NotOurs when a byte is missing or changed."""
    with sealed.open("rb") as source, plain.open("wb") as target:
        head = source.read(len(MAGIC) + 24)
        if not head.startswith(MAGIC) or len(head) < len(MAGIC) + 24:
            raise NotOurs
        box, prefix, number, last = AESGCM(_key(secret, head[len(MAGIC):-8])), head[-8:], 0, b"\x00"
        while last != b"\x01":
            frame = source.read(5)
            if len(frame) < 5:
                raise NotOurs
            last, size = frame[:1], struct.unpack(">I", frame[1:])[0]
            try:
                target.write(box.decrypt(prefix + struct.pack(">I", number), source.read(size), last))
            except InvalidTag:
                raise NotOurs from None
            number += 1


def _key(secret: str, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"raadgiver backup").derive(secret.encode())
