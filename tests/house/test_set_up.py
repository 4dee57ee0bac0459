"""Set-up says in one Danish sentence what is missing, heals itself, and leaves standard output alone.

Each test runs app/__main__.py as a program in a small checkout of its own, never in this one.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import files
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD_TOOLS = ("hatchling", "packaging", "pathspec", "pluggy", "tomlkit", "trove-classifiers")
CLI = "import sys\n\ndef main(): print(sys.argv[1:])\n\nif __name__ == '__main__': main()\n"
BUILD = (
    "import { mkdirSync, writeFileSync } from 'node:fs'\n"
    "mkdirSync('static/dist', { recursive: true }); writeFileSync('static/dist/manifest.json', '{}')\n"
)
PACKAGE = {"name": "small", "version": "1.0.0"}
PACKAGE_LOCK = {**PACKAGE, "lockfileVersion": 3, "requires": True, "packages": {"": PACKAGE}}
NOWHERE = "http://127.0.0.1:9/"


class Checkout:
    """The least a set-up needs: its own code, the real project file, a command that repeats its arguments."""

    def __init__(self, place: Path):
        self.place = place
        self.write("app/__main__.py", (ROOT / "app/__main__.py").read_text(encoding="utf-8"))
        self.write("app/__init__.py", "")
        self.write("app/cli.py", CLI)
        for name in ("pyproject.toml", "LICENSE", "requirements-node.lock"):
            shutil.copy(ROOT / name, place)
        self.write("requirements.lock", locked(*BUILD_TOOLS))
        self.write("package.json", json.dumps(PACKAGE))
        self.write("package-lock.json", json.dumps(PACKAGE_LOCK))
        self.write(".npmrc", "")
        self.write("build.mjs", BUILD)

    def write(self, name: str, text: str) -> None:
        (self.place / name).parent.mkdir(parents=True, exist_ok=True)
        (self.place / name).write_text(text, encoding="utf-8")

    def start(self, *arguments: str, python: str | Path = sys.executable, **environment: str):
        mine = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "npm_"))}
        no_network = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": NOWHERE, "PIP_RETRIES": "0",
                      "npm_config_registry": NOWHERE, "npm_config_fetch_retries": "0",
                      "npm_config_cache": str(self.place / "npm-cache")}
        return subprocess.Popen([str(python), "-m", "app", *arguments], cwd=self.place, text=True,
                                env={**mine, **no_network, **environment},
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *arguments: str, **more) -> tuple[int, str, str]:
        process = self.start(*arguments, **more)
        out, err = process.communicate(timeout=60)
        assert "Traceback" not in err
        return process.returncode, out, err


def locked(*packages: str) -> str:
    """The lines of some packages out of the real lock, hashes and all."""
    lines = (ROOT / "requirements.lock").read_text().replace("\\\n", "").splitlines(keepends=True)
    return "".join(line for line in lines if line.split("==")[0] in packages)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder for PYTHONPATH holding the build tools, so that pip finds them without a network."""
    shelf = tmp_path_factory.mktemp("shelf")
    for package in BUILD_TOOLS:
        for file in files(package) or []:
            top = Path(file).parts[0]
            if top != ".." and not (shelf / top).exists():
                (shelf / top).symlink_to(Path(file.locate()).parents[len(Path(file).parts) - 1] / top)
    return str(shelf)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, shelf: str) -> Checkout:
    """A checkout whose first set-up was broken off while it made the environment, and was then run again."""
    checkout = Checkout(tmp_path_factory.mktemp("ready"))
    checkout.write(".venv/bin/python", "half a file")
    code, out, err = checkout.run("verify", "--json", PYTHONPATH=shelf)
    assert code == 0, err
    assert out == "['verify', '--json']\n", "standard output belongs to the command"
    assert "Opretter .venv" in err
    return checkout


def broken_venv(checkout: Checkout, line: str) -> str:
    checkout.write("broken/venv.py", line)
    return str(checkout.place / "broken")


def test_an_old_python_is_told_which_one_is_needed(checkout: Checkout) -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    checkout.write("pyproject.toml", project.replace('python = ">=3.11"', 'python = ">=3.99"'))
    code, out, err = checkout.run("verify")
    assert (code, out) == (1, "")
    assert err.strip().endswith("er for gammel: brug Python 3.99 eller nyere.")
    assert not (checkout.place / ".venv").exists()


