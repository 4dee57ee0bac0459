"""A person at the other end of the line, who can also send what no honest phone would."""

from __future__ import annotations

import json
import random
from typing import Any
from uuid import uuid4

from app.accounts.people import add
from app.ledger.ids import new_id
from app.rules.record_rules import CODE_SYMBOLS, check_character
from docs.sync_client import Line, Refused
from tests.world import NOW, PASSPHRASE, Phone, named, visit

PUSH, PULL = "/api/sync/v1/push", "/api/sync/v1/pull"


class Person:
    """Signed in, with a device, and with an op maker of their own."""

    def __init__(self, address: str, who: str, passphrase: str = PASSPHRASE) -> None:
        self.line, self.phone = Line(address), Phone()
        self.email = who if "@" in who else f"{who}@demo.example"
        self.user = self.line.sign_in(self.email, passphrase)
        self.phone.device_id = self.line.register(f"{who} telefon")

    def push(self, *ops: Any, **more: Any) -> list[dict[str, Any]]:
        return self.line.ask(PUSH, {"ops": list(ops), **more})["results"]

    def one(self, op: Any) -> dict[str, Any]:
        return self.push(op)[0]

    def pull(self, cursor: str | None = None, **more: Any) -> dict[str, Any]:
        return self.line.ask(PULL, {"cursor": cursor, **more})

    def pages(self, cursor: str | None = None, limit: int = 500) -> list[dict[str, Any]]:
        found = [self.pull(cursor, limit=limit)]
        while found[-1]["has_more"]:
            found.append(self.pull(found[-1]["cursor"], limit=limit))
        return found

    def view(self) -> dict[str, dict[str, Any]]:
        """id → the record as this person sees it."""
        return {change["id"]: change for page in self.pages() for change in page["changes"] if "gone" not in change}

    def head(self) -> str:
        return self.pages()[-1]["cursor"]

    def raw(self, path: str, body: Any = None, method: str = "POST", data: bytes | None = None,
            **headers: str | None) -> tuple[int, Any, dict[str, Any]]:
        """(status, headers, JSON) of a request with headers of the test's choosing; None leaves one out."""
        sent = {"Content-Type": "application/json", "X-Request": str(uuid4()), "X-Device": self.phone.device_id, "X-App": "1.0.0",
                **{name.replace("_", "-"): value for name, value in headers.items()}}
        if data is None and body is not None:
            data = json.dumps(body).encode()
        status, got, raw = self.line.raw(method, path, {k: v for k, v in sent.items() if v is not None}, data)
        return status, got, json.loads(raw) if raw else {}

    def refused(self, path: str, body: Any = None, **more: Any) -> tuple[int, str]:
        """(status, code) of an answer that is no 200, in its envelope."""
        status, headers, answer = self.raw(path, body, **more)
        assert headers.get_content_type() == "application/json" and answer["protocol"] == "rph-sync/1", answer
        assert headers["Cache-Control"] == "no-store" and {"request", "epoch", "server_time"} <= set(answer)
        return status, answer.get("error", {}).get("code", "")

    # --- things to write about -----------------------------------------------------------------------------------

    def new_visit(self, **changed: Any) -> str:
        id_ = new_id()
        result = self.one(self.phone.create("visit", id_, visit(**changed)))
        assert result["status"] == "accepted", result
        return id_

    def citizen_ops(self, id_: str, code: str | None = None, consent: bool = True) -> list[dict[str, Any]]:
        made = [self.phone.create("citizen", id_, {"code": code or new_code(), "first_practice_id": named("halmtorvet")})]
        return made + ([self.given(id_)] if consent else [])

    def new_citizen(self, code: str | None = None, consent: bool = True) -> str:
        id_ = new_id()
        results = self.push(*self.citizen_ops(id_, code, consent))
        assert {r["status"] for r in results} == {"accepted"}, results
        return id_

    def consent(self, citizen_id: str, event: str, on: str = "2026-11-20", id_: str | None = None, **more: Any) -> dict[str, Any]:
        return self.phone.create("consent_event", id_ or new_id(), {
            "citizen_id": citizen_id, "scope": "TALK_RECORD", "event": event, "form": "WRITTEN_PAPER", "given_on": on, **more})

    def given(self, citizen_id: str, **more: Any) -> dict[str, Any]:
        return self.consent(citizen_id, "GIVEN", **more)

    def talk(self, citizen_id: str | None, id_: str | None = None, **more: Any) -> dict[str, Any]:
        return self.phone.create("talk", id_ or new_id(), {
            "type": "FIRST" if citizen_id else "ANONYMOUS", "place": "CLINIC_ROOM", "occurred_at": "2026-11-24T10:00:00.000Z", "minutes": 30,
            **({"citizen_id": citizen_id} if citizen_id else {}), **more})


def newcomer(server: Any, role: str) -> Person:
    """A user added beside the running server."""
    db, email = server.database, f"{new_id()[-12:]}@demo.example"
    add(db, email, "Ny Person", "NP", role, PASSPHRASE, NOW)
    db.close()
    return Person(server.address, email)


def new_code() -> str:
    """A code that fits, by chance."""
    four = "".join(random.choice(CODE_SYMBOLS) for _ in range(4))
    return f"B-{four}{check_character(four)}"


def codes(results: list[dict[str, Any]]) -> list[str]:
    return [result["code"] for result in results]


__all__ = ["PULL", "PUSH", "Person", "Refused", "codes", "new_code", "newcomer"]
