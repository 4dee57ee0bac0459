"""Pages, cursors and resets (sync.md ch. 5, 13, Paging; I7, I8, I11)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.ledger.ids import new_id
from app.ledger.tidy import tidy
from tests.line.people import PULL
from tests.world import NOW, visit


@pytest.mark.parametrize("limit", [1, 2, 7, 500, 100_000])
def test_every_page_size_gives_the_same_view(signe, limit):
    whole = {c["id"]: c for page in signe.pages() for c in page["changes"]}
    pages = signe.pages(limit=limit)
    paged = [c for page in pages for c in page["changes"]]
    assert {c["id"]: c for c in paged} == whole and len(paged) == len(whole)
    assert [page["has_more"] for page in pages] == [True] * (len(pages) - 1) + [False]
    assert all(len(page["changes"]) <= limit for page in pages)
    assert [page.get("reset") for page in pages] == ["FIRST"] + [None] * (len(pages) - 1)


def test_the_next_pull_tells_only_what_is_new_once_as_it_is_now(signe, emre):
    cursor = signe.head()
    assert signe.pull(cursor)["changes"] == [] and "reset" not in signe.pull(cursor)
    id_ = emre.new_visit()
    emre.one(emre.phone.update("visit", id_, {"minutes": 33}, {"minutes": 20}))
    page = signe.pull(cursor)
    assert [(c["id"], c["rev"], c["data"]["minutes"]) for c in page["changes"]] == [(id_, 2, 33)]
    assert signe.pull(page["cursor"])["changes"] == []
    assert signe.pull(cursor)["changes"] == page["changes"]  # asking again gives the same: nothing was taken away


def test_a_deletion_is_told_to_who_saw_the_record_and_not_to_a_newcomer(signe, emre):
    id_ = signe.new_visit()
    cursor = emre.head()
    signe.one(signe.phone.delete("visit", id_, visit()))
    assert emre.pull(cursor)["changes"] == [{"kind": "visit", "id": id_, "rev": 2, "gone": "deleted"}]
    assert id_ not in {c["id"] for page in emre.pages() for c in page["changes"]}


def test_what_is_deleted_or_changed_while_pages_are_read_is_not_missed(signe, emre):
    seen_late, seen_early, untouched = (signe.new_visit() for _ in range(3))
    staged, cursor, step = {}, None, 0
    while True:
        page = emre.pull(cursor, limit=2)
        if page.get("reset"):
            staged = {}
        for change in page["changes"]:
            staged.pop(change["id"], None)
            if "gone" not in change:
                staged[change["id"]] = change
        cursor, step = page["cursor"], step + 1
        if step == 1:
            signe.one(signe.phone.delete("visit", seen_late, visit()))
        if seen_early in staged and staged[seen_early]["rev"] == 1:
            signe.one(signe.phone.update("visit", seen_early, {"minutes": 77}, {"minutes": 20}))
            signe.new_visit()
        if not page["has_more"]:
            break
    assert staged == emre.view()
    assert seen_late not in staged and staged[seen_early]["data"]["minutes"] == 77 and untouched in staged


def test_a_cursor_is_the_users_and_not_the_devices(signe, emre):
    cursor = signe.head()
    other = signe.line.ask("/api/devices", {"name": "tablet"})["device_id"]
    assert signe.raw(PULL, {"cursor": cursor}, X_Device=other)[0] == 200
    assert emre.refused(PULL, {"cursor": cursor}) == (400, "BAD_CURSOR")


def test_a_cursor_with_any_byte_changed_is_refused(signe):
    cursor = signe.head()
    for at in range(0, len(cursor), 5):
        changed = cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1:]
        assert signe.refused(PULL, {"cursor": changed}) == (400, "BAD_CURSOR"), at
    for other in (cursor[:-1], cursor + "A", cursor + "=", " " + cursor, "", "x", "é", 5, [], True, "A" * 2000):
        assert signe.refused(PULL, {"cursor": other}) == (400, "BAD_CURSOR"), other
    assert signe.pages(None)[0]["reset"] == "FIRST"


def test_a_cursor_from_before_dropped_tombstones_starts_over(signe, emre, server):
    id_ = signe.new_visit()
    old = emre.head()
    signe.one(signe.phone.delete("visit", id_, visit()))
    newer = emre.head()
    dropped = tidy(server.database, server.project_id, timedelta(0), NOW + timedelta(days=1))
    assert dropped >= 1
    assert emre.pull(old)["reset"] == "CURSOR_TOO_OLD"
    assert "reset" not in emre.pull(newer)
    edit = emre.one(emre.phone.update("visit", id_, {"minutes": 5}, {"minutes": 20}))
    assert edit["code"] == "EDIT_VS_DELETE"
    assert emre.one(emre.phone.create("visit", id_, visit()))["code"] == "EDIT_VS_DELETE"
    back = emre.one(emre.phone.create("visit", id_, visit(minutes=5), restores=True))
    assert (back["code"], back["record"]["rev"]) == ("OK", 3) and signe.view()[id_]["data"]["minutes"] == 5


def test_two_phones_that_read_at_different_times_end_up_alike(signe, emre):
    cursor, view = None, {}
    for round_ in range(6):
        person = (signe, emre)[round_ % 2]
        id_ = person.new_visit(minutes=round_ + 1)
        person.one(person.phone.update("visit", id_, {"note": str(round_)}, {"note": None}))
        if round_ % 3 == 0:
            person.one(person.phone.delete("visit", id_, visit(minutes=round_ + 1, note=str(round_))))
        for page in signe.pages(cursor, limit=1):
            view = {} if page.get("reset") else view
            for change in page["changes"]:
                view.pop(change["id"], None)
                view.update({} if "gone" in change else {change["id"]: change})
            cursor = page["cursor"]
    assert view == signe.view()


def test_a_row_of_the_view_looks_like_the_record_of_the_answer(signe):
    op = signe.phone.create("visit", new_id(), visit())
    record = signe.one(op)["record"]
    assert signe.view()[op["id"]] == record
