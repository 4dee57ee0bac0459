"""What every room's tests may ask for: the world on either database, and the real server on top of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import expect

from app.db import Database
from app.migrations import migrate
from tests import postgres
from tests import world as worlds
from tests.server import Server

DATABASES = ["sqlite", "postgres"]
settings.register_profile("patient", suppress_health_check=[HealthCheck.too_slow])  # how fast cases are made says nothing about the code
settings.load_profile("patient")
expect.set_options(timeout=20_000)  # a busy machine draws late; what never comes is still missed


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    cluster = postgres.start()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest):
    """The filled world once per database, to be copied: (world, what to copy)."""
    made: dict[str, tuple[worlds.World, str]] = {}

    def template(kind: str) -> tuple[worlds.World, str]:
        if kind not in made:
            folder = tmp_path_factory.mktemp(f"template-{kind}")
            url = request.getfixturevalue("cluster").database() if kind == "postgres" else ""
            db = Database(worlds.settings(folder, url))
            migrate(db)
            world = worlds.fill(db)
            db.close()
            made[kind] = world, str(folder / "raadgiver.db") if kind == "sqlite" else url
        return made[kind]
    return template


@pytest.fixture(scope="session")
def copy_world(templates, request: pytest.FixtureRequest):
    """Puts a fresh copy of the world into a folder: the world and its database's address."""
    def copy(kind: str, folder: Path) -> tuple[worlds.World, str]:
        world, source = templates(kind)
        url = ""
        if kind == "sqlite":
            shutil.copyfile(source, folder / "raadgiver.db")
        else:
            url = request.getfixturevalue("cluster").database(source.split("/")[3].split("?")[0])
        return replace(world, db=Database(worlds.settings(folder, url))), url
    return copy


@pytest.fixture(params=DATABASES)
def world(request: pytest.FixtureRequest, tmp_path: Path, copy_world) -> Iterator[worlds.World]:
    """Signe, Emre, Birthe and Sanne on a database of the test's own."""
    world, _ = copy_world(request.param, tmp_path)
    yield world
    world.db.close()


@pytest.fixture(params=DATABASES)
def own_server(request: pytest.FixtureRequest, tmp_path: Path, copy_world) -> Iterator[Server]:
    """A server that the test may stop, restore and break. Not started yet."""
    world, url = copy_world(request.param, tmp_path)
    world.db.close()
    server = Server(tmp_path, url, project_id=world.project_id)
    yield server
    server.stop()


@pytest.fixture(scope="session", params=DATABASES)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, copy_world) -> Iterator[Server]:
    """A running server that tests share; each uses records of its own."""
    folder = tmp_path_factory.mktemp(f"server-{request.param}")
    world, url = copy_world(request.param, folder)
    world.db.close()
    server = Server(folder, url, project_id=world.project_id).start()
    yield server
    server.stop()
