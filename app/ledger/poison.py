"""An op on which the server itself breaks: it goes to quarantine, the rest of its batch goes on (sync.md I14)."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.exc import DBAPIError

from app.ledger.flush import Restart
from app.ledger.op import Op

log = structlog.get_logger()


class Poisoned(Exception):
    """Work on this op broke half-way. What it had put on the desk is thrown away with the whole attempt."""

    def __init__(self, op_id: str) -> None:
        super().__init__(op_id)
        self.op_id = op_id


@contextmanager
def poisonous(op: Op) -> Iterator[None]:
    """Turns any fault of the server's own while it works on `op` into Poisoned. The log says where, never what was in it."""
    try:
        yield
    except (DBAPIError, Restart):
        raise
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        log.error("op_broke", kind=op.kind, action=op.action, error=type(error).__name__, at=f"{place.filename}:{place.lineno}")
        raise Poisoned(op.op_id) from None
