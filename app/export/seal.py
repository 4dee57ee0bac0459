"""Locks a package before it leaves: with a password (AES zip) or to a public key (age)."""

from __future__ import annotations

import io
import zipfile

import pyrage
import pyzipper

SHORTEST = 12  # characters of a password


def sealed(name: str, content: bytes, recipient: str = "") -> tuple[str, bytes]:
    """(name, bytes): encrypted to an age public key, or as it is without one. Raises ValueError for what is no key."""
    if not recipient:
        return name, content
    try:
        key = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        raise ValueError("den offentlige nøgle kan ikke bruges. Den begynder med age1.") from None
    return f"{name}.age", pyrage.encrypt(content, [key])


def with_password(content: bytes, password: str) -> bytes:
    """The same files in a zip that asks for the password (AES-256). Raises ValueError for a short one."""
    if len(password) < SHORTEST:
        raise ValueError(f"Adgangskoden skal være på mindst {SHORTEST} tegn.")
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as plain, pyzipper.AESZipFile(
            target, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as locked:
        locked.setpassword(password.encode("utf-8"))
        for entry in plain.infolist():
            locked.writestr(entry.filename, plain.read(entry))
    return target.getvalue()
