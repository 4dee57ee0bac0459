"""Each kind of thing goes when its time is over and not a day before; what was counted stays, and the books still hold (domain.md 4.8)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from app import daily
from app.export import month_close, verify_months
from app.figures import ALL, recount
from app.ledger import access, backup, history, retention
from app.ledger.change import Change
from app.ledger.ids import new_id
from app.ledger.pull import pull
from app.ledger.push import push, write
from app.ledger.tables import ACCESS, ACCESS_HEAD, ACCESS_REASONS, FEED, HEAD, MONTHS, OPS, RECORDS
from app.ledger.verify import verify
from app.records import KINDS
from app.rules.outcomes import months_after
from app.rules.retention import rules
from tests.world import NOW, Phone, named, unguarded, visit

CODE, SAID = "B-7K3MB", "Vil gerne høre om kursus"


@pytest.fixture
def citizen(world):
    """A citizen who said yes and had a talk and a step; the coordinator looked at the talk once."""
    phone, id_ = Phone(), named("borger")
    ops = [phone.create("visit", named("besøg"), visit(occurred_at="2026-10-20T07:40:00.000Z")),
           phone.create("citizen", id_, {"code": CODE, "first_practice_id": named("valby"), "benefit": "KONTANTHJAELP",
                                         "adviser_id": named("signe")}),
           phone.create("consent_event", new_id(), {"citizen_id": id_, "scope": "TALK_RECORD", "event": "GIVEN", "form": "ORAL_NOTED",
                                                    "given_on": "2026-10-20"}),
           phone.create("talk", named("samtale"), {"type": "FIRST", "place": "CLINIC_ROOM", "occurred_at": "2026-10-20T08:00:00Z", "minutes": 30,
                                                   "citizen_id": id_, "topics": ["WORK"], "practice_id": named("valby"), "note": SAID})]
    results = push(world.db, world.signe, phone.device_id, ops, NOW).results
    assert [result.status for result in results] == ["accepted"] * len(ops), [result.message for result in results]
    month_close(world.db, world.project_id, "2026-10", None, "prøve", NOW)
    access.log(world.db, world.birthe, [access.Entry("LOOK_UP", "talk", named("samtale"), id_, reason="Borgeren bad om det")], NOW)
    return id_


def project(world, **changed):
    """Changes it as the house does. A project that goes on leaves only the citizen's own time to be over."""
    with world.db.read() as tx:
        row = tx.execute(select(RECORDS["project"])).mappings().one()
    base = {name: value.isoformat() if isinstance(value := row[name], date) else value for name in changed}
    done = write(world.db, world.system, [Change("project", world.project_id, "update", changed, base)], NOW)
    assert done[0].status == "accepted", done[0].message


def later(months, days=0):
    day = months_after(NOW.date(), months) + timedelta(days=days)
    return NOW.replace(year=day.year, month=day.month, day=day.day)


def holds(world):
    with world.db.read() as tx:
        wrong = [*verify(tx, world.project_id), *access.verify(tx, world.project_id), *verify_months(tx)]
    return wrong + history.access_cut(world.db, world.project_id)


def counted(world):
    """What the figures say of the closed month and of the half-year that is open."""
    with world.db.read() as tx:
        found = [(month, one) for month in ("2026-10", "2026-12") for one in recount(tx, world.project_id, month, NOW.date())]
    return [(month, one.indicator, one.n) for month, one in found if one.district == ALL]


def living(world, *kinds):
    with world.db.read() as tx:
        return {kind for kind in kinds if tx.execute(select(func.count()).select_from(RECORDS[kind])).scalar()}


def gone(world, now):
    """What a run takes; it must be what the preview promised."""
    promised = retention.preview(world.db, world.project_id, now)
    done = retention.run(world.db, world.project_id, now)
    assert done == promised
    assert holds(world) == []
    return {name: count for name, count in done.items() if count}


def test_the_list_names_kinds_that_exist_and_every_kind_but_the_projects_own():
    named_kinds = [kind for rule in rules().values() for kind in rule.kinds]
    assert set(KINDS) - set(named_kinds) == {"project", "user"}
    assert all(rule.kept and rule.then and rule.title for rule in rules().values())


