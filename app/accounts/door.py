"""The door of accounts: the blueprint with every page on it."""

from app.accounts import pages, session_pages
from app.accounts.room import room

PAGES = (pages, session_pages)
door = room
