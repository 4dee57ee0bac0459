"""A running server of a test's own, that the test may kill."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.campaigns.served import Served
from tests.server import Server


@pytest.fixture
def served(own_server: Server) -> Iterator[Served]:
    served = Served(own_server.folder, own_server.url).start()
    yield served
    if served.process and served.process.poll() is None:
        served.kill()
