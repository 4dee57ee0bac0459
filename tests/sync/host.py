"""Serves many weeks at once over real HTTP, each under a path of its own: `python -m tests.sync.host` prints its port."""

from __future__ import annotations

import gc
import json
import logging
import shutil
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterable
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import structlog
from werkzeug.serving import WSGIRequestHandler, make_server

from app.db import Database
from app.ledger.start import prepare
from app.migrations import migrate
from tests import world
from tests.sync.hosted import FATE, MOMENT, ROOM, Hosted, Killed, made_cheap, moment
from tests.sync.mistakes import MISTAKES, PLANTED, plant

LOOKS = {"truth", "log", "judge", "remains"}  # these see the server as it is, whatever mistake is planted


class Host:
    """Hands each request to the week that its path begins with; /act is for the week's own hand."""

    def __init__(self, template: Path) -> None:
        self.template, self.weeks, self.mistakes, self.numbers = template, {}, {}, count(1)  # type: ignore[var-annotated]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        name, _, path = environ["PATH_INFO"].lstrip("/").partition("/")
        MOMENT.set(moment(environ["HTTP_X_NOW"]))
        if name == "act":
            return self.told(json.load(environ["wsgi.input"]), start_response)
        environ["PATH_INFO"] = "/" + path
        PLANTED.set(self.mistakes[name])
        FATE.set(environ.get("HTTP_X_FATE", ""))
        return self.answered(self.weeks[name], environ, start_response)

    def answered(self, week: Hosted, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The real server's answer, unless it dies before, while or after it does what it was asked."""
        fate = FATE.get()
        try:
            answer = b"" if fate == "before" else b"".join(week.flask.wsgi_app(environ, start_response))
            if fate in ("", "mid"):  # it had nothing to commit
                return [answer]
        except Killed:
            pass
        FATE.set("")
        week.restart()
        raise ConnectionAbortedError

    def told(self, asked: dict[str, Any], start_response: Any) -> list[bytes]:
        try:
            status, body = "200 OK", json.dumps(self.act(asked)).encode()
        except Exception:
            status, body = "500 NOT DONE", traceback.format_exc().encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    def act(self, asked: dict[str, Any]) -> Any:
        name, verb, words = asked["week"], asked["act"], asked.get("with", {})
        FATE.set("")
        if verb == "begin":
            return self.begin(words.get("mistake"))
        PLANTED.set(None if verb in LOOKS else self.mistakes[name])
        if verb == "end":
            self.mistakes.pop(name)
            return self.weeks.pop(name).end()
        return getattr(self.weeks[name], verb)(**words)

    def begin(self, mistake: str | None) -> dict[str, Any]:
        name = f"w{next(self.numbers)}"
        if mistake and mistake not in MISTAKES:
            raise LookupError(mistake)
        PLANTED.set(mistake)
        self.mistakes[name], self.weeks[name] = mistake, Hosted(self.template)
        known = (*world.PEOPLE, *world.PRACTICES, "oplag", "hold")
        return {"week": name, "password": world.PASSPHRASE, "ids": {key: world.named(key) for key in known}}


class Handler(WSGIRequestHandler):
    """Keeps connections open, which werkzeug's own does not, and lets a dead server's connection fall."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def run_wsgi(self) -> None:
        environ, said = self.make_environ(), []  # type: ignore[var-annotated]
        environ["wsgi.input"] = BytesIO(self.rfile.read(int(environ.get("CONTENT_LENGTH") or 0)))
        try:
            content = b"".join(self.server.app(environ, lambda status, headers, _=None: said.append((status, headers))))
        except ConnectionAbortedError:
            self.close_connection = True
            return
        (status, headers), = said
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        self.wfile.write(f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + content)

    def log_request(self, *_: Any) -> None: ...


def _template(folder: Path) -> None:
    """A migrated and filled world, with its epoch noted, to be copied by every week."""
    db = Database(world.settings(folder))
    migrate(db)
    world.fill(db)
    prepare(db, world.NOW)
    db.close()


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR), logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    made_cheap()
    plant()
    template = Path(tempfile.mkdtemp(prefix="raadgiver-template-", dir=ROOM))
    try:
        _template(template)
        host = Host(template)
        server = make_server("127.0.0.1", 0, host, threaded=True, request_handler=Handler)
        threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()  # ends with whoever started it
        gc.collect()
        gc.freeze()  # what is loaded now is there to stay
        gc.set_threshold(50_000)
        print(server.port, flush=True)
        server.serve_forever()
        for week in host.weeks.values():
            week.end()
    finally:
        shutil.rmtree(template, ignore_errors=True)


if __name__ == "__main__":
    main()
