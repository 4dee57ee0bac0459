"""What the book keeps of a change, and what it takes up again (sync.md ch. 3, 7, 8)."""

from __future__ import annotations

from sqlalchemy import func, select, update

from app.ledger import erasure, settle, start, versions
from app.ledger.change import Change
from app.ledger.ids import new_id
from app.ledger.pull import pull
from app.ledger.push import push, write
from app.ledger.tables import DUPLICATES, ERASED, FEED, RECORDS
from app.ledger.verify import verify
from app.records import Visit
from tests.line.people import new_code
from tests.world import NOW, Phone, named, statements, unguarded, visit


def sent(world, who, *ops, device="telefon"):
    return [r.code for r in push(world.db, who, device, ops, NOW).results]


def told(world, id_):
    with world.db.read() as tx:
        return [(h["action"], h["code"], h["changes"]) for h in settle.history(tx, world.project_id, "visit", id_)]


def test_the_history_tells_each_value_as_it_was_and_became(world):
    phone, id_ = Phone(), named("v1")
    sent(world, world.signe, phone.create("visit", id_, visit(met_roles=["DOCTOR"])),
         phone.update("visit", id_, {"met_roles": ["DOCTOR", "NURSE"]}, {"met_roles": ["DOCTOR"]}))
    sent(world, world.emre, phone.update("visit", id_, {"met_roles": ["SECRETARY"]}, {"met_roles": []}, v=1),
         phone.update("visit", id_, {"minutes": 99, "note": "a"}, {"minutes": 1, "note": None}),
         phone.update("visit", id_, {"minutes": 20}, {"minutes": 20}))
    steps = told(world, id_)
    assert [(action, code) for action, code, _ in steps] == [("create", "OK"), ("update", "OK"), ("update", "MERGED"), ("update", "FIELD_CONFLICT")]
    assert steps[0][2]["minutes"] == {"before": None, "after": 20} and steps[0][2]["met_roles"]["after"] == ["DOCTOR"]
    assert steps[1][2] == {"met_roles": {"before": ["DOCTOR"], "after": ["DOCTOR", "NURSE"]}}
    assert sorted(steps[2][2]["met_roles"]["after"]) == ["DOCTOR", "NURSE", "SECRETARY"]
    assert steps[3][2] == {"note": {"before": None, "after": "a"}}  # the minutes were kept back
    sent(world, world.signe, phone.delete("visit", id_, {"minutes": 20}))
    assert told(world, id_)[-1][0] == "delete" and told(world, id_)[-1][2]["note"] == {"before": "a", "after": None}
    assert told(world, id_)[:-1] == steps


def test_an_op_of_a_version_to_come_is_booked_when_the_server_learns_it(world, monkeypatch):
    phone, id_ = Phone(), named("v1")
    new = phone.create("visit", id_, visit(), v=2)
    later = phone.update("visit", id_, {"minutes": 30}, {"minutes": 20}, v=2)
    assert sent(world, world.signe, new, later) == ["VERSION_UNKNOWN", "VERSION_UNKNOWN"]
    start.prepare(world.db, NOW)
    assert sent(world, world.signe, new) == ["DUPLICATE"]
    monkeypatch.setattr(Visit, "VERSION", 2)
    monkeypatch.setitem(versions.STEPS, ("visit", 1), lambda data: data)
    start.prepare(world.db, NOW)
    with world.db.read() as tx:
        assert tx.execute(select(RECORDS["visit"].c.minutes).where(RECORDS["visit"].c.id == id_)).scalar() == 30


def test_an_older_phones_op_is_read_in_todays_words(world, monkeypatch):
    monkeypatch.setattr(Visit, "VERSION", 2)
    monkeypatch.setitem(versions.STEPS, ("visit", 1), lambda data: {("minutes" if k == "length" else k): v for k, v in data.items()})
    phone, id_ = Phone(), named("v1")
    old = {**visit(), "length": 25}
    del old["minutes"]
    edit = phone.update("visit", id_, {"length": 30, "note": None}, {"length": 25, "note": None})
    assert sent(world, world.signe, phone.create("visit", id_, old), edit) == ["OK", "OK"]
    assert sent(world, world.signe, phone.update("visit", id_, {"minutes": 35}, {"minutes": 30}, v=2)) == ["OK"]
    monkeypatch.setitem(versions.OLDEST, "visit", 2)
    assert sent(world, world.signe, phone.update("visit", id_, {"length": 1}, {"length": 35})) == ["VERSION_TOO_OLD"]


def test_two_visits_that_may_be_one_are_asked_about_and_not_a_hundred_times(world):
    phone = Phone()
    near = [phone.create("visit", named(f"v{n}"), visit(occurred_at=f"2026-11-24T09:{n % 10:02d}:00Z")) for n in range(60)]
    assert set(sent(world, world.signe, *near)) == {"OK"}
    assert sent(world, world.emre, phone.create("visit", named("emres"), visit())) == ["OK"]
    assert sent(world, world.signe, phone.create("visit", named("senere"), visit(occurred_at="2026-11-24T09:24:01Z"))) == ["OK"]
    with world.db.read() as tx:
        pairs = settle.duplicates(tx, world.project_id)
        assert 59 <= len(pairs) <= 3 * 59 and not {named("emres"), named("senere")} & {i for p in pairs for i in (p.first_id, p.second_id)}


