"""The language: one class per thing gives table, wire, types, labels and limits. Imports nothing of ours."""

from app.records.citizen import Citizen, ConsentEvent, Talk
from app.records.course import Course, CourseRun, Enrolment
from app.records.material import Material, MaterialBatch, StockMove
from app.records.practice import Practice
from app.records.project import Project, User
from app.records.record import ENVELOPE, RESERVED, Record
from app.records.visit import Visit

KINDS: dict[str, type[Record]] = {
    cls.KIND: cls
    for cls in (Project, User, Practice, Material, MaterialBatch, Course, CourseRun,
                Visit, StockMove, Citizen, ConsentEvent, Talk, Enrolment)
}

__all__ = ["ENVELOPE", "KINDS", "RESERVED", "Citizen", "ConsentEvent", "Course", "CourseRun", "Enrolment", "Material",
           "MaterialBatch", "Practice", "Project", "Record", "StockMove", "Talk", "User", "Visit"]
