"""Makes hostile requests out of the line's own schema and the house's own routes, each with the answers it may get."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from app.ledger.ids import new_id
from app.records import KINDS
from app.records.wire import instant_text, json_schema
from tests.world import NOW, named

LINE = ["/api/sync/v1/push", "/api/sync/v1/pull", "/api/sync/v1/receipts", "/api/sync/v1/handover", "/api/devices", "/api/vault", "/api/vault/call"]
WITH_DEVICE = [path for path in LINE if path != "/api/devices"]
ODD = ["", " ", "\x00", "\ud800", "æ" * 5000, "'; DROP TABLE feed;--", "../../etc/passwd", "<script>alert(1)</script>", "=1+1", "%00", "\u202e",
       "NaN", "0" * 400, "-1", "2026-13-45", "9999-12-31T23:59:60Z", "{}", "null", "💥", "\r\nSet-Cookie: x=1"]
ODDER: list[Any] = [None, True, False, 0, -1, 2**31, 2**63, 2**64, 10**30, 1e308, 0.1, [], {}, [[]], {"": ""}, [None] * 50, {"a": {"b": {"c": [1]}}}]
WRONG_TYPES = {"string": [5, True, ["x"], {"x": 1}], "integer": ["5", 1.5, True, [1]], "number": ["5", True, [1]], "boolean": ["ja", 1, []],
               "array": ["x", 5, {"x": 1}], "object": ["x", 5, []]}


@dataclass
class Request:
    """`says` is nothing when the answer is right, else what is wrong with it."""

    name: str
    who: str
    method: str
    path: str
    may: frozenset[int]
    more: dict[str, Any] = field(default_factory=dict)
    says: Callable[[Any], str] = lambda _answer: ""


def may(*statuses: int) -> frozenset[int]:
    return frozenset(statuses)


REFUSED = may(400, 403, 404, 413, 415)


class Fuzzer:
    """Seeded; `known` holds what an attacker may have got hold of: devices, cursors, ids and op ids of others."""

    def __init__(self, seed: int, known: dict[str, str], routes: list[tuple[str, str]]) -> None:
        self.dice, self.known, self.routes = random.Random(seed), known, routes
        self.sent: list[str] = []  # ops, most of them refused and waiting for the office

    def requests(self, count: int) -> Iterator[Request]:
        kinds = [self.malformed, self.oversize, self.cursor, self.device, self.others, self.cross_site, self.replayed, self.signed_out, self.sign_in,
                 self.method, *[self.broken_op] * 8, *[self.mixed_op, self.any_body, self.page, self.form] * 4]
        for _ in range(count):
            yield self.dice.choice(kinds)()

    # --- the line ------------------------------------------------------------------------------------------------

    def post(self, name: str, path: str, body: Any, may_: frozenset[int], says: Callable[[Any], str] = lambda _: "", who: str = "signe",
             **headers: str) -> Request:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"Content-Type": "application/json", "X-Request": new_id(), "X-Device": self.known["device"], **headers}
        return Request(name, who, "POST", path, may_, {"data": data, "headers": sent}, says)

    def op(self, kind: str, data: Any) -> dict[str, Any]:
        self.sent.append(new_id())
        return {"op_id": self.sent[-1], "device_seq": len(self.sent), "v": 1, "kind": kind, "id": new_id(), "action": "create",
                "made_at": instant_text(NOW), "set": data}

    def broken_op(self) -> Request:
        """An op that is right by the schema but for one value: never accepted."""
        kind = self.dice.choice([kind for kind, cls in KINDS.items() if not cls.OFFICE_ONLY])
        schema = json_schema(KINDS[kind])
        name = self.dice.choice(list(schema["properties"]))
        data = {key: self.good(schema["properties"][key]) for key in {*schema["required"], name}}
        data[name] = self.bad(schema["properties"][name])
        op = self.op(kind, data)
        return self.post(f"broken {kind}.{name}={data[name]!r:.40}", LINE[0], {"ops": [op]}, may(200), _none_accepted)

    def mixed_op(self) -> Request:
        """The envelope of an op broken anywhere: one answer for each op, or the whole refused."""
        op: dict[str, Any] = self.op("visit", {"practice_id": named("halmtorvet")})
        for _ in range(self.dice.randint(1, 3)):
            op[self.dice.choice([*op, "base", "resolves", "restores", "replaces", "noget"])] = self.anything()
        return self.post("envelope", LINE[0], {"ops": [op]}, may(200, 400), _none_accepted)

    def any_body(self) -> Request:
        keys = ["ops", "cursor", "limit", "have", "op_ids", "name", "citizen_id", "phone", "unsent", "clock_offset_s", "oldest_unsent_at"]
        body = {key: self.anything() for key in self.dice.sample(keys, self.dice.randint(0, 4))}
        return self.post("any body", self.dice.choice(LINE), body, may(200, *REFUSED))

    def malformed(self) -> Request:
        whole = json.dumps({"ops": [], "cursor": None, "op_ids": []}).encode()
        data, headers = self.dice.choice([
            (whole[:self.dice.randrange(len(whole))], {}), (b"\xff\xfe" + whole, {}), (b"[]", {}), (b"5", {}), (b'{"ops":[],"ops":[]}', {}),
            (b'{"ops":NaN}', {}), (b'{"a":' * 2000 + b"1" + b"}" * 2000, {}), (b"[" * 100_000, {}), (whole, {"Content-Type": "text/plain"}),
            (whole, {"Content-Encoding": "gzip"}), (gzip.compress(whole)[:-5], {"Content-Encoding": "gzip"}), (whole, {"Content-Encoding": "br"}),
            (whole, {"Content-Type": "multipart/form-data"})])
        return self.post("malformed", self.dice.choice(LINE), data, may(400, 415), **headers)

    def oversize(self) -> Request:
        heavy = b'{"ops":[' + b'"' + b"x" * 2**20 + b'"]}'
        data, headers = self.dice.choice([(heavy, {}), (gzip.compress(b'{"ops":"' + b"0" * 30 * 2**20 + b'"}', 1), {"Content-Encoding": "gzip"}),
                                          (json.dumps({"ops": [self.op("visit", {})] * 201}).encode(), {})])
        return self.post("oversize", LINE[0], data, may(413), **headers)

    def cursor(self) -> Request:
        """Another user's, or with one sign changed."""
        text = self.known["cursor"]
        at = self.dice.randrange(len(text))
        changed = text[:at] + self.dice.choice([c for c in "Ab0_-é" if c != text[at]]) + text[at + 1:]
        return self.post("cursor", LINE[1], {"cursor": self.dice.choice([changed, self.known["others cursor"], text[:at]])}, may(400))

    def device(self) -> Request:
        """Another's, one nobody has, none."""
        forged = self.dice.choice([self.known["others device"], new_id(), "", "ingen telefon", "0" * 400, "'; DROP TABLE device;--", "%00"])
        return self.post("device", self.dice.choice(WITH_DEVICE), {"ops": [], "cursor": None, "op_ids": []}, may(400, 403), **{"X-Device": forged})

    def others(self) -> Request:
        """Ids of what belongs to somebody else."""
        citizen, op_id = self.known["others citizen"], self.known["others op"]
        session = f"/konto/sessioner/{self.known['others session']}/afslutning"
        return self.dice.choice([
            self.post("receipt", LINE[2], {"op_ids": [op_id]}, may(200), lambda a: "" if a["receipts"][0]["status"] == "unknown" else "told"),
            self.post("handover", LINE[3], {"op_ids": [op_id]}, may(200), lambda a: "given" if a["handed_over"] else ""),
            self.post("vault", "/api/vault", {"citizen_id": citizen, "phone": "20000011", "name": "Bo"}, may(404)),
            self.post("call", "/api/vault/call", {"citizen_id": citizen}, may(404)),
            self.post("talk", LINE[0], {"ops": [self.op("next_step", {"citizen_id": citizen, "kind": "CALL"})]}, may(200), _none_accepted),
            self.post("change", LINE[0], {"ops": [{**self.op("talk", {"minutes": 5}), "id": self.known["others talk"], "action": "update",
                                                   "base": {"minutes": 30}}]}, may(200), _none_accepted),
            self.post("take over", LINE[0], {"ops": [{**self.op("citizen", {"adviser_id": named("signe")}), "id": citizen, "action": "update",
                                                      "base": {"adviser_id": None}}]}, may(200), _none_accepted),
            Request("session", "signe", "POST", session, may(404), {"data": {"csrf_token": self.known["signe token"]}})])

    def cross_site(self) -> Request:
        origin = self.dice.choice([{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
                                   {"Origin": "https://ond.example"}, {"Origin": "null"}])
        return self.post("cross site", self.dice.choice([*LINE, "/api/session", "/api/devices/wiped"]), {"ops": []}, may(403), **origin)

    def replayed(self) -> Request:
        """The cookie of a session that was signed out."""
        return self.post("replayed", self.dice.choice(LINE), {"ops": [], "cursor": None}, may(401), who="replayed")

    def signed_out(self) -> Request:
        return self.post("signed out", self.dice.choice(LINE), {"ops": [], "cursor": None}, may(401), who="stranger")

    def sign_in(self) -> Request:
        body = {key: self.anything() for key in ("email", "password", "code") if self.dice.random() < 0.9}
        return self.post("sign in", "/api/session", body, may(400, 401, 413, 429), who="stranger")

    def method(self) -> Request:
        """A method that the address has not."""
        method, path = self.dice.choice(["PUT", "PATCH", "DELETE", "GET", "OPTIONS", "TRACE"]), self.dice.choice(LINE)
        return Request("method", "signe", method, path, may(405), {"headers": {"X-Device": self.known["device"], "X-Request": new_id()}})

    # --- the office ----------------------------------------------------------------------------------------------

    def page(self) -> Request:
        """A page of the office with an id of nothing and odd questions; to an adviser none of it is there."""
        rule, address = self.address("GET")
        who = self.dice.choice(["birthe", "signe", "stranger"])
        query = {self.dice.choice(["q", "side", "bydel", "fra", "til", "naeste", "status", "x"]): self.dice.choice(ODD) for _ in range(2)}
        ours = rule.startswith("/kontor")
        fine = may(200, 302, 303, 404) if who == "birthe" and ("<" not in rule or "<op_id>" in rule) else may(302, 303, 404)
        return Request(f"page {rule}", who, "GET", address, fine if ours else may(200, *fine, 400),
                       {"query_string": urlencode(query, errors="surrogatepass")})

    def form(self) -> Request:
        """A form filled with odd things, or sent without its token."""
        rule, address = self.address("POST")
        who, names = self.dice.choice(["birthe", "signe", "stranger"]), ["how", "reason", "email", "passphrase", "code", "name", "number", "minutes",
                                                                          "occurred_at", "district", "choice", "rows", "naeste", "answer"]
        data = {name: self.dice.choice(ODD) for name in self.dice.sample(names, 5)}
        token = self.dice.random() < 0.8
        if token:
            data["csrf_token"] = self.known[f"{who} token"]
        fine = may(400) if not token else may(303, 400, 404, 413, 422, 429, 302)
        return Request(f"form {rule}", who, "POST", address, fine | (may(302, 404) if who != "birthe" else may()),
                       {"data": urlencode(data, errors="surrogatepass"), "content_type": "application/x-www-form-urlencoded"})

    def address(self, method: str) -> tuple[str, str]:
        rule = self.dice.choice([rule for allowed, rule in self.routes if allowed == method])
        address = rule
        if self.sent:
            address = address.replace("<op_id>", self.dice.choice(self.sent))
        while "<" in address:
            part = self.dice.choice([new_id(), "0", "%00", "..", "æøå", "x" * 300, "2026-13", "9" * 40, "%ED%A0%80"])
            address = address[:address.index("<")] + part + address[address.index(">") + 1:]
        return rule, address

    # --- values --------------------------------------------------------------------------------------------------

    def anything(self) -> Any:
        return self.dice.choice([self.dice.choice(ODD), self.dice.choice(ODDER), new_id(), [self.dice.choice(ODD)], {"a": self.dice.choice(ODDER)}])

    def good(self, schema: dict[str, Any]) -> Any:
        if "enum" in schema:
            return self.dice.choice(schema["enum"])
        if schema["type"] == "string":
            return {"uuid": named("halmtorvet"), "date": "2026-11-24", "date-time": "2026-11-24T09:40:00.000Z"}.get(schema.get("format", ""), "tekst")
        return {"integer": schema.get("minimum", 1), "number": schema.get("minimum", 1), "boolean": True, "array": []}[schema["type"]]

    def bad(self, schema: dict[str, Any]) -> Any:
        wrong: list[Any] = [*WRONG_TYPES[schema["type"]]]
        if "enum" in schema or "format" in schema:
            wrong += [odd for odd in ODD if odd]
        wrong += [value for key, value in (("maximum", schema.get("maximum", 0) + 1), ("minimum", schema.get("minimum", 0) - 1),
                                           ("maxLength", "x" * (schema.get("maxLength", 0) + 1)),
                                           ("maxItems", ["x"] * (schema.get("maxItems", 0) + 1))) if key in schema]
        return self.dice.choice([*wrong, "\x00", "\ud800"] if schema["type"] == "string" else wrong)


def _none_accepted(answer: Any) -> str:
    return "accepted" if any(result["status"] == "accepted" for result in answer.get("results", [])) else ""
