"""One filled demo for all that look at it."""

from __future__ import annotations

import shutil

import pytest

from tests.demo.filled import NOW, Demo
from tests.journeys.demo_day import filled, of_the_run


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    return Demo(shutil.copytree(filled(of_the_run(tmp_path_factory), NOW), tmp_path_factory.mktemp("demo") / "state"))
