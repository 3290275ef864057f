"""How a message goes out and how mail that came in finds its record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms

from secretariat.core import kinds
from secretariat.core.capacities import secretariat, the_clock
from secretariat.core.facts import a_line
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.references import find_references
from secretariat.post.bounces import LIFTED, NOTED
from secretariat.post.models import Bounce, Delivery, IncomingMail, Message

QUEUED, SENDING, SENT = Delivery.QUEUED.value, Delivery.SENDING.value, Delivery.SENT.value
UNCERTAIN, FAILED = Delivery.UNCERTAIN.value, Delivery.FAILED.value
WITHHELD, GIVEN_UP = Delivery.WITHHELD.value, Delivery.GIVEN_UP.value

# The process that was sending may report after another took it for lost; what it reports is certain.
IN_HAND = (SENDING, UNCERTAIN)
WORDS = {"words": a_line(required=False)}
NUMBERED = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,8}-[0-9]{1,9}(?![A-Za-z0-9])")


def _begin(message: Message, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    message.tries += 1
    message.not_before = None
    message.words = ""


def _sent(message: Message, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    message.sent = at


def _answered(message: Message, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    message.words = facts["words"]


def _defer(message: Message, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    first = RULEBOOK.number("post.first_wait_minutes", at)
    message.not_before = at + timedelta(minutes=first * 2 ** (message.tries - 1))
    message.words = facts["words"]


def _again(message: Message, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    message.tries = 0
    message.not_before = None


@rule("House rule: post.tries")
def has_tries_left(message: Message, at: datetime) -> bool:
    """The message has been tried as often as the rulebook allows."""
    return message.tries < RULEBOOK.number("post.tries", at)


MESSAGE = Procedure(
    "message",
    Message,
    Step("begin", QUEUED, SENDING, who=the_clock, change=_begin, says="Begin to send"),
    Step("send", IN_HAND, SENT, who=the_clock, change=_sent, says="Accepted by the mail server"),
    Step("refuse", IN_HAND, FAILED, who=the_clock, facts=WORDS, change=_answered, says="Refused"),
    Step(
        "defer",
        IN_HAND,
        QUEUED,
        who=the_clock,
        rules=(has_tries_left,),
        facts=WORDS,
        change=_defer,
        says="Put off",
    ),
    Step("lose", SENDING, UNCERTAIN, who=the_clock, facts=WORDS, change=_answered, says="Lost sight of"),
    Step("withhold", QUEUED, WITHHELD, who=the_clock, facts=WORDS, change=_answered),
    Step("resend", (UNCERTAIN, FAILED), QUEUED, who=secretariat, change=_again, says="Send again", primary=True),
    Step("give_up", (UNCERTAIN, FAILED, QUEUED), GIVEN_UP, who=secretariat, says="Give up"),
)

UNMATCHED, MATCHED, SET_ASIDE = "unmatched", "matched", "set aside"


def secretariat_or_clock(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat; on arrival, time alone."""
    return the_clock(person, record, at) or secretariat(person, record, at)


def references_in(text: str) -> list[str]:
    """The references in a text: of meetings, papers and proposals, and numbers in the manner of ENQ-001234."""
    return [*(str(reference) for _, _, reference in find_references(text)), *NUMBERED.findall(text)]


def records_named(text: str) -> list[Any]:
    """The different records that the references in a text name; references that name nothing are passed over."""
    named = (record for word in references_in(text) for record in kinds.find(word))
    return list({(kind_of(record), record.pk): record for record in named}.values())


@rule("House rule: one mail, one record")
def reference_names_one_record(mail: IncomingMail, at: datetime, facts: Mapping[str, Any]) -> bool:
    """No single record has this reference. Check it, or find the record and copy its reference."""
    return len(_named(facts["reference"])) == 1


def _named(reference: str) -> list[Any]:
    return records_named(reference) or kinds.find(reference)


def _match(mail: IncomingMail, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    record = _named(facts["reference"])[0]
    mail.reference, mail.kind, mail.record_id = facts["reference"], kind_of(record), record.pk


def _follow(mail: IncomingMail, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    mail.reference, mail.kind, mail.record_id = facts["reference"], facts["kind"], facts["record"]


@rule("House rule: a program's mail")
def is_taken_for_a_programs(mail: IncomingMail, at: datetime) -> bool:
    """The mail is taken for a person's already."""
    return mail.automatic


def _by_a_person(mail: IncomingMail, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    mail.automatic, mail.automatic_why = False, ""


def _unmatch(mail: IncomingMail, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    mail.reference, mail.kind, mail.record_id = "", "", None


INCOMING_MAIL = Procedure(
    "incoming mail",
    IncomingMail,
    Step("receive", NEW, UNMATCHED, who=the_clock),
    Step(
        "match",
        (UNMATCHED, MATCHED, SET_ASIDE),
        MATCHED,
        who=secretariat_or_clock,
        rules=(reference_names_one_record,),
        facts={"reference": a_line(60, help_text="Such as SECMP0046, SECP_78_1303_30 or ENQ-001234.")},
        change=_match,
        says="Match to a record",
        primary=True,
    ),
    Step(
        "follow",
        UNMATCHED,
        MATCHED,
        who=the_clock,
        facts={
            "reference": a_line(60, required=False),
            "kind": a_line(60),
            "record": forms.IntegerField,
        },
        change=_follow,
        says="Match as the mail it answers",
    ),
    Step(
        "vouch",
        (UNMATCHED, MATCHED, SET_ASIDE),
        None,
        who=secretariat,
        rules=(is_taken_for_a_programs,),
        change=_by_a_person,
        says="A person wrote it",
    ),
    Step("set_aside", (UNMATCHED, MATCHED), SET_ASIDE, who=secretariat, change=_unmatch),
)

BOUNCE = Procedure(
    "bounce",
    Bounce,
    Step("note", NEW, NOTED, who=the_clock),
    Step("lift", NOTED, LIFTED, who=secretariat, says="Send to this address again", primary=True),
)
