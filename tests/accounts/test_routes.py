"""Who may open what: every route of the house against every role, cell by cell (domain.md 2.3; security.md, Accounts)."""

from __future__ import annotations

import pytest

from app import create_app
from app.accounts.people import add
from app.records.codes import code_list
from tests.world import NOW, PASSPHRASE, named, settings

NOBODY = "nobody"
STAFF = {"A": "ADVISER", "C": "COORDINATOR", "S": "STEERING", "E": "EVALUATOR", "D": "SYSADMIN", "R": "AUDITOR"}
ALL, SIGNED_IN, OFFICE, FIELD, SESSIONS = "-ACSERD", "ACSERD", "C", "AC", "CD"
# method and address -> who gets in: a letter for each role, - for somebody who has not signed in
CELLS = {
    # the phone's shell: the same bytes for everyone
    "GET /": ALL, "GET /favicon.ico": ALL, "GET /healthz": ALL, "GET /manifest.webmanifest": ALL, "GET /service-worker.js": ALL,
    "GET /static/<path:filename>": ALL,
    # signing in, and what is one's own
    "GET /log-ind": ALL, "POST /log-ind": ALL, "POST /api/session": ALL, "DELETE /api/session": ALL, "GET /api/session": SIGNED_IN,
    "POST /log-ud": SIGNED_IN, "GET /adgang": SIGNED_IN,
    "GET /konto/sessioner": SIGNED_IN, "POST /konto/sessioner/<session_id>/afslutning": SIGNED_IN,
    "POST /konto/sessioner/andre/afslutning": SIGNED_IN,
    "GET /konto/adgangssaetning": SIGNED_IN, "POST /konto/adgangssaetning": SIGNED_IN,
    "GET /log-ind/kode": ALL, "POST /log-ind/kode": ALL,
    "GET /log-ind/organisation": ALL, "GET /log-ind/organisation/svar": ALL,
    "GET /konto/organisation": SIGNED_IN, "GET /konto/organisation/tilkobling": SIGNED_IN, "POST /konto/organisation/tilkobling": SIGNED_IN,
    "POST /konto/organisation/frakobling": SIGNED_IN,
    "POST /log-ind/passkey": ALL, "GET /konto/passkeys": SIGNED_IN, "POST /konto/passkeys": SIGNED_IN,
    "POST /konto/passkeys/<passkey_id>/fjernelse": SIGNED_IN,
    "GET /konto/totrin": SESSIONS, "GET /konto/totrin/kodeapp": SESSIONS, "POST /konto/totrin/kodeapp": SESSIONS,
    "POST /konto/totrin/papirkoder": SESSIONS, "GET /konto/bekraeft": SESSIONS, "POST /konto/bekraeft": SESSIONS,
    "GET /konto/alle-sessioner": SESSIONS, "POST /konto/alle-sessioner/<session_id>/afslutning": SESSIONS,
    # the line: an empty view for those who have none (sync.md ch. 13, Views), asserted in tests/line/test_views.py
    "POST /api/devices": SIGNED_IN, "POST /api/devices/wiped": ALL, "GET /api/devices/recovery": SIGNED_IN,
    "POST /api/devices/deposit": SIGNED_IN, "POST /api/sync/v1/deposit": ALL,
    "POST /api/devices/recovery": SIGNED_IN, "POST /api/sync/v1/push": SIGNED_IN, "POST /api/sync/v1/pull": SIGNED_IN,
    "POST /api/sync/v1/receipts": SIGNED_IN, "POST /api/sync/v1/handover": SIGNED_IN, "GET /api/sync/v1/schema": SIGNED_IN,
    "POST /api/vault": FIELD, "POST /api/vault/call": FIELD,
    # who saw what about whom
    "GET /log": "R",
    "GET /kontor/rettigheder/opbevaring": OFFICE, "GET /kontor/rettigheder/<citizen_id>/anmodning": OFFICE,
    "POST /kontor/rettigheder/<citizen_id>/anmodning": OFFICE, "GET /kontor/rettigheder/anmodning/<request_id>": OFFICE,
    "POST /kontor/rettigheder/anmodning/<request_id>": OFFICE,
    "GET /kontor/rettigheder/<citizen_id>/sammenlaegning": OFFICE, "POST /kontor/rettigheder/<citizen_id>/sammenlaegning": OFFICE,
    "GET /kontor/rettigheder": OFFICE, "GET /kontor/rettigheder/<citizen_id>/indsigt": OFFICE,
    "POST /kontor/rettigheder/<citizen_id>/indsigt": OFFICE, "GET /kontor/rettigheder/<citizen_id>/sletning": OFFICE,
    "POST /kontor/rettigheder/<citizen_id>/sletning": OFFICE, "GET /kontor/rettigheder/<citizen_id>/kort": OFFICE,
    "POST /kontor/rettigheder/<citizen_id>/kort": OFFICE,
    # figures for those outside the office
    "GET /tal": "SE", "GET /tal/<month>/side": "SE", "GET /tal/<month>/fil": "E",
    # the office
    "GET /kontor/": OFFICE, "GET /kontor/praksisser": OFFICE, "GET /kontor/praksisser/ny": OFFICE,
    "GET /kontor/praksisser/eksport.csv": OFFICE, "GET /kontor/praksisser/daekning": OFFICE,
    "GET /kontor/praksisser/<practice_id>": OFFICE, "GET /kontor/praksisser/<practice_id>/rettelse": OFFICE,
    "POST /kontor/praksisser/<practice_id>/rettelse": OFFICE, "GET /kontor/praksisser/import": OFFICE, "POST /kontor/praksisser/import": OFFICE,
    "POST /kontor/praksisser/import/skrevet": OFFICE, "POST /kontor/praksisser/import/fejl.csv": OFFICE,
    "GET /kontor/besoeg": OFFICE, "GET /kontor/besoeg/<visit_id>": OFFICE, "GET /kontor/besoeg/<visit_id>/rettelse": OFFICE,
    "POST /kontor/besoeg/<visit_id>/rettelse": OFFICE, "GET /kontor/besoeg/<visit_id>/sletning": OFFICE,
    "POST /kontor/besoeg/<visit_id>/sletning": OFFICE,
    "GET /kontor/samtaler/<talk_id>": OFFICE, "GET /kontor/samtaler/<talk_id>/rettelse": OFFICE,
    "POST /kontor/samtaler/<talk_id>/rettelse": OFFICE, "GET /kontor/samtaler/<talk_id>/sletning": OFFICE,
    "POST /kontor/samtaler/<talk_id>/sletning": OFFICE,
    "GET /kontor/samtaler": OFFICE, "GET /kontor/samtaler/<talk_id>/opslag": OFFICE,
    "POST /kontor/samtaler/<talk_id>/opslag": OFFICE,
    "GET /kontor/kurser": OFFICE, "GET /kontor/kurser/<run_id>": OFFICE, "GET /kontor/materiale": OFFICE,
    "GET /kontor/materiale/<batch_id>/optaelling": OFFICE, "POST /kontor/materiale/<batch_id>/optaelling": OFFICE,
    "GET /kontor/praksisser/<practice_id>/planlaegning": OFFICE, "POST /kontor/praksisser/<practice_id>/planlaegning": OFFICE,
    "POST /kontor/praksisser/<practice_id>/planlaegning/<plan_id>/aflysning": OFFICE,
    "GET /kontor/kurser/<run_id>/plads/<enrolment_id>": OFFICE, "POST /kontor/kurser/<run_id>/plads/<enrolment_id>": OFFICE,
    "GET /kontor/kurser/<run_id>/fremmoede/<session_id>": OFFICE, "POST /kontor/kurser/<run_id>/fremmoede/<session_id>": OFFICE,
    "GET /kontor/katalog/<what>/ny": OFFICE, "POST /kontor/katalog/<what>/ny": OFFICE,
    "GET /kontor/katalog/<what>/<record_id>": OFFICE, "POST /kontor/katalog/<what>/<record_id>": OFFICE,
    "GET /kontor/aftaler": OFFICE, "GET /kontor/aftaler/skridt/<step_id>": OFFICE, "POST /kontor/aftaler/skridt/<step_id>": OFFICE,
    "GET /kontor/aftaler/borger/<citizen_id>": OFFICE, "POST /kontor/aftaler/borger/<citizen_id>": OFFICE,
    "GET /kontor/soeg": OFFICE, "GET /kontor/kalender": OFFICE, "GET /kontor/maalsaetning": OFFICE,
    "GET /kontor/programtroskab": OFFICE, "GET /kontor/maaneder/tilbagemelding/<practice_id>": OFFICE,
    "POST /kontor/maaneder/tilbagemelding/<practice_id>": OFFICE, "GET /kontor/opsaetning": OFFICE,
    "GET /kontor/opsaetning/<part>": OFFICE,
    "POST /kontor/opsaetning/<part>": OFFICE,
    "GET /kontor/tid": OFFICE, "POST /kontor/tid/<sheet_id>": OFFICE,
    "GET /kontor/afklaring": OFFICE, "GET /kontor/afklaring/versioner/<conflict_id>": OFFICE,
    "POST /kontor/afklaring/versioner/<conflict_id>": OFFICE, "GET /kontor/afklaring/dublet/<duplicate_id>": OFFICE,
    "POST /kontor/afklaring/dublet/<duplicate_id>": OFFICE, "GET /kontor/afklaring/skal-rettes/<op_id>": OFFICE,
    "POST /kontor/afklaring/skal-rettes/<op_id>": OFFICE,
    "GET /kontor/telefoner/redning": OFFICE, "POST /kontor/telefoner/redning": OFFICE, "POST /kontor/telefoner/redning/bogfoert": OFFICE,
    "GET /kontor/telefoner": OFFICE, "GET /kontor/telefoner/<device_id>/spaerring": OFFICE, "POST /kontor/telefoner/<device_id>/spaerring": OFFICE,
    "GET /kontor/maaneder": OFFICE, "GET /kontor/maaneder/definitioner": OFFICE, "GET /kontor/maaneder/<month>": OFFICE,
    "POST /kontor/maaneder/<month>/lukning": OFFICE, "GET /kontor/maaneder/<month>/fil": OFFICE,
    "GET /kontor/maaneder/halvaar/<half>": OFFICE, "POST /kontor/maaneder/halvaar/<half>/tekst": OFFICE,
    "GET /kontor/maaneder/halvaar/<half>/rapport": OFFICE, "POST /kontor/maaneder/halvaar/<half>/frysning": OFFICE,
    "GET /kontor/maaneder/udtraek": OFFICE, "POST /kontor/maaneder/udtraek": OFFICE,
    "GET /kontor/maaneder/<month>/side": OFFICE, "POST /kontor/maaneder/<month>/tekst": OFFICE,
}


