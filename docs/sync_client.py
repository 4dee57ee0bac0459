"""A small phone in plain Python: signs in, registers, saves a visit, sends, fetches and prints. Standard library only.

    python3 docs/sync_client.py http://localhost:8000 signe@demo.example < passphrase.txt

It is the shortest honest client of `rph-sync/1` that we could write (docs/sync.md tells the rules): what is saved lies in
the outbox until the server has answered for it exactly, then in the journal until a checked backup holds it.
"""

from __future__ import annotations

import gzip
import http.cookiejar
import json
import os
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

Json = Any
PROTOCOL = "rph-sync/1"
BATCH = 200
KEEPS = ("accepted", "duplicate", "conflict", "held")  # the server answers for these; what is rejected goes to the tray


class Refused(Exception):
    """The server answered in the envelope, but not with 200: `status`, `code`, and the whole `body`."""

    def __init__(self, status: int, body: dict[str, Json], headers: Any) -> None:
        super().__init__(f"{status} {body.get('error', {}).get('code')}")
        self.status, self.code, self.body, self.headers = status, body.get("error", {}).get("code"), body, headers


class NotExact(Exception):
    """No exact answer: a captive portal, half a body, a proxy's page. Nothing may move."""


def new_id() -> str:
    """A UUID of version 7: new ones sort after old ones."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    return str(UUID(int=value & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0x2 << 62))


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Line:
    """One signed-in connection: asks, and takes nothing but an exact answer."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self.device_id = ""
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def sign_in(self, email: str, passphrase: str) -> dict[str, Json]:
        return self.ask("/api/session", {"email": email, "password": passphrase})["user"]

    def sign_out(self) -> None:
        self.ask("/api/session", method="DELETE")

    def register(self, name: str) -> str:
        self.device_id = self.ask("/api/devices", {"name": name})["device_id"]
        return self.device_id

    def ask(self, path: str, body: Json = None, method: str = "POST", headers: dict[str, str] | None = None) -> dict[str, Json]:
        """The answer's JSON. Raises Refused, NotExact, OSError."""
        request_id = str(uuid4())
        sent = {"Content-Type": "application/json", "Content-Encoding": "gzip", "Accept-Encoding": "gzip", "X-Request": request_id,
                "X-App": "1.0.0", **({"X-Device": self.device_id} if self.device_id else {}), **(headers or {})}
        data = gzip.compress(json.dumps(body).encode()) if body is not None else None
        status, got, raw = self.raw(method, path, sent, data)
        return self._exact(request_id, status, got, raw)

    def raw(self, method: str, path: str, headers: dict[str, str], data: bytes | None) -> tuple[int, Any, bytes]:
        """(status, headers, body) of whatever comes back."""
        request = urllib.request.Request(self.address + path, data, headers, method=method)
        try:
            with self._browser.open(request, timeout=60) as answer:
                return answer.status, answer.headers, self._unpacked(answer)
        except urllib.error.HTTPError as error:
            return error.code, error.headers, self._unpacked(error)

    @staticmethod
    def _unpacked(answer: Any) -> bytes:
        body: bytes = answer.read()
        return gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body

    @staticmethod
    def _exact(request_id: str, status: int, headers: Any, raw: bytes) -> dict[str, Json]:
        try:
            body = json.loads(raw)
        except ValueError:
            raise NotExact("no JSON") from None
        if headers.get_content_type() != "application/json" or not isinstance(body, dict):
            raise NotExact("no JSON object")
        if body.get("protocol") != PROTOCOL or body.get("request") != request_id:
            raise NotExact("not an answer to this request")
        if status != 200:
            raise Refused(status, body, headers)
        return body


