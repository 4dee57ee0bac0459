"""What a place on a course may become, as the phone has it (domain.md 2.9)."""

from __future__ import annotations

NEXT: dict[str, tuple[str, ...]] = {
    "INTERESTED": ("ENROLLED", "WAITLISTED", "DECLINED"),
    "ENROLLED": ("STARTED", "CANCELLED", "NO_SHOW", "MOVED"),
    "WAITLISTED": ("OFFERED", "DECLINED"),
    "OFFERED": ("ENROLLED", "DECLINED", "WAITLISTED"),
    "STARTED": ("COMPLETED", "DROPPED_OUT", "MOVED"),
}
ON_THE_LIST = ("ENROLLED", "STARTED")  # who is called up at a session
SHOWED_UP = ("PRESENT", "LATE")
