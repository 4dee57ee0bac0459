"""The people of the world, signed in at a shared server."""

from __future__ import annotations

import pytest

from tests.line.people import Person


def _person(who: str):
    @pytest.fixture(scope="session", name=who)
    def person(server):
        return Person(server.address, who)
    return person


signe, emre, birthe, sanne = map(_person, ("signe", "emre", "birthe", "sanne"))
