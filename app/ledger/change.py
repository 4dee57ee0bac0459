"""One change somebody wants, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = Any


@dataclass(frozen=True)
class Change:
    """A change as the office, an import or the demo makes it. `base` is what the person saw (all keys of `set`)."""

    kind: str
    id: str
    action: str  # create, update, delete
    set: dict[str, Json] = field(default_factory=dict)
    base: dict[str, Json] | None = None
    resolves: str | None = None  # id of the conflict that this settles
    restores: bool = False
    made_at: datetime | None = None


@dataclass
class Result:
    """The answer to one op (sync.md ch. 4). `wire()` is how the line writes it."""

    op_id: str
    status: str  # accepted, duplicate, conflict, held, rejected, retry
    code: str
    message: str
    seq: int | None = None
    record: dict[str, Json] | None = None  # {"kind","id","rev","data","author_id","made_at"}
    fields: dict[str, str] | None = None  # INVALID: field → what to do, in Danish
    conflict: dict[str, Json] | None = None  # {"id","fields":{name:{"base","mine","theirs"}}}
    original: dict[str, str] | None = None

    def wire(self) -> dict[str, Json]:
        shown = {"op_id": self.op_id, "status": self.status, "code": self.code, "message": self.message, "seq": self.seq,
                 "record": self.record, "fields": self.fields, "conflict": self.conflict, "original": self.original}
        return {name: value for name, value in shown.items() if value is not None}
