"""A withdrawal stops what hangs on it, whichever phone it came from and whoever made the step (domain.md 2.6; INV-04)."""

from __future__ import annotations

from app.ledger.ids import new_id
from app.ledger.pull import pull
from app.ledger.push import push
from app.ledger.verify import verify
from tests.world import NOW, Phone, named

CITIZEN = named("borger")


def step(phone, name, **more):
    return phone.create("next_step", named(name), {"citizen_id": CITIZEN, "step": name, "responsible": "ADVISER", "due_on": "2026-12-09",
                                                   "status": "OPEN", **more})


def said(phone, scope, event="GIVEN", **more):
    return phone.create("consent_event", more.pop("id_", None) or new_id(), {"citizen_id": CITIZEN, "scope": scope, "event": event,
                                                                           "form": "ORAL_NOTED", "given_on": "2026-11-25", **more})


def send(world, who, phone, *ops):
    results = push(world.db, who, phone.device_id, ops, NOW).results
    assert [result.status for result in results] == ["accepted"] * len(ops), [result.message for result in results]


def statuses(world, who):
    return {change["data"]["step"]: change["data"]["status"] for change in pull(world.db, who, None, 1_000, NOW)["changes"]
            if change["kind"] == "next_step"}


def helped_by_both(world):
    """Signe's citizen, whom Emre helps too: he has made steps that her phone does not know of."""
    signe, emre = Phone(), Phone()
    send(world, world.signe, signe, signe.create("citizen", CITIZEN, {"code": "B-7K3MB", "first_practice_id": named("valby"),
                                                                      "adviser_id": world.emre.user_id}),
         said(signe, "JOBCENTER_SHARE"), said(signe, "THIRD_PARTY"))
    send(world, world.emre, emre, step(emre, "BRIDGE_JOBCENTER"), step(emre, "UNION"), step(emre, "COURSE", needs_scope="JOBCENTER_SHARE"),
         step(emre, "NEW_TALK"))
    return signe, emre


def test_the_others_steps_stop_and_only_those_that_hang_on_it(world):
    signe, _ = helped_by_both(world)
    send(world, world.signe, signe, said(signe, "JOBCENTER_SHARE", "WITHDRAWN"))
    stopped = {"BRIDGE_JOBCENTER": "DROPPED", "COURSE": "DROPPED", "UNION": "OPEN", "NEW_TALK": "OPEN"}
    assert statuses(world, world.emre) == statuses(world, world.signe) == stopped
    with world.db.read() as tx:
        assert verify(tx, world.project_id) == []


def test_a_step_made_under_a_yes_that_knew_of_the_no_goes_on(world):
    signe, _ = helped_by_both(world)
    no = new_id()
    send(world, world.signe, signe, said(signe, "THIRD_PARTY", "WITHDRAWN", id_=no), said(signe, "THIRD_PARTY", follows_id=no))
    assert statuses(world, world.emre)["UNION"] == "OPEN"


def test_what_emre_goes_on_writing_on_a_stopped_step_does_not_open_it(world):
    signe, emre = helped_by_both(world)
    send(world, world.signe, signe, said(signe, "THIRD_PARTY", "WITHDRAWN"))
    send(world, world.emre, emre, emre.update("next_step", named("UNION"), {"due_on": "2026-12-16"}, {"due_on": "2026-12-09"}))
    assert statuses(world, world.emre)["UNION"] == "DROPPED"


def test_the_age_goes_with_the_yes_to_evaluation_and_only_with_that(world):
    signe, _ = helped_by_both(world)
    send(world, world.signe, signe, said(signe, "EVALUATION"), signe.update("citizen", CITIZEN, {"age_band": "A30_39"}, {"age_band": None}))

    def age():
        return next(change["data"].get("age_band") for change in pull(world.db, world.emre, None, 1_000, NOW)["changes"] if change["id"] == CITIZEN)
    send(world, world.signe, signe, said(signe, "THIRD_PARTY", "WITHDRAWN"))
    assert age() == "A30_39"
    send(world, world.signe, signe, said(signe, "EVALUATION", "WITHDRAWN"))
    assert age() is None
