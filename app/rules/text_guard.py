"""Finds CPR numbers and their look-alikes in text, and takes them out (domain.md 4.3). Twin of the phone's text_guard.ts."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from app.clock import today as today_here

Level = Literal["NONE", "LOW", "MEDIUM", "HIGH"]
RANK: dict[Level, int] = {"NONE": 0, "LOW": 1, "MEDIUM": 2, "HIGH": 3}
GONE = "[fjernet]"
_AS_WRITTEN = re.compile("[\x00-\x7f\u00c0-\u00ff]*")  # letters of Danish and its neighbours: no other spelling of them is a digit
_NO_DIGIT = re.compile("[\x00-/:-\x7f\u00c0-\u00ff]*")


@dataclass(frozen=True, order=True)
class Hit:
    """A place in the text as it was written."""

    index: int
    length: int
    level: Level
    kind: str


@dataclass(frozen=True)
class Finding:
    level: Level
    hits: list[Hit]


def detect(text: str, today: date | None = None) -> Finding:
    """HIGH may never be stored; MEDIUM and LOW are the phone's to ask about."""
    plain, places = _normalised(text)
    day = today or today_here()
    hits: list[Hit] = []  # in their order in the text; no two overlap
    for rule in RULES:
        for hit in rule(plain, day):
            first = bisect_right(hits, hit.index, key=_end)
            after = bisect_left(hits, _end(hit), key=lambda other: other.index)
            if all(RANK[o.level] < RANK[hit.level] for o in hits[first:after]):
                hits[first:after] = [hit]
    written = [Hit(places[h.index], places[h.index + h.length] - places[h.index], h.level, h.kind) for h in hits]
    return Finding(max((h.level for h in hits), key=RANK.__getitem__, default="NONE"), sorted(written))


def clean(text: str, today: date | None = None) -> str:
    """The text with [fjernet] in the place of every HIGH hit; the rest is kept character by character."""
    if _NO_DIGIT.fullmatch(text):
        return text  # every rule needs a digit
    while high := [hit for hit in detect(text, today).hits if hit.level == "HIGH"]:
        starts, ends = [hit.index for hit in high], [0, *(_end(hit) for hit in high)]
        text = GONE.join(text[end:start] for end, start in zip(ends, [*starts, len(text)], strict=True))
    return text


def _end(hit: Hit) -> int:
    return hit.index + hit.length


# ---- one spelling for dashes, spaces and digits

_HIDDEN = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_TABLE = (
    dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
    | dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F], " ")
    | {zero + digit: str(digit) for zero in (0x660, 0x6F0) for digit in range(10)}
)


def _normalised(text: str) -> tuple[str, list[int]]:
    """The text to search, and for each of its characters (and its end) where that stands in the text as written."""
    if _AS_WRITTEN.fullmatch(text):
        return text, list(range(len(text) + 1))
    plain: list[str] = []
    places: list[int] = []
    end = 0
    for index, part in _clusters(text):
        one = _HIDDEN.sub("", unicodedata.normalize("NFKC", part)).translate(_TABLE)
        places.extend([index] * len(one))
        plain.append(one)
        if one:
            end = index + len(part)
    return "".join(plain), [*places, end]


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """A character with the marks that stand upon it."""
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not unicodedata.category(text[index]).startswith("M"):
            yield start, text[start:index]
            start = index


# ---- what ten digits say


class Birth(NamedTuple):
    year: int
    month: int
    day: int
    replaced: bool
    mod11: bool


_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def _birth(digits: str, today: date) -> Birth | None:
    """A person's number, or None: a real date by the century rule of digit 7, not in the future; day + 60 is a replacement."""
    day, month, year = int(digits[:2]), int(digits[2:4]), _year(int(digits[4:6]), int(digits[6]))
    replaced = 61 <= day <= 91
    born = _date(year, month, day - 60 if replaced else day)
    if born is None or born > today:
        return None
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
    return Birth(year, month, born.day, replaced, total % 11 == 0)


def _year(yy: int, seventh: int) -> int:
    if seventh <= 3:
        return 1900 + yy
    if seventh in (4, 9):
        return 2000 + yy if yy <= 36 else 1900 + yy
    return 2000 + yy if yy <= 57 else 1800 + yy


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _recent(yy: str, clock: str, today: date) -> bool:
    """This year or next door, and a time of day: more likely a date with an hour than a person."""
    return abs(int(yy) - today.year % 100) <= 1 and int(clock[:2]) <= 23 and int(clock[2:]) <= 59


