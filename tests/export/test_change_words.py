"""The change since the month before in words, and silence where either month hides its number."""

from __future__ import annotations

from app.export import month_export
from app.export.change_words import LATE, change_words
from app.figures.figure import Figure
from tests.export.conftest import NOW
from tests.export.test_files import unpacked


def test_counts_and_shares_are_told_with_sign_and_unit():
    now = [Figure("P2", "ALLE", 49), Figure("P1", "ALLE", 18, 18), Figure("P2", "VALBY", 7), Figure("M1", "ALLE", 5)]
    before = [Figure("P2", "ALLE", 42), Figure("P1", "ALLE", 17, 18), Figure("P2", "VALBY", 3), Figure("M1", "ALLE", 5)]
    assert change_words(now, before, "september 2026") == [
        "P2 Gennemførte besøg: 49 mod 42 i september 2026 (+7 besøg).",
        "P1 Praksisdækning: 100,0 % mod 94,4 % i september 2026 (+5,6 procentpoint).", LATE]


def test_a_hidden_number_is_not_told_by_its_change():
    shown, hidden = Figure("S1", "ALLE", 12), Figure("S1", "ALLE", 3, n_mark="<5")
    assert change_words([hidden], [shown], "september 2026") == change_words([shown], [hidden], "september 2026") == [LATE]


def test_it_lies_in_the_package_when_the_month_before_is_closed(autumn, tmp_path):
    told = unpacked(month_export(autumn.db, autumn.project_id, "2026-10", tmp_path, NOW))["13_siden_sidst.txt"].decode("utf-8-sig")
    assert "P2 Gennemførte besøg: 1 mod 2 i september 2026 (-1 besøg)." in told and LATE in told
    assert "13_siden_sidst.txt" not in unpacked(month_export(autumn.db, autumn.project_id, "2026-09", tmp_path, NOW))
