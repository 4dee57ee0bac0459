"""The evaluator's extract, as somebody reads it who wants to know who is who: consent, codes, order, rare combinations, the log."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from datetime import UTC, datetime, timedelta

import pyrage
import pytest
import pyzipper
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.cli import main
from app.export.extract import extract, prospect
from app.figures import NotYet
from app.figures.coarse import WIDER, Traits, coarsened
from app.figures.hide import COVERED
from app.ledger import erasure
from app.ledger.change import Change
from app.ledger.insight import accesses
from app.ledger.push import push, write
from app.ledger.tables import ACCESS, ACCESS_REASONS
from app.records import KINDS
from tests.export.test_door import MONTHS, office, send, text  # noqa: F401
from tests.export.test_small_numbers import SYMBOLS, check_character
from tests.world import Phone, named, visit

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
PASSWORD = "æblegrød på bordet"
MONTHS_BEGUN = ("2026-08", "2026-09", "2026-10")


def code(number: int) -> str:
    four = "".join(SYMBOLS[number // 25**place % 25] for place in range(4))
    return f"B-{four}{check_character(four)}"


def citizen(number: int, where: str = "valby", age: str = "A30_39", benefit: str = "KONTANTHJAELP", begun: str = "2026-11", says: str = "GIVEN",
            until: str | None = None, talks: int = 1) -> list[Change]:
    """Somebody who has had so many talks, and what they said about evaluation."""
    id_ = named(f"borger {number}")
    changes = [Change("citizen", id_, "create", {"code": code(number), "first_practice_id": named(where), "benefit": benefit})]
    for scope, event, day, last in (("TALK_RECORD", "GIVEN", "2026-07-01", None), ("EVALUATION", says, "2026-07-01", until)):
        changes.append(Change("consent_event", named(f"{scope} {number}"), "create", {
            "citizen_id": id_, "scope": scope, "event": event, "form": "ORAL_NOTED", "given_on": day, **({"valid_until": last} if last else {})}))
    if says == "GIVEN" and not until:
        changes.append(Change("citizen", id_, "update", {"age_band": age}, {"age_band": None}))
    return changes + [Change("talk", named(f"samtale {number} {one}"), "create", {
        "type": "FIRST" if one == 0 else "FOLLOW_UP", "place": "CLINIC_ROOM", "minutes": 20, "citizen_id": id_, "practice_id": named(where),
        "occurred_at": f"{begun}-{1 + one:02d}T{7 + number % 8:02d}:00:00Z"}) for one in range(talks)]


def told(world, *people: list[Change]) -> None:
    for changes in people:
        results = write(world.db, world.system, changes, NOW)
        assert {one.status for one in results} == {"accepted"}, [one.message for one in results]


@pytest.fixture
def many(autumn):
    """Eighteen who said yes: eleven alike, five who began another month, and two whom nobody resembles."""
    told(autumn, *(citizen(number, talks=1 + number % 6) for number in range(11)),
         *(citizen(number, "halmtorvet", "A50_59", begun="2026-10") for number in range(11, 16)),
         citizen(16, "sydhavnen", "A18_24", "DAGPENGE", "2026-10"), citizen(17, "sydhavnen", "A60", "SYGEDAGPENGE"))
    return autumn


def opened(content: bytes) -> dict[str, bytes]:
    with pyzipper.AESZipFile(io.BytesIO(content)) as locked:
        locked.setpassword(PASSWORD.encode())
        return {name: locked.read(name) for name in locked.namelist()}


def taken(world, now=NOW) -> dict[str, bytes]:
    return opened(extract(world.db, world.birthe, "Aftale 2026-17", now, password=PASSWORD)[1])


def rows(files: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["01_borgere.csv"].decode("utf-8-sig"), newline=""), delimiter=";"))


def known(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in ("begyndt", "bydel", "aldersgruppe", "ydelse"))


def test_no_combination_in_the_file_is_that_of_fewer_than_five(many):
    found = Counter(map(known, rows(taken(many))))
    assert sum(found.values()) == 18 and min(found.values()) >= 5
    assert found["2026-11", "VALBY", "A30_39", "KONTANTHJAELP"] == 11
    assert "SYGEDAGPENGE" not in str(found) and "KGS_ENGHAVE" not in str(found)


def test_two_extracts_share_no_code_no_order_and_nothing_that_the_house_keeps(many, tmp_path):
    one, other = taken(many), taken(many, NOW + timedelta(minutes=1))
    codes = [[row["borgerkode"] for row in rows(files)] for files in (one, other)]
    assert len(set(codes[0]) | set(codes[1])) == 36 and all(listed == sorted(listed) for listed in codes)
    house = b"".join(path.read_bytes() for path in tmp_path.glob("raadgiver.db*"))
    assert not [code for code in codes[0] if code.encode() in house]
    leaving = b"".join(one.values()).decode("utf-8", "ignore")
    with many.db.read() as tx:
        tables = [KINDS[kind].__table__ for kind in ("citizen", "talk", "practice", "consent_event")]
        mine = [value for table in tables for value in tx.execute(select(table.c.id)).scalars()]
        mine += tx.execute(select(KINDS["citizen"].__table__.c.code)).scalars().all()
    assert mine and not [value for value in mine if value in leaving]
    assert "-11-2026" not in one["01_borgere.csv"].decode()  # no day


def test_the_order_of_the_rows_is_drawn_anew(many):
    """Eleven are alike but for their talks: were the order kept, so would be the order of those."""
    assert len({tuple(row["samtaletal"] for row in rows(taken(many))) for _ in range(4)}) > 1


def test_only_a_yes_that_is_valid_today_lets_a_citizen_in(many):
    told(many, citizen(30, says="REFUSED"), citizen(31, until="2026-11-24"), citizen(32)[:2] + citizen(32)[-1:])
    told(many, [Change("consent_event", named("trukket"), "create", {
        "citizen_id": named("borger 3"), "scope": "EVALUATION", "event": "WITHDRAWN", "form": "ORAL_NOTED", "given_on": "2026-11-20"})])
    assert len(rows(taken(many))) == 17


def test_an_erased_citizen_is_in_no_later_extract_and_two_codes_of_one_are_one_row(many, monkeypatch):
    monkeypatch.setattr(erasure, "scrub", lambda db: None)
    erasure.erase(many.db, many.project_id, code(4), NOW)
    told(many, [Change("citizen", named("borger 5"), "update", {"merged_into_id": named("borger 6")}, {"merged_into_id": None})])
    assert len(rows(taken(many))) == 16


def test_fewer_than_five_give_nothing_and_the_office_says_why(autumn, office):  # noqa: F811
    told(autumn, *(citizen(number) for number in range(4)))
    with pytest.raises(NotYet, match="Under 5"):
        taken(autumn)
    page = text(office("birthe"), f"{MONTHS}/udtraek")
    assert "Under 5 borgere har sagt ja" in page and "Hent udtrækket" not in page


def test_each_citizen_can_see_in_the_log_that_they_were_in_it_and_why(many):
    taken(many)
    with many.db.read() as tx:
        lines = tx.execute(select(ACCESS.c.citizen_id, ACCESS_REASONS.c.reason, ACCESS.c.about, ACCESS.c.user_id).join(
            ACCESS_REASONS, ACCESS_REASONS.c.number == ACCESS.c.number).where(ACCESS.c.act == "EXTRACT")).all()
        seen = accesses(tx, many.project_id, named("borger 3"))
    assert len({line.citizen_id for line in lines}) == 18 and {line.reason for line in lines} == {"Aftale 2026-17"}
    assert all(line.about.startswith("RPH_udtraek_2026-11-25.zip ") and line.user_id == many.birthe.user_id for line in lines)
    assert [line.act for line in seen] == ["EXTRACT"]


def test_a_stranger_s_tool_finds_the_tables_valid(many, tmp_path):
    for name, content in taken(many).items():
        (tmp_path / name).write_bytes(content)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])


def test_nothing_leaves_while_a_stopped_number_waits(many):
    op = Phone().create("visit", named("med nummer"), visit(note="Ring om 070761-4285"))
    assert push(many.db, many.signe, named("x"), [op], NOW).results[0].code == "CPR_NUMBER"
    with pytest.raises(NotYet, match="CPR-nummer"):
        taken(many)


def test_birthe_sees_what_would_leave_and_fetches_a_file_that_asks_for_the_password(many, office):  # noqa: F811
    birthe, page = office("birthe"), f"{MONTHS}/udtraek"
    assert "18 borgere med nye koder" in text(birthe, page) and "7 af 18" in text(birthe, page)
    answer = send(birthe, page, page, agreement="Aftale 2026-17", password=PASSWORD)
    assert answer.headers["Content-Disposition"] == "attachment; filename=RPH_udtraek_2026-11-25.zip"
    assert len(rows(opened(answer.data))) == 18
    with zipfile.ZipFile(io.BytesIO(answer.data)) as plain, pytest.raises(RuntimeError):
        plain.read("01_borgere.csv")


@pytest.mark.parametrize("given, field, words", [
    ({"password": PASSWORD}, "agreement", "Skriv aftalens navn"),
    ({"password": PASSWORD, "agreement": "Om 070761-4285"}, "agreement", "CPR-nummer"),
    ({"agreement": "Aftale 17"}, "password", "mindst 12 tegn"),
    ({"agreement": "Aftale 17", "password": "kort"}, "password", "mindst 12 tegn"),
    ({"agreement": "Aftale 17", "recipient": "ssh-ed25519"}, "recipient", "begynder med age1"),
    ({"agreement": "Aftale 17", "recipient": "age1x", "password": PASSWORD}, "recipient", "ikke begge"),
])
def test_what_is_missing_is_told_at_the_field_and_nothing_leaves(many, office, given, field, words):  # noqa: F811
    birthe, page = office("birthe"), f"{MONTHS}/udtraek"
    answer = send(birthe, page, page, **given)
    assert answer.status_code == 422 and words in answer.get_data(as_text=True).split(f'id="{field}-fejl"')[1].split("</span>")[0]
    with many.db.read() as tx:
        assert not tx.execute(select(ACCESS.c.number).where(ACCESS.c.act == "EXTRACT")).all()


def test_the_command_writes_a_file_for_the_evaluator_s_key_alone(many, tmp_path, monkeypatch, capsys):
    key = pyrage.x25519.Identity.generate()
    monkeypatch.setenv("RAADGIVER_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("RAADGIVER_SECRET_KEY", "en hemmelighed kun til prøver")
    assert main(["extract", "--out", str(tmp_path / "ud"), "--agreement", "Aftale 17", "--recipient", str(key.to_public())]) == 0
    file, = (tmp_path / "ud").iterdir()
    assert capsys.readouterr().out.strip() == str(file) and file.suffix == ".age"
    with zipfile.ZipFile(io.BytesIO(pyrage.decrypt(file.read_bytes(), [key]))) as plain:
        assert "01_borgere.csv" in plain.namelist()
    assert main(["extract", "--out", str(tmp_path / "ud"), "--agreement", "", "--recipient", str(key.to_public())]) == 1


traits = st.builds(Traits, st.sampled_from((*MONTHS_BEGUN, "2027-01")), st.sampled_from(("VALBY", "VESTERBRO", "")),
                   st.sampled_from((*WIDER, "NA", "")), st.sampled_from(("KONTANTHJAELP", "DAGPENGE", "")))


@given(people=st.lists(traits, min_size=5, max_size=60))
def test_of_any_people_no_group_is_smaller_than_five_and_nobody_is_told_wrong(people):
    found = coarsened(people)
    assert min(Counter(found).values()) >= 5 and len(found) == len(people)
    for one, told in zip(people, found, strict=True):
        assert told.begun in (one.begun, f"{one.begun[:4]}-H{1 if one.begun[5:] < '07' else 2}", COVERED)
        assert told.age in (one.age, WIDER.get(one.age), COVERED)
        assert told.district in (one.district, COVERED) and told.benefit in (one.benefit, COVERED)


def test_the_prospect_counts_what_is_hidden(many):
    with many.db.read() as tx:
        found = prospect(tx, many.project_id, NOW)
    # Two whom nobody resembles, and the smallest group beside them.
    assert found.rows == 18 and found.hidden == {"begyndt": 7, "bydel": 7, "aldersgruppe": 7, "ydelse": 7}
