"""A proxy between a browser and the real server that does to each request what a test has told it to."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.faults.request import Request, read_request


@dataclass
class Exchange:
    """A request, the way on to the server, and the way back to the browser."""

    request: Request
    browser: socket.socket
    proxy: Proxy

    def forward(self) -> bytes:
        """Lets the server work the request; its whole answer. Raises OSError when nobody is there."""
        return self.proxy.ask_server(self.request.raw)

    def reply(self, answer: bytes) -> None:
        self.browser.sendall(answer)

    def reset(self) -> None:
        """Cuts the line as a dead radio does: no goodbye."""
        self.browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.browser.close()


Fault = Callable[[Exchange], None]
When = Callable[[Request], bool]


def well(exchange: Exchange) -> None:
    """No fault."""
    exchange.reply(exchange.forward())


@dataclass
class Proxy:
    """Listens on a port of its own for as long as it is let."""

    server_port: int
    port: int = 0
    seen: list[tuple[Request, str]] = field(default_factory=list)  # with the name of the fault that each met
    ghosts: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._once: list[tuple[When, Fault]] = []
        self._always: list[tuple[When, Fault]] = []
        self._lock = threading.Lock()
        self.listen()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    # --- what a test says ------------------------------------------------------------------------------------------

    def once(self, when: When, *faults: Fault) -> None:
        """The next such requests meet these, one each."""
        with self._lock:
            self._once += [(when, fault) for fault in faults]

    def always(self, when: When, fault: Fault) -> None:
        """Every such request that no `once` takes, until `clear`."""
        with self._lock:
            self._always.append((when, fault))

    def clear(self) -> None:
        with self._lock:
            self._once.clear()
            self._always.clear()

    def met(self, when: When) -> list[str]:
        """The faults that such requests have met so far."""
        return [name for request, name in list(self.seen) if when(request)]

    def haunt(self) -> None:
        """Delivers every request that became a ghost again, long after; nobody hears the answer."""
        for ghost in self.ghosts:
            self.ask_server(ghost)

    def refuse(self) -> None:
        """Nobody listens any more: connection refused."""
        if self._listener.fileno() >= 0:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._thread.join()

    def listen(self) -> None:
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", self.port))
        self._listener.listen(64)
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, args=(self._listener,), daemon=True)
        self._thread.start()

    # --- how it works ----------------------------------------------------------------------------------------------

    def ask_server(self, raw: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.server_port), timeout=60) as server:
            server.sendall(raw)
            return b"".join(iter(lambda: server.recv(65536), b""))

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                browser, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(browser,), daemon=True).start()

    def _serve(self, browser: socket.socket) -> None:
        with browser:
            try:
                request = read_request(browser)
                if request:
                    fault = self._fault(request)
                    self.seen.append((request, fault.__name__))
                    fault(Exchange(request, browser, self))
            except OSError:
                pass  # the browser or the server is gone: the other end sees the line close

    def _fault(self, request: Request) -> Fault:
        with self._lock:
            for number, (when, fault) in enumerate(self._once):
                if when(request):
                    del self._once[number]
                    return fault
            return next((fault for when, fault in self._always if when(request)), well)
