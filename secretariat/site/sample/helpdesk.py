"""The sample's helpdesk at work, all invented: some open enquiries of March with what was said, and templates."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from secretariat.core import journal
from secretariat.helpdesk.actions import link, say
from secretariat.helpdesk.desk.models import ReplyTemplate
from secretariat.helpdesk.models import OPEN, Channel, Enquiry, Sort
from secretariat.helpdesk.procedure import ENQUIRY
from secretariat.site.sample.crew import RECORDED, Crew, told

AGENT, COLLEAGUE = "helpdesk.agent", "change.analyst"
TEMPLATES = (
    (
        "We have asked a colleague",
        "Dear [[name]],\n\nThank you for your enquiry [[number]] of [[received]]. We have asked a colleague, and answer"
        " by [[answer by]].\n",
    ),
    (
        "Which organisation?",
        "Dear [[name]],\n\nThank you for your enquiry [[number]]. Which organisation do you write for? We can then look"
        " at what its contacts told us.\n",
    ),
    (
        "How many enquiries we get",
        "Dear [[name]],\n\nIn February 2020 the helpdesk was sent [[helpdesk_emails@2020-02]] e-mails.\n",
    ),
)
ASKERS = ("Sample Enquirer One", "Sample Enquirer Two", "Sample Enquirer Three", "Sample Enquirer Four")
QUESTION = (
    "Hello,\n\nCould you tell us where this stands, and what we have to do ourselves?\n\n-- \n{name}\n{organisation}\n"
)
ANSWER = "Thank you. On which date did you write to us first, and to which mailbox?\n\n> Could you tell us where this"
LATER = "It was last week, by the form on your site.\n\n> On which date did you write to us first?"


def enter(crew: Crew) -> None:
    """Enters the templates, then gives some open enquiries their words and the turns that they took."""
    for title, body in TEMPLATES:
        template = ReplyTemplate(title=title, body=body, recorded=RECORDED, invented=True)
        journal.enter(template, **told(crew[AGENT], RECORDED))
    rows = Enquiry.objects.filter(state=OPEN, channel=Channel.EMAIL, follows=None).order_by("-received", "-pk")
    newest = list(rows.select_related("party")[: len(ASKERS) + 1])
    for enquiry, name in zip(newest, ASKERS, strict=False):
        _begin(crew, enquiry, name)
    asked, heard, handed, referred, merged = newest
    _asked(crew, asked)
    _asked(crew, heard)
    _said(crew, heard, Sort.IN, LATER, 90)
    _handed_over(crew, handed)
    _referred(crew, referred)
    ENQUIRY.take("merge", merged, into=asked.number, **_when(crew, merged, 150))


def _begin(crew: Crew, enquiry: Enquiry, name: str) -> None:
    """Who asked, and in which words."""
    address = f"{name.lower().replace(' ', '.')}@example.org"
    journal.amend(enquiry, {"enquirer": name, "address": address}, **_when(crew, enquiry, 1))
    text = QUESTION.format(name=name, organisation=enquiry.organisation)
    sender = {"from_name": name, "from_address": address, "subject": enquiry.subject}
    say(enquiry, Sort.IN, text, **sender, **_when(crew, enquiry, 1))


def _said(crew: Crew, enquiry: Enquiry, sort: Sort, text: str, minutes: int) -> None:
    ours = {"to": enquiry.address} if sort == Sort.OUT else {"from_name": enquiry.enquirer}
    say(enquiry, sort, text, subject=enquiry.subject, **ours, **_when(crew, enquiry, minutes))


def _asked(crew: Crew, enquiry: Enquiry) -> None:
    _said(crew, enquiry, Sort.OUT, ANSWER, 30)
    ENQUIRY.take("ask", enquiry, **_when(crew, enquiry, 30))


def _handed_over(crew: Crew, enquiry: Enquiry) -> None:
    note, when = "The question is one of legal text.", _when(crew, enquiry, 40)
    ENQUIRY.take("hand_over", enquiry, team="change", person=crew[COLLEAGUE].pk, note=note, **when)
    if enquiry.party is not None:
        link(enquiry, enquiry.party, "It writes for this party.", **_when(crew, enquiry, 41))


def _referred(crew: Crew, enquiry: Enquiry) -> None:
    say(enquiry, Sort.NOTE, "Only the DCC can say when the change is made.", **_when(crew, enquiry, 50))
    ENQUIRY.take("refer", enquiry, whom="The DCC", **_when(crew, enquiry, 51))


def _when(crew: Crew, enquiry: Enquiry, minutes: int) -> dict[str, Any]:
    """So many minutes after it came in, and never after the sample was recorded."""
    at: datetime = min(enquiry.received + timedelta(minutes=minutes), RECORDED)
    return told(crew[AGENT], at)
