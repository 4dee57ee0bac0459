"""What a few advisers do all day on a handful of practices: write, change each other's visits, delete, hand out flyers."""

from __future__ import annotations

from random import Random

from tests.campaigns.phone import Phone
from tests.world import PRACTICES as PRACTICES_OF_THE_WORLD
from tests.world import named

PRACTICES = [named(key) for key in PRACTICES_OF_THE_WORLD]


def work(phone: Phone) -> None:
    """One to four things in a row."""
    for _ in range(phone.chance.randrange(1, 5)):
        phone.chance.choices((_write, _change, _remove, _hand_out, _slip), (10, 8, 2, 6, 1))[0](phone)


def _write(phone: Phone, minutes: int = 0) -> None:
    one_of = phone.chance.randrange
    moment = f"2026-{one_of(8, 11):02}-{one_of(1, 29):02}T{one_of(7, 16):02}:{one_of(60):02}:00.000Z"
    phone.make("create", "visit", phone.fresh_id(), {
        "practice_id": phone.chance.choice(PRACTICES), "occurred_at": moment, "minutes": minutes or phone.chance.randrange(5, 60),
        "mode": "IN_PERSON", "purpose": "REGULAR", "met_roles": ["DOCTOR"], "outcome": "COMPLETED"})


def _slip(phone: Phone) -> None:
    """A visit that no rule allows: it belongs in quarantine and in the tray, and delays nobody."""
    _write(phone, minutes=999)


def _change(phone: Phone) -> None:
    """Any visit the phone can see, also another adviser's: two at once make a conflict or a joined set."""
    id_ = _some_visit(phone)
    seen = phone.seen(("visit", id_)) if id_ else None
    if not id_ or seen is None:
        return _write(phone)
    changes = {"minutes": phone.chance.randrange(5, 60)}, {"met_roles": _roles(phone.chance)}, {"note": f"Ny tid {phone.chance.randrange(99)}"}
    set_ = phone.chance.choice(changes)
    phone.make("update", "visit", id_, set_, {name: seen.get(name) for name in set_})


def _remove(phone: Phone) -> None:
    id_ = _some_visit(phone)
    seen = phone.seen(("visit", id_)) if id_ else None
    if not id_ or seen is None:
        return _write(phone)
    phone.make("delete", "visit", id_, base=seen)


def _hand_out(phone: Phone) -> None:
    phone.make("create", "stock_move", phone.fresh_id(), {
        "batch_id": named("oplag"), "move": "HANDED_OUT", "quantity": phone.chance.randrange(1, 20), "from_place": "BAG", "to_place": "PRACTICE",
        "practice_id": phone.chance.choice(PRACTICES), "occurred_at": "2026-11-24T10:00:00.000Z"})


def _some_visit(phone: Phone) -> str | None:
    mine = [op["id"] for op in phone.outbox if op["kind"] == "visit" and op["action"] == "create"]
    ids = mine + [id_ for kind, id_ in phone.records if kind == "visit"]
    return phone.chance.choice(ids) if ids else None


def _roles(chance: Random) -> list[str]:
    return chance.sample(["DOCTOR", "NURSE", "SECRETARY"], chance.randrange(1, 4))
