"""One filled demo for all that look at it."""

from __future__ import annotations

import pytest

from tests.demo.filled import NOW, Demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    return Demo(tmp_path_factory.mktemp("demo"), NOW)
