"""What a citizen says to each of the eight purposes, one at a time, and what is taken back later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.demo.citizen import Citizen
from app.demo.dice import Dice
from app.rules.calendar import working_day_from
from app.rules.consent import DAYS, USUAL_DAYS

# Purpose → (says yes, says no); the rest are not asked.
SHARES = {"JOBCENTER_SHARE": (0.46, 0.2), "FOLLOW_UP": (0.63, 0.12), "GP_EXCHANGE": (0.45, 0.05), "THIRD_PARTY": (0.06, 0.02)}
EVALUATION = {True: (0.78, 0.1), False: (0.16, 0.25)}  # by the answer about being called
AT_STUEGANG = (0.4, 0.15)  # asked only where doctors and municipality meet
FORMS = {"WRITTEN_PAPER": 62, "SCREEN_SIGNED": 24, "ORAL_NOTED": 14}
TAKES_ONE_BACK, TAKES_ALL_BACK = 0.05, 0.03
STUEGANG_STORY = date(2026, 10, 6)  # the day before a stuegang somebody takes the yes to it back


def answers(citizen: Citizen, dice: Dice) -> None:
    """Fills the citizen's answers in the order they are sent; `quits` when everything is taken back."""
    day, form = citizen.index_on, dice.pick(FORMS)
    told = {"TALK_RECORD": "GIVEN"} | {scope: _said(shares, dice) for scope, shares in SHARES.items()}
    told["EVALUATION"] = _said(EVALUATION[told["FOLLOW_UP"] == "GIVEN"], dice)
    if citizen.first.practice.data.get("stuegang"):
        told["STUEGANG"] = _said(AT_STUEGANG, dice)
    for scope, said in told.items():
        if said:
            citizen.answers.append(event(citizen, scope, said, day, dice, "WRITTEN_PAPER" if scope == "GP_EXCHANGE" else form))
    _taken_back(citizen, dice)


def event(citizen: Citizen, scope: str, said: str, day: date, dice: Dice, form: str = "ORAL_NOTED") -> dict[str, Any]:
    """A consent event as it is written, with its id."""
    until = day + timedelta(days=DAYS.get(scope, USUAL_DAYS)) if said == "GIVEN" else None
    return {"id": dice.id(citizen.first.start), "citizen_id": citizen.id, "scope": scope, "event": said, "form": form, "given_on": day.isoformat(),
            "valid_until": until.isoformat() if until else None, "text_version": "2026-11-1" if day >= date(2026, 11, 1) else f"{day.year}-01-1"}


def _said(shares: tuple[float, float], dice: Dice) -> str:
    yes, no = shares
    return dice.pick({"GIVEN": yes, "REFUSED": no, "": 1 - yes - no})


def _taken_back(citizen: Citizen, dice: Dice) -> None:
    given = [one["scope"] for one in citizen.answers if one["event"] == "GIVEN"]
    day = working_day_from(citizen.index_on + timedelta(days=dice.between(15, 150)))
    if dice.chance(TAKES_ALL_BACK):
        citizen.quits, back = day, given
    else:
        back = [dice.one_of(given[1:])] if len(given) > 1 and dice.chance(TAKES_ONE_BACK) else []
    citizen.answers += [event(citizen, scope, "WITHDRAWN", day, dice) for scope in back]


def before_stuegang(citizens: list[Citizen], dice: Dice) -> None:
    """The story: the newest citizen with a yes to stuegang takes it back the day before the meeting."""
    asked = [one for one in citizens if one.quits is None and one.known.date() < STUEGANG_STORY and one.may("STUEGANG", STUEGANG_STORY)]
    if asked:
        asked[-1].answers.append(event(asked[-1], "STUEGANG", "WITHDRAWN", STUEGANG_STORY, dice))
