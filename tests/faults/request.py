"""One HTTP request off a line, as a fault may want to look at it and as it is sent on."""

from __future__ import annotations

import gzip
import json
import socket
from dataclasses import dataclass
from typing import Any

END = b"\r\n\r\n"
ONLY_ONCE = (b"connection", b"keep-alive", b"accept-encoding")  # one request a connection, answers that can be read and cut


@dataclass
class Request:
    """One HTTP request as it came."""

    method: str
    path: str
    headers: dict[str, str]  # lower-case names
    raw: bytes  # as it is sent on

    @property
    def id(self) -> str:
        return self.headers.get("x-request", "")

    @property
    def content(self) -> Any:
        """The JSON it carries."""
        body = self.raw.partition(END)[2]
        return json.loads(gzip.decompress(body) if self.headers.get("content-encoding") == "gzip" else body or b"null")


def pushes(request: Request) -> bool:
    """A push with something in it, not the greeting that only asks for the epoch."""
    return request.path == "/api/sync/v1/push" and bool(request.content["ops"])


def talks(request: Request) -> bool:
    """Anything under /api/."""
    return request.path.startswith("/api/")


def read_request(browser: socket.socket) -> Request | None:
    """One whole request off the line; None when the browser only opened the line."""
    data = b""
    while END not in data:
        piece = browser.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(END)
    first, *lines = head.split(b"\r\n")
    headers = {name.strip().lower().decode(): value.strip().decode("latin-1") for name, _, value in (line.partition(b":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += browser.recv(65536)
    kept = [line for line in lines if line.partition(b":")[0].lower() not in ONLY_ONCE]
    method, path, _ = first.decode("latin-1").split(" ")
    return Request(method, path.split("?")[0], headers, b"\r\n".join([first, *kept, b"Connection: close"]) + END + body)
