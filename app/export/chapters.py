"""Files that show one chapter of the month's figures: courses, stuegang and time, with what is not counted yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.export.sheets import Sheet, counted, value
from app.figures import definitions
from app.figures.figure import Figure


@dataclass(frozen=True)
class Chapter:
    """One file and the letter of its chapter in the catalogue."""

    letter: str
    name: str
    title: str


CHAPTER_FILES = (Chapter("K", "04_kurser.csv", "Kurser"), Chapter("G", "06_stuegang.csv", "Stuegang"),
                 Chapter("O", "07_tid_sum.csv", "Tid og økonomi"))
NOT_IN_USE = "ikke i brug"


def chapter_sheets(figures: list[Figure], month: str) -> list[Sheet]:
    """`figures`: those that leave the house. An indicator without records yet has one line that says so."""
    return [_sheet(chapter, [one for one in figures if one.indicator[0] == chapter.letter], month) for chapter in CHAPTER_FILES]


def _sheet(chapter: Chapter, figures: list[Figure], month: str) -> Sheet:
    columns = ("maaned", "indikator", "navn", "bydel", "taeller", "naevner", "vaerdi", "enhed", "note")
    rows: list[tuple[Any, ...]] = [
        (month, one.indicator, one.definition.name, one.district, counted(one), one.of_mark or one.of, value(one), one.definition.unit,
         "" if one.is_hidden else one.remarks) for one in figures]
    rows += [(month, one.id, one.name, None, None, None, None, one.unit, NOT_IN_USE) for one in definitions()
             if one.id[0] == chapter.letter and one.external and not one.in_use]
    return Sheet(chapter.name, chapter.title, columns, rows)
