"""The door to the office: the blueprint with every page on it."""

from app.coordinator import (
    catalogue,
    conflicts,
    course_attendance,
    course_place,
    courses,
    duplicates,
    hours,
    monday,
    phones,
    practice,
    practice_form,
    practice_list,
    practice_upload,
    promise_list,
    quarantine,
    rights,
    rights_card,
    rights_erasure,
    settling,
    stock,
    talk_list,
    talk_note,
    visit,
    visit_form,
    visit_list,
    visit_plan,
)
from app.coordinator.danish import install
from app.coordinator.room import room

PAGES = (monday, practice_list, practice, practice_form, practice_upload, visit_plan, visit_list, visit, visit_form, talk_list, talk_note, settling,
         conflicts, quarantine, duplicates, promise_list, courses, course_place, course_attendance, stock, catalogue, hours, phones, rights,
         rights_card, rights_erasure)
install(room)
door = room
