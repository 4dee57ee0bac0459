"""A PostgreSQL server of a test's own, where the machine has one; the test is skipped elsewhere."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest


def pg_start() -> tuple[str, Callable[[], None]]:
    """The server's address, and the act that stops it and removes its folder."""
    programs, folder = _programs(), Path(tempfile.mkdtemp(prefix="rphpg"))
    user = {}
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
        user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
    environment = {"PATH": "/usr/bin:/bin:/usr/local/bin", "LC_ALL": "C.UTF-8", "HOME": str(folder)}

    def run(*command: object) -> None:
        subprocess.run([str(part) for part in command], check=True, env=environment, cwd=folder, stdout=subprocess.DEVNULL, **user)
    run(programs / "initdb", "-D", folder / "db", "-U", "app", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    run(programs / "pg_ctl", "-D", folder / "db", "-w", "-l", folder / "log", "-o", f"-k {folder} -c listen_addresses= -c fsync=off", "start")

    def stop() -> None:
        run(programs / "pg_ctl", "-D", folder / "db", "-m", "immediate", "stop")
        shutil.rmtree(folder)
    return f"postgresql://app@/postgres?host={folder}", stop


def _programs() -> Path:
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]))
    if found:
        return Path(found[-1])
    if here := shutil.which("initdb"):
        return Path(here).resolve().parent
    pytest.skip("ingen PostgreSQL på maskinen")
