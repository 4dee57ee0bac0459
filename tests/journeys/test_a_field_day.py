"""The day of domain.md 3.1 on a slow phone, with no net from 9.20 to 15.00: as few taps as 3.2 says, and each thing once with the office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from app.clock import COPENHAGEN
from app.ledger.pull import pull
from tests.browser import Phone, until
from tests.journeys.course_day import CourseDay
from tests.journeys.demo_day import Day, day_in
from tests.journeys.handset import Handset
from tests.journeys.meeting import code_of, new_citizen
from tests.journeys.office import Office, difference, handed_out

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]
ABSENT = 2
LIMITS = {  # domain.md 3.2: taps, beside the five characters of a code
    "visit": 3, "closed": 2, "handout": 2, "anonymous talk": 3, "talk, known citizen": 8, "talk, new citizen, after consent": 8,
    "consent withdrawn": 3, "enrol in course": 4, "attendance, 12 persons": 1 + ABSENT, "undo": 1}
MADE = {  # what the office must have of it, beside the hours
    "visit": 3, "talk": 3, "next_step": 2, "citizen": 1, "information_given": 1, "consent_event": 2, "enrolment": 1, "attendance_mark": 12,
    "stock_move": 1, "outcome": 1, "contact_log": 1, "planned_visit": 3}


def clock(hour: int, minute: int = 0) -> datetime:
    """A Monday, when every practice may be visited."""
    return datetime(2026, 11, 2, hour, minute, tzinfo=COPENHAGEN)


class FieldDay:
    """Signe's phone, four times slower than the machine it runs on, and what each thing cost her."""

    def __init__(self, phone: Handset) -> None:
        self.phone, self.page, self.taps = phone, phone.page, Counter[str]()
        self.page.set_viewport_size({"width": 390, "height": 844})
        phone.context.new_cdp_session(self.page).send("Emulation.setCPUThrottlingRate", {"rate": 4})

    def at(self, hour: int, minute: int = 0) -> None:
        self.page.evaluate("moment => { hand.later += moment - Date.now() }", clock(hour, minute).timestamp() * 1000)
        self.phone.today()

    @contextmanager
    def costs(self, action: str) -> Iterator[None]:
        """What is done inside is part of that action; nothing is typed on a keyboard."""
        before = self.phone.hand()
        yield
        after = self.phone.hand()
        assert after["keys"] == before["keys"], action
        self.taps[action] += after["taps"] - before["taps"]

    def card(self, practice: str) -> Locator:
        return self.page.locator(".place", has=self.page.locator(f"a[href='#/praksis/{practice}']"))

    def save(self) -> None:
        """Gem, and the form is gone; an earlier message says nothing of this one."""
        self.phone.button("Gem").click()
        expect(self.phone.button("Gem")).to_have_count(0)
        self.phone.says("Gemt på telefonen")

    def waits(self, kind: str, count: int = 1) -> None:
        until(lambda: sum(row["kind"] == kind for row in self.phone.outbox()) == count, f"{count} {kind} on the disk", 60)

    def talk(self, code: str) -> None:
        """From I dag, with a code from the card: one topic, one step, Gem."""
        self.phone.button("Ny registrering").click()
        self.phone.button("Samtale").click()
        self.page.get_by_label("Kode").fill(code[2:])
        self.page.locator("a[href^='#/samtale/ny/']", has_text=code).click()
        self.phone.chip("Emner", "Fremtid og mål").click()
        self.phone.chip("Næste skridt", "Ny samtale").click()
        self.save()


@pytest.fixture
def patient() -> Iterator[None]:
    """A phone as slow as this one is waited for."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def day(demo, tmp_path) -> Iterator[Day]:  # type: ignore[no-untyped-def]
    """The server on that Monday at 7.45."""
    day = day_in(tmp_path / "state", demo)
    day.turn_to(clock(7, 45))
    day.start()
    yield day
    if day.runs:
        day.kill()


@pytest.fixture
def course_day(day: Day) -> Iterator[CourseDay]:
    course_day = CourseDay(day)
    yield course_day
    course_day.db.close()


def seen_by_the_office(course_day: CourseDay) -> dict[str, list[str]]:
    """Kind → ids, as the coordinator's account is shown them by the server."""
    found: dict[str, list[str]] = {}
    for change in pull(course_day.db, course_day.people["BST"], None, 100_000, clock(15))["changes"]:
        if "gone" not in change:
            found.setdefault(change["kind"], []).append(change["id"])
    return found


