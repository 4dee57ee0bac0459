"""What each talk ended with: who does what by when, how it went, and what is due around today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.clock import local_date
from app.demo.citizen import Talk
from app.demo.diary import Diary, at
from app.demo.dice import Dice
from app.demo.presence import on_duty, sent
from app.rules.calendar import is_working_day, working_day_from
from app.rules.gates import STEP_SCOPES

NUMBERS = {0: 34, 1: 55, 2: 9, 3: 2}
KINDS = {"NEW_TALK": 24, "SELF_JOBCENTER": 13, "BRIDGE_JOBCENTER": 14, "GP_TIME": 10, "COURSE": 9, "JOB_IDEA": 8, "EDU_GUIDANCE": 6,
         "HEALTH_OFFER": 6, "DEBT": 4, "HOUSING": 3, "UNION": 3, "STUEGANG": 3, "THREE_PARTY": 2}
OURS = {"NEW_TALK", "COURSE", "BRIDGE_JOBCENTER", "THREE_PARTY", "STUEGANG"}
BY = {"ADVISER": 78, "CASEWORKER": 10, "GP": 12}
WITHIN = {14: 60, 7: 20, 21: 12, 28: 8}
# How it goes → share, days from the due date.
ENDS = {"on time": (70, -6, 3), "late": (9, 4, 18), "dropped": (12, 4, 20), "forgotten": (9, 20, 40)}


@dataclass
class Step:
    """One agreed step, and the day on which it is done or dropped."""

    id: str
    talk: Talk
    what: str
    responsible: str
    due_on: date
    ends_on: date
    done: bool

    @property
    def ends_at(self) -> datetime:
        return max(sent(self.ends_on, self.talk.visit.adviser), at(self.ends_on, 9), self.talk.received + timedelta(minutes=1))


def write_steps(diary: Diary, talks: list[Talk]) -> None:
    """All steps of the talks the server has; those that are open by now lie so that both advisers have their work."""
    dice = Dice("steps")
    steps = [step for talk in talks if talk.citizen for step in _agreed(talk, dice)]
    for adviser in ("A1", "A2"):
        mine = [step for step in steps if step.talk.visit.adviser == adviser]
        _around(local_date(diary.now), [step for step in mine if step.talk.received <= diary.now < step.ends_at])
    for step in steps:
        citizen = step.talk.citizen
        assert citizen
        diary.write(step.talk.received, step.talk.visit.adviser, "next_step", step.id, {
            "citizen_id": citizen.id, "talk_id": step.talk.id, "step": step.what, "responsible": step.responsible, "due_on": step.due_on,
            "status": "OPEN", "needs_scope": STEP_SCOPES.get(step.what)}, made=step.talk.start + timedelta(minutes=step.talk.minutes))
        now = {"status": "DONE", "done_on": step.ends_on} if step.done else {"status": "DROPPED"}
        diary.correct(step.ends_at, on_duty(step.talk.visit.adviser, step.ends_on), "next_step", step.id, now,
                      {"status": "OPEN", **({"done_on": None} if step.done else {})})


def _agreed(talk: Talk, dice: Dice) -> list[Step]:
    """None that needs a yes which the citizen has not given. A closing talk leaves nothing open."""
    number, found = 0 if talk.kind == "CLOSING" else dice.pick(NUMBERS), dict[str, Step]()
    for _ in range(number):
        what, id_ = dice.pick(KINDS), dice.id(talk.start)
        due = working_day_from(talk.day + timedelta(days=dice.pick(WITHIN)))
        how = dice.pick({name: share for name, (share, _, _) in ENDS.items()})
        ends = working_day_from(due + timedelta(days=dice.between(*ENDS[how][1:])))
        by = dice.pick(BY) if what in OURS else "CITIZEN"
        if _may(talk, what):
            found.setdefault(what, _stopped(Step(id_, talk, what, by, due, ends, how != "dropped")))
    return list(found.values())


def _may(talk: Talk, what: str) -> bool:
    scope, citizen = STEP_SCOPES.get(what), talk.citizen
    return not scope or citizen is not None and all(citizen.may(scope, day) for day in (talk.day, local_date(talk.received)))


def _stopped(step: Step) -> Step:
    """A withdrawal stops what hangs on it, that day (domain.md 2.6)."""
    citizen, scope = step.talk.citizen, STEP_SCOPES.get(step.what)
    for answer in citizen.answers if citizen else ():
        day = date.fromisoformat(answer["given_on"])
        if answer["event"] == "WITHDRAWN" and answer["scope"] in (scope, "TALK_RECORD") and step.talk.day <= day <= step.ends_on:
            step.ends_on, step.done = day, False
    return step


def _around(today: date, open_: list[Step]) -> None:
    """Some of the open ones: two overdue, two due today, two later in the week."""
    first = working_day_from(today)
    before = [day for back in range(1, 21) if is_working_day(day := first - timedelta(days=back))]
    after = working_day_from(first + timedelta(days=1))
    wanted = [before[3], before[0], first, first, after, working_day_from(after + timedelta(days=1))]
    fit = sorted((step for step in open_ if step.talk.day < before[3] - timedelta(days=2)), key=lambda step: abs((step.due_on - first).days))
    for step, day in zip(fit, wanted, strict=False):
        step.due_on = day
