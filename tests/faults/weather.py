"""The faults themselves: what real networks, portals and proxies have done to real requests."""

from __future__ import annotations

import json
import re
import time

from tests.faults.proxy import Exchange, Fault
from tests.faults.request import END

HTML = b"<!doctype html><html><body><h1>Velkommen til g\xc3\xa6stenettet</h1></body></html>"


def named(name: str):
    """Gives a fault the name under which the proxy's list shows it."""
    def mark(fault: Fault) -> Fault:
        fault.__name__ = name
        return fault
    return mark


def response(status: int, body: bytes, kind: str = "text/html; charset=utf-8", **headers: object) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close", "Cache-Control: no-store",
             *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + END + body


def page(status: int, **headers: object) -> Fault:
    """A proxy's own error page: not a word of our protocol."""
    @named(f"page {status}")
    def fault(exchange: Exchange) -> None:
        exchange.reply(response(status, HTML, **headers))
    return fault


def coded(status: int, code: str, **headers: object) -> Fault:
    """An error in the server's own words, with nothing stored."""
    @named(f"coded {status}")
    def fault(exchange: Exchange) -> None:
        body = {"protocol": "rph-sync/1", "request": exchange.request.id, "epoch": "", "server_time": "2026-11-25T10:00:00.000Z",
                "error": {"code": code, "message": "Noget gik galt. Intet er tabt."}}
        exchange.reply(response(status, json.dumps(body).encode(), "application/json", **headers))
    return fault


@named("portal 302")
def portal(exchange: Exchange) -> None:
    """A captive portal sends everybody to its own page first."""
    exchange.reply(response(302, b"", Location="/velkommen"))


@named("html 200")
def welcome(exchange: Exchange) -> None:
    """A captive portal answers in the server's name."""
    exchange.reply(response(200, HTML))


@named("json 200")
def stranger(exchange: Exchange) -> None:
    """Well-formed JSON with 200, but from somebody else."""
    exchange.reply(response(200, b'{"ok":true,"results":[]}', "application/json"))


def half(with_length: bool) -> Fault:
    """The server stores the request; the answer breaks off in the middle, with or without a length that tells."""
    @named("half with length" if with_length else "half without length")
    def fault(exchange: Exchange) -> None:
        head, _, body = exchange.forward().partition(END)
        if not with_length:
            head = re.sub(rb"\r\nContent-Length: \d+", b"", head, flags=re.I)
        exchange.reply(head + END + body[:len(body) // 2])
    return fault


@named("answer lost")
def answer_lost(exchange: Exchange) -> None:
    """The server stores the request and nobody hears of it."""
    exchange.forward()
    exchange.reset()


@named("request lost")
def request_lost(exchange: Exchange) -> None:
    exchange.reset()


@named("twice")
def twice(exchange: Exchange) -> None:
    """A proxy tries again by itself: the server gets the request two times."""
    exchange.forward()
    exchange.reply(exchange.forward())


@named("ghost")
def ghost(exchange: Exchange) -> None:
    """Answered now, and kept for a second delivery long after (`Proxy.haunt`)."""
    exchange.proxy.ghosts.append(exchange.request.raw)
    exchange.reply(exchange.forward())


@named("another's answer")
def mixed_up(exchange: Exchange) -> None:
    """A cache hands out the answer to another request."""
    exchange.reply(exchange.forward().replace(exchange.request.id.encode(), b"00000000-0000-4000-8000-000000000000"))


def late(seconds: float) -> Fault:
    @named("late")
    def fault(exchange: Exchange) -> None:
        time.sleep(seconds)
        exchange.reply(exchange.forward())
    return fault
