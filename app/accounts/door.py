"""The door of accounts: the blueprint with every page on it."""

from app.accounts import factor_pages, oidc_pages, pages, passkey_pages, passphrase_page, second_step, session_pages
from app.accounts.room import room

PAGES = (pages, second_step, factor_pages, passkey_pages, passphrase_page, oidc_pages, session_pages)
door = room
