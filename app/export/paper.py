"""Paper: a page of sections as a tagged PDF (PDF/UA-1 and PDF/A-3a). The same page and as-of time give the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from app.clock import COPENHAGEN
from app.config import ROOT

TEMPLATE = ROOT / "templates" / "export" / "paper.typ"
LETTERS = ROOT / "node_modules" / "dkfds" / "dist" / "fonts" / "IBMPlexSans" / "complete" / "ttf"
STANDARDS: Any = ["ua-1", "a-3a"]  # the writer refuses a picture without words, a missing language or title
Block = dict[str, Any]


@dataclass(frozen=True)
class Section:
    heading: str
    blocks: list[Block]


@dataclass(frozen=True)
class Paper:
    """What stands on it, before it is printed."""

    title: str
    lines: list[str]
    sections: list[Section]
    footer: str


def words(text: str) -> Block:
    return {"kind": "words", "text": text}


def points(items: Sequence[str]) -> Block:
    return {"kind": "list", "items": list(items)}


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int],
          numbers: Sequence[int] = ()) -> Block:
    """`numbers`: the columns whose cells stand to the right."""
    align = ["right" if column in numbers else "left" for column in range(len(columns))]
    return {"kind": "table", "caption": caption, "columns": list(columns), "rows": [list(row) for row in rows],
            "widths": list(widths), "align": align}


def picture(caption: str, svg: str, alt: str) -> Block:
    return {"kind": "picture", "caption": caption, "svg": svg, "alt": alt}


SIZES = (9.5, 9, 8.5, 8, 7.5)  # points; the first with which the paper keeps to its pages
PAGES = re.compile(rb"/Type\s*/Pages\s*/Count (\d+)")


def printed(paper: Paper, as_of: datetime, most_pages: int = 0) -> bytes:
    """The PDF. Its date and its id come from the as-of time and what stands in it, never from the clock.

    `most_pages`: the letters get smaller until it is no longer than that; 0 = as long as it gets."""
    content = b""
    for size in SIZES if most_pages else SIZES[:1]:
        content = _printed(paper, as_of, size)
        if pages(content) <= most_pages:
            break
    return content


def pages(content: bytes) -> int:
    """How many pages a PDF of ours has."""
    found = PAGES.search(content)
    return int(found[1]) if found else 0


def _printed(paper: Paper, as_of: datetime, size: float) -> bytes:
    import typst

    moment = as_of.astimezone(COPENHAGEN)
    told = {**asdict(paper), "as_of": [moment.year, moment.month, moment.day, moment.hour, moment.minute], "size": size}
    return bytes(typst.compile(str(TEMPLATE), sys_inputs={"paper": json.dumps(told, ensure_ascii=False)}, font_paths=[str(LETTERS)],
                               ignore_system_fonts=True, pdf_standards=STANDARDS, timestamp=int(as_of.timestamp())))
