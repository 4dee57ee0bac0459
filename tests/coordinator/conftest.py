"""The office as Birthe meets it: a world of its own, every page inspected."""

from __future__ import annotations

import re

import pytest

from app import create_app
from tests.page_inspector import InspectingClient
from tests.world import PASSPHRASE, settings


@pytest.fixture
def place(request, tmp_path, copy_world):
    """(world, database address) in a folder of the test's own; SQLite unless a test asks for both."""
    world, url = copy_world(getattr(request, "param", "sqlite"), tmp_path)
    yield world, url
    world.db.close()


@pytest.fixture
def world(place):
    return place[0]


@pytest.fixture
def app(tmp_path, place):
    app = create_app(settings(tmp_path, place[1]))
    app.test_client_class = InspectingClient
    yield app
    app.extensions["database"].close()


class Office:
    """A signed-in browser that fetches a page's token before it sends a form, as a browser does."""

    def __init__(self, app, who):
        self.client = app.test_client()
        if who:
            self.post("/log-ind", "/log-ind", email=f"{who}@demo.example", passphrase=PASSPHRASE)

    def get(self, address, **more):
        return self.client.get(address, **more)

    def text(self, address, **more):
        response = self.client.get(address, **more)
        assert response.status_code == 200, response.status
        return re.sub('<span class="code">(.*?)</span>', r"\1", response.get_data(as_text=True))  # as it is read

    def hidden(self, page):
        """Every hidden field of the page's forms, and what its inputs hold."""
        return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', self.client.get(page).get_data(as_text=True)))

    def post(self, address, form_page, /, follow=False, **fields):
        data = {"csrf_token": self.hidden(form_page)["csrf_token"], **fields}
        return self.client.post(address, data=data, follow_redirects=follow, content_type="multipart/form-data")


@pytest.fixture
def birthe(app):
    return Office(app, "birthe")


@pytest.fixture
def office(app):
    """Opens the office as anyone."""
    return lambda who=None: Office(app, who)
