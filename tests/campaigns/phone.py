"""A phone without a screen that knows only the sync contract: outbox, journal, tray, and nothing moves without an exact answer."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import UUID

from tests.campaigns.wire import Wire

Json = dict[str, Any]
Key = tuple[str, str]


class Phone(Wire):
    """One device of one person. Used by one thread at a time."""

    def __init__(self, address: str, email: str, seed: int) -> None:
        super().__init__(address, email)
        self.chance, self.count = Random(seed), 0
        self.outbox: list[Json] = []
        self.journal: dict[str, tuple[Json, str, int]] = {}  # op_id → op, epoch, seq
        self.tray: dict[str, Json] = {}
        self.made: dict[str, Json] = {}
        self.answered: dict[str, str] = {}  # op_id → the first exact answer's status
        self.records: dict[Key, Json] = {}
        self.have: Json | None = None
        self.cursor: str | None = None
        self.epochs: list[str] = []
        self.durable = 0

    # --- the person ------------------------------------------------------------------------------------------------

    def make(self, action: str, kind: str, id_: str, set_: Json | None = None, base: Json | None = None) -> Json:
        """Saves a change: an op in the outbox, numbered by the device."""
        self.count += 1
        op = {"op_id": self.fresh_id(), "device_seq": self.count, "v": 1, "kind": kind, "id": id_, "action": action,
              "made_at": "2026-11-24T10:00:00.000Z"}
        op |= ({"set": set_} if set_ is not None else {}) | ({"base": base} if base is not None else {})
        self.outbox.append(op)
        self.made[op["op_id"]] = op
        return op

    def fresh_id(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def seen(self, key: Key) -> Json | None:
        """The record as its owner sees it: the server's copy under what has not been sent."""
        data = self.records.get(key)
        shown = dict(data) if data is not None else None
        for op in self.outbox:
            if (op["kind"], op["id"]) == key:
                shown = None if op["action"] == "delete" else {**(shown or {}), **op["set"]}
        return shown

    # --- the line --------------------------------------------------------------------------------------------------

    def sync(self) -> None:
        """Push first, then pull; pull also when push is blocked."""
        for _ in range(1 + len(self.outbox) // 20):
            if not self.push():
                break
        self.pull()

    def push(self) -> bool:
        """Sends the head of the outbox; True when something was answered exactly."""
        ops = self.outbox[:self.chance.randrange(20, 51)]
        answer = ops and self.exact("push", {"ops": ops, "have": self.have, "unsent": len(self.outbox)})
        if not answer or [result["op_id"] for result in answer["results"]] != [op["op_id"] for op in ops]:
            return False
        self._witness(answer)
        for op, result in zip(ops, answer["results"], strict=True):
            self._take(op, result, answer["head"]["epoch"])
        self._let_go()
        return True

    def _take(self, op: Json, result: Json, epoch: str) -> None:
        if result["status"] == "retry":
            return
        self.outbox = [waiting for waiting in self.outbox if waiting["op_id"] != op["op_id"]]
        status = result.get("original", result)["status"]
        self.answered.setdefault(op["op_id"], status)
        if status == "rejected":
            self.tray[op["op_id"]] = result
        else:
            self.journal[op["op_id"]] = op, epoch, result["seq"]
        if result["status"] == "accepted":
            if "record" in result:
                self.records[op["kind"], op["id"]] = result["record"]["data"]
            else:
                self.records.pop((op["kind"], op["id"]), None)

    def pull(self) -> bool:
        """Stages pages and swaps them in together with the cursor."""
        view, cursor = dict(self.records), self.cursor
        while True:
            answer = self.exact("pull", {"cursor": cursor, "have": self.have, "limit": self.chance.choice((7, 50, 500))})
            if answer is None:
                return False
            if "reset" in answer:
                view = {}
            for change in answer["changes"]:
                view.pop((change["kind"], change["id"]), None)
                if "gone" not in change:
                    view[change["kind"], change["id"]] = change["data"]
            self._witness(answer)
            cursor = answer["cursor"]
            if not answer["has_more"]:
                break
        self.records, self.cursor = view, cursor
        self._let_go()
        return True

    def _witness(self, answer: Json) -> None:
        """A new epoch puts the journal back in the outbox, in the order in which the ops were made."""
        head = answer["head"]
        if self.have is None or head["epoch"] != self.have["epoch"]:
            self.epochs.append(head["epoch"])
            back = [op for op, _, _ in self.journal.values()]
            self.outbox = sorted([*back, *self.outbox], key=lambda op: op["device_seq"])
            self.journal = {}
        self.have, self.durable = head, answer["durable_through"]

    def _let_go(self) -> None:
        assert self.have
        self.journal = {op_id: kept for op_id, kept in self.journal.items() if kept[1] != self.have["epoch"] or kept[2] > self.durable}
