"""Who writes: the person an op is booked to."""

from dataclasses import dataclass

SYSTEM_USER = "00000000-0000-7000-8000-000000000000"  # the house itself: set-up, import, demo, erasure


@dataclass(frozen=True)
class Author:
    """A user of one project with a role. `scope_rev` changes when the user may see more or less."""

    user_id: str
    project_id: str
    role: str
    scope_rev: int = 1

    @property
    def is_office(self) -> bool:
        return self.role in ("COORDINATOR", "SYSTEM")

    @property
    def has_view(self) -> bool:
        return self.role in ("ADVISER", "COORDINATOR", "SYSTEM")
