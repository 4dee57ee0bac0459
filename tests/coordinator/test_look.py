"""Every office page in a real browser: nothing for axe to find, nothing wider than the screen, nothing refused by the CSP."""

import os
import shutil
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert
from werkzeug.serving import make_server

from app import clock
from app.ledger.change import Change
from app.ledger.push import push, write
from app.ledger.tables import DEVICES
from app.rules.practice_compare import compare
from app.rules.practice_import import read_practices
from tests.world import NOW, PASSPHRASE, Phone, named, visit

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']"
FINDINGS = f"axe.run(document, {{runOnly: {RULES}}}).then(found => found.violations.map(v => v.id + ': ' + v.nodes[0].html))"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
FIXED = ["/kontor/", "/kontor/praksisser", "/kontor/praksisser?q=findes-ikke", "/kontor/praksisser/ny", "/kontor/praksisser/import", "/kontor/besoeg",
         "/kontor/afklaring", "/kontor/telefoner", "/kontor/samtaler", "/kontor/kurser", f"/kontor/kurser/{named('hold')}", "/kontor/materiale",
         f"/kontor/materiale/{named('oplag')}/optaelling", "/kontor/tid", "/kontor/findes-ikke", f"/kontor/praksisser/{named('halmtorvet')}",
         f"/kontor/praksisser/{named('halmtorvet')}/rettelse", f"/kontor/besoeg/{named('besøg')}", f"/kontor/besoeg/{named('besøg')}/rettelse",
         f"/kontor/besoeg/{named('besøg')}/sletning", f"/kontor/telefoner/{named('telefon')}/spaerring"]


@pytest.fixture
def busy(world):
    """A Monday with everything on it: twenty practices, two pages of visits, one of each thing to settle, a silent phone."""
    phone = Phone()
    plans = compare(read_practices((ROOT / "app/catalogue/demo/practices.csv").read_bytes()), {}, {}, clock.today())
    write(world.db, world.birthe, [Change("practice", named(plan.row.data["number"]), "create", plan.after) for plan in plans
                                   if plan.row.data["number"] not in ("P04", "P09", "P18")], NOW)
    many = [Change("visit", named(f"v{number}"), "create", visit(practice_id=named("P01"), occurred_at=f"2026-10-{number % 28 + 1:02}T08:00:00Z"))
            for number in range(60)]
    write(world.db, world.emre, many, NOW)
    push(world.db, world.signe, "telefon", [
        phone.create("visit", named("besøg"), visit()), phone.create("visit", named("forkert"), visit(minutes=999)),
        phone.create("visit", named("venter"), visit(practice_id=named("ukendt"))),
        phone.create("visit", named("dublet"), visit(occurred_at="2026-11-24T09:45:00.000Z"))], NOW)
    write(world.db, world.emre, [Change("visit", named("besøg"), "update", {"minutes": 30}, {"minutes": 20})], NOW)
    push(world.db, world.signe, "telefon", [phone.update("visit", named("besøg"), {"minutes": 25}, {"minutes": 20})], NOW)
    with world.db.write() as tx:
        tx.execute(insert(DEVICES).values(id=named("telefon"), project_id=world.project_id, user_id=named("signe"), name="Signes telefon",
                                          created_at=NOW, seen_at=NOW.replace(month=10), app_version="1.0.0", unsent=12))
    return world


@pytest.fixture
def address(app, busy):
    app.extensions.setdefault("revoke_device", lambda *_: True)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def chromium(playwright):
    program = os.environ.get("RAADGIVER_CHROMIUM") or shutil.which("chromium") or pytest.skip("ingen Chromium på maskinen")
    browser = playwright.chromium.launch(executable_path=program, args=QUIET)
    yield browser
    browser.close()


@pytest.mark.parametrize("width, theme", [(320, "dark"), (1280, "light")])
def test_every_page_is_fit_to_look_at(chromium, address, width, theme):
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" and "404" not in message.text else None)
    page.goto(address + "/log-ind")
    faults = _faults(page)
    page.fill("#email", "birthe@demo.example")
    page.fill("#passphrase", PASSPHRASE)
    page.click("main button")
    page.goto(address + "/kontor/afklaring")
    linked = [link.get_attribute("href") for link in page.query_selector_all("main th a")]
    for path in [*FIXED, *{link.split("/")[3]: link for link in linked}.values()]:
        page.goto(address + path)
        faults += [f"{path}: {fault}" for fault in _faults(page)]
    assert not faults + said


def _faults(page):
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.evaluate(AXE.read_text())
    return page.evaluate(FINDINGS) + [f"{wide} px for bred"] * (wide > 0)
