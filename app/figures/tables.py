"""The tables that the sums read, and the three that a close writes."""

from typing import Any

from sqlalchemy import Table

from app.records import KINDS, Citizen, CourseSession, HeardAnswer, MaterialBatch, NextStep, Practice, Project, StockMove, Talk, User, Visit
from app.records.account import Device
from app.records.book import Book, Conflict, Duplicate, ErasedCount, Feed, Head, StoredOp
from app.records.month import Booked, Correction, HalfYearReport, MonthClose


def _table(cls: Any) -> Table:
    return cls.__table__  # type: ignore[no-any-return]


PROJECTS, USERS, PRACTICES = _table(Project), _table(User), _table(Practice)
VISITS, MOVES, BATCHES = _table(Visit), _table(StockMove), _table(MaterialBatch)
CITIZENS, TALKS, STEPS = _table(Citizen), _table(Talk), _table(NextStep)
SESSIONS, ANSWERS = _table(CourseSession), _table(HeardAnswer)
BOOK, FEED, HEADS, OPS = _table(Book), _table(Feed), _table(Head), _table(StoredOp)
CONFLICTS, DUPLICATES, ERASED, DEVICES = _table(Conflict), _table(Duplicate), _table(ErasedCount), _table(Device)
CLOSES, BOOKED, CORRECTIONS, REPORTS = _table(MonthClose), _table(Booked), _table(Correction), _table(HalfYearReport)
RECORDS: dict[str, Table] = {kind: _table(cls) for kind, cls in KINDS.items()}