def test_set_up_can_be_read_by_a_python_too_old_for_it() -> None:
    import ast

    ast.parse((ROOT / "app/__main__.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    ast.parse((ROOT / "app/__init__.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_a_debian_without_venv_is_told_what_to_install(checkout: Checkout) -> None:
    path = broken_venv(checkout, "raise SystemExit('not created because ensurepip is not available')")
    code, out, err = checkout.run("verify", PYTHONPATH=path)
    assert (code, out) == (1, "")
    assert "apt-get install -y python3-venv" in err


def test_a_full_disk_is_called_a_full_disk(checkout: Checkout) -> None:
    path = broken_venv(checkout, "raise OSError(28, 'No space left on device')")
    code, _, err = checkout.run("verify", PYTHONPATH=path)
    assert code == 1
    assert "Disken er fuld" in err


def test_a_folder_that_may_not_be_written_is_named(checkout: Checkout) -> None:
    (checkout.place / ".set-up.lock").mkdir()
    code, _, err = checkout.run("verify")
    assert code == 1
    assert "Kan ikke læse eller skrive" in err and ".set-up.lock" in err


def test_what_we_do_not_know_is_shown_as_the_tool_said_it(checkout: Checkout) -> None:
    path = broken_venv(checkout, "raise SystemExit('the moon is full')")
    code, _, err = checkout.run("verify", PYTHONPATH=path)
    assert code == 1
    assert "the moon is full" in err and "Opretter .venv mislykkedes." in err


def test_a_second_start_sets_nothing_up_again(ready: Checkout) -> None:
    code, out, err = ready.run("verify", python=ready.place / ".venv/bin/python")
    assert (code, out, err) == (0, "['verify']\n", "")


def test_the_console_script_is_there(ready: Checkout) -> None:
    script = ready.place / ".venv/bin/raadgiver"
    assert subprocess.check_output([script, "verify"], text=True, cwd="/") == "['verify']\n"


def test_a_run_after_the_network_came_back_takes_up_the_work(ready: Checkout, shelf: str) -> None:
    ready.write("requirements.lock", locked(*BUILD_TOOLS, "xlsxwriter"))
    for _ in "once", "again":
        code, out, err = ready.run("verify", PYTHONPATH=shelf)
        assert (code, out) == (1, "")
        assert "Kan ikke nå pakkelageret" in err
    ready.write("requirements.lock", locked(*BUILD_TOOLS))
    assert ready.run("verify", PYTHONPATH=shelf)[0] == 0


def test_two_set_ups_wait_for_each_other(ready: Checkout, shelf: str) -> None:
    (ready.place / ".venv/.requirements.lock").unlink()
    with (ready.place / ".set-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = ready.start("verify", PYTHONPATH=shelf)
        assert second.stderr and second.stderr.readline() == "Venter på en anden opsætning …\n"
        assert second.poll() is None
    assert second.wait(timeout=30) == 0
    second.communicate()


def test_half_a_node_modules_is_done_again(ready: Checkout) -> None:
    (ready.place / "node_modules/half").mkdir(parents=True)
    code, _, err = ready.run("build")
    assert code == 0, err
    assert not (ready.place / "node_modules/half").exists()
    assert (ready.place / "static/dist/manifest.json").is_file()
    assert ready.run("build") == (0, "", "")


def test_npm_without_network_gets_the_same_sentence(ready: Checkout) -> None:
    far = {"version": "8.0.4", "integrity": "sha512-" + "A" * 86 + "==", "dev": True}
    needs = {**PACKAGE, "devDependencies": {"idb": "8.0.4"}}
    lock = {**PACKAGE_LOCK, "packages": {"": needs, "node_modules/idb": far}}
    ready.write("package.json", json.dumps(needs))
    ready.write("package-lock.json", json.dumps(lock))
    code, _, err = ready.run("build")
    ready.write("package.json", json.dumps(PACKAGE))
    ready.write("package-lock.json", json.dumps(PACKAGE_LOCK))
    assert code == 1
    assert "Kan ikke nå pakkelageret" in err


def test_a_chromium_that_cannot_start_is_named(ready: Checkout, shelf: str) -> None:
    ready.write("requirements-test.lock", locked(*BUILD_TOOLS))
    code, out, err = ready.run("test", PYTHONPATH=shelf, RAADGIVER_CHROMIUM="/no/such/chromium")
    assert (code, out) == (1, "")
    assert "RAADGIVER_CHROMIUM peger på /no/such/chromium" in err


def test_a_machine_without_node_or_network_is_told_so(ready: Checkout, shelf: str) -> None:
    (ready.place / "build.mjs").touch()
    code, _, err = ready.run("build", PATH=str(ready.place / "no-programs"), PYTHONPATH=shelf)
    assert code == 1
    assert "Node 20 med npm mangler og kunne ikke hentes" in err