# ---- the rules, in the order in which they may claim a place

Verdict = tuple[Level, str] | None
Rule = Callable[[str, date], Iterator[Hit]]
_OTHER_NUMBER = re.compile(r"(p-?nr|p-?nummer|produktionsenhed|konto\w*)\.?:? *\Z", re.IGNORECASE | re.ASCII)


def _rule(pattern: str, flags: int = 0) -> Callable[[Callable[[re.Match[str], date], Verdict]], Rule]:
    compiled = re.compile(pattern, re.ASCII | flags)

    def made(judge: Callable[[re.Match[str], date], Verdict]) -> Rule:
        def rule(text: str, today: date) -> Iterator[Hit]:
            for match in compiled.finditer(text):
                if verdict := judge(match, today):
                    yield Hit(match.start(), len(match[0]), *verdict)
        return rule
    return made


@_rule(r"(?<!\d)(?<!\d[-/.])(\d{6})( ?- ?| |\.|/)?(\d{4})(?!\d)(?![-/.]\d)")
def ten_digits(match: re.Match[str], today: date) -> Verdict:
    """Modulus 11 never clears a number (numbers without it are issued since 2007); it only raises the level."""
    born = _birth(match[1] + match[3], today)
    if born is None:
        return None
    if _OTHER_NUMBER.search(match.string[max(0, match.start() - 14) : match.start()]):
        return "LOW", "other-number"
    kind = "erstatning+60" if born.replaced else "cpr"
    separator = (match[2] or "").strip() or match[2]
    if separator == "-":
        return "HIGH", kind
    if separator and _recent(match[1][4:], match[3], today) and not born.replaced:
        return "MEDIUM" if born.mod11 else "LOW", "date+time?"
    sure = born.mod11 or (born.day, born.month) == (1, 1)
    return "HIGH" if sure else "MEDIUM", "cpr" if separator else kind


@_rule(r"(?<!\d)(?<!\d[-/.])(\d{2})([ .\-/])(\d{2})\2((?:18|19|20)?\d{2})( ?- ?| )(\d{4})(?!\d)(?![-/.]\d)")
def spelled_date(match: re.Match[str], today: date) -> Verdict:
    yy = match[4][-2:]
    born = _birth(match[1] + match[3] + yy + match[6], today)
    if born is None or (len(match[4]) == 4 and int(match[4]) != born.year):
        return None
    if _recent(yy, match[6], today):
        return "LOW", "date+time?"
    return "HIGH" if "-" in match[5] or born.mod11 else "MEDIUM", "cpr"


@_rule(r"(?<!\d)(\d{4})((?:18|19|20)\d{2}) ?- ?(\d{4})(?!\d)")
def full_year(match: re.Match[str], today: date) -> Verdict:
    born = _birth(match[1] + match[2][2:] + match[3], today)
    return ("HIGH", "cpr") if born and born.year == int(match[2]) else None


@_rule(r"(?<![\dA-Za-zÆØÅæøå])(\d{6})[- ]?([01567])([A-Za-z]{2})\d(?![\dA-Za-zÆØÅæøå])")
def e_cpr(match: re.Match[str], _today: date) -> Verdict:
    """DDMMYY C AA G: C is 0, 1, 5 (1900s) or 6, 7."""
    day, month, yy = int(match[1][:2]), int(match[1][2:4]), int(match[1][4:])
    if not (_date(1900 + yy, month, day) or _date(2000 + yy, month, day)):
        return None
    return "HIGH" if match[3].isupper() else "MEDIUM", "eCPR"


@_rule(r"(cpr|personn(?:r|ummer)|pers\.? ?nr)[^\d\n]{0,15}(\d[\d \-]{3,12})", re.IGNORECASE)
def announced(_match: re.Match[str], _today: date) -> Verdict:
    return "HIGH", "announced"


@_rule(r"sidste (?:fire|4)(?: cifre)?[^\d\n]{0,10}(\d{4})(?!\d)", re.IGNORECASE)
def last_four(_match: re.Match[str], _today: date) -> Verdict:
    return "HIGH", "last4"


@_rule(r"(?<!\d)(\d{6}) ?- ?[xX*•]{2,4}")
def masked(match: re.Match[str], today: date) -> Verdict:
    born = _birth(match[1] + "0000", today) or _birth(match[1] + "4000", today)
    return ("MEDIUM", "masked (birth date)") if born else None


RULES: tuple[Rule, ...] = (ten_digits, spelled_date, full_year, e_cpr, announced, last_four, masked)
