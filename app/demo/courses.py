"""Writes the six courses and their runs: those behind us with each session held, those to come with free seats."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.clock import local_date
from app.demo.diary import Diary, at
from app.demo.dice import Dice
from app.demo.presence import on_duty, sent
from app.demo.run import Course, Meeting, Run, the_courses
from app.demo.schedule import TEACHERS, schedule
from app.rules.calendar import month_of, next_month, working_day_from

KNOWN_BEFORE = timedelta(weeks=8)  # a run is planned so long before it begins
SOON = timedelta(days=35)


def courses(diary: Diary) -> list[Run]:
    """Writes the catalogue and the runs; the runs. Each course has one that begins within five weeks."""
    known = the_courses()
    runs = schedule(known, next_month(month_of(local_date(diary.now)), 3))
    for course in known:
        diary.write(diary.begun, "K1", "course", course.id, {"type": course.type, "title": course.title, "seats": course.seats,
                                                             "session_count": course.sessions, "session_minutes": course.minutes})
    for run in runs:
        _write(diary, run, planned_at(diary, run))
    _one_of_each(diary, known, runs)
    return runs


def planned_at(diary: Diary, run: Run) -> datetime:
    """When the office plans it."""
    return max(diary.begun, at(working_day_from(run.first - KNOWN_BEFORE), 11))


def _write(diary: Diary, run: Run, planned: datetime) -> None:
    diary.write(planned, "K1", "course_run", run.id, {
        "course_id": run.course.id, "seats": run.seats, "starts_on": run.first, "place": run.course.place, "teacher": run.teacher,
        "status": "PLANNED"})
    for meeting in run.meetings:
        _session(diary, run, meeting, planned)
    if run.cancelled:
        diary.correct(called_off_at(run), "K1", "course_run", run.id, {"status": "CANCELLED"}, {"status": "PLANNED"})
        return
    diary.correct(at(run.first, 16), "K1", "course_run", run.id, {"status": "RUNNING"}, {"status": "PLANNED"})
    diary.correct(at(run.last, 17), "K1", "course_run", run.id, {"status": "HELD"}, {"status": "RUNNING"})


def called_off_at(run: Run) -> datetime:
    return at(working_day_from(run.first - timedelta(days=5)), 11)


def held_at(run: Run, day: date, adviser: str) -> datetime:
    """When the phone that kept the list that day has sent it."""
    return max(sent(day, adviser), run.course.starts(day) + timedelta(minutes=run.course.minutes + 10))


def _session(diary: Diary, run: Run, meeting: Meeting, planned: datetime) -> None:
    """Planned with the run. One that is moved stays as it was and stands anew under the same number."""
    told = {"course_run_id": run.id, "number": meeting.number, "minutes": run.course.minutes, "status": "PLANNED"}
    diary.write(planned, "K1", "course_session", meeting.id, {**told, "starts_at": run.course.starts(meeting.planned)})
    held_id = meeting.id
    if run.cancelled:
        diary.correct(called_off_at(run), "K1", "course_session", meeting.id, {"status": "CANCELLED"}, {"status": "PLANNED"})
        return
    if meeting.moved_id:
        moved, held_id = at(working_day_from(meeting.planned - timedelta(days=14)), 10), meeting.moved_id
        diary.correct(moved, "K1", "course_session", meeting.id, {"status": "MOVED"}, {"status": "PLANNED"})
        diary.write(moved, "K1", "course_session", held_id, {**told, "starts_at": run.course.starts(meeting.held)})
    keeper = run.course.keeper
    diary.correct(held_at(run, meeting.held, keeper), on_duty(keeper, meeting.held), "course_session", held_id,
                  {"status": "HELD"}, {"status": "PLANNED"})


def _one_of_each(diary: Diary, known: list[Course], runs: list[Run]) -> None:
    """A run to come for the courses that have none, and something this week where nothing would be."""
    today, dice = local_date(diary.now), Dice("soon")
    written = max(diary.begun, diary.now - timedelta(days=12))
    coming = [run for run in runs if not run.cancelled and planned_at(diary, run) <= diary.now]
    quiet = not any(today <= meeting.held < today + timedelta(days=7) for run in coming for meeting in run.meetings)
    for course in known:
        if any(run.course is course and today < run.first <= today + SOON for run in coming):
            continue
        around = today + timedelta(days=1 if quiet else dice.between(9, 30))
        first = working_day_from(around if quiet else around + timedelta(days=(course.weekday - around.weekday()) % 7))
        quiet = False
        run = Run(dice.id(written), course, course.seats, dice.one_of(TEACHERS))
        run.meetings = [Meeting(dice.id(written), number + 1, day := working_day_from(first + timedelta(weeks=number)), day)
                        for number in range(course.sessions)]
        _write(diary, run, written)