def test_on_the_last_day_nothing_goes(world, citizen):
    assert gone(world, NOW) == {}
    assert "CITIZEN_FACTS" not in gone(world, later(13))


def test_thirteen_months_after_the_last_contact_only_code_and_consents_are_left(world, citizen):
    cursor = pull(world.db, world.signe, None, 1_000, NOW)["cursor"]
    project(world, period_to="2040-01-01")
    before = counted(world)
    assert gone(world, later(13, 1))["CITIZEN_FACTS"] == 1
    assert counted(world) == before and ("2026-10", "S2", 1) in before and ("2026-12", "S3", 1) in before
    assert living(world, "talk", "citizen", "consent_event", "visit") == {"citizen", "consent_event", "visit"}
    changes = {change["id"]: change for change in pull(world.db, world.signe, cursor, 1_000, later(13, 1))["changes"]}
    assert changes[named("samtale")]["gone"] == "erased"
    assert changes[citizen]["data"] == {"code": CODE, "first_practice_id": named("valby"), "adviser_id": named("signe"), "status": "CLOSED"}
    with world.db.read() as tx:
        kept = str(tx.execute(select(OPS.c.content, OPS.c.before).where(OPS.c.kind.in_(("citizen", "talk")))).all())
    assert CODE in kept and SAID not in kept and "KONTANTHJAELP" not in kept


def test_a_year_after_that_the_citizen_is_erased_like_on_request(world, citizen):
    project(world, period_to="2040-01-01")
    retention.run(world.db, world.project_id, later(13, 1))
    assert "CONSENT" not in gone(world, later(25, 1))
    assert gone(world, later(25, 2))["CONSENT"] == 1
    assert living(world, "citizen", "consent_event", "visit") == {"visit"}
    with world.db.read() as tx:
        assert tx.execute(select(HEAD.c.gone).where(HEAD.c.id == citizen)).scalar() == "erased"
        assert CODE not in str(tx.execute(select(OPS)).all())
    if world.db.is_sqlite:
        assert CODE.encode() not in b"".join(file.read_bytes() for file in world.db.settings.state_dir.glob("raadgiver.db*"))
    assert [entry["citizen_id"] for entry in history.read(world.db)["erasures"]] == [citizen]  # also out of a backup that is put back


def test_someone_of_whom_nothing_was_written_goes_after_both_times(world):
    made = write(world.db, world.signe, [Change("citizen", named("tavs"), "create", {"code": "B-RW425", "first_practice_id": named("valby")})], NOW)
    assert made[0].status == "accepted"
    assert "CONSENT" not in gone(world, later(25))
    assert gone(world, later(25, 1))["CONSENT"] == 1


def test_half_a_year_after_the_project_nothing_hangs_on_a_code(world, citizen):
    project(world, period_to="2026-12-31")
    assert "CITIZEN_FACTS" not in gone(world, NOW.replace(year=2027, month=6, day=30))
    assert gone(world, NOW.replace(year=2027, month=7, day=1))["CITIZEN_FACTS"] == 1


def test_five_years_after_the_project_its_records_and_months_go(world, citizen):
    project(world, period_to="2026-12-31")
    for year in (2027, 2029, 2031):
        retention.run(world.db, world.project_id, NOW.replace(year=year))
    assert living(world, "visit", "practice") == {"visit", "practice"}
    assert gone(world, NOW.replace(year=2032, month=1, day=1))["PROJECT"] > 3
    assert living(world, *KINDS) == {"project", "user"}
    with world.db.read() as tx:
        assert tx.execute(select(func.count()).select_from(MONTHS)).scalar() == 0


def lines(world):
    with world.db.read() as tx:
        return list(tx.execute(select(ACCESS.c.number, ACCESS.c.act).order_by(ACCESS.c.number)))


def test_the_log_forgets_its_oldest_lines_and_still_holds(world, citizen):
    access.log(world.db, world.birthe, [access.Entry("OPEN", "talk")], later(6))
    before = len(lines(world))
    assert gone(world, later(13, 1))["ACCESS_LOG"] == before - 1
    assert [act for _, act in lines(world)] == ["OPEN", "FORGET", "TIDY"] and lines(world)[0][0] == before
    with world.db.read() as tx:
        assert tx.execute(select(func.count()).select_from(ACCESS_REASONS)).scalar() == 0
    assert gone(world, later(13, 2)) == {}


