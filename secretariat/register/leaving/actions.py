"""Writes of more than one step: letting a party withdraw on its day, and an appointment with its checklists."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import transaction

from secretariat.core import journal
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.plain.dates import local_day, long_date
from secretariat.register.leaving.models import DAY_FIXED, CheckItem, LastResort, Leaving, Side
from secretariat.register.leaving.procedure import CHECKLISTS, EXITS
from secretariat.register.procedure import PARTIES

CHECKLIST_FILE: Final = Path(__file__).with_name("checklists.toml")


def withdraw(leaving: Leaving, *, by: Person | None, at: datetime, recorded: datetime) -> None:
    """Lets the party leave on the day that the Board fixed and closes the exit, all or nothing (rule EXIT-1).

    Raises Refused before that day, or while something is outstanding.
    """
    if leaving.state != DAY_FIXED or leaving.day is None:
        raise Refused("The Board has not fixed the day on which the party leaves.")
    if leaving.day > local_day(at):
        raise Refused(f"The party leaves on {long_date(leaving.day)}; that day has not come.")
    with transaction.atomic():
        PARTIES.take("withdraw", leaving.party, by=by, at=at, recorded=recorded,
                     day=leaving.day, reason="Withdrew at its own wish", note="")  # fmt: skip
        EXITS.take("close", leaving, by=by, at=at, recorded=recorded)


def appoint(event: LastResort, *, by: Person | None, at: datetime, recorded: datetime) -> LastResort:
    """Enters the appointment of a Supplier of Last Resort with its three checklists (rule EXIT-5).

    Raises Refused for a day that has not come.
    """
    if event.appointed_on > local_day(at):
        raise Refused(f"{long_date(event.appointed_on)} has not come yet.")
    told = tomllib.loads(CHECKLIST_FILE.read_text(encoding="utf-8"))
    with transaction.atomic():
        journal.enter(event, by=by, at=at, recorded=recorded)
        for side in Side:
            for position, text in enumerate(told[side.value], start=1):
                item = CheckItem(event=event, side=side, position=position, text=text)
                CHECKLISTS.take("list", item, by=by, at=at, recorded=recorded)
    return event