class Phone:
    """Outbox, journal, tray and records of one user on one device, in memory. A real phone keeps them on disk."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.count = 0
        self.outbox: list[dict[str, Json]] = []
        self.journal: list[tuple[dict[str, Json], int]] = []  # (op, the seq it got)
        self.tray: list[dict[str, Json]] = []  # results that a person must look at
        self.records: dict[tuple[str, str], dict[str, Json]] = {}
        self.conflicts: list[dict[str, Json]] = []
        self.cursor: str | None = None
        self.have: dict[str, Json] | None = None
        self.server_time = now()

    # --- saving -------------------------------------------------------------------------------------------------

    def save(self, kind: str, action: str, record_id: str | None = None, **parts: Json) -> dict[str, Json]:
        """Puts an op in the outbox. `parts`: `set`, `base`, `restores`, `resolves`, `replaces`."""
        self.count += 1
        op = {"op_id": new_id(), "device_seq": self.count, "v": 1, "kind": kind, "id": record_id or new_id(), "action": action,
              "made_at": now(), **parts}
        self.outbox.append(op)
        return op

    # --- sending ------------------------------------------------------------------------------------------------

    def sync(self) -> list[dict[str, Json]]:
        """Push first, then pull; the results of the push."""
        results = self.push()
        self.pull()
        return results

    def push(self) -> list[dict[str, Json]]:
        """Sends the outbox in its order. Raises and leaves it as it was unless the answer is exact."""
        results: list[dict[str, Json]] = []
        while self.outbox:
            batch = self.outbox[:BATCH]
            answer = self.line.ask("/api/sync/v1/push", {"ops": batch, "have": self.have, "unsent": len(self.outbox)})
            told = answer.get("results")
            if not isinstance(told, list) or [r["op_id"] for r in told] != [op["op_id"] for op in batch]:
                raise NotExact("not one result per op in the same order")
            results += told
            self.outbox = [op for op, result in zip(batch, told, strict=True) if result["status"] == "retry"] + self.outbox[len(batch):]
            for op, result in zip(batch, told, strict=True):
                self._take(op, result)
            self._note(answer)
            if any(result["status"] == "retry" for result in told):
                break  # back off, then try again
        return results

    def _take(self, op: dict[str, Json], result: dict[str, Json]) -> None:
        if result["status"] in KEEPS:
            self.journal.append((op, result.get("seq") or 0))
        if result["status"] in ("rejected", "conflict"):
            self.tray.append(result)
        if result["status"] == "accepted" and (record := result.get("record")):
            self.records[record["kind"], record["id"]] = record

    def _note(self, answer: dict[str, Json]) -> None:
        """A new epoch: the server may have gone back in time, so everything in the journal is sent again, in its order."""
        if self.have and answer["epoch"] != self.have["epoch"]:
            again = sorted((op for op, _ in self.journal), key=lambda op: op["device_seq"])
            self.outbox, self.journal = again + self.outbox, []
        self.have, self.server_time = answer["head"], answer["server_time"]
        self.journal = [(op, seq) for op, seq in self.journal if seq > answer["durable_through"]]

    # --- fetching -----------------------------------------------------------------------------------------------

    def pull(self, limit: int = 500) -> None:
        """Stages every page, and swaps records and cursor together on the last one."""
        staged, cursor, fresh = dict(self.records), self.cursor, False
        while True:
            try:
                page = self.line.ask("/api/sync/v1/pull", {"cursor": cursor, "have": self.have, "limit": limit})
            except Refused as refused:
                if refused.code != "BAD_CURSOR" or cursor is None:
                    raise
                cursor = None
                continue
            if page.get("reset"):
                staged, fresh = {}, True
            for change in page["changes"]:
                if "gone" in change:
                    staged.pop((change["kind"], change["id"]), None)
                else:
                    staged[change["kind"], change["id"]] = change
            cursor = page["cursor"]
            self._note(page)
            if not page["has_more"]:
                break
        removed = len(self.records.keys() - staged.keys())
        if fresh and self.cursor and removed > max(25, len(self.records) // 5):
            print(f"{removed} records are gone without a word: a real phone asks before it goes on", file=sys.stderr)
        self.records, self.cursor, self.conflicts = staged, cursor, page["conflicts"]


def main(address: str, email: str) -> None:
    line = Line(address)
    user = line.sign_in(email, sys.stdin.readline().rstrip("\r\n"))
    line.register("sync_client.py")
    phone = Phone(line)
    phone.pull()
    practice = next((r for (kind, _), r in phone.records.items() if kind == "practice"), None)
    if practice:
        phone.save("visit", "create", set={"practice_id": practice["id"], "occurred_at": phone.server_time, "minutes": 20, "mode": "IN_PERSON",
                                           "purpose": "REGULAR", "met_roles": ["SECRETARY"], "outcome": "COMPLETED"})
    for result in phone.sync():
        print(f"{result['status']:<10} {result['code']:<18} {result['message']}")
    kinds = sorted({kind for kind, _ in phone.records})
    print(f"{user['initials']} ({user['role']}) at {phone.have and phone.have['seq']}:",
          ", ".join(f"{sum(k == kind for k, _ in phone.records)} {kind}" for kind in kinds))


if __name__ == "__main__":
    main(*sys.argv[1:3])
