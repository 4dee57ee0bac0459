"""Five minutes on a Monday: Birthe settles one of each of the ten points, and each of them is then one shorter or says who has it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import update

from app.ledger.change import Change
from app.ledger.tables import RECORDS
from app.records.wire import instant_text
from tests.journeys.course_day import CourseDay
from tests.journeys.demo_day import MORNING, Day
from tests.journeys.office import Office
from tests.look.busy_day import busy
from tests.world import named

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
CLICKS = 45  # one every seven seconds
COUNT = "(() => { addEventListener('click', () => sessionStorage.setItem('clicks', Number(sessionStorage.getItem('clicks') ?? 0) + 1), true) })()"


@pytest.fixture
def untidy(day: Day) -> CourseDay:
    """One more of each thing that a Monday finds, beside what the demo has."""
    busy(day.database)
    course_day = CourseDay(day)
    run, last_week = course_day.run(seats=1), MORNING - timedelta(days=MORNING.weekday() + 5)
    course_day.session(run, last_week)
    course_day.enrol("SHL", course_day.citizen("SHL"), run)
    leaving = course_day.citizen("SHL")
    course_day.put("SHL", Change("next_step", named("mandag skridt"), "create", {
        "citizen_id": leaving, "step": "SELF_JOBCENTER", "responsible": "ADVISER", "due_on": (MORNING - timedelta(days=9)).date().isoformat(),
        "status": "OPEN"}))
    course_day.put("SHL", Change("consent_event", named("mandag samtykke"), "create", {
        "citizen_id": leaving, "scope": "GP_EXCHANGE", "event": "GIVEN", "form": "WRITTEN_PAPER",
        "given_on": (MORNING - timedelta(days=80)).date().isoformat(), "valid_until": (MORNING + timedelta(days=12)).date().isoformat()}))
    with course_day.db.write() as tx:
        batch = tx.execute(RECORDS["material_batch"].select()).mappings().first()
        tx.execute(update(RECORDS["practice"]).where(RECORDS["practice"].c.id == course_day.practice).values(interval_days=1))
    course_day.put("BST", Change("stock_move", named("mandag lager"), "create", {
        "batch_id": batch["id"], "move": "SCRAPPED", "quantity": 90_000, "from_place": "DEPOT", "to_place": "SCRAP",
        "occurred_at": instant_text(MORNING - timedelta(days=1))}))
    course_day.db.close()
    return course_day


class Monday:
    """The page with its ten points."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        page.add_init_script(COUNT)

    def point(self, number: int) -> Locator:
        return self.page.get_by_role("region").filter(has=self.page.locator(f"#punkt-{number}"))

    def open(self, number: int) -> Locator:
        if not re.search(r"/kontor/$", self.page.url):
            self.page.get_by_role("navigation", name="Kontor").get_by_role("link", name="Mandagslisten").click()
        expect(self.page.get_by_role("heading", level=1, name="Mandagslisten")).to_be_visible()
        return self.point(number)

    def waits(self, number: int) -> int:
        badge = self.open(number).locator("h2 .badge")
        return int(badge.inner_text()) if badge.count() else 0

    def button(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def said(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)


def test_one_of_each_of_the_ten_points_is_settled(office: Office, untidy: CourseDay, day: Day) -> None:
    monday, page = Monday(office.page, day.address), office.page
    office.open("/")
    before = {number: monday.waits(number) for number in range(2, 11)}
    assert all(before[number] for number in (2, 3, 4, 5, 6, 7, 8, 9, 10)), before

    monday.open(1).get_by_role("link", name="Besøg", exact=True).click()
    assert page.locator("main tbody tr").count() == int(re.search(r"(\d+) besøg", page.locator("main [role=status]").inner_text())[1])

    late = monday.open(2).get_by_role("link", name="Planlæg besøg").first
    practice = late.inner_text().rpartition(" hos ")[2]
    late.click()
    page.get_by_label("Rådgiver").select_option(label="Emre Bak Yildirim")
    monday.button("Planlæg besøg")
    monday.said("Besøget er planlagt til")
    assert monday.open(2).get_by_role("link", name=f"Planlæg besøg hos {practice}").count() == 0

    monday.open(3).get_by_role("link", name="Brugere og telefoner").click()
    page.get_by_role("row").filter(has_text="6 dage siden").get_by_role("link").last.click()
    page.get_by_label("Lås", exact=True).check()
    monday.button("Spær telefonen")
    assert monday.waits(3) == before[3] - 1

    monday.open(4).get_by_role("link", name="findes i to versioner").click()
    page.locator("main th a[href*='/versioner/']").first.click()
    page.locator("input[type=radio][value=mine]").first.check()
    page.locator("main form button").last.click()
    assert monday.waits(4) == before[4] - 1

    expiring = monday.open(5).get_by_role("link", name="udløber").first
    assert "Signe" in expiring.inner_text()
    code = expiring.inner_text().partition(":")[0]
    expiring.click()
    page.get_by_label("Rådgiver fra nu af").select_option(label="Emre Bak Yildirim")
    monday.button("Giv videre")
    monday.said("følger borgeren fra nu af")
    expect(monday.open(5).get_by_role("link", name=code).first).to_contain_text("Emre")

    monday.open(6).get_by_role("link", name="fremmøde mangler").first.click()
    page.get_by_role("link", name="Skriv fremmøde").first.click()
    page.get_by_label("Ikke mødt").first.check()
    monday.button("Gem fremmøde")
    assert monday.waits(6) == before[6] - 1

    monday.open(7).get_by_role("link", name="Det går ikke op").first.click()
    page.get_by_label("Hvor mange ligger der på lageret?").fill("1.200")
    monday.button("Gem optællingen")
    assert monday.waits(7) < before[7]

    monday.open(8).get_by_role("link", name="over tiden").first.click()
    page.locator("#skridt ~ .table-scroll tbody tr td a").first.click()
    page.get_by_label("Senest").fill(f"{MORNING + timedelta(days=6):%d-%m-%Y}")
    monday.button("Gem")
    assert monday.waits(8) == before[8] - 1

    monday.open(9).get_by_role("link", name="skal være lukket").first.click()
    if (reason := page.get_by_label("Begrundelse")).count():
        reason.fill("To telefoner er i værksted")
    monday.button("Luk september")
    monday.said("Som lukket")
    assert monday.waits(9) == before[9] - 1

    monday.open(10).get_by_role("link", name="Den venter på dig").first.click()
    monday.button("Godkend")
    assert monday.waits(10) == before[10] - 1
    assert int(page.evaluate("sessionStorage.getItem('clicks')")) <= CLICKS
