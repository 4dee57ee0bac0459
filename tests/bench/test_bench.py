"""The bench counts right, asks for what its lock names, and leaves nothing of the peers in the product."""

from __future__ import annotations

import json
import subprocess

from app.cli import _parser
from app.config import ROOT

BENCH = ROOT / "bench"


def test_the_bench_counts_right():
    ran = subprocess.run(["node", "--test", "bench/lib/counts.test.mjs"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout


def test_no_peer_is_a_dependency_of_the_product():
    peers = set(json.loads((BENCH / "package.json").read_text("utf-8"))["devDependencies"])
    locked = {name.rpartition("node_modules/")[2] for name in json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]}
    assert peers & {"dexie", "rxdb", "pouchdb-browser"} and not peers & locked


def test_the_lock_names_what_the_bench_asks_for_and_no_address():
    asked = json.loads((BENCH / "package.json").read_text("utf-8"))["devDependencies"]
    lock = json.loads((BENCH / "package-lock.json").read_text("utf-8"))["packages"]
    assert lock[""]["devDependencies"] == asked
    assert not [name for name, package in lock.items() if "resolved" in package]
    assert all(package.get("integrity") for name, package in lock.items() if name)


def test_every_word_of_the_command_reaches_the_measuring():
    words = vars(_parser().parse_args(["bench", "--quick", "--only", "W5", "--runs", "2"]))
    known = (BENCH / "bench.mjs").read_text("utf-8")
    for name in words.keys() - {"act", "port"}:
        assert f"{name}: {{ type:" in known, name
