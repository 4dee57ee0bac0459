"""The real server as a process: `python -m app.cli serve` on a free port, and the other commands beside it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from app.db import Database
from tests.world import settings

ROOT = Path(__file__).resolve().parents[1]
NOW = "2026-11-25T10:00:00Z"


@dataclass
class Server:
    """A state folder, a database, and the server on them when it runs."""

    folder: Path
    url: str = ""
    more: dict[str, str] = field(default_factory=dict)
    workers: int = 2
    project_id: str = ""
    process: subprocess.Popen[bytes] | None = None
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**kept, "RAADGIVER_STATE_DIR": str(self.folder), "RAADGIVER_DATABASE_URL": self.url, "RAADGIVER_NOW": NOW,
                "RAADGIVER_SECRET_KEY": "en hemmelighed kun til prøver", "RAADGIVER_LIMITS": "off", **self.more}

    def start(self) -> Server:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen([sys.executable, "-m", "app.cli", "serve", "--port", str(self.port), "--workers", str(self.workers)],
                                            cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        until = time.monotonic() + 30
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return self
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError((self.folder / "server.log").read_text())

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process:
            self.process.send_signal(how)
            self.process.wait(30)
            self.process = None

    @property
    def database(self) -> Database:
        """The server's database, for what a command would do beside it."""
        return Database(settings(self.folder, self.url))

    def command(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Another command of ours beside the server, or without it."""
        return subprocess.run([sys.executable, "-m", "app.cli", *words], cwd=ROOT, env=self.environment, input=given,
                              capture_output=True, text=True, timeout=120)
