"""The door to the office: the blueprint with every page on it."""

from app.coordinator import (
    calendar,
    catalogue,
    conflicts,
    course_attendance,
    course_place,
    courses,
    coverage,
    duplicates,
    fidelity,
    goals,
    hours,
    monday,
    phones,
    practice,
    practice_download,
    practice_form,
    practice_list,
    practice_upload,
    promise_list,
    quarantine,
    rescue,
    retention,
    rights,
    rights_card,
    rights_erasure,
    rights_merge,
    rights_requests,
    search,
    settling,
    setup,
    stock,
    talk,
    talk_list,
    talk_note,
    visit,
    visit_form,
    visit_list,
    visit_plan,
    words,
)
from app.coordinator.danish import install
from app.coordinator.room import room

PAGES = (monday, practice_list, practice, practice_form, practice_upload, visit_plan, visit_list, visit, visit_form, talk_list, talk,
         talk_note, settling, conflicts, quarantine, duplicates, promise_list, courses, course_place, course_attendance, stock, catalogue,
         calendar, setup, goals, search, hours, phones, rights, rights_card, retention, rights_erasure, rights_requests, rights_merge,
         practice_download, coverage, rescue, fidelity)
install(room)
words.install(room)
door = room
