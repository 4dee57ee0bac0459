"""An uploaded file, carried in the form from its preview to the act: nothing of it is kept on the server in between."""

from __future__ import annotations

import base64
import binascii
import zlib

from flask import abort, request

MOST_PACKED = 2_000_000  # what the house lets a form field hold, and some air


def packed(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content, 9)).decode()


def unpacked(most: int) -> bytes:
    """The file in the sent form's field `fil`; 400 when there is none or it is longer than `most`."""
    try:
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(base64.b64decode(request.form.get("fil", ""), validate=True), most)
    except (zlib.error, binascii.Error, ValueError):
        abort(400)
    if not content or unpacker.unconsumed_tail:
        abort(400)
    return content
