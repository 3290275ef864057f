"""The yearly confirmation of Party Details, as tables; time alone asks, reminds, and ends it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms

from secretariat.core import journal
from secretariat.core.calendar import calendar
from secretariat.core.capacities import the_clock
from secretariat.core.journal import Entry
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.plain.dates import local_day
from secretariat.post import due
from secretariat.post.due import Due
from secretariat.register.contacts.applying import details_of
from secretariat.register.contacts.contact import Purpose, partys_own
from secretariat.register.contacts.rounds import (
    ASKED,
    CLOSED,
    CONFIRMED,
    LAPSED,
    OPEN,
    Confirmation,
    ConfirmationRound,
    answer_due,
    next_reminder,
)
from secretariat.register.models import Party
from secretariat.register.procedure import party_support

WAITING = (NEW, ASKED)


@rule("PTY-30, Section M6.2")
def the_round_is_this_years(round_: ConfirmationRound, at: datetime) -> bool:
    """The round of a year is opened in that year."""
    return round_.year == local_day(at).year


@rule("PTY-30, Section M6.2")
def everybody_has_answered_or_lapsed(round_: ConfirmationRound, at: datetime) -> bool:
    """A round is closed when every party has confirmed or its time has run out."""
    return not round_.confirmations.filter(state__in=WAITING).exists()


@rule("PTY-30, Section M6.2")
def its_round_is_open(confirmation: Confirmation, at: datetime) -> bool:
    """A party is asked while the round is open."""
    return confirmation.round.state == OPEN


@rule("PTY-30, Section M6.2")
def a_reminder_is_due(confirmation: Confirmation, at: datetime) -> bool:
    """A reminder goes out every so many Working Days, before the last day to confirm."""
    day = next_reminder(confirmation, calendar())
    return day is not None and day <= local_day(at)


@rule("PTY-30, Section M6.2")
def its_time_has_run_out(confirmation: Confirmation, at: datetime) -> bool:
    """The time to confirm runs until 17:00 on the last day."""
    return confirmation.due_on is not None and at > calendar().closing(confirmation.due_on)


@rule("PTY-32")
def it_has_a_main_contact(confirmation: Confirmation, at: datetime) -> bool:
    """A party confirms when its details name a main contact: ask for a change of details to name one."""
    return bool(confirmation.party.contacts.on(local_day(at)).serving(Purpose.MAIN).exists())


def _open(round_: ConfirmationRound, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Makes a row for every party, to be asked at the next tick; the DCC, a party in a class of its own, has none."""
    round_.opened_on = local_day(at)
    parties = Party.objects.on(round_.opened_on).filter(is_dcc=False)
    rows = Confirmation.objects.bulk_create(Confirmation(round=round_, party=party) for party in parties)
    journal.record_all(Entry("confirmation.enter", row, None, at, recorded) for row in rows)
    facts["parties"] = len(rows)


def _close(round_: ConfirmationRound, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    round_.closed_on = local_day(at)


def _ask(confirmation: Confirmation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    confirmation.asked_on = local_day(at)
    confirmation.due_on = answer_due(confirmation.asked_on)


def _remind(confirmation: Confirmation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """One reminder is sent, however many were missed while nothing ran."""
    working_days = calendar()
    while (day := next_reminder(confirmation, working_days)) is not None and day <= local_day(at):
        confirmation.reminders += 1


def _confirm(confirmation: Confirmation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    day = local_day(at)
    confirmation.confirmed_on = day
    confirmation.party.contacts.on(day).update(confirmed_on=day)
    details = details_of(confirmation.party)
    details.confirmed_on = day
    details.save()


ROUNDS = Procedure(
    "confirmation_round",
    ConfirmationRound,
    Step("open", NEW, OPEN, who=party_support, says="Open the round", rules=(the_round_is_this_years,), change=_open),
    Step("close", OPEN, CLOSED, who=the_clock, rules=(everybody_has_answered_or_lapsed,), change=_close),
)

CONFIRMATIONS = Procedure(
    "confirmation",
    Confirmation,
    Step("ask", NEW, ASKED, who=the_clock, rules=(its_round_is_open,), change=_ask),
    Step("remind", ASKED, None, who=the_clock, rules=(a_reminder_is_due,), change=_remind),
    Step("confirm", (ASKED, LAPSED), CONFIRMED, who=partys_own, says="Confirm our details", primary=True,
         rules=(it_has_a_main_contact,),
         facts={"all_is_right": lambda: forms.BooleanField(label="All details are right as they are shown")},
         change=_confirm),
    Step("lapse", ASKED, LAPSED, who=the_clock, rules=(its_time_has_run_out,)),
)  # fmt: skip


@due.register
def confirmations_due(at: datetime) -> Iterator[Due]:
    """The steps of open rounds that time causes: to ask, to remind, to let lapse, and to close the round."""
    working_days, day = calendar(), local_day(at)
    waiting = Confirmation.objects.filter(round__state=OPEN, state__in=WAITING).select_related("party", "round")
    for row in waiting.order_by("pk"):
        if row.state == NEW:
            yield Due(CONFIRMATIONS, "ask", row)
        elif row.due_on is not None and at > working_days.closing(row.due_on):
            yield Due(CONFIRMATIONS, "lapse", row)
        elif (reminder := next_reminder(row, working_days)) is not None and reminder <= day:
            yield Due(CONFIRMATIONS, "remind", row)
    unfinished = Confirmation.objects.filter(state__in=WAITING).values("round")
    for round_ in ConfirmationRound.objects.filter(state=OPEN).exclude(pk__in=unfinished):
        yield Due(ROUNDS, "close", round_)
