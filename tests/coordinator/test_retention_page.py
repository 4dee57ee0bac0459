"""Birthe reads how long things are kept and how much goes tonight (domain.md 4.8)."""

from __future__ import annotations

from app.ledger import access, retention
from app.rules.retention import rules
from tests.world import NOW


def test_the_page_has_every_line_and_what_tonight_would_take(world, birthe, monkeypatch):
    access.log(world.db, world.birthe, [access.Entry("OPEN", "talk")] * 3, NOW.replace(year=2024))
    page = birthe.text("/kontor/rettigheder/opbevaring")
    assert all(rule.title in page and rule.kept in page and rule.then in page for rule in rules().values())
    assert '<td class="number">3</td>' in page
    assert "opdigtet projekt" in page and retention.preview(world.db, world.project_id, NOW)["ACCESS_LOG"] == 3  # looking takes nothing
    assert "/kontor/rettigheder/opbevaring" in birthe.text("/kontor/rettigheder")
