"""Twenty thousand seeded weeks of real phones and real servers. SEEDS and FROM play others, LANES so many at once."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.server import ROOT


@pytest.mark.campaign
@pytest.mark.timeout(24 * 3600)
def test_twenty_thousand_weeks_end_with_nothing_lost_and_all_alike() -> None:
    subprocess.run(["node", "build.mjs", "--tests"], cwd=ROOT, check=True)
    weeks = {"SEEDS": "20000", "FROM": "1", "LANES": str(os.cpu_count() or 2), **os.environ}
    done = subprocess.run(["node", "--enable-source-maps", ".test/tests/sync/weeks.test.mjs"], cwd=ROOT, env=weeks, stdout=subprocess.PIPE, text=True)
    print(done.stdout)
    assert done.returncode == 0, "each broken week stands above with the command that plays it again"
