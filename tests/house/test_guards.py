"""Nobody gets in by an open door that somebody forgot: a view without a guard cannot be reached."""

from __future__ import annotations

import pytest
from flask import Flask

from app import create_app
from app.guards import EVERYONE, SIGNED_IN, admit, admitted
from app.records.codes import code_list
from tests.world import settings

PUBLIC = {"static", "session.start", "session.end", "accounts.sign_in", "accounts.second_step",
          "accounts.sign_in_with_passkey", "accounts.sign_in_elsewhere", "accounts.back_from_elsewhere", "sync.hand_in", "sync.wiped"}


@pytest.fixture
def app(tmp_path) -> Flask:
    return create_app(settings(tmp_path))


def test_every_view_says_whom_it_admits(app):
    silent = [rule.endpoint for rule in app.url_map.iter_rules() if not admitted(app, rule.endpoint)]
    assert silent == []


def test_guards_name_only_roles_that_exist(app):
    known = {EVERYONE, SIGNED_IN, *code_list("role").codes}
    for rule in app.url_map.iter_rules():
        assert admitted(app, rule.endpoint) <= known, rule.endpoint


def test_only_the_shell_and_the_way_in_are_open_to_everyone(app):
    open_ = {rule.endpoint for rule in app.url_map.iter_rules() if EVERYONE in admitted(app, rule.endpoint)}
    assert {name for name in open_ if not name.startswith("field.")} <= PUBLIC


def test_a_view_without_a_guard_is_refused(app):
    app.add_url_rule("/glemt", "forgotten", lambda: "hemmeligt")
    answer = app.test_client().get("/glemt")
    assert answer.status_code == 403 and b"hemmeligt" not in answer.data


def test_a_guarded_view_is_reached_by_its_role_alone(app):
    app.add_url_rule("/kun", "only", admit("AUDITOR")(lambda: "hemmeligt"))
    answer = app.test_client().get("/kun")
    assert answer.status_code == 302 and b"hemmeligt" not in answer.data


def test_the_office_and_the_line_never_share_a_path(app):
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[0] in ("coordinator", "export"):
            assert rule.rule.startswith("/kontor")
        if rule.endpoint.split(".")[0] in ("sync", "session"):
            assert rule.rule.startswith("/api/")
