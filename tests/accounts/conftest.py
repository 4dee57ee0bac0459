"""Browsers in front of the accounts' pages, on either database; every page inspected."""

from __future__ import annotations

import re

import pytest

from app import create_app
from tests.page_inspector import InspectingClient
from tests.world import PASSPHRASE, settings

CHROME = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"


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


class Browser:
    """Somebody's browser: it fetches a page's token before it sends a form."""

    def __init__(self, app, who=None, agent=CHROME, address="192.0.2.7"):
        self.client = app.test_client()
        self.client.environ_base.update(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
        if who:
            self.landed = self.sign_in(who)

    def sign_in(self, who, passphrase=PASSPHRASE, **fields):
        return self.post("/log-ind", "/log-ind", email=f"{who}@demo.example", passphrase=passphrase, **fields)

    def get(self, address):
        return self.client.get(address)

    def text(self, address):
        response = self.client.get(address)
        assert response.status_code == 200, (address, response.status, response.location)
        return re.sub(r"\s+", " ", response.get_data(as_text=True))

    def post(self, address, page, /, **fields):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get(page).get_data(as_text=True))
        assert token, page
        return self.client.post(address, data={"csrf_token": token[1], **fields})

    def forms(self, page):
        """The addresses that the page's forms send to."""
        return re.findall(r'<form method="post" action="([^"]+)"', self.client.get(page).get_data(as_text=True))


@pytest.fixture
def browser(app):
    """Opens a browser, signed in as somebody or nobody."""
    return lambda who=None, **more: Browser(app, who, **more)
