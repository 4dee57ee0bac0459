"""Measures us against the engines that people would pick instead; the work itself stands in bench/."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from app import config
from app.commands.ground import Refusal

FOLDER = config.ROOT / "bench"


def bench(words: Any) -> int:
    """The exit code of the measuring; its table, or JSON, goes to standard output."""
    node = shutil.which("node")
    chromium = next(filter(None, map(shutil.which, (os.environ.get("RAADGIVER_CHROMIUM", "chromium"), "chromium-browser", "google-chrome"))), None)
    if not node or not chromium:
        raise Refusal("Målingen mangler {}. Installér det, og prøv igen.".format("Chromium" if node else "Node"))
    _fetch_peers(node)
    asked = [f"--{name}={value}" for name in ("only", "peers", "variants", "runs", "size", "out") if (value := getattr(words, name)) is not None]
    flags = [f"--{name}" for name in ("quick", "again", "report", "json") if getattr(words, name)]
    there = {**os.environ, "RAADGIVER_PYTHON": sys.executable, "RAADGIVER_CHROMIUM": chromium}
    return subprocess.run([node, str(FOLDER / "bench.mjs"), *asked, *flags], env=there).returncode


def _fetch_peers(node: str) -> None:
    """Installs the peers beside the bench, and nowhere near the product, unless this lock's are there."""
    made, lock = FOLDER / "node_modules" / ".made", (FOLDER / "package-lock.json").read_text("utf-8")
    if made.exists() and made.read_text("utf-8") == lock:
        return
    npm = shutil.which("npm", path=str(Path(node).parent)) or shutil.which("npm")
    if not npm:
        raise Refusal("Målingen mangler npm. Installér det, og prøv igen.")
    print("Henter målingens pakker; det tager nogle minutter første gang …", file=sys.stderr)
    if subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=FOLDER, stdout=sys.stderr).returncode:
        raise Refusal("Målingens pakker kunne ikke hentes.")
    made.write_text(lock, "utf-8")
