"""The sealed box: what anybody may close for the server and only the server opens, HPKE (RFC 9180) with P-256, HKDF-SHA256, AES-256-GCM.

A box is `1.<key id>.<base64url of encapsulated key and ciphertext>`, bound to `about`: who and what it is for, in words that both
sides know without opening it. A box that is moved to another `about` does not open.

- Phone: `sealedFor(serverKey, about, bytes)` in `static/phone/keys/box.ts`; `serverKey` is `{"id","key"}`, the `box` of `/api/session`.
- Server: `opened(settings.box_keys(), box, about)`; `public(settings.box_keys())` is what phones are given.
- To change the key: RAADGIVER_BOX_SECRETS="new old". The first one's public half goes to the phones; all of them open.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
VERSION = "1"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the group of P-256


class UnknownKey(ValueError):
    """Closed for a key that this server does not have (any more): the phone must fetch the present one."""


class Broken(ValueError):
    """No box, a changed one, or one that is about something else."""


def public(secrets: Sequence[str]) -> dict[str, str]:
    """{"id","key"}: what a phone needs to close a box; the key is the uncompressed point in base64url."""
    point = _point(_private(secrets[0]))
    return {"id": _id(point), "key": _text(point)}


def sealed(to: dict[str, str], about: str, content: bytes) -> str:
    """A box closed for `to`, as a phone does it."""
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(to["key"]))
    return f"{VERSION}.{to['id']}.{_text(SUITE.encrypt(content, key, _info(about)))}"


def opened(secrets: Sequence[str], box: str, about: str) -> bytes:
    """What lies in it; raises UnknownKey, Broken."""
    version, _, rest = box.partition(".")
    key_id, _, text = rest.partition(".")
    if version != VERSION or not text:
        raise Broken
    for secret in secrets:
        private = _private(secret)
        if _id(_point(private)) == key_id:
            return _content(private, text, about)
    raise UnknownKey


def _content(private: ec.EllipticCurvePrivateKey, text: str, about: str) -> bytes:
    try:
        return SUITE.decrypt(_bytes(text), private, _info(about))
    except (InvalidTag, ValueError, binascii.Error):
        raise Broken from None


def _private(secret: str) -> ec.EllipticCurvePrivateKey:
    if not secret:
        raise RuntimeError("The sealed box needs RAADGIVER_SECRET_KEY.")
    number = HKDF(algorithm=SHA256(), length=48, salt=None, info=b"raadgiver sealed box").derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(number) % (ORDER - 1) + 1, ec.SECP256R1())


def _point(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _id(point: bytes) -> str:
    return sha256(point).hexdigest()[:12]


def _info(about: str) -> bytes:
    return f"rph-box/1|{about}".encode()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
