"""A load run: a thousand enquiries from receipt to answer, and figures that reconcile with what was done."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from secretariat.core import journal
from secretariat.core.figures import Records, Span
from secretariat.core.people import Role
from secretariat.helpdesk.actions import categorise, receive, say, split
from secretariat.helpdesk.desk.replying import ASK, Reply, newest, reply
from secretariat.helpdesk.figures import helpdesk_channels, helpdesk_emails
from secretariat.helpdesk.models import ANSWERED, Channel, Enquiry, Sort, categories
from secretariat.helpdesk.procedure import ENQUIRY
from secretariat.plain.dates import local_day
from secretariat.plain.months import Month
from secretariat.post.models import Message as SentMail
from tests.helpdesk.factories import NOON, keep, london, person, two_schemes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MANY = 1000


def test_a_thousand_enquiries_end_to_end_reconcile_with_the_monthly_tables() -> None:
    two_schemes()
    keep(date(2020, 1, 1))
    clerk = person(Role.SECRETARIAT, "helpdesk")
    dice = Random(1000)
    counted: Counter[tuple[str, str, str]] = Counter()
    done: Counter[str] = Counter()
    standing: Enquiry | None = None
    for number in range(MANY):
        received = london("2020-01-01 00:00") + timedelta(minutes=dice.randrange(59 * 24 * 60))
        known = list(categories(local_day(received)))
        channel = dice.choice(Channel.values)
        told: dict[str, Any] = {"by": clerk, "at": received, "recorded": NOON}
        one = Enquiry(channel=channel, category=dice.choice(known), received=received, subject=f"Question {number}")
        one.address = f"enquirer{number}@example.org"
        receive(one, **told)
        say(one, Sort.IN, "How?", **told | {"by": None})
        categorise(one, dice.choice(known), **told)
        counted[channel, Month.of(local_day(received)).iso, one.category.name] += 1
        standing = standing or one
        if one is not standing:
            done[handled(one, standing, dice, told)] += 1
    assert standing is not None
    reply(standing, Reply("To all of you.", seen=newest(standing)), by=clerk, at=NOON, recorded=NOON)
    assert Enquiry.objects.count() == MANY + done["split"]
    assert Enquiry.objects.filter(state=ANSWERED).count() == MANY + done["split"] - done["merged"]
    assert SentMail.objects.filter(enquiry_message__isnull=False).count() == MANY + done["asked"] - done["merged"]
    assert min(done[way] for way in ("asked", "split", "merged", "answered")) > 200
    for month in (Month(2020, 1), Month(2020, 2)):
        reconciled(month, counted)
    assert list(journal.verify()) == []


def handled(one: Enquiry, into: Enquiry, dice: Random, told: dict[str, Any]) -> str:
    """Works on an enquiry to its end, in one of four ways; one stands all the time, for others to be merged into."""
    way = dice.choice(("asked", "split", "merged", "answered"))
    if way == "merged":
        ENQUIRY.take("merge", one, into=into.number, **told)
        return way
    if way == "asked":
        reply(one, Reply("Which one?", ASK, seen=newest(one)), **told)
        say(one, Sort.IN, "That one.", **told | {"by": None})
    if way == "split":
        part = split(say(one, Sort.IN, "Another.", **told | {"by": None}), one.category, "Another", **told)
        ENQUIRY.take("close", part, reason="It was a thank you.", **told)
    reply(one, Reply("Dear enquirer, so: [[number]].", seen=newest(one)), **told)
    return way


def reconciled(month: Month, counted: Counter[tuple[str, str, str]]) -> None:
    """The tables tell for each category and channel what was entered, and each number opens to that many records."""
    emails, channels = helpdesk_emails.grid(Span.of(month)), helpdesk_channels.grid(Span.of(month))
    for row in emails.rows:
        if row.key != "total":
            cell = emails.cell(row.key, month.iso)
            assert cell.value == counted["email", month.iso, row.label]
            assert isinstance(cell.counted, Records)
            assert len(cell.counted.ids) == cell.value
    for channel in Channel.values:
        entered = sum(number for (by, when, _), number in counted.items() if (by, when) == (channel, month.iso))
        assert channels.cell(channel).value == entered