def test_two_starts_fifteen_minutes_apart_are_twins_and_sixteen_are_not(world):
    phone = Phone()
    for n, minutes in enumerate((0, 15, 31)):
        sent(world, world.signe, phone.create("visit", named(f"v{n}"), visit(occurred_at=f"2026-11-24T09:{minutes:02d}:00Z")))
    with world.db.read() as tx:
        assert tx.execute(select(func.count()).select_from(DUPLICATES)).scalar() == 1


def test_an_import_may_hold_an_op_until_its_record_comes(world):
    practice = Change("practice", named("ny"), "create", {"name": "Ny", "district": "VALBY", "address": "A 1", "postal_code": "2500", "city": "Valby",
                                                          "responsible_adviser_id": named("lone")})
    assert write(world.db, world.system, [practice], NOW)[0].code == "UNKNOWN_RECORD"
    write(world.db, world.system, [Change("user", named("lone"), "create", {"name": "Lone", "initials": "LO", "role": "ADVISER"})], NOW)
    with world.db.read() as tx:
        assert tx.execute(select(RECORDS["practice"].c.name).where(RECORDS["practice"].c.id == named("ny"))).scalar() == "Ny"


def test_the_books_own_check_finds_a_change_made_behind_its_back(world):
    sent(world, world.signe, Phone().create("visit", named("v1"), visit()))
    with world.db.read() as tx:
        assert verify(tx, world.project_id) == []
    with world.db.write() as tx:
        tx.execute(update(RECORDS["visit"]).values(minutes=21))
    with world.db.read() as tx:
        assert verify(tx, world.project_id) == [f"Besøg {named('v1')} er ændret uden om bogen."]
    with world.db.write() as tx:
        tx.execute(update(RECORDS["visit"]).values(minutes=20))
        unguarded(tx)
        tx.execute(update(FEED).where(FEED.c.seq == 5).values(author_id=named("emre")))
    with world.db.read() as tx:
        assert verify(tx, world.project_id) == ["Linje 5 i bogen er ændret."]


def test_the_counters_of_an_erased_citizen_stay_with_month_and_district(world, monkeypatch):
    monkeypatch.setattr(erasure, "scrub", lambda db: None)
    phone, citizen, code = Phone(), named("borger"), new_code()
    talk = {"type": "FIRST", "place": "PHONE", "minutes": 30, "citizen_id": citizen}
    sent(world, world.signe, phone.create("citizen", citizen, {"code": code, "first_practice_id": named("valby")}),
         phone.create("consent_event", new_id(), {"citizen_id": citizen, "scope": "TALK_RECORD", "event": "GIVEN", "form": "ORAL_NOTED",
                                                  "given_on": "2026-10-01"}),
         phone.create("talk", new_id(), {**talk, "occurred_at": "2026-11-24T10:00:00Z"}),
         phone.create("talk", new_id(), {**talk, "occurred_at": "2026-10-24T10:00:00Z", "practice_id": named("halmtorvet")}))
    erasure.erase(world.db, world.project_id, code, NOW)
    with world.db.read() as tx:
        rows = tx.execute(select(ERASED.c.kind, ERASED.c.month, ERASED.c.district, ERASED.c.type, ERASED.c.count)).all()
    assert sorted(map(tuple, rows)) == [("figure", "2026-12", "", "S3", 1),  # in contact this half-year, whoever it was
                                        ("talk", "2026-10", "VESTERBRO", "FIRST", 1), ("talk", "2026-11", "VALBY", "FIRST", 1)]


def test_a_full_batch_asks_the_database_as_often_into_a_full_book_as_into_an_empty_one(world):
    """No other writer waits for 200 ops: what a batch costs is counted in statements, so that a busy machine cannot fail it."""
    phone, told = Phone(), []
    for _ in range(12):
        ops = [phone.create("visit", new_id(), visit(occurred_at=f"2026-11-{d:02d}T{h:02d}:00:00Z")) for d in range(1, 21) for h in range(7, 17)]
        with statements(world.db) as asked:
            assert set(sent(world, world.signe, *ops)) == {"OK"}
        told.append(len(asked))
    assert min(told[1:]) == max(told[1:]) < 100
    with statements(world.db) as asked:
        assert len(pull(world.db, world.emre, None, 2500, NOW)["changes"]) > 2400
    assert len(asked) < 20


def test_a_batch_of_two_kinds_finds_its_way_by_the_index(world):
    """SQLite finds no index for a list of pairs (kind, id), nor for the consent events of a citizen without their heads'."""
    if not world.db.is_sqlite:
        return
    phone, citizen = Phone(), named("borger")
    yes = {"citizen_id": citizen, "scope": "TALK_RECORD", "event": "GIVEN", "form": "ORAL_NOTED", "given_on": "2026-10-01"}
    with statements(world.db) as asked:
        sent(world, world.signe, phone.create("citizen", citizen, {"code": new_code(), "first_practice_id": named("valby")}),
             phone.create("consent_event", new_id(), yes))
    with world.db.read() as tx:
        plans = [step.detail for sql, given in asked if sql.startswith("SELECT") for step in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)]
    assert len(plans) > 10 and [step for step in plans if step.startswith("SCAN head")] == []
