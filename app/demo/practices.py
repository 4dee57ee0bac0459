"""The twenty practices with their agreement histories: one declined, one retired and was replaced, one paused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.clock import local_date
from app.demo.diary import BEGINS, CATALOGUE, Diary, at
from app.demo.dice import Dice
from app.rules.calendar import closed_days
from app.rules.practice_cells import DAYS
from app.rules.practice_import import read_practices

History = list[tuple[date, str, str]]  # from, status, reason
STORIES: dict[str, History] = {
    "P03": [(BEGINS, "CANDIDATE", ""), (date(2025, 2, 3), "AGREED", ""), (date(2026, 4, 1), "ENDED", "Lægen går på pension")],
    "P08": [(BEGINS, "CANDIDATE", ""), (date(2025, 2, 17), "AGREED", ""), (date(2026, 3, 2), "PAUSED", "Vikar i praksis"),
            (date(2026, 5, 1), "AGREED", "")],
    "P12": [(BEGINS, "CANDIDATE", ""), (date(2025, 2, 10), "CONTACTED", ""), (date(2025, 3, 12), "INFO_MEETING", ""),
            (date(2025, 4, 2), "DECLINED", "Egen travlhed")],
    "P15": [(date(2025, 3, 20), "CANDIDATE", ""), (date(2025, 3, 26), "CONTACTED", ""), (date(2025, 4, 7), "AGREED", "Erstatter P12")],
    "P20": [(date(2026, 3, 2), "CANDIDATE", ""), (date(2026, 3, 9), "CONTACTED", ""), (date(2026, 4, 13), "AGREED", "Erstatter P03")],
}


@dataclass(eq=False)
class Practice:
    """A practice as the demo plans with it."""

    number: str
    id: str
    adviser: str
    interval: int
    history: History
    weekdays: set[int]
    closed: set[date]
    data: dict[str, Any] = field(default_factory=dict)

    def status(self, day: date) -> str:
        return next((status for first, status, _ in reversed(self.history) if first <= day), "")

    def is_open(self, day: date) -> bool:
        return day.weekday() in self.weekdays and day not in self.closed


def practices(diary: Diary, advisers: dict[str, str]) -> dict[str, Practice]:
    """Reads practices.csv as the office's import does, and writes each practice's life into the diary."""
    dice, found = Dice("practices"), {}
    for row in read_practices((CATALOGUE / "demo" / "practices.csv").read_bytes()):
        practice = _practice(row, dice, diary)
        practice.data |= {"responsible_adviser_id": advisers[practice.adviser]}
        found[practice.number] = practice
        _live(diary, practice)
    return found


def _practice(row: Any, dice: Dice, diary: Diary) -> Practice:
    if row.errors:
        raise ValueError(f"practices.csv: {row.errors}")
    number = row.data["number"]
    agreed = next((date.fromisoformat(one["from"]) for one in row.data.get("agreements", ()) if one["status"] == "AGREED"), None)
    history = STORIES.get(number) or [(BEGINS, "CANDIDATE", ""), (agreed or BEGINS, "AGREED", "")]
    data = {name: value for name, value in row.data.items() if name not in ("adviser_key", "agreements", "agreement_status")}
    if number == "P08":  # the list tells it with codes, which are no words for a screen
        data["story"] = "På pause marts og april 2026 (vikar), derefter aftale igen"
    data["closures"] = _every_year(data.get("closures", []), range(2025, max(2026, diary.now.year) + 1))
    weekdays = {list(DAYS.values()).index(one["weekday"]) for one in data["opening"]} - {_avoided(data.get("avoid", ""))}
    return Practice(number, dice.id(at(BEGINS, 9)), row.data.get("adviser_key", "A2"), row.data.get("interval_days", 21),
                    history, weekdays, closed_days(data["closures"]), data)


def _avoided(text: str) -> int:
    """"fr" alone means the whole day; 5 (Saturday) when no day is named."""
    return list(DAYS).index(text) if text in DAYS else 5


def _every_year(closures: list[dict[str, str]], years: range) -> list[dict[str, str]]:
    """The closing weeks of 2026 in each year: the same ISO weeks."""
    found = []
    for year in years:
        for one in closures:
            first, last = date.fromisoformat(one["from"]).isocalendar(), date.fromisoformat(one["to"]).isocalendar()
            found.append({"from": date.fromisocalendar(year, first.week, 1).isoformat(),
                          "to": date.fromisocalendar(year, last.week, 7).isoformat()})
    return found


def _live(diary: Diary, practice: Practice) -> None:
    """Created with its first status; each later status is a correction that closes the period before it."""
    today = local_date(diary.now)
    lived = [step for step in practice.history if step[0] <= today] or practice.history[:1]
    periods: list[dict[str, str]] = []
    for number, (first, status, reason) in enumerate(lived):
        received = min(at(first, 8, 30), diary.now)
        before = {"agreement_status": lived[number - 1][1], "agreements": list(periods)}
        if periods:
            periods[-1] = {**periods[-1], "to": (first - timedelta(days=1)).isoformat()}
        periods.append({"status": status, "from": first.isoformat(), **({"reason": reason} if reason else {})})
        now = {"agreement_status": status, "agreements": list(periods)}
        if number == 0:
            diary.write(received, "K1", "practice", practice.id, {**practice.data, **now})
        else:
            diary.correct(received, "K1", "practice", practice.id, now, before)
