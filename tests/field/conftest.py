"""A phone that is at the door: nobody is signed in, the built files are there, every page is inspected."""

import pytest

from app import create_app
from app.field import shell
from tests.page_inspector import InspectingClient
from tests.world import build, settings


@pytest.fixture(scope="session")
def built():
    if not (shell.DIST / "manifest.json").exists():
        pytest.skip("static/dist er ikke bygget")
    return shell.built()


@pytest.fixture
def app(tmp_path, built):
    build(tmp_path)
    app = create_app(settings(tmp_path))
    app.test_client_class = InspectingClient
    return app


@pytest.fixture
def phone(app):
    return app.test_client()
