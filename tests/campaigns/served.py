"""The real server, killed without warning in part or in whole, and started again at the same address on what is left."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.server import ROOT, Server


@dataclass
class Served(Server):
    """A server with one port for life and a process group of its own."""

    workers: int = 3

    def start(self) -> Served:
        """Comes back when it answers. Tries again while the remains of a killed server hold the port."""
        self.port = self.port or free_port()
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            with (self.folder / "server.log").open("ab") as log:
                words = [sys.executable, "-m", "app.cli", "serve", "--port", str(self.port), "--workers", str(self.workers)]
                self.process = subprocess.Popen(words, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True)
            while self.process.poll() is None and time.monotonic() < limit:
                if self.worker_ids() and self.answers():  # with workers of its own: left-behind ones answer too
                    return self
                time.sleep(0.05)
            time.sleep(0.2)
        raise AssertionError((self.folder / "server.log").read_text("utf-8")[-4000:])

    def answers(self) -> bool:
        try:
            with urlopen(f"{self.address}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def worker_ids(self) -> list[int]:
        """The process ids of the workers: the children of the one that listens."""
        assert self.process
        try:
            listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        except OSError:
            return []
        return [int(word) for word in listed.split()]

    def kill_worker(self, which: int) -> None:
        """SIGKILL to one worker in the middle of whatever it does; its master starts another."""
        workers = self.worker_ids()
        if workers:
            os.kill(workers[which % len(workers)], signal.SIGKILL)

    def kill(self, orphans: bool = False) -> None:
        """SIGKILL to all of it at once; with `orphans` to the master alone, so that its workers are left behind for a moment."""
        assert self.process
        (os.kill if orphans else os.killpg)(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def told(self, *words: str) -> str:
        """A command that must succeed; its standard output."""
        done = self.command(*words)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout

    def verify(self) -> list[str]:
        """What `python3 -m app verify` finds wrong."""
        done = self.command("verify", "--json")
        assert done.stdout, done.stderr
        problems = list(json.loads(done.stdout)["problems"])
        assert (done.returncode == 0) == (not problems)
        return problems


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
