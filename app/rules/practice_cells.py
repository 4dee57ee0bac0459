"""Reads one cell of a list of practices as people write it: hours, weeks, dates, yes and no, telephone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from app.records.codes import code_list
from app.records.wire import Bad
from app.rules.alphabet import fold

DAYS = {"ma": "MON", "ti": "TUE", "on": "WED", "to": "THU", "fr": "FRI", "lø": "SAT", "sø": "SUN"}
ORDER = list(DAYS.values())
TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
HOURS = re.compile(rf"^{TIME}\s*[-–]\s*{TIME}$")
KNOWN_AS = {"district": {"sydhavnen": "KGS_ENGHAVE", "kongens enghave": "KGS_ENGHAVE"}}
DOOR_CODE = re.compile(r"kode\w*\W{0,3}(er\W)?#?\d{3,}", re.IGNORECASE)


def code(list_name: str) -> Callable[[str], str]:
    """A code or its Danish word, whichever stands in the cell."""
    def read(cell: str) -> str:
        known = code_list(list_name)
        words = {fold(word): code for code, word in known.labels.items()} | KNOWN_AS.get(list_name, {})
        found = cell.upper() if cell.upper() in known.labels else words.get(fold(cell))
        if found is None:
            raise Bad(f"»{cell}« kendes ikke. Vælg en af: {', '.join(known.labels.values())}.")
        return found
    return read


def yes_or_no(cell: str) -> bool:
    answers = {"ja": True, "j": True, "x": True, "1": True, "nej": False, "n": False, "0": False}
    if cell.lower() not in answers:
        raise Bad("Skriv JA eller NEJ.")
    return answers[cell.lower()]


def decimal(cell: str) -> float:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        raise Bad("Skriv et tal, fx 55,6696.") from None


def interval(cell: str) -> int | None:
    """Days between visits; 0 is how the list says "no visits"."""
    if not cell.isdigit():
        raise Bad("Skriv et helt antal dage.")
    return int(cell) or None


def day(cell: str) -> str:
    """2026-03-31, 31-03-2026, 31.03.2026 or 31/3/2026 as an ISO date."""
    if found := re.match(r"^(\d{4})-(\d{2})-(\d{2})$", cell):
        year, month, number = found.groups()
    elif found := re.match(r"^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$", cell):
        number, month, year = found.groups()
    else:
        raise Bad("Skriv datoen som dd-mm-åååå.")
    try:
        return date(int(year), int(month), int(number)).isoformat()
    except ValueError:
        raise Bad("Datoen findes ikke.") from None


def telephone(cell: str) -> str:
    """Eight digits in pairs; +45 is taken off."""
    digits = re.sub(r"^(\+|00)45", "", re.sub(r"[\s.-]", "", cell))
    if not re.match(r"^\d{8}$", digits):
        raise Bad("Skriv otte cifre.")
    return " ".join(digits[at:at + 2] for at in range(0, 8, 2))


def mail(cell: str) -> str:
    if not re.match(r"^[^@\s;]+@[^@\s;]+\.[^@\s;]+$", cell):
        raise Bad("Skriv én mailadresse.")
    return cell


def clock(cell: str) -> str:
    """8, 8.30, 08:30 or 0830 as 08:30."""
    found = re.match(r"^(\d{1,2})(?:[:.]?(\d{2}))?$", cell)
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Bad("Skriv klokkeslættet som tt.mm.")
    return f"{int(found[1]):02}:{found[2] or '00'}"


def names(cell: str) -> list[dict[str, str]]:
    return [{"name": name.strip()} for name in cell.split("|") if name.strip()]


def hours(cell: str) -> list[dict[str, str]]:
    """"08:00-09:00, 12:00-12:30" as rows of from and to."""
    return [_span(part.strip()) for part in re.split(r"[;,]", cell) if part.strip()]


def opening(cell: str) -> list[dict[str, str]]:
    """"ma-fr 08:00-15:00; to 08:00-17:00; on lukket": what is said later about a day counts."""
    week: dict[str, dict[str, str] | None] = {}
    for part in filter(None, (part.strip() for part in cell.split(";"))):
        found = re.match(r"^([a-zæøå ,.\-–]+?)\s+(\d.*|lukket)$", part, re.IGNORECASE)
        if not found:
            raise Bad(f"»{part}« kan ikke læses. Skriv fx »ma-fr 08:00-15:00«.")
        span = None if found[2].lower() == "lukket" else _span(found[2])
        for weekday in _weekdays(found[1]):
            week[weekday] = span
    return [{"weekday": weekday, **span} for weekday in ORDER if (span := week.get(weekday))]


def closed_weeks(year: int) -> Callable[[str], list[dict[str, str]]]:
    """"28-30" or "8, 28-30": whole ISO weeks as Monday to Sunday."""
    def read(cell: str) -> list[dict[str, str]]:
        return [_weeks(year, part.strip()) for part in re.split(r"[;,]", cell) if part.strip()]
    return read


def access(cell: str) -> str:
    if DOOR_CODE.search(cell):
        raise Bad("Skriv ikke dørkoder. Skriv »dørkode aftales«.")
    return cell


def _span(text: str) -> dict[str, str]:
    found = HOURS.match(text)
    start, end = ([int(hour), int(minute or 0)] for hour, minute in (found.groups()[:2], found.groups()[2:])) if found else ([0, 0], [0, 0])
    if not found or start >= end or end > [24, 0] or max(start[1], end[1]) > 59:
        raise Bad(f"»{text}« kan ikke læses. Skriv fx »08:00-15:00«.")
    return {"from": "{:02}:{:02}".format(*start), "to": "{:02}:{:02}".format(*end)}


def _weekdays(text: str) -> list[str]:
    found: list[str] = []
    for part in filter(None, re.split(r"[,\s]+(?:og\s+)?", re.sub(r"\s*[-–]\s*", "-", text.lower()))):
        ends = [DAYS.get(word[:2]) for word in part.rstrip(".").split("-")]
        if None in ends or len(ends) > 2:
            raise Bad(f"»{part}« er ikke en ugedag. Skriv ma, ti, on, to, fr, lø eller sø.")
        first, last = ORDER.index(str(ends[0])), ORDER.index(str(ends[-1]))
        found += ORDER[first:last + 1]
    return found


def _weeks(year: int, text: str) -> dict[str, str]:
    found = re.match(r"^(?:uge\s*)?(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?$", text, re.IGNORECASE)
    try:
        first, last = int(found[1]), int(found[2] or found[1])  # type: ignore[index]
        start, end = date.fromisocalendar(year, first, 1), date.fromisocalendar(year, last, 1) + timedelta(days=6)
    except (TypeError, ValueError):
        raise Bad(f"»{text}« er ikke uger i {year}. Skriv fx »28-30«.") from None
    if end < start:
        raise Bad(f"»{text}«: første uge skal stå først.")
    return {"from": start.isoformat(), "to": end.isoformat()}
