"""Runs every check and every test, each to its end, and closes with one line that counts them.

Started by `python3 -m app test`, which has set the machine up. Each check counts as one test.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

BIN = Path(sys.executable).parent
RESULTS = Path(".test")  # git-ignored; build.mjs empties it when it bundles the tests
PYTEST_RESULTS = RESULTS / "pytest.xml"
NODE_RESULTS = RESULTS / "node.tap"
NODE_SAID = RESULTS / "node.txt"
CORES = os.cpu_count() or 1


@dataclass
class Outcome:
    name: str
    seconds: float
    passed: int
    failed: int
    skipped: int = 0


def check(title: str, *command: object) -> Outcome:
    """One judge; what it says is only of interest when it says no."""
    started = time.monotonic()
    judged = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    broken = judged.returncode != 0
    print(f"\n── {title}: " + (f"\n{judged.stdout}{judged.stderr}" if broken else "ok"), flush=True)
    return Outcome(title, time.monotonic() - started, passed=int(not broken), failed=int(broken))


def typescript_tests() -> Outcome:
    """Beside pytest, whose browsers wait a good part of their time, and out of their way. What it says is printed at its end."""
    started = time.monotonic()
    files = sorted(RESULTS.rglob("*.test.mjs"))
    reporters = ("--test-reporter=dot", "--test-reporter-destination=stdout",
                 "--test-reporter=tap", f"--test-reporter-destination={NODE_RESULTS}")
    with NODE_SAID.open("w", encoding="utf-8") as said:
        code = subprocess.run(["nice", "node", "--enable-source-maps", "--test", f"--test-concurrency={CORES}", *reporters, *map(str, files)],
                              stdout=said, stderr=subprocess.STDOUT).returncode
    tap = NODE_RESULTS.read_text(encoding="utf-8") if NODE_RESULTS.is_file() else ""
    count = {word: int(number) for word, number in re.findall(r"^# (\w+) (\d+)$", tap, re.M)}
    failed = max(count.get("fail", 0) + count.get("cancelled", 0), int(code != 0))
    skipped = count.get("skipped", 0) + count.get("todo", 0)
    return Outcome("TypeScript-tests", time.monotonic() - started, count.get("pass", 0), failed, skipped)


def python_tests() -> Outcome:
    """In the order of their names: by the number of tests, as xdist would have it, the longest files come last and are waited for."""
    started = time.monotonic()
    print("\n── pytest", flush=True)
    code = subprocess.run([sys.executable, "-m", "pytest", "-n", str(CORES + 1), "--dist", "loadfile", "--no-loadscope-reorder",
                           f"--junitxml={PYTEST_RESULTS}"]).returncode
    passed = failed = skipped = 0
    if PYTEST_RESULTS.is_file():
        for suite in ElementTree.parse(PYTEST_RESULTS).getroot().iter("testsuite"):
            number = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
            failed += number["failures"] + number["errors"]
            skipped += number["skipped"]
            passed += number["tests"] - number["failures"] - number["errors"] - number["skipped"]
    return Outcome("pytest", time.monotonic() - started, passed, max(failed, int(code != 0)), skipped)


def tests() -> list[Outcome]:
    with ThreadPoolExecutor(1) as beside:
        typescript = beside.submit(typescript_tests)
        python = python_tests()
        outcome = typescript.result()
    print(f"\n── {outcome.name}\n{NODE_SAID.read_text(encoding='utf-8', errors='replace')}", flush=True)
    return [outcome, python]


def summary(outcomes: list[Outcome]) -> int:
    print("\n── Samlet")
    for one in outcomes:
        word = "FEJL" if one.failed else "ok"
        print(f"{one.name:<18}{word:<6}{one.passed:>5} ok {one.failed:>4} fejl "
              f"{one.skipped:>4} sprunget over {one.seconds:>7.1f} s")
    passed = sum(one.passed for one in outcomes)
    failed = sum(one.failed for one in outcomes)
    skipped = sum(one.skipped for one in outcomes)
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return int(failed > 0)


def main() -> int:
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir()
    return summary([
        check("ruff", BIN / "ruff", "check", "--output-format=concise"),
        check("import-linter", BIN / "lint-imports", "--no-cache"),
        check("mypy", BIN / "mypy"),
        check("tsc", "node", "node_modules/typescript/bin/tsc", "--noEmit"),
        check("bundle", "node", "build.mjs", "--tests"),
        *tests(),
    ])


if __name__ == "__main__":
    sys.exit(main())
