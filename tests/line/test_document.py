"""The client that the documentation shows works against the real server."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.server import ROOT
from tests.world import PASSPHRASE


def test_the_documents_client_sends_a_visit_and_fetches_the_view(server):
    done = subprocess.run([sys.executable, "docs/sync_client.py", server.address, "signe@demo.example"], cwd=ROOT, input=PASSPHRASE + "\n",
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "accepted" in done.stdout and "Gemt på serveren." in done.stdout
    assert re.search(r"SHL \(ADVISER\) at \d+: .*\d practice, .*\d visit", done.stdout)
