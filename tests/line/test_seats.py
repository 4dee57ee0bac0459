"""Course seats, stock and late months at the real server (sync.md ch. 8; domain.md 2.5, 2.9)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import insert, update

from app.ledger.ids import new_id
from app.ledger.tables import BOOK, MONTHS
from tests.line.people import codes, new_code
from tests.world import NOW, named, visit


def new_run(birthe, seats):
    id_ = new_id()
    run = {"course_id": named("kursus"), "seats": seats, "starts_on": "2026-12-03"}
    assert codes([birthe.one(birthe.phone.create("course_run", id_, run))]) == ["OK"]
    return id_


def enrolment(person, citizen, run, at="2026-11-24T10:00:00Z", status="ENROLLED"):
    return person.phone.create("enrolment", new_id(), {"citizen_id": citizen, "course_run_id": run, "status": status, "enrolled_at": at})


def status(person, op):
    return person.view()[op["id"]]["data"]["status"]


def test_the_last_seat_goes_to_whom_the_server_applies_first(signe, emre, birthe):
    run = new_run(birthe, 1)
    first, late = enrolment(signe, signe.new_citizen(), run), enrolment(emre, emre.new_citizen(), run, at="2026-11-20T10:00:00Z")
    assert signe.one(first)["record"]["data"]["status"] == "ENROLLED"
    result = emre.one(late)
    assert (result["status"], result["code"], result["record"]["data"]["status"]) == ("accepted", "OK", "WAITLISTED")
    assert result["message"] == "Holdet blev fuldt. Borgeren står nu som nr. 1 på ventelisten."
    assert status(signe, first) == "ENROLLED"  # although Emre's citizen enrolled earlier


def test_the_waiting_list_goes_by_enrolled_at(signe, birthe):
    run = new_run(birthe, 1)
    signe.one(enrolment(signe, signe.new_citizen(), run))
    places = [signe.one(enrolment(signe, signe.new_citizen(), run, at=f"2026-11-{day}T10:00:00Z"))["message"] for day in (20, 22, 21)]
    assert [p.split("nr. ")[1][0] for p in places] == ["1", "2", "2"]


def test_seats_are_counted_within_a_batch_and_freed_by_a_cancellation(signe, birthe):
    run, citizens = new_run(birthe, 2), [signe.new_citizen() for _ in range(4)]
    ops = [enrolment(signe, c, run) for c in citizens]
    assert [r["record"]["data"]["status"] for r in signe.push(*ops[:3])] == ["ENROLLED", "ENROLLED", "WAITLISTED"]
    signe.one(signe.phone.update("enrolment", ops[0]["id"], {"status": "CANCELLED"}, {"status": "ENROLLED"}))
    assert signe.one(ops[3])["record"]["data"]["status"] == "ENROLLED"
    assert status(signe, ops[2]) == "WAITLISTED"  # nobody is moved up by the machine
    moved = signe.one(signe.phone.update("enrolment", ops[2]["id"], {"status": "ENROLLED"}, {"status": "WAITLISTED"}))
    assert moved["record"]["data"]["status"] == "WAITLISTED"


def test_eight_phones_at_once_never_oversell(signe, emre, birthe):
    run = new_run(birthe, 3)
    people = [(person, enrolment(person, person.new_citizen(), run)) for person in (signe, emre) * 4]
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda pair: pair[0].one(pair[1])["record"]["data"]["status"], people))
    assert sorted(got) == ["ENROLLED"] * 3 + ["WAITLISTED"] * 5


def test_stock_may_go_below_zero_and_every_move_is_kept(signe, emre):
    moves = [p.phone.create("stock_move", new_id(), {"batch_id": named("oplag"), "move": "HANDED_OUT", "quantity": 9999, "from_place": "BAG",
                                                     "to_place": "CITIZEN"}) for p in (signe, emre, signe)]
    assert codes([signe.one(moves[0]), emre.one(moves[1]), signe.one(moves[2])]) == ["OK"] * 3
    assert {m["id"] for m in moves} <= signe.view().keys()


def test_a_code_that_two_phones_gave_out_is_issued_again_for_the_second(signe, emre):
    code, first, second = new_code(), new_id(), new_id()
    signe.one(signe.citizen_ops(first, code)[0])
    op = emre.citizen_ops(second, code)[0]
    result = emre.one(op)
    fresh = result["record"]["data"]["code"]
    assert (result["status"], result["code"]) == ("accepted", "OK") and fresh != code and fresh in result["message"]
    assert emre.view()[second]["data"]["code"] == fresh and signe.view()[first]["data"]["code"] == code
    assert emre.one(op)["record"]["data"]["code"] == fresh
    third, fourth = new_id(), new_id()
    codes_ = [r["record"]["data"]["code"] for r in signe.push(signe.citizen_ops(third, fresh)[0], signe.citizen_ops(fourth, fresh)[0])]
    assert len({code, fresh, *codes_}) == 4


def test_the_same_code_at_the_same_moment_is_given_once(signe, emre):
    for _ in range(4):
        code = new_code()
        ops = [(p, p.citizen_ops(new_id(), code)[0]) for p in (signe, emre) * 3]
        with ThreadPoolExecutor(6) as pool:
            got = list(pool.map(lambda pair: pair[0].one(pair[1])["record"]["data"]["code"], ops))
        assert len(set(got)) == 6 and got.count(code) == 1


def test_what_falls_in_a_closed_month_is_taken_late_with_its_own_date(own_server):
    from tests.line.people import Person
    with own_server.database.write() as tx:
        tx.execute(insert(MONTHS).values(project_id=own_server.project_id, month="2026-10", closed_at=NOW, seq=1, number=1, figures=[]))
        tx.execute(update(BOOK).values(months=BOOK.c.months + 1))
    signe = Person(own_server.start().address, "signe")
    id_ = new_id()
    late = signe.one(signe.phone.create("visit", id_, visit(occurred_at="2026-10-31T22:30:00Z")))  # 23:30 in Copenhagen
    assert (late["status"], late["code"]) == ("accepted", "LATE_MONTH_CLOSED")
    assert late["record"]["data"]["occurred_at"] == "2026-10-31T22:30:00.000Z"
    assert codes([signe.one(signe.phone.create("visit", new_id(), visit(occurred_at="2026-10-31T23:30:00Z")))]) == ["OK"]  # November there
    moved = signe.phone.update("visit", id_, {"occurred_at": "2026-11-02T09:00:00Z"}, {"occurred_at": "2026-10-31T22:30:00Z"})
    assert codes([signe.one(moved)]) == ["LATE_MONTH_CLOSED"]  # it left a closed month
    assert codes([signe.one(signe.phone.update("visit", id_, {"minutes": 30}, {"minutes": 20}))]) == ["OK"]
