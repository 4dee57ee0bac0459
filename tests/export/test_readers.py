"""Sanne of the steering group and the evaluator read closed months, as they were stored, and nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest
from sqlalchemy import select, update

from app.accounts.people import add
from app.export.month_page import NAME
from app.ledger.tables import ACCESS, OPS
from app.records.month import MonthFile
from tests.export.conftest import NOW
from tests.export.test_door import office, text  # noqa: F401
from tests.world import PASSPHRASE


@pytest.fixture
def evaluator(autumn, office):  # noqa: F811
    add(autumn.db, "lars@demo.example", "Lars", "LEV", "EVALUATOR", PASSPHRASE, NOW)
    return office("lars")


def stored(world):
    with world.db.read() as tx:
        return tx.execute(select(MonthFile.__table__.c.content).where(MonthFile.month == "2026-09")).scalar_one()


def test_the_steering_group_reads_closed_months_on_one_page_and_no_more(office, autumn):  # noqa: F811
    sanne = office("sanne")
    page = text(sanne, "/tal")
    assert "September 2026" in page and "Oktober 2026" not in page and "/fil" not in page
    paper = sanne.get("/tal/2026-09/side")
    with zipfile.ZipFile(io.BytesIO(stored(autumn))) as archive:
        assert paper.data == archive.read(NAME) and paper.mimetype == "application/pdf"
    assert [sanne.get(f"/tal/{place}").status_code for place in ("2026-10/side", "2026-99/side", "x/side", "2026-09/fil")] == [404] * 4
    with autumn.db.read() as tx:
        told = tx.execute(select(ACCESS.c.about, ACCESS.c.role).where(ACCESS.c.act == "FILE")).all()
    assert told == [(f"2026-09/{NAME}", "STEERING")]


def test_the_evaluator_gets_the_stored_file_of_a_closed_month(evaluator, autumn):
    assert "/tal/2026-09/fil" in text(evaluator, "/tal")
    assert evaluator.get("/tal/2026-09/fil").data == stored(autumn) and evaluator.get("/tal/2026-10/fil").status_code == 404


def test_nothing_leaves_while_a_stopped_number_waits(evaluator, autumn):
    with autumn.db.write() as tx:
        first = tx.execute(select(OPS.c.op_id).limit(1)).scalar_one()
        tx.execute(update(OPS).where(OPS.c.op_id == first).values(code="CPR_NUMBER", settled_at=None))
    assert [evaluator.get(f"/tal/2026-09/{what}").location for what in ("side", "fil")] == ["/tal", "/tal"]
    assert "ved at få noget afklaret" in text(evaluator, "/tal")
