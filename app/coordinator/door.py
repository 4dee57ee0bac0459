"""The door to the office: the blueprint with every page on it."""

from app.coordinator import (
    conflicts,
    duplicates,
    phones,
    practice,
    practice_form,
    practice_list,
    practice_upload,
    quarantine,
    settling,
    start,
    visit,
    visit_form,
    visit_list,
)
from app.coordinator.danish import install
from app.coordinator.room import room

PAGES = (start, practice_list, practice, practice_form, practice_upload, visit_list, visit, visit_form, settling, conflicts, quarantine,
         duplicates, phones)
install(room)
door = room
