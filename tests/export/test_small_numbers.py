"""No number below five about people can be worked out from all the files of all months together (indicators.md ch. 5)."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.db import Database
from app.export import month_close, sheets, verify_months
from app.export.acts import FILES
from app.export.files import zipped
from app.figures import hide, outside, recount
from app.figures.figure import ALL, Figure
from app.figures.tables import CLOSES
from app.ledger import erasure
from app.ledger.change import Change
from app.ledger.push import write
from app.records import KINDS
from app.records.wire import to_data
from app.rules.record_rules import check_character
from tests import world as worlds
from tests.export.attacker import worked_out
from tests.figures.independent import counted, reported
from tests.figures.independent_citizens import counted_people
from tests.figures.independent_months import month_counted
from tests.world import named

PLACES = ("halmtorvet", "valby", "sydhavnen")
MONTHS = ("2026-07", "2026-08", "2026-09")
SYMBOLS = "23456789BCDFGHJKMNPQRTVWX"


class Story:
    """Talks that are held, come late and are taken back, while months are closed one after the other."""

    def __init__(self, world) -> None:
        self.world, self.now, self.count = world, datetime(2026, 7, 31, 20, tzinfo=UTC), 0

    def write(self, *changes: Change) -> None:
        results = write(self.world.db, self.world.system, list(changes), self.now)
        assert {one.status for one in results} <= {"accepted"}, [one.message for one in results]

    def citizen(self, where: str) -> str:
        self.count += 1
        four = "".join(SYMBOLS[self.count // 25**place % 25] for place in range(4))
        id_ = named(f"borger {self.count}")
        told = {"came_via": "DOCTOR" if self.count % 3 else "SELF"} if self.count % 4 else {}
        told |= {"benefit": "KONTANTHJAELP" if self.count % 2 else "DAGPENGE", "sickness_state": "FULL"} if self.count % 5 else {}
        self.write(Change("citizen", id_, "create", {"code": f"B-{four}{check_character(four)}", "first_practice_id": named(where), **told}),
                   Change("consent_event", named(f"ja {self.count}"), "create", {
                       "citizen_id": id_, "scope": "TALK_RECORD", "event": "GIVEN", "form": "ORAL_NOTED", "given_on": "2026-06-20"}))
        return id_

    def talks(self, month: str, where: str, unnamed: int, with_citizen: int, with_step: int) -> None:
        self.now = max(self.now, datetime.fromisoformat(f"{month}-28T20:00:00+00:00"))
        made = []
        for number in range(unnamed + with_citizen):
            self.count += 1
            id_ = named(f"samtale {self.count}")
            citizen = self.citizen(where) if number < with_citizen else None
            made.append(Change("talk", id_, "create", {
                "type": "FIRST" if citizen else "ANONYMOUS", "place": "CLINIC_ROOM", "minutes": 20, "practice_id": named(where),
                "occurred_at": f"{month}-{1 + number % 28:02d}T09:00:00Z", **({"citizen_id": citizen} if citizen else {})}))
            if number < min(with_citizen, with_step):
                made.append(Change("next_step", named(f"skridt {self.count}"), "create", {
                    "citizen_id": citizen, "talk_id": id_, "step": "DEBT", "responsible": "CITIZEN", "due_on": f"{month}-28", "status": "OPEN"}))
        if made:
            self.write(*made)

    def again(self, month: str, many: int) -> None:
        """Talks with those who are known."""
        table = KINDS["citizen"].__table__
        with self.world.db.read() as tx:
            known = tx.execute(select(table.c.id).where(table.c.deleted.is_(False)).order_by(table.c.code).limit(many)).scalars().all()
        self.now = max(self.now, datetime.fromisoformat(f"{month}-28T20:00:00+00:00"))
        self.count += 1
        talks = [Change("talk", named(f"igen {self.count} {id_}"), "create", {
            "type": "FOLLOW_UP", "place": "CLINIC_ROOM", "minutes": 20, "practice_id": named("valby"), "citizen_id": id_,
            "occurred_at": f"{month}-2{number % 8}T10:00:00Z"}) for number, id_ in enumerate(known)]
        if talks:
            self.write(*talks)

    def take_back(self, month: str, many: int) -> None:
        table = KINDS["talk"].__table__
        with self.world.db.read() as tx:
            rows = tx.execute(select(table).where(table.c.deleted.is_(False)).order_by(table.c.id)).mappings().all()
        for row in [row for row in rows if f"{row['event_date']:%Y-%m}" == month][:many]:
            self.write(Change("talk", row["id"], "delete", base=to_data(KINDS["talk"], row)))

    def close(self, month: str) -> None:
        self.now = max(self.now + timedelta(days=1), datetime.fromisoformat(f"{month}-28T12:00:00+00:00") + timedelta(days=9))
        month_close(self.world.db, self.world.project_id, month, None, "prøve", self.now)

    def files(self) -> list[bytes]:
        """Every file in the order it left the house."""
        with self.world.db.read() as tx:
            order = tx.execute(select(CLOSES.c.month).order_by(CLOSES.c.number)).scalars().all()
            found = dict(tx.execute(select(FILES.c.month, FILES.c.content)).all())
            assert verify_months(tx) == [] and reported(tx, self.world.project_id) == counted(tx, self.world.project_id)
            for month in (*MONTHS, "2026-12"):
                whole = {one.key: (one.n, one.of) for one in recount(tx, self.world.project_id, month, self.now.date())}
                other = month_counted(tx, self.world.project_id, month) | counted_people(tx, self.world.project_id, month)
                assert {one: whole[one, ALL] for one in other} == other
        return [found[month] for month in order]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("template")
    world = worlds.build(folder)
    world.db.close()
    return world, folder / "raadgiver.db"


def told(template, plan) -> list[bytes]:
    world, file = template
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(file, Path(folder) / "raadgiver.db")
        copy = worlds.World(Database(worlds.settings(Path(folder))), world.project_id, world.signe, world.emre, world.birthe, world.sanne)
        try:
            story = Story(copy)
            for what, *more in plan:
                getattr(story, what)(*more)
            return story.files()
        finally:
            copy.db.close()


def cells(content: bytes, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""), delimiter=";"))


def talks_of(content: bytes) -> dict[str, str]:
    return {row["bydel"]: row["samtaler"] for row in cells(content, "03_samtaler_sum.csv")}


few = st.integers(0, 7)
held = st.tuples(st.just("talks"), st.sampled_from(MONTHS), st.sampled_from(PLACES), few, few, st.integers(0, 6))
taken = st.tuples(st.just("take_back"), st.sampled_from(MONTHS), st.integers(1, 5))


@st.composite
def plans(draw):
    """A month's talks, its close, and what comes late; three times over, and one month more to book the last."""
    plan = []
    for month in MONTHS:
        plan += [("talks", month, place, draw(few), draw(st.integers(0, 9)), draw(few)) for place in PLACES]
        plan += [("close", month)]
        plan += [one for one in draw(st.lists(st.one_of(held, taken), max_size=3)) if one[1] <= month]
    return [*plan, ("close", "2026-10")]


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate],  # a plan is long to shrink, and readable as it is
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(plan=plans())
def test_nothing_small_can_be_worked_out_from_all_files_together(template, plan):
    assert worked_out(told(template, plan)) == []


