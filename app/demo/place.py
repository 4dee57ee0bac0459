"""A citizen's place on a run of the demo, before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.demo.citizen import Citizen, Talk
from app.demo.run import Run


@dataclass(eq=False)
class Place:
    """`status` as the server has it at this point of the telling."""

    id: str
    citizen: Citizen
    run: Run
    talk: Talk
    status: str = "ENROLLED"
    ended: date | None = None

    @property
    def adviser(self) -> str:
        return self.citizen.adviser

    @property
    def received(self) -> datetime:
        return self.talk.received

    @property
    def asked(self) -> datetime:
        return self.talk.start + timedelta(minutes=self.talk.minutes - 2)