def shorten(tx, number):
    """Somebody with the database moves the floor and drops what lies below."""
    line = tx.execute(select(ACCESS.c.hash).where(ACCESS.c.number == number)).scalar()
    tx.execute(update(ACCESS_HEAD).values(floor=number, floor_hash=line))
    tx.execute(ACCESS.delete().where(ACCESS.c.number <= number))


def test_a_floor_that_the_log_does_not_speak_of_is_found(world, citizen):
    with world.db.write() as tx:
        shorten(tx, 1)
    assert "Loggens begyndelse er en anden end den, som loggen selv siger." in holds(world)


def test_a_log_that_was_shortened_before_its_time_is_found(world, citizen):
    access.log(world.db, world.birthe, [access.Entry("OPEN", "talk")], NOW + timedelta(days=1))
    access.forget_old(world.db, world.project_id, NOW + timedelta(hours=1), NOW + timedelta(days=2))
    assert holds(world) == ["Loggens linjer fra 2026-11-25 er slettet før tiden."]


def test_an_old_log_that_a_restore_brings_back_goes_again(world, citizen, tmp_path):
    backup.backup(world.db, tmp_path / "kopi.rph", NOW)
    access.log(world.db, world.birthe, [access.Entry("OPEN", "talk")], later(6))
    retention.run(world.db, world.project_id, later(13, 1))
    stood = lines(world)
    backup.restore(world.db, tmp_path / "kopi.rph", False, later(13, 1))
    assert lines(world)[:len(stood)] == stood and lines(world)[-1][1] == "RESTORE"
    assert holds(world) == []


def test_what_a_rewritten_first_line_hides_is_found(world, citizen):
    access.log(world.db, world.birthe, [access.Entry("OPEN", "talk"), access.Entry("OPEN", "talk")], later(6))
    retention.run(world.db, world.project_id, later(13, 1))
    with world.db.write() as tx:
        unguarded(tx, "access_log")
        tx.execute(ACCESS.delete().where(ACCESS.c.number == lines(world)[0][0]))
    assert holds(world)


@pytest.fixture
def real(world, citizen):
    project(world, reference="2026-1", period_to="2040-01-01")
    return world


def night(months, hour):
    return later(months, 1).replace(hour=hour)  # UTC: local time is one or two hours on


def test_a_running_server_does_it_once_a_night(real):
    assert not daily.run_if_due(real.db, night(13, 12))  # just set up: tomorrow
    assert not daily.run_if_due(real.db, night(13, 23).replace(minute=30))
    tomorrow = night(13, 12) + timedelta(days=1)
    assert not daily.run_if_due(real.db, tomorrow.replace(hour=0, minute=30))
    assert daily.run_if_due(real.db, tomorrow.replace(hour=4))
    assert not daily.run_if_due(real.db, tomorrow.replace(hour=5))
    assert "talk" not in living(real, "talk")


def test_what_the_nights_have_taken_goes_again_when_an_older_backup_comes_back(real, tmp_path):
    daily.run_if_due(real.db, night(13, 12))
    backup.backup(real.db, tmp_path / "kopi.rph", night(13, 13))
    assert SAID in written(real)
    assert daily.run_if_due(real.db, night(14, 12)) and "talk" not in living(real, "talk") and SAID not in written(real)
    backup.restore(real.db, tmp_path / "kopi.rph", False, night(14, 13))  # tonight's run has been: nobody waits for tomorrow's
    assert "talk" not in living(real, "talk") and SAID not in written(real)
    assert holds(real) == []


def test_an_invented_project_keeps_all_it_has(world, citizen, tmp_path):
    daily.run_if_due(world.db, night(13, 12))
    assert not daily.run_if_due(world.db, night(14, 12)) and living(world, "talk")
    backup.backup(world.db, tmp_path / "kopi.rph", night(14, 12))
    backup.restore(world.db, tmp_path / "kopi.rph", False, night(14, 13))
    assert living(world, "talk")


def written(world):
    """Every word that the server holds of talks and of what was sent."""
    with world.db.read() as tx:
        return str([*tx.execute(select(RECORDS["talk"])), *tx.execute(select(OPS.c.content, OPS.c.before)), *tx.execute(select(FEED))])
