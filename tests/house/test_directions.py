"""Who may import whom holds, and a violation is noticed (architecture.md)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLANTED = {
    "the ledger opens a door": ("ledger/merge.py", "import app.sync.door"),
    "the ledger counts": ("ledger/merge.py", "import app.figures"),
    "figures write": ("figures/__init__.py", "import app.ledger.push"),
    "a door visits a door": ("field/door.py", "import app.coordinator.door"),
    "records know the rules": ("records/visit.py", "import app.rules.consent"),
    "the book knows the web": ("ledger/merge.py", "import flask"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--config", str(folder / "pyproject.toml"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"})


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "app", folder / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_rooms_import_only_what_lies_below_them(copy):
    done = lint(copy)
    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_violation_is_noticed(copy, name):
    file, line = PLANTED[name]
    path = copy / "app" / file
    before = path.read_text("utf-8")
    path.write_text(before + f"\n{line}\n", "utf-8")
    try:
        assert lint(copy).returncode != 0
    finally:
        path.write_text(before, "utf-8")


FETCH = ("fetch(", "XMLHttpRequest", "sendBeacon")
STORE = ("indexedDB", "openDB(", "localStorage", "sessionStorage")


def phone_files(*but: str) -> list[Path]:
    return [p for p in (ROOT / "static/phone").rglob("*.ts*") if ".test." not in p.name and p.relative_to(ROOT / "static/phone").parts[0] not in but]


def test_only_the_line_fetches():
    found = [p.name for p in phone_files("line") if any(word in p.read_text("utf-8") for word in FETCH)]
    assert found == []


def test_only_the_notebook_opens_indexed_db():
    found = [p.name for p in phone_files("notebook") if any(word in p.read_text("utf-8") for word in STORE)]
    assert found == []


def test_the_worker_never_sees_a_record():
    text = (ROOT / "service_worker/worker.ts").read_text("utf-8")
    assert "static/phone/notebook" not in text and "indexedDB" not in text
    assert len(text.splitlines()) <= 120


def test_only_the_ledger_writes_records():
    writes = ("insert(RECORDS", "update(RECORDS", "delete(RECORDS", "session.add(")
    for path in (ROOT / "app").rglob("*.py"):
        if "ledger" not in path.parts:
            assert not any(word in path.read_text("utf-8") for word in writes), path
