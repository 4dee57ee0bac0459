"""Forty strings that are typed through a day and may be nowhere but on the server: not on the phone's disk, in a log, an address, an export."""

from __future__ import annotations

import base64
import io
import secrets
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import until
from tests.journeys.demo_day import Day
from tests.journeys.handset import Handset
from tests.journeys.meeting import new_citizen
from tests.journeys.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def forms(word: str) -> Iterator[bytes]:
    """How a word may lie somewhere: as it is, in UTF-16, and in base64, wherever in the text it begins."""
    yield word.encode()
    yield word.encode("utf-16-le")
    for begin in range(3):
        whole = (len(word) - begin) // 3 * 3
        yield base64.b64encode(word[begin:begin + whole].encode())


def found_in(content: bytes, words: list[str]) -> list[str]:
    return [word for word in words if any(form in content for form in forms(word))]


def disk(profile: Path) -> dict[str, bytes]:
    """Every file of the browser: its database and log files, caches, history, service worker."""
    return {str(path.relative_to(profile)): path.read_bytes() for path in profile.rglob("*") if path.is_file()}


def unpacked(content: bytes) -> Iterator[bytes]:
    """Each file of an archive, and of the archives in it (a workbook is one)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            inner = archive.read(name)
            yield from unpacked(inner) if zipfile.is_zipfile(io.BytesIO(inner)) else (inner,)


def test_the_search_finds_a_word_however_it_lies() -> None:
    for before in range(3):
        lying = base64.b64encode(b"x" * before + b"kanariefugl og mere")
        assert found_in(b"..." + lying, ["kanariefugl"]), before
    assert found_in("kanariefugl".encode("utf-16-le"), ["kanariefugl"]) and not found_in(b"kanarie fugl", ["kanariefugl"])


def test_nothing_typed_through_a_day_is_found_outside_the_server(new_phone: Callable[..., Handset], day: Day, office: Office) -> None:
    words = ["kanarie" + "".join(secrets.choice("bdfgklmnprst") for _ in range(10)) for _ in range(40)]
    left, addresses = iter(words), []  # type: tuple[Iterator[str], list[str]]
    phone = new_phone("signe")
    phone.context.on("request", lambda request: addresses.append(request.url))
    practices = phone.cards().locator("h3 a").evaluate_all("all => all.map(one => one.hash.split('/')[2])")

    def write(place: str, count: int, label: str = "Note (frivillig)") -> None:
        phone.show(place)
        phone.page.get_by_label(label).first.fill(" ".join(next(left) for _ in range(count)))

    def save() -> None:
        phone.button("Gem").click()
        expect(phone.button("Gem")).to_have_count(0)
        phone.says("Gemt på telefonen")

    citizen = new_citizen(phone, "Gemme korte noter")
    write(f"samtale/ny/{citizen}", 6)
    save()
    for practice in practices[:2]:
        write(f"kontakt/{practice}", 7)
        save()
    phone.send()
    write("soeg", 3, "Søg i alt på telefonen")
    write("praksisser", 3, "Søg")
    day.kill()
    write(f"kontakt/{practices[0]}", 7)
    save()
    phone.show("mere")
    phone.button("Lås").click()
    for _ in range(2):
        phone.page.get_by_label("Adgangssætning").fill(next(left))
        phone.button("Lås op").click()
        expect(phone.page.get_by_text("Adgangssætningen passer ikke. Prøv igen.")).to_be_visible()
    phone.unlock()
    write(f"besoeg/ny/{practices[0]}", 5)
    until(lambda: phone.notebook().get("drafts"), "the draft is on the disk")
    assert next(left, None) is None and phone.outbox()
    phone.close()

    files = disk(phone.profile)
    name = "raadgiver-device"
    assert any(found_in(content, [name]) or name.encode("utf-16-be") in content for content in files.values()), "the notebook's files are among them"
    assert {name: found for name, content in files.items() if (found := found_in(content, words))} == {}
    assert found_in("\n".join(addresses).encode(), words) == [] and len(addresses) > 10
    assert found_in((day.folder / "server.log").read_bytes(), words) == []
    day.start()
    assert [found for content in unpacked(office.file("2026-10")) if (found := found_in(content, words))] == []
    kept = b"".join(path.read_bytes() for path in day.folder.glob("raadgiver.db*"))
    assert found_in(kept, words) == words[:20], "the server has what was sent, and nothing else"
