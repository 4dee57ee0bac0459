"""The book: the only room that writes records. Never Flask, never figures.

What other rooms use:
    push(db, author, device_id, ops, now)        a phone's batch (sync.md ch. 4)
    write(db, author, changes, now)              the office's, the demo's and an import's changes, as ops of their own
    pull(db, author, cursor, limit, now)         what is new for this person (sync.md ch. 5)
    conflicts, quarantine, held, duplicates      what a person must settle, and the acts that settle it
"""
