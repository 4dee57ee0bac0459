"""The code lists: every closed set of values with its Danish label, from the catalogue's two files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CATALOGUE = Path(__file__).resolve().parent.parent / "catalogue"


@dataclass(frozen=True)
class CodeList:
    """One list: its Danish name and code → label, in the order the screen shows them."""

    name: str
    title: str
    labels: dict[str, str]
    helps: dict[str, str]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.labels)

    def label(self, code: str | None) -> str:
        return self.labels.get(code or "", code or "")


@cache
def code_lists() -> dict[str, CodeList]:
    """Every list by its name (domain.md 2.18 and the lists that the page names only in its text)."""
    found: dict[str, CodeList] = {}
    for file in ("enums.json", "own_codes.json"):
        for name, entry in json.loads((CATALOGUE / file).read_text("utf-8"))["enums"].items():
            values = entry["values"]
            found[name] = CodeList(name, entry["danish_name"], {str(v["code"]): v["label"] for v in values},
                                   {str(v["code"]): v.get("help", "") for v in values})
    return found


def code_list(name: str) -> CodeList:
    return code_lists()[name]


def label(name: str, code: str | None) -> str:
    """The Danish word for a code, or the code itself when the list does not know it."""
    return code_lists()[name].label(code)
