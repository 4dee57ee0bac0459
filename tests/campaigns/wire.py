"""A device's requests to the server: the answer when it is whole and ours, nothing in every other case."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import requests

from tests.world import PASSPHRASE

Json = dict[str, Any]


class Wire:
    """One device of one person at an address. Signs in and registers when the server asks for it."""

    def __init__(self, address: str, email: str) -> None:
        self.address, self.email, self.device_id = address, email, ""
        self.web = requests.Session()
        self.lost_requests = 0

    def exact(self, what: str, body: Json) -> Json | None:
        """The answer when it is exact, after signing in and registering where the server asks for it."""
        for _ in range(3):
            answer, status = self._post(f"/api/sync/v1/{what}", body)
            code = (answer or {}).get("error", {}).get("code")
            if status == 200:
                return answer
            if code == "BAD_CURSOR":
                body["cursor"] = None
            elif not (code == "SIGN_IN" and self.sign_in() or code in ("DEVICE_UNKNOWN", "BAD_REQUEST") and self.register()):
                return None
        return None

    def sign_in(self) -> bool:
        _, status = self._post("/api/session", {"email": self.email, "password": PASSPHRASE})
        return status == 200

    def register(self) -> bool:
        answer, status = self._post("/api/devices", {"name": "en telefon"})
        self.device_id = (answer or {}).get("device_id", self.device_id)
        return status == 200

    def receipts(self, op_ids: list[str]) -> Json:
        """op_id → what the server says it did with it."""
        found: Json = {}
        for start in range(0, len(op_ids), 200):
            answer = self.exact("receipts", {"op_ids": op_ids[start:start + 200]})
            assert answer
            found |= {row["op_id"]: row["status"] for row in answer["receipts"]}
        return found

    def _post(self, path: str, body: Json) -> tuple[Json | None, int]:
        """(body, status) of an answer whose envelope is whole and ours; (None, 0) for anything else."""
        request = str(uuid4())
        headers = {"X-Device": self.device_id, "X-Request": request, "X-App": "1.0.0"}
        try:
            answer = self.web.post(self.address + path, json=body, headers=headers, timeout=20, allow_redirects=False)
            content = json.loads(answer.content)
        except (requests.RequestException, ValueError):
            self.lost_requests += 1
            return None, 0
        if not isinstance(content, dict) or content.get("protocol") != "rph-sync/1" or content.get("request") != request:
            self.lost_requests += 1
            return None, 0
        return content, answer.status_code
