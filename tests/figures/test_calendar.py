"""Working days, weeks and closing weeks as the domain page and the catalogue have them."""

import csv
from datetime import date

from app.rules import holidays
from app.rules.calendar import (
    closed_days,
    first_of,
    half_year,
    is_working_day,
    last_of,
    month_name,
    months,
    next_month,
    nth_working_day,
    week_code,
    week_label,
    working_day_from,
    working_days,
)
from app.rules.holidays import by_rule, days_off


def test_the_rule_says_what_the_catalogue_says_for_every_year_it_holds():
    for year, listed in holidays._in_catalogue().items():
        assert set(by_rule(year)) == set(listed), year


def test_working_days_of_each_demo_month_are_those_of_the_volumes():
    # The volumes take 1 May and 5 June for working days; in R10 the catalogue's local days off are none.
    with (holidays.HOLIDAYS.parent / "demo" / "volumes.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file, delimiter=";"):
            last = date(2026, 11, 20) if row["maaned"] == "2026-11" else last_of(row["maaned"])
            counted = len(working_days(first_of(row["maaned"]), last))
            assert counted == int(row["arbejdsdage"]) - (row["maaned"][5:] in ("05", "06")), row["maaned"]


def test_months_close_on_the_fifth_working_day():
    assert nth_working_day(date(2026, 11, 1), 5) == date(2026, 11, 6)
    assert nth_working_day(date(2026, 10, 1), 5) == date(2026, 10, 7)


def test_weeks_at_new_year_carry_the_year_of_the_week():
    assert week_label(date(2025, 12, 31)) == "uge 1, 2026"
    assert week_label(date(2027, 1, 1)) == "uge 53, 2026"
    assert week_code(date(2027, 1, 3)) == "2026-U53"


def test_a_year_outside_the_catalogue_is_worked_out():
    assert days_off(2024)[date(2024, 3, 31)] == "Påskedag"
    assert date(2024, 4, 26) not in days_off(2024) and date(2023, 5, 5) in days_off(2023)
    assert not is_working_day(date(2028, 4, 14))


def test_closures_take_days_and_a_torn_one_takes_none():
    weeks = [{"from": "2026-07-06", "to": "2026-07-26"}, {"from": "uge 8", "to": ""}, {}]
    assert len(closed_days(weeks)) == 21
    assert working_day_from(date(2026, 7, 6), weeks) == date(2026, 7, 27)


def test_months_are_counted_and_named():
    assert next_month("2026-12") == "2027-01" and next_month("2026-01", -1) == "2025-12"
    assert months("2026-11", "2027-02") == ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert month_name("2026-10") == "oktober 2026"
    assert half_year("2026-06") == ("2026-01", "2026-06") and half_year("2026-07") == ("2026-07", "2026-12")
