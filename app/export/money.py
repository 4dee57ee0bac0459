"""The project's money as its source states it: the parts, the stated sum, and the difference that nobody has explained (domain.md 2.15)."""

from __future__ import annotations

import json

from app.config import ROOT
from app.export.paper import Block, table, words

STATED = ROOT / "app" / "catalogue" / "funding.json"


def kroner(amount: int) -> str:
    """30000 as "30.000 kr."."""
    return f"{amount:,} kr.".replace(",", ".")


def difference() -> int:
    """The stated sum less its stated parts."""
    stated = json.loads(STATED.read_text("utf-8"))["stated"]
    return sum(-one["kroner"] if one["part"] else one["kroner"] for one in stated)


def money() -> list[Block]:
    stated = json.loads(STATED.read_text("utf-8"))["stated"]
    parts = sum(one["kroner"] for one in stated if one["part"])
    rows = [(one["label"], kroner(one["kroner"]), one["source"]) for one in stated]
    rows += [("Delene lagt sammen", kroner(parts), "regnet ud")]
    if difference():
        rows.append(("Uforklaret forskel i kilden", kroner(difference()), "regnet ud; vises og rettes ikke til"))
    return [table("Beløb som kilden nævner dem", ("Beløb", "Kroner", "Kilde"), rows, (5, 3, 6), (1,)),
            words("Fordelingen på budgetlinjer og forbruget står i kommunens regnskab.")]
