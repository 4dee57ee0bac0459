"""Runs the WSGI application with gunicorn: several workers, each with its own database connections."""

from __future__ import annotations

import ctypes
import signal
import socket
import sys
from typing import Any

from gunicorn.app.base import BaseApplication

from app import create_app, daily
from app.config import Settings


class Served(BaseApplication):  # type: ignore[misc]
    """gunicorn told from code instead of from a command line."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"{self.settings.bind}:{self.settings.port}", "workers": self.settings.workers, "threads": self.settings.threads,
            "worker_class": "gthread", "keepalive": 30, "graceful_timeout": 20, "timeout": 120, "loglevel": "warning",
            "control_socket_disable": True, "proc_name": "raadgiver",
        }
        for name, value in options.items():
            self.cfg.set(name, value)
        self.cfg.set("post_worker_init", lambda _worker: daily.begin(self.settings))
        if sys.platform == "linux":
            self.cfg.set("post_fork", _die_with_the_master)

    def load(self) -> Any:
        return create_app(self.settings)


def _die_with_the_master(_server: Any, _worker: Any) -> None:
    """A killed master takes its workers along: what they held, port and state folder, is free for the next start.
    A request cut off by it is an open transaction, and the phone asks again."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG, prctl(2)


def port_is_free(settings: Settings) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.bind, settings.port))
        except OSError:
            return False
    return True
