"""The shell opens without signal, belongs to nobody, and stays small."""

import base64
import gzip
import hashlib
import json
import re

import pytest

from app.config import ROOT
from app.field import shell
from tests.world import PASSPHRASE

MOST_GZIPPED = 90_000
MOST_FIRST_LOAD = 250_000  # bytes: page, styles, scripts, fonts, icons and manifest, as they come down the wire


def precached(phone):
    script = phone.get("/service-worker.js").get_data(as_text=True)
    return json.loads(re.match(r"self\.__PRECACHE=(\[.*?\]);\n", script)[1])


def sri(content):
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def test_the_shell_is_the_same_page_for_signe_as_for_a_stranger(app, phone):
    stranger = phone.get("/").get_data()
    signe = app.test_client()
    answer = signe.post("/api/session", json={"email": "signe@demo.example", "password": PASSPHRASE})
    assert answer.status_code == 200
    page = signe.get("/")
    assert page.get_data() == stranger
    assert "Set-Cookie" not in page.headers
    for secret in (b"csrf", b"nonce", b"signe", b"SHL", b"token"):
        assert secret not in stranger


def test_the_shell_runs_no_script_of_its_own(phone):
    page = phone.get("/").get_data(as_text=True)
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|<style", page)


def test_every_file_on_the_list_is_served_with_the_hash_it_promises(phone):
    listed = precached(phone)
    for entry in listed:
        answer = phone.get(entry["url"])
        assert answer.status_code == 200, entry["url"]
        assert sri(answer.get_data()) == entry["integrity"], entry["url"]


def test_the_list_holds_all_the_phone_was_built_of_and_nothing_else(phone, built):
    urls = [entry["url"] for entry in precached(phone)]
    assert len(urls) == len(set(urls))
    assert {url.removeprefix("/static/dist/") for url in urls if url.startswith("/static/dist/")} == set(built["files"])
    assert {"/", "/manifest.webmanifest", "/static/icons/maskable-512.png"} <= set(urls)
    assert not [url for url in urls if url.startswith(("/api", "/kontor", "/log-ind"))]


def test_only_hashed_names_go_without_a_revision(phone):
    for entry in precached(phone):
        hashed = bool(re.search(r"-[A-Z0-9]{8}\.\w+$", entry["url"]))
        assert (entry["revision"] is None) == hashed, entry["url"]


def test_a_new_word_in_the_shell_is_a_new_revision(app, phone, monkeypatch):
    before = {entry["url"]: entry["revision"] for entry in precached(phone)}
    monkeypatch.setattr(shell, "html", lambda: "<!doctype html>andet")
    after = {entry["url"]: entry["revision"] for entry in precached(phone)}
    assert {url for url in before if before[url] != after[url]} == {"/"}


def test_the_worker_is_asked_for_anew_each_time(phone):
    answer = phone.get("/service-worker.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"


def test_the_kill_switch_takes_the_workers_place_while_the_file_is_there(app, phone):
    switch = app.config["SETTINGS"].state_dir / "stop-worker"
    switch.touch()
    stopped = phone.get("/service-worker.js").get_data(as_text=True)
    assert "unregister()" in stopped and "__PRECACHE" not in stopped
    assert "indexedDB" not in re.sub(r"/\*.*?\*/", "", stopped, flags=re.S)
    switch.unlink()
    assert "__PRECACHE" in phone.get("/service-worker.js").get_data(as_text=True)


def test_the_worker_is_short_and_knows_no_record():
    source = (ROOT / "service_worker" / "worker.ts").read_text()
    assert len(source.splitlines()) <= 120
    assert not re.search(r"indexedDB|/api/", source)
    assert re.findall(r"from '\.\./static/phone/([^']+)'", source) == ["line/deposit"], "sealed letters, and nothing of the notebook"
    assert "indexedDB" not in (shell.DIST / "worker.js").read_text("utf-8")


def test_hashed_files_stay_a_year_and_travel_packed(phone, built):
    url = f"/static/dist/{built['phone']['js']}"
    packed = phone.get(url, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in packed.headers["Vary"]
    assert "immutable" in packed.headers["Cache-Control"]
    plain = phone.get(url)
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.get_data()) == plain.get_data()


def test_the_first_load_is_small_enough_for_a_street_corner(built):
    assert sum(packed_size(name) for name in first_load(built["phone"]["js"])) <= MOST_GZIPPED


def test_what_comes_after_the_first_screen_is_kept_for_the_road_too(phone, built):
    later = {name for name in built["files"] if name.endswith(".js")} - first_load(built["phone"]["js"])
    assert later and {f"/static/dist/{name}" for name in later} <= {entry["url"] for entry in precached(phone)}


def test_all_that_the_first_screen_fetches_is_small_enough_too(phone, built):
    page = phone.get("/").get_data(as_text=True)
    named = set(re.findall(r'(?:href|src)="(/[^"]+)"', page))
    style = f"/static/dist/{built['phone']['css']}"
    fonts = {f"/static/dist/{name}" for name in built["files"] if name.endswith(".woff2")}
    scripts = {f"/static/dist/{name}" for name in first_load(built["phone"]["js"])}
    assert {style, f"/static/dist/{built['phone']['js']}"} <= named and fonts, "the page names its script and its styles"
    sent = {url: len(phone.get(url, headers={"Accept-Encoding": "gzip"}).get_data()) for url in {*named, *fonts, *scripts} - {"/"}}
    assert len(gzip.compress(page.encode(), 5)) + sum(sent.values()) <= MOST_FIRST_LOAD, sent


def first_load(script: str) -> set[str]:
    """The script and all that it cannot start without; what it fetches later is written import(…)."""
    found, coming = set(), {script}
    while coming:
        name = coming.pop()
        found.add(name)
        coming |= set(re.findall(r'(?:from|import)\s*"\./([^"]+)"', (shell.DIST / name).read_text("utf-8"))) - found
    return found


def packed_size(name: str) -> int:
    return len(gzip.compress((shell.DIST / name).read_bytes(), 9))


@pytest.mark.parametrize("state", ["well", "gone"])
def test_health_says_whether_the_database_can_be_written(app, phone, state):
    if state == "gone":
        with app.extensions["database"].write() as tx:
            tx.exec_driver_sql("DROP TABLE project")
    answer = phone.get("/healthz")
    assert (answer.status_code, answer.json) == ((200, {"ok": True}) if state == "well" else (503, {"ok": False}))


def test_health_changes_nothing(app, phone):
    with app.extensions["database"].read() as tx:
        before = tx.exec_driver_sql("SELECT * FROM project").all()
    phone.get("/healthz")
    with app.extensions["database"].read() as tx:
        assert tx.exec_driver_sql("SELECT * FROM project").all() == before