@st.composite
def long_plans(draw):
    """A half-year to its end, and what comes late to it and to its months afterwards."""
    plan = []
    for month in (*MONTHS, "2026-10", "2026-11", "2026-12"):
        new = draw(st.sampled_from((0, 3, 5, 6, 9)))
        plan += [("talks", month, "valby", draw(few), new, draw(few)), ("again", month, draw(few)), ("close", month)]
    late = st.one_of(held, taken, st.tuples(st.just("again"), st.sampled_from(MONTHS), few))
    return [*plan, *draw(st.lists(late, max_size=3)), ("close", "2027-01"), *draw(st.lists(late, max_size=3)), ("close", "2027-02")]


@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate],
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(plan=long_plans())
def test_nothing_small_can_be_worked_out_from_a_half_year_and_its_months(template, plan):
    assert worked_out(told(template, plan)) == []


@pytest.mark.campaign
@pytest.mark.timeout(3600)
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(plan=st.one_of(plans(), long_plans()))
def test_nothing_small_can_be_worked_out_in_a_long_campaign(template, plan):
    assert worked_out(told(template, plan)) == []


ONE_SMALL = [("talks", "2026-07", "halmtorvet", 3, 9, 6), ("talks", "2026-07", "valby", 1, 6, 1), ("talks", "2026-07", "sydhavnen", 1, 2, 0),
             ("close", "2026-07")]


