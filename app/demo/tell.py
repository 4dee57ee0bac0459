"""Tells two years into the diary: practices, visits and material, citizens and courses, hours, and what is open today."""

from __future__ import annotations

from datetime import timedelta

from app.demo.answers import before_stuegang
from app.demo.citizens import write_citizens
from app.demo.contacts import contacts
from app.demo.courses import courses
from app.demo.diary import Diary
from app.demo.dice import Dice
from app.demo.enrolments import enrolments
from app.demo.materials import Depot
from app.demo.outcomes import outcomes
from app.demo.plans import plans
from app.demo.practices import practices
from app.demo.steps import write_steps
from app.demo.talk_plan import talk_plan
from app.demo.talks import write_heard, write_talks
from app.demo.unsettled import unsettled
from app.demo.visit import Visit
from app.demo.visits import known, plan
from app.demo.working_time import working_time


def tell(diary: Diary, people: dict[str, str]) -> list[Visit]:
    """Writes two years into the diary; the visits among them. `people` is key → user id."""
    registered = practices(diary, people)
    whole = plan(registered, diary.now)
    visits = known(whole, diary.now)
    depot = Depot(diary)
    for visit in visits:
        diary.write(visit.received, visit.adviser, "visit", visit.id, {
            "practice_id": visit.practice.id, "occurred_at": visit.start, "minutes": visit.minutes, "mode": "IN_PERSON",
            "purpose": visit.purpose, "met_roles": visit.roles, "outcome": visit.outcome, "note": visit.note,
            "next_visit_on": visit.next_on}, made=visit.start + timedelta(minutes=visit.minutes))
    depot.hand_out(visits)
    depot.settle()
    _meet(diary, whole, people)
    contacts(diary, visits)
    plans(diary, visits, people)
    unsettled(diary, visits, depot)
    return visits


def _meet(diary: Diary, visits: list[Visit], people: dict[str, str]) -> None:
    """Citizens, what they talk about, agree on and take part in."""
    parts = talk_plan(visits, diary.now)
    talks = [talk for _, part in parts for talk in part]
    citizens = [talk.citizen for talk in talks if talk.kind == "FIRST" and talk.citizen]
    before_stuegang(citizens, Dice("stuegang"))
    write_citizens(diary, talks, people)
    write_talks(diary, talks)
    write_steps(diary, talks)
    write_heard(diary, talks)
    outcomes(diary, citizens, enrolments(diary, parts, courses(diary)))
    working_time(diary, visits, talks)
