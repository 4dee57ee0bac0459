"""Whoever asks badly gets a plain refusal: never a broken server, never what is not theirs."""

from __future__ import annotations

from collections import Counter

import pytest

from app import create_app
from app.accounts.session_list import sessions_of
from app.guards import admitted
from app.ledger.ids import new_id
from tests.accounts.fuzz import Fuzzer
from tests.conftest import DATABASES
from tests.world import PASSPHRASE, Phone, named, settings

SHORT, LONG = 300, 10_000  # for each database
ENDS_A_SESSION = {"accounts.sign_out", "accounts.end_my_other_sessions"}


@pytest.fixture(params=DATABASES)
def house(request, tmp_path, copy_world):
    world, url = copy_world(request.param, tmp_path)
    app = create_app(settings(tmp_path, url))
    yield app, world
    app.extensions["database"].close()
    world.db.close()


class Siege:
    """Signe, Emre and Birthe are signed in; Signe attacks, and somebody with a cookie that was signed out, and a stranger."""

    def __init__(self, app, world):
        self.app, self.clients = app, {who: app.test_client() for who in ("signe", "emre", "birthe", "replayed", "stranger")}
        for who in ("signe", "emre", "birthe"):
            assert self.ask(who, "/api/session", email=f"{who}@demo.example", password=PASSPHRASE)[0] == 200
        self.replay()
        phones = {who: Phone(self.ask(who, "/api/devices", name="en telefon")[1]["device_id"]) for who in ("signe", "emre")}
        known = {"device": phones["signe"].device_id, "others device": phones["emre"].device_id}
        for name, who in (("cursor", "signe"), ("others cursor", "emre")):
            known[name] = self.ask(who, "/api/sync/v1/pull", phones[who], cursor=None)[1]["cursor"]
        citizen, talk = new_id(), new_id()
        ops = [phones["emre"].create("citizen", citizen, {"code": "B-7K3MB", "first_practice_id": named("halmtorvet")}),
               phones["emre"].create("consent_event", new_id(), {"citizen_id": citizen, "scope": "TALK_RECORD", "event": "GIVEN",
                                                                 "form": "WRITTEN_PAPER", "given_on": "2026-11-20"}),
               phones["emre"].create("talk", talk, {"type": "FIRST", "citizen_id": citizen, "place": "CLINIC_ROOM", "minutes": 30,
                                                    "occurred_at": "2026-11-24T10:00:00.000Z"})]
        results = self.ask("emre", "/api/sync/v1/push", phones["emre"], ops=ops)[1]["results"]
        assert {one["status"] for one in results} == {"accepted"}, results
        with world.db.read() as tx:
            session = sessions_of(tx, world.emre.user_id)[0].id
        known |= {"others citizen": citizen, "others talk": talk, "others op": ops[2]["op_id"], "others session": session}
        pages = {"birthe": "/kontor/", "signe": "/konto/sessioner", "stranger": "/log-ind"}
        for who, page in pages.items():
            known[f"{who} token"] = self.clients[who].get(page).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
        self.known = known
        self.routes = [(method, rule.rule) for rule in app.url_map.iter_rules() for method in ("GET", "POST")
                       if method in (rule.methods or ()) and not rule.rule.startswith(("/api/", "/static/")) and admitted(app, rule.endpoint)
                       and rule.endpoint not in ENDS_A_SESSION and not rule.endpoint.startswith("field.")]

    def replay(self):
        """A cookie is copied, its session signed out, and the copy kept."""
        owner = self.app.test_client()
        answer = owner.post("/api/session", json={"email": "signe@demo.example", "password": PASSPHRASE})
        cookie = answer.headers["Set-Cookie"].split(";")[0].split("=", 1)
        owner.delete("/api/session")
        self.clients["replayed"].set_cookie(cookie[0], cookie[1])

    def ask(self, who, path, phone=None, **body):
        headers = {"X-Request": new_id(), **({"X-Device": phone.device_id} if phone else {})}
        answer = self.clients[who].post(path, json=body, headers=headers)
        return answer.status_code, answer.json

    def stands(self, seed, count):
        """What was answered wrongly, and how often what was answered."""
        wrong, statuses = [], Counter()
        for asked in Fuzzer(seed, self.known, self.routes).requests(count):
            answer = self.clients[asked.who].open(asked.path, method=asked.method, **asked.more)
            statuses[answer.status_code] += 1
            said = asked.says(answer.json) if answer.status_code == 200 and answer.is_json else ""
            if answer.status_code not in asked.may or said:
                wrong.append((asked.name, asked.who, asked.method, asked.path[:80], answer.status_code, said, str(asked.more)[:300]))
        for who in ("signe", "emre", "birthe"):
            assert self.clients[who].get("/api/session").status_code == 200, f"{who} was thrown out"
        return wrong, statuses


def test_what_was_refused_breaks_no_page_of_the_office(house):
    """Found by the campaign: refused ops wait for the coordinator as they came, whatever is in them."""
    siege = Siege(*house)
    fuzzer = Fuzzer(1, siege.known, siege.routes)
    ops = [fuzzer.op("visit", {"occurred_at": odd, "practice_id": odd}) for odd in (5, [], {}, "0001-01-01T00:00:00+14:00", "\ud800")]
    ops += [fuzzer.op("visit", odd) for odd in (5, ["x"], "x")]
    body = siege.ask("signe", "/api/sync/v1/push", Phone(siege.known["device"]), ops=ops)[1]
    assert {one["status"] for one in body["results"]} == {"rejected"}
    pages = ["/kontor/", "/kontor/afklaring", "/kontor/maaneder", "/kontor/maaneder/2026-10"]
    pages += [f"/kontor/afklaring/skal-rettes/{op_id}" for op_id in fuzzer.sent]
    assert {page: siege.clients["birthe"].get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    assert siege.clients["birthe"].get("/kontor/besoeg/%00").status_code == 404


def test_some_hundred_hostile_requests(house):
    wrong, statuses = Siege(*house).stands(1, SHORT)
    assert not wrong, "\n".join(map(str, wrong))
    assert not any(status >= 500 for status in statuses), statuses


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_twenty_thousand_hostile_requests(house):
    wrong, statuses = Siege(*house).stands(2026, LONG)
    print(f"\n{sum(statuses.values())} requests: {dict(sorted(statuses.items()))}")
    assert not wrong, "\n".join(map(str, wrong))
    assert not any(status >= 500 for status in statuses), statuses