def test_the_small_cell_and_the_next_smallest_are_hidden_and_the_total_is_shown(template):
    content, = told(template, ONE_SMALL)
    assert talks_of(content) == {"ALLE": "22", "VESTERBRO": "12", "VALBY": "skjult", "KGS_ENGHAVE": "<5"}


def test_the_attacker_finds_a_missing_second_cell(template, monkeypatch):
    monkeypatch.setattr(hide, "_next", lambda *_: None)
    assert worked_out(told(template, ONE_SMALL)) == ["2026-07 S1 KGS_ENGHAVE n 0: 3–3"]


LATER = [("talks", "2026-07", "halmtorvet", 6, 9, 4), ("close", "2026-07"), ("take_back", "2026-07", 12), ("close", "2026-08")]


def test_a_total_that_became_small_is_not_told_by_its_correction(template):
    files = told(template, LATER)
    assert worked_out(files) == []
    assert [row["delta"] for row in cells(files[1], "08_rettelser.csv") if row["indikator"] == "S1"] == ["skjult"]


def test_the_attacker_finds_a_correction_that_tells_too_much(template, monkeypatch):
    monkeypatch.setattr(outside, "hide", lambda *_: {})
    assert any("S1 ALLE n 2: 3–3" in line for line in worked_out(told(template, LATER)))


def test_corrections_about_people_stand_for_the_whole_project_and_the_identity_holds(template):
    files = told(template, [*ONE_SMALL, ("talks", "2026-07", "valby", 1, 1, 0), ("close", "2026-08")])
    rows = {row["indikator"]: row for row in cells(files[1], "08_rettelser.csv")}
    assert {row["bydel"] for row in rows.values()} == {ALL}
    assert (rows["S1"]["delta"], rows["S1"]["aarsag"], rows["S1"]["antal_poster"]) == ("+2", "LATE_SYNC", "<5")
    moved = {row["indikator"]: row for row in cells(files[1], "09_tidligere_maaneder.csv")}
    assert [moved["S1"][name] for name in ("som_lukket", "rettelser_hidtil", "nu")] == ["22", "+2", "24"]


def test_an_erased_citizen_moves_no_count_of_a_closed_month(template, tmp_path, monkeypatch):
    monkeypatch.setattr(erasure, "scrub", lambda db: None)
    world, file = template
    shutil.copy(file, tmp_path / "raadgiver.db")
    copy = worlds.World(Database(worlds.settings(tmp_path)), world.project_id, world.signe, world.emre, world.birthe, world.sanne)
    story = Story(copy)
    story.talks("2026-07", "valby", 6, 9, 8)
    story.close("2026-07")
    table = KINDS["citizen"].__table__
    with copy.db.read() as tx:
        code = tx.execute(select(table.c.code).order_by(table.c.id)).scalars().first()
    erasure.erase(copy.db, copy.project_id, code, story.now)
    with copy.db.read() as tx:
        found = {one.key: one.basis for one in recount(tx, copy.project_id, "2026-07", story.now.date())}
    assert [found[one, ALL] for one in ("S1", "S2", "S7")] == ["15", "9", "8/9"]
    story.close("2026-08")
    with copy.db.read() as tx:
        content = tx.execute(select(FILES.c.content).where(FILES.c.month == "2026-08")).scalar_one()
    assert cells(content, "08_rettelser.csv") == []
    copy.db.close()


