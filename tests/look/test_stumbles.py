"""What `stumbles` looks for, it sees: each fault planted on the screen where one signs in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.demo_day import Day
from tests.look.stumbles import stumbles, watch

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

# what is said → what is done to the screen
PLANTED = {
    "never stops moving": "h1.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 500, iterations: Infinity })",
    "moves in spite": "h1.style.setProperty('transition', 'opacity 2s', 'important')",
    "button without a name": "put('button')",
    "an icon is read aloud": "put('p', {}, '›')",
    "2 × link “Vis”": "put('a', { href: '#/a' }, 'Vis'); put('a', { href: '#/b' }, 'Vis')",
    "only a placeholder": "put('input', { placeholder: 'Kode' })",
    "a group without legend": "put('fieldset')",
    "a choice outside": "put('input', { type: 'radio', ariaLabel: 'Ja' })",
    "an error tied to nothing": "put('span', { className: 'form-error-message' }, 'Skriv et tal.')",
    "nothing says how": "email.setAttribute('aria-invalid', 'true')",
    "no place for messages": "foot.querySelector('[role=status]').removeAttribute('role')",
    "a message not said": "put('p', { className: 'message' }, 'Gemt')",
    "an error not said": "put('p', { className: 'alert alert-error' }, 'IKKE gemt')",
    "px sideways": "h1.style.width = '900px'",
    "cut off: Log ind": "Object.assign(button.style, { width: '4rem', marginLeft: '9rem', overflow: 'hidden', whiteSpace: 'nowrap' })",
    "cut off by the screen": "Object.assign(h1.style, { position: 'relative', left: '-4rem' })",
    "runs out of its box": "Object.assign(button.style, { minHeight: '0', height: '1rem' })",
    "overlap: ": "h1.style.marginBottom = '-5rem'",
    "column and foot overlap": "foot.style.marginTop = '-8rem'",
    "out of reach": "Object.assign(button.style, { position: 'fixed', top: '-99rem' })",
    "focus not seen": "button.style.outline = 'none'",
    "focus out of sight": "Object.assign(put('div').style, { position: 'fixed', inset: '0' })",
    "a stop that is none": "h1.tabIndex = 0",
    "goes up the page": "Object.assign(form.style, { display: 'flex', flexDirection: 'column-reverse' })",
    "another order": "passphrase.tabIndex = 1",
    "never reached": "button.tabIndex = -1",
    "a trap": "passphrase.addEventListener('keydown', event => event.preventDefault())",
    "does not hold": "put('dialog', { ariaLabel: 'Slet' }, 'Slet?').show()",
    "Escape does not close": "sheet().addEventListener('cancel', event => event.preventDefault())",
    "focus not given back": "sheet().addEventListener('close', () => email.focus())",
}
HANDS = """
  const [main, h1, form, email, passphrase, button, foot] = ['main', 'h1', 'form', '#email', '#passphrase', 'form button', '.foot']
    .map(one => document.querySelector(one))
  const put = (tag, given = {}, words = '') => {
    const one = Object.assign(document.createElement(tag), given)
    one.append(words)
    main.append(one)
    return one
  }
  const sheet = () => {
    button.focus()
    const one = put('dialog', { ariaLabel: 'Slet' })
    one.append(put('button', {}, 'Slet'))
    one.showModal()
    return one
  }
"""


@pytest.fixture(scope="module")
def phone_at_the_door(chromium: Browser, day: Day) -> Iterator[Page]:
    page = chromium.new_page(locale="da-DK", service_workers="block")
    page.goto(day.address)
    yield page
    page.close()


@pytest.fixture
def door(phone_at_the_door: Page) -> Page:
    """The screen as nobody has touched it."""
    phone_at_the_door.reload()
    expect(phone_at_the_door.get_by_role("heading", level=1, name="Log ind")).to_be_visible()
    watch(phone_at_the_door)
    return phone_at_the_door


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_stumbling_block_is_seen(door: Page, fault: str) -> None:
    door.evaluate(f"() => {{ {HANDS} {PLANTED[fault]} }}")
    assert any(fault in found for found in stumbles(door)), fault


def test_a_screen_without_any_has_none(door: Page) -> None:
    assert stumbles(door) == []
