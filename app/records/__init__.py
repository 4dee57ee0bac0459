"""The language: one class per thing gives table, wire, types, labels and limits. Imports nothing of ours."""

from app.records.citizen import Citizen, ConsentEvent, InformationGiven, Talk
from app.records.course import AttendanceMark, Course, CourseRun, CourseSession, Enrolment
from app.records.material import Material, MaterialBatch, StockMove
from app.records.outcome import HeardAnswer, Outcome
from app.records.plan import ContactLog, PlannedVisit
from app.records.practice import Practice
from app.records.project import Project, User
from app.records.record import ENVELOPE, RESERVED, Record
from app.records.step import NextStep
from app.records.visit import Visit
from app.records.worktime import TimeEntry, TimeSheet

KINDS: dict[str, type[Record]] = {
    cls.KIND: cls
    for cls in (Project, User, Practice, Material, MaterialBatch, Course, CourseRun, CourseSession, PlannedVisit, Visit, StockMove, ContactLog,
                Citizen, InformationGiven, ConsentEvent, Talk, NextStep, Enrolment, AttendanceMark, Outcome, HeardAnswer, TimeEntry, TimeSheet)
}

__all__ = ["ENVELOPE", "KINDS", "RESERVED", "AttendanceMark", "Citizen", "ConsentEvent", "ContactLog", "Course", "CourseRun", "CourseSession",
           "Enrolment", "HeardAnswer", "InformationGiven", "Material", "MaterialBatch", "NextStep", "Outcome", "PlannedVisit", "Practice",
           "Project", "Record", "StockMove", "Talk", "TimeEntry", "TimeSheet", "User", "Visit"]