def test_a_month_that_is_not_closed_tells_nothing_about_people(template, tmp_path):
    world, file = template
    shutil.copy(file, tmp_path / "raadgiver.db")
    copy = worlds.World(Database(worlds.settings(tmp_path)), world.project_id, world.signe, world.emre, world.birthe, world.sanne)
    story = Story(copy)
    story.talks("2026-07", "valby", 6, 9, 8)
    from app.export.acts import month_file
    with copy.db.read() as tx:
        name, content = month_file(tx, copy.project_id, "2026-07", story.now)
    assert name.endswith("foreloebig.zip")
    assert not any(row["indikator"].startswith("S") for row in cells(content, "01_maanedstal.csv"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "03_samtaler_sum.csv" not in archive.namelist()
    copy.db.close()


def marks(**numbers: int) -> dict[str, str]:
    """District → what stands in the file, of talks alone."""
    found = hide.veiled([Figure("S1", ALL, sum(numbers.values())), *(Figure("S1", name, n) for name, n in numbers.items())])
    return {one.district: one.n_mark or str(one.n) for one in found}


@pytest.mark.parametrize("numbers, shown", [
    ({"a": 12, "b": 7, "c": 9}, {"ALLE": "28", "a": "12", "b": "7", "c": "9"}),
    ({"a": 12, "b": 7, "c": 0}, {"ALLE": "19", "a": "12", "b": "7", "c": "0"}),  # nobody may be shown
    ({"a": 12, "b": 7, "c": 3}, {"ALLE": "22", "a": "12", "b": "skjult", "c": "<5"}),
    ({"a": 12, "b": 2, "c": 3}, {"ALLE": "17", "a": "12", "b": "<5", "c": "<5"}),
    ({"a": 12, "b": 1, "c": 1}, {"ALLE": "14", "a": "skjult", "b": "<5", "c": "<5"}),  # 14 - 12 would say 1 and 1
    ({"a": 4, "b": 4, "c": 0}, {"ALLE": "skjult", "a": "<5", "b": "<5", "c": "0"}),  # 8 would say 4 and 4
    ({"a": 1, "b": 5, "c": 0}, {"ALLE": "skjult", "a": "<5", "b": "5", "c": "0"}),
    ({"a": 3, "b": 0, "c": 0}, {"ALLE": "<5", "a": "skjult", "b": "skjult", "c": "skjult"}),  # a small total is not divided
])
def test_what_is_hidden_in_a_row_with_a_total(numbers, shown):
    assert marks(**numbers) == shown


@pytest.mark.parametrize("n, of, shown", [
    (10, 20, ("10", "20")), (3, 20, ("<5", "20")), (18, 20, ("skjult", "20")),
    (0, 20, ("skjult", "20")), (20, 20, ("skjult", "20")),  # none, or all, says something of everyone
    (0, 0, ("0", "0")), (2, 3, ("<5", "<5")),
])
def test_what_is_hidden_in_a_share(n, of, shown):
    found, = hide.veiled([Figure("S7", ALL, n, of)])
    assert (found.n_mark or str(found.n), found.of_mark or str(found.of)) == shown


def one_file(figures: list[Figure], month: str = "2026-07") -> bytes:
    """A month's file with nothing but these figures in it."""
    tables = [sheets.figures_sheet(figures, "v1", datetime(2026, 8, 7, tzinfo=UTC)), sheets.talks_sheet(figures, month),
              sheets.corrections_sheet([], []), sheets.moved_sheet([], [])]
    manifest = f'{{"month": "{month}"}}'.encode()
    return zipped({"manifest.json": manifest, **{one.name: one.content for one in tables}}, datetime(2026, 8, 7, tzinfo=UTC))


def figures_of(named_by_district: list[tuple[int, int]], agreed: int, heard: tuple[int, int]) -> list[Figure]:
    """(with a citizen, anonymous) of each district; how many of the first agreed on a step; answers."""
    named_, all_ = sum(one for one, _ in named_by_district), sum(map(sum, named_by_district))
    return [Figure("S1", ALL, all_), *(Figure("S1", f"d{number}", sum(pair)) for number, pair in enumerate(named_by_district)),
            Figure("S7", ALL, min(agreed, named_), named_), Figure("S10", ALL, min(heard), max(heard))]


numbers = st.integers(0, 9)


@settings(max_examples=150, deadline=None)
@given(pairs=st.lists(st.tuples(numbers, numbers), min_size=2, max_size=5), agreed=st.integers(0, 30), heard=st.tuples(numbers, st.integers(0, 20)))
def test_nothing_small_can_be_worked_out_of_one_month(pairs, agreed, heard):
    assert worked_out([one_file(hide.veiled(figures_of(pairs, agreed, heard)))]) == []


@st.composite
def half_years(draw):
    """What a half-year's last month says of citizens, in the project's first month: nobody was new before it."""
    def some(most: int) -> int:
        return draw(st.one_of(st.integers(0, most), st.integers(max(0, most - 6), most)))

    new, big = draw(st.integers(0, 40)), draw(st.integers(0, 30))
    found = [Figure("S2", ALL, new), Figure("S3", ALL, new + draw(st.integers(0, 12)))]
    for indicator in ("S5", "S11"):
        of = some(new)
        found.append(Figure(indicator, ALL, some(of), of))
    started = some(big)
    through = some(started)
    found += [Figure("K1", ALL, big), Figure("K4", ALL, through, started), Figure("K5", ALL, some(started - through), started),
              Figure("K2", ALL, some(20), 20), Figure("K3", ALL, some(60), 60), Figure("K6", ALL, 12 if started else None, started)]
    return found


def closed_alone(figures: list[Figure]) -> list[Figure]:
    return outside.as_closed({}, [], "2026-06", [], [one for one in figures if one.definition.external])


@settings(max_examples=60, deadline=None)
@given(figures=half_years())
def test_nothing_small_can_be_worked_out_of_a_half_year(figures):
    assert worked_out([one_file(closed_alone(figures), "2026-06")]) == []


def test_what_lies_between_a_half_year_and_its_months_is_hidden_too():
    marks = {one.indicator: (one.n_mark, one.of_mark) for one in closed_alone(
        [Figure("S2", ALL, 30), Figure("S3", ALL, 33), Figure("S5", ALL, 18, 28), Figure("S11", ALL, 14, 24)])}
    assert marks == {"S2": ("", ""), "S3": ("skjult", ""), "S5": ("", "skjult"), "S11": ("", "")}  # 3 more, 2 less; 6 less


def test_random_half_years_show_that_the_months_matter(monkeypatch):
    monkeypatch.setattr(hide, "_within", lambda *_: None)
    with pytest.raises(AssertionError):
        test_nothing_small_can_be_worked_out_of_a_half_year()


def test_random_months_show_that_a_second_cell_is_needed(monkeypatch):
    monkeypatch.setattr(hide, "_next", lambda *_: None)
    with pytest.raises(AssertionError):
        test_nothing_small_can_be_worked_out_of_one_month()


def test_the_reason_stands_beside_each_hidden_cell():
    found = hide.veiled([Figure("S1", ALL, 22), Figure("S1", "a", 12), Figure("S1", "b", 7), Figure("S1", "c", 3), Figure("S7", ALL, 14, 14)])
    assert [hide.why(one) for one in found] == [
        "", "", "Skjult, så et andet tal under 5 ikke kan regnes ud.", "Tallet er under 5.", "Ingen eller alle: det siger noget om hver eneste."]