def doors(app):
    """"GET /adgang" → its endpoint, for every method that somebody wrote."""
    return {f"{method} {rule.rule}": rule.endpoint for rule in app.url_map.iter_rules() for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}


@pytest.fixture
def app(tmp_path, copy_world):
    """The house with nothing behind its doors: who gets past the guard is told so."""
    world, _ = copy_world("sqlite", tmp_path)
    for letter in "ERD":
        add(world.db, f"{STAFF[letter].lower()}@demo.example", "Ny Person", "NP", STAFF[letter], PASSPHRASE, NOW, named(STAFF[letter]))
    world.db.close()
    app = create_app(settings(tmp_path))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["database"].close()


def emptied(app, who):
    """Signs `who` in, then takes everything out from behind the doors; the browser."""
    client = app.test_client()
    names = {"ADVISER": "signe", "COORDINATOR": "birthe", "STEERING": "sanne"}
    if who != NOBODY:
        assert client.post("/log-ind", data={"email": f"{names.get(who, who.lower())}@demo.example", "passphrase": PASSPHRASE}).status_code == 303
    for endpoint, view in list(app.view_functions.items()):
        def inside(**_given):
            return "inde"
        inside.__dict__.update(view.__dict__)
        app.view_functions[endpoint] = inside
    return client


