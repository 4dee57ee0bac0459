"""The README's recipe for a new field is true: one line, two commands, and the field travels."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
SECTION = README[README.index("## Adding a field"):README.index("## Tests")]
LINE = re.search(r"```python\n(.*?)\n```", SECTION, re.S)[1]
FIELD = re.match(r"\s*(\w+):", LINE)[1]
PROOF = f"""
import sys
from pathlib import Path
from app.db import Database
from app.ledger.pull import pull
from app.ledger.push import push
from app.migrations import migrate
from tests import world as worlds
db = Database(worlds.settings(Path(sys.argv[1])))
migrate(db)
world, phone = worlds.fill(db), worlds.Phone()
id_ = worlds.named("besøg")
wrong = push(db, world.signe, phone.device_id, [phone.create("visit", worlds.named("skævt"), worlds.visit({FIELD}=-1))], worlds.NOW).results[0]
assert wrong.code == "INVALID" and "{FIELD}" in wrong.fields, wrong
right = push(db, world.signe, phone.device_id, [phone.create("visit", id_, worlds.visit({FIELD}=7))], worlds.NOW).results[0]
assert right.status == "accepted", right
rows = pull(db, world.emre, None, 500, worlds.NOW)["changes"]
assert [row["data"]["{FIELD}"] for row in rows if row["id"] == id_] == [7]
print("travelled")
"""


@pytest.fixture
def house(tmp_path) -> Path:
    for folder in ("app", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "*.ts"))
    (tmp_path / "static/phone/generated").mkdir(parents=True)
    visit = tmp_path / "app/records/visit.py"
    visit.write_text(visit.read_text("utf-8").rstrip() + f"\n{LINE}\n", "utf-8")
    return tmp_path


def run(house: Path, *command: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(house), "RAADGIVER_STATE_DIR": str(house / "state"), "RAADGIVER_DATABASE_URL": ""}
    done = subprocess.run([sys.executable, *command], cwd=house, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_the_recipe_names_commands_that_exist():
    assert "python3 -m app generate" in SECTION and "python3 -m app revision" in SECTION


def test_a_field_added_by_the_recipe_travels_from_phone_to_phone(house):
    run(house, "-m", "app.cli", "generate")
    assert f"{FIELD}?: number" in (house / "static/phone/generated/records.ts").read_text("utf-8")
    run(house, "-m", "app.cli", "revision", "Visits count who waits")
    migration = max((house / "app/migrations/versions").glob("*.py")).read_text("utf-8")
    assert FIELD in migration and "drop_" not in migration
    (house / "fresh").mkdir()
    assert "travelled" in run(house, "-c", PROOF, str(house / "fresh"))