@pytest.mark.usefixtures("patient")
def test_a_whole_day_costs_the_taps_it_may_and_reaches_the_office_once(
        new_phone: Callable[..., Handset], day: Day, course_day: CourseDay, office: Office) -> None:
    before = handed_out(office.file("2026-11"))
    run = course_day.run(seats=12)
    session = course_day.session(run, clock(13))
    for _ in range(12):
        course_day.enrol("SHL", course_day.citizen("SHL"), run)
    known = course_day.code(course_day.citizen("SHL"))
    doubtful = course_day.citizen("SHL", "JOBCENTER_SHARE")
    called = course_day.citizen("SHL", "FOLLOW_UP", "EVALUATION")
    the = FieldDay(phone := new_phone("signe"))
    was = seen_by_the_office(course_day)

    practices = morning_in_the_office(the, called, course_day)
    day.kill()
    doctor_and_drizzle(the, practices, known)
    noon(the, practices, doubtful, course_day.code(doubtful))
    attendance(the, session)
    the.at(15)
    phone.show("tid")
    phone.button("Gem tiden").click()
    phone.says("Tiden er gemt")
    waiting = phone.outbox()

    day.turn_to(clock(15, 5))
    day.start()
    all_received(phone, len(waiting))
    each_once(course_day, office, was)
    plans_went_on(course_day, practices)
    assert difference(before, handed_out(office.file("2026-11"))) == {("PATIENT_FLYER", "da"): 10}
    assert the.taps.keys() == LIMITS.keys()
    assert {action: taps for action, taps in the.taps.items() if taps > LIMITS[action]} == {}


def morning_in_the_office(the: FieldDay, called: str, course_day: CourseDay) -> list[str]:
    """7.45 and phone hours: what the day holds, a follow-up call, a call instead of a letter; the ids of three practices."""
    phone = the.phone
    expect(phone.page.locator(".state-row")).to_contain_text("Alt gemt")
    expect(phone.page.get_by_role("heading", name="Kursus i dag")).to_be_visible()
    practices = [str(link.get_attribute("href")).rpartition("/")[2] for link in phone.cards().locator("h3 a").all()[:3]]
    assert len(practices) == 3
    the.at(8, 10)
    phone.show(f"opfoelgning/{called}")
    phone.chip("Hvordan går det?", "Deltid/småjob").click()
    phone.button("Gem").click()
    phone.says("Deltid")
    phone.show(f"praksis/{practices[2]}")
    phone.link("Log kontakt").click()
    phone.chip("I stedet for brev?", "Ja").click()
    the.save()
    plans(the, practices)
    the.at(9, 15)
    phone.send()
    return practices


def plans(the: FieldDay, practices: list[str]) -> None:
    """A practice that was rung will have her today, another tomorrow; that is moved to Thursday and then called off."""
    phone = the.phone
    plan(the, practices[0], "Planlæg besøg", clock(0))
    the.at(8, 40)
    expect(the.card(practices[0])).to_contain_text("Planlagt i dag")
    plan(the, practices[2], "Planlæg besøg", clock(0) + timedelta(days=1))
    plan(the, practices[2], "Flyt tirs. 3. nov.", clock(0) + timedelta(days=3))
    phone.button("Aflys tors. 5. nov.").click()
    phone.says("Aflyst")


def plan(the: FieldDay, practice: str, button: str, day: datetime) -> None:
    phone = the.phone
    phone.show(f"praksis/{practice}")
    phone.button(button).click()
    phone.page.get_by_role("dialog").locator("summary").click()
    phone.page.get_by_label("En anden dag").fill(day.date().isoformat())
    phone.page.get_by_role("dialog").get_by_role("button", name="Gem").click()
    phone.says(f"{day.day}. nov.")


def doctor_and_drizzle(the: FieldDay, practices: list[str], known: str) -> None:
    """9.40: arrived, a new citizen told and asked; outside, the visit and the talks. 11.10: a closed door."""
    phone = the.phone
    the.at(9, 40)
    with the.costs("visit"):
        the.card(practices[0]).get_by_role("button", name="Ankommet").click()
        phone.says("Ankommet kl. 9.40")
    the.at(9, 45)
    citizen = new_citizen(phone, "Gemme korte noter")
    code = code_of(phone, citizen)
    the.at(10, 35)
    with the.costs("visit"):
        the.card(practices[0]).get_by_role("link", name="Log besøg").click()
        the.save()
    phone.today()
    with the.costs("talk, new citizen, after consent"):
        the.talk(code)
    phone.today()
    with the.costs("talk, known citizen"):
        the.talk(known)
    phone.today()
    with the.costs("anonymous talk"):
        phone.button("Ny registrering").click()
        phone.button("Anonym samtale").click()
        phone.button("Gem").click()
        phone.says("Anonym samtale gemt")
    the.at(11, 10)
    with the.costs("closed"):
        the.card(practices[1]).get_by_role("button", name="Lukket").click()
        phone.page.get_by_role("dialog").get_by_role("button", name="Lukket").click()
        phone.says("Nyt forsøg")