def gets_in(client, door):
    method, address = door.split()
    for part in ("<path:filename>", "<month>"):
        address = address.replace(part, "2026-10")
    while "<" in address:
        address = address[:address.index("<")] + named("etellerandet") + address[address.index(">") + 1:]
    answer = client.open(address, method=method)
    if answer.data == b"inde":
        return True
    refused = {401, 403} if address.startswith("/api/") else {302, 404}
    assert answer.status_code in refused, (door, answer.status)
    return False


@pytest.mark.parametrize("letter", "-ACSERD")
def test_every_door_opens_to_whom_it_should_and_to_nobody_else(app, letter):
    client = emptied(app, STAFF.get(letter, NOBODY))
    wrong = [door for door, who in CELLS.items() if gets_in(client, door) != (letter in who)]
    assert wrong == []


def test_every_door_of_the_house_stands_in_the_table(app):
    assert set(doors(app)) == set(CELLS)


def test_the_table_knows_every_role():
    assert set(STAFF.values()) == set(code_list("role").codes)


@pytest.mark.parametrize("letter", "CDS")
def test_a_door_left_ajar_is_noticed(app, letter, monkeypatch):
    """Else the first test says nothing."""
    monkeypatch.setattr(app.view_functions["coordinator.start"], "admitted", frozenset({"STEERING"}))
    assert gets_in(emptied(app, STAFF[letter]), "GET /kontor/") == (letter == "S")
