"""What a page asks the database does not grow with the years behind it, and a month's page makes no files."""

from __future__ import annotations

import pytest

from app.coordinator import coverage
from app.export import files
from app.figures.ground import lay_out
from app.figures.recount import figures
from app.rules.calendar import next_month
from tests.scale.conftest import SIZES, turn_to
from tests.world import statements

PAGE_STATEMENTS = 90  # no page may ask for more; Opbevaring, which looks at every kind of record, asks for most
MONTHS = "/kontor/maaneder"


def addresses(app, size):
    """The pages that need no more than an address; the newest closed month and the open one as each size has them."""
    last = next_month(f"{SIZES[size][1]:%Y-%m}", -1)
    plain = {rule.rule: rule.rule for rule in app.url_map.iter_rules()
             if rule.rule.startswith("/kontor") and "GET" in rule.methods and not rule.arguments}
    return plain | {"open month": f"{MONTHS}/{last}", "closed month": f"{MONTHS}/{next_month(last, -1)}", "half-year": f"{MONTHS}/halvaar/2025-H1"}


def asked(app, client, size):
    counts = {}
    for name, address in addresses(app, size).items():
        with statements(app.extensions["database"]) as seen:
            answer = client.get(address)
        assert answer.status_code == 200, address
        counts[name] = len([sql for sql, _ in seen if not sql.startswith(("BEGIN", "COMMIT"))])
    return counts


def test_no_page_asks_more_when_there_is_more(both, monkeypatch):
    found = {}
    for size, (app, client) in both.items():
        turn_to(monkeypatch, size)
        found[size] = asked(app, client, size)
    grown = {name: (found["small"][name], count) for name, count in found["big"].items() if count > found["small"][name]}
    assert grown == {} and max(found["big"].values()) <= PAGE_STATEMENTS, (grown, sorted(found["big"].items(), key=lambda one: -one[1])[:5])


def never(*_given):
    raise AssertionError("somebody made a file")


@pytest.mark.parametrize("size", SIZES)
def test_an_open_months_page_makes_no_paper_and_no_workbook(both, monkeypatch, size):
    app, client = both[size]
    turn_to(monkeypatch, size)
    monkeypatch.setattr(files, "month_page", never)
    monkeypatch.setattr(files.workbook, "workbook", never)
    answer = client.get(addresses(app, size)["open month"]).get_data(as_text=True)
    for name in ("01_maanedstal.csv, ", "01_maanedstal.xlsx", "manifest.json", files.PAGE, files.DATA_PACKAGE):
        assert name in answer


def test_the_map_counts_visits_alone_and_gets_what_the_month_gets(both):
    app, _ = both["big"]
    now = SIZES["big"][1]
    with app.extensions["database"].read() as tx:
        project = tx.exec_driver_sql("SELECT id FROM project ORDER BY id LIMIT 1").scalar_one()
        for month in ("2025-02", "2025-06", "2025-08"):
            whole = [one for one in figures(lay_out(tx, project), month, now.date()) if one.indicator in coverage.SHOWN]
            assert figures(coverage.lay_out_visits(tx, project), month, now.date(), coverage.SHOWN) == whole != []