def noon(the: FieldDay, practices: list[str], doubtful: str, code: str) -> None:
    """12.15: a wrong tap taken back, ten flyers, the visit; a seat on a course, and a consent withdrawn."""
    phone = the.phone
    the.at(12, 15)
    with the.costs("handout"):
        the.card(practices[2]).locator("h3 a").click()
        phone.button("Folder +10").click()
        phone.says("Gemt på telefonen")
    with the.costs("undo"):
        phone.button("Fortryd").click()
        phone.says("Fortrudt")
    the.waits("stock_move", 0)
    phone.button("Folder +10").click()
    the.waits("stock_move")
    the.at(12, 50)
    with the.costs("visit, the second"):
        the.card(practices[2]).locator("h3 a").click()
        phone.link("Log besøg").click()
        the.save()
    assert the.taps.pop("visit, the second") <= LIMITS["visit"]
    phone.today()
    with the.costs("enrol in course"):
        phone.button("Ny registrering").click()
        phone.button("Tilmelding").click()
        phone.page.get_by_label("Kode").fill(code[2:])
        phone.page.locator(".chip-button", has_text=code).click()
        phone.button("Tilmeld").click()
        phone.says("Foreløbig")
    phone.show(f"borger/{doubtful}")
    with the.costs("consent withdrawn"):
        phone.link("Træk samtykke tilbage").click()
        phone.chip("Hvad trækker borgeren tilbage?", "Dele med jobcentret").click()
        phone.button("Træk tilbage").click()
        phone.says("Trukket tilbage")


def attendance(the: FieldDay, session: str) -> None:
    """13.00, in a basement: twelve on the list, two of them absent; a wet finger taps Gem twice."""
    phone = the.phone
    the.at(13)
    phone.page.locator(f"a[href='#/fremmoede/{session}']").click()
    expect(phone.page.locator(".person")).to_have_count(12)
    with the.costs("attendance, 12 persons"):
        for absent in range(ABSENT):
            phone.page.locator(".person").nth(absent).click()
        phone.button("Gem").dblclick()
        phone.says("10 mødt, 2 ikke mødt")
        the.waits("attendance_mark", 12)
    the.taps["attendance, 12 persons"] -= 1
    assert len([row for row in phone.outbox() if row["kind"] == "course_session"]) == 1


def all_received(phone: Phone, waited: int) -> None:
    """Sent at a tap, for after a day without net the next try of its own may be five minutes off; "alt modtaget" is the server's own count."""
    phone.show("status")
    phone.button("Send nu").click()
    until(lambda: not phone.outbox(), "all is sent", 60)
    receipt = phone.page.locator(".receipt-all")
    expect(receipt).to_be_visible()
    got, of = receipt.inner_text().partition(" modtaget")[0].split(" af ")
    assert got == of and int(of) >= waited
    assert not phone.notebook()["tray"]


def plans_went_on(course_day: CourseDay, practices: list[str]) -> None:
    """What was planned for today was arrived at and became the visit; what was moved and called off is just that."""
    made = {(str(row["planned_on"]), row["status"]): row for practice in (practices[0], practices[2])
            for row in course_day.rows("planned_visit", practice_id=practice) if str(row["planned_on"]) >= "2026-11-02"}
    assert {("2026-11-02", "LOGGED"), ("2026-11-03", "MOVED"), ("2026-11-05", "CANCELLED")} <= made.keys()
    kept = made["2026-11-02", "LOGGED"]
    visit, = course_day.rows("visit", id=str(kept["visit_id"]))
    assert visit["practice_id"] == practices[0] and str(kept["arrived_at"])[:16] == str(visit["occurred_at"])[:16]


def each_once(course_day: CourseDay, office: Office, was: dict[str, list[str]]) -> None:
    """Every record is new to the office once, and its page of visits has a line for each visit."""
    now = seen_by_the_office(course_day)
    assert all(len(ids) == len(set(ids)) for ids in now.values())
    new = {kind: sorted(set(ids) - set(was.get(kind, []))) for kind, ids in now.items()}
    assert {kind: len(ids) for kind, ids in new.items() if ids and kind != "time_entry"} == MADE
    assert new["time_entry"]
    office.enter()  # her desk was left alone all day
    office.open("/besoeg")
    for visit in new["visit"]:
        assert office.page.locator(f"main a[href='/kontor/besoeg/{visit}']").count() == 1
