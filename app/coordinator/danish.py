"""How dates, times, numbers and telephone numbers stand on a Danish page (domain.md 4.6)."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from flask import Blueprint
from markupsafe import Markup, escape

from app.clock import COPENHAGEN
from app.rules.calendar import last_of, month_name

CODE = re.compile(r"\bB-[2-9BCDFGHJKMNPQRTVWX]{5}\b")
DAYS = ("man.", "tir.", "ons.", "tor.", "fre.", "lør.", "søn.")
MONTHS = ("jan.", "feb.", "marts", "april", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec.")


def as_day(value: date | datetime | str | None) -> date | None:
    """The Copenhagen date of a date, an instant or its text."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
    return value.astimezone(COPENHAGEN).date() if isinstance(value, datetime) else value


def as_instant(value: datetime | str) -> datetime:
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(COPENHAGEN)


def day_words(value: date | datetime | str | None) -> str:
    """"man. 23. nov. 2026"."""
    found = as_day(value)
    return f"{DAYS[found.weekday()]} {found.day}. {MONTHS[found.month - 1]} {found.year}" if found else ""


def short_day(value: date) -> str:
    """"man. 23. nov."."""
    return f"{DAYS[value.weekday()]} {value.day}. {MONTHS[value.month - 1]}"


def day_figures(value: date | datetime | str | None) -> str:
    """"23-11-2026"."""
    found = as_day(value)
    return f"{found:%d-%m-%Y}" if found else ""


def time_words(value: datetime | str | None) -> str:
    """"kl. 9.30"."""
    if value is None:
        return ""
    found = as_instant(value)
    return f"kl. {found.hour}.{found.minute:02}"


def instant_words(value: datetime | str | None) -> str:
    return f"{day_words(value)} {time_words(value)}" if value else ""


def since_words(value: datetime | None, now: datetime) -> str:
    """How long ago, as people say it: "nu", "12 min. siden", "3 timer siden", "5 dage siden"."""
    if value is None:
        return ""
    minutes = int((now - value).total_seconds() // 60)
    if minutes < 2:
        return "nu"
    if minutes < 60:
        return f"{minutes} min. siden"
    if minutes < 48 * 60:
        hours = minutes // 60
        return f"{hours} time siden" if hours == 1 else f"{hours} timer siden"
    return f"{minutes // 1440} dage siden"


def number_words(value: Any) -> str:
    """2336000.5 → "2.336.000,5"."""
    if value is None:
        return ""
    return f"{value:,}".replace(",", "\x00").replace(".", ",").replace("\x00", ".")


def counted(count: int, one: str, many: str) -> str:
    """"1 praksis", "12 praksisser"."""
    return f"{number_words(count)} {one if count == 1 else many}"


def coded(text: Any) -> Markup:
    """A citizen's code in a sentence never stands in two lines."""
    return Markup(CODE.sub(r'<span class="code">\g<0></span>', str(escape(text))))


def install(room: Blueprint) -> None:
    """Makes the words known to every template."""
    for name, words in (("day_words", day_words), ("short_day", short_day), ("day_figures", day_figures), ("time_words", time_words),
                        ("instant_words", instant_words), ("number_words", number_words), ("month_words", month_name), ("month_end", last_of),
                        ("coded", coded)):
        room.add_app_template_filter(words, name)
    room.add_app_template_global(counted, "counted")
