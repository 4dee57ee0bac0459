"""A throw-away PostgreSQL for one test run: a cluster in a temporary folder, a fresh database for each test that asks."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest


@dataclass
class Cluster:
    """A running server. `database()` makes a database, out of a template where one is named."""

    folder: Path
    programs: Path
    user: dict[str, Any]

    def __post_init__(self) -> None:
        self._numbers = count(1)

    def address(self, name: str) -> str:
        return f"postgresql://app@/{name}?host={self.folder}"

    def database(self, template: str = "template1") -> str:
        """The address of a new database."""
        name = f"test_{next(self._numbers)}"
        self.run("psql", "-h", self.folder, "-U", "app", "-q", "-c", f'CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy', "postgres")
        return self.address(name)

    def run(self, program: str, *words: object) -> None:
        environment = {"PATH": "/usr/bin:/bin:/usr/local/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}
        subprocess.run([str(self.programs / program), *map(str, words)], check=True, env=environment, cwd=self.folder,
                       stdout=subprocess.DEVNULL, **self.user)

    def stop(self) -> None:
        self.run("pg_ctl", "-D", self.folder / "db", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)


def start() -> Cluster:
    """A new cluster; the test is skipped where the machine has no PostgreSQL."""
    programs, folder = _programs(), Path(tempfile.mkdtemp(prefix="rphpg"))
    user: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "nobody")
        user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
    cluster = Cluster(folder, programs, user)
    cluster.run("initdb", "-D", folder / "db", "-U", "app", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=200 -c shared_buffers=32MB"
    cluster.run("pg_ctl", "-D", folder / "db", "-w", "-l", folder / "log", "-o", options, "start")
    return cluster


def _programs() -> Path:
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]))
    if found:
        return Path(found[-1])
    if here := shutil.which("initdb"):
        return Path(here).resolve().parent
    pytest.skip("no PostgreSQL on this machine")
