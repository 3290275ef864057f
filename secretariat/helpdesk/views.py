"""Pages of enquiries."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from secretariat.core.capacities import secretariat
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Who
from secretariat.helpdesk.actions import receive, say
from secretariat.helpdesk.desk.telling import linked, said, standing, who_asked
from secretariat.helpdesk.filters import EnquiryFilter
from secretariat.helpdesk.forms import EnquiryForm
from secretariat.helpdesk.models import WORKING, Channel, Enquiry, Sort
from secretariat.helpdesk.procedure import helpdesk_team
from secretariat.plain.dates import instant


class Enquiries(ListPage):
    """The list of enquiries."""

    model = Enquiry
    word, plural = "enquiry", "enquiries"
    filters = EnquiryFilter
    about = "Enquiries to the helpdesk by e-mail, telephone and online form."
    columns = (
        Column("number", "Number", "number"),
        Column("received", "Received", "received"),
        Column("channel", "Channel", "channel", lambda value: str(Channel(value).label)),
        Column("category", "Category", "category__name"),
        Column("subject", "Subject", "subject"),
        Column("organisation", "Organisation", "organisation"),
        Column("mailbox", "Mailbox", "mailbox"),
        Column("answered", "Answered", "answered"),
        class_column(),
    )
    link = "number"
    order = "-received"
    day = "received"
    enters: ClassVar[Who] = staticmethod(helpdesk_team)
    loads = "enquiries"


class EnquiryPage(RecordPage):
    """One enquiry."""

    model = Enquiry
    word, plural, key = "enquiry", "enquiries", "number"
    editors: ClassVar[Who] = staticmethod(helpdesk_team)

    def facts(self, record: Enquiry) -> list[Fact]:
        """Who asked what and when, when it was answered; and for the secretariat where it stands."""
        at = self.request.at
        staff = secretariat(reader(self.request), record, at)
        desk = [Fact("At the desk", f"Work on {record}", href=reverse("work", args=[record.number]))] if staff else []
        return [
            *who_asked(record),
            Fact("Subject", record.subject or "none"),
            Fact("Answered", instant(record.answered) if record.answered else "not yet"),
            *(standing(record, at) if staff and record.state in WORKING else []),
            *desk,
        ]

    def related(self, record: Enquiry) -> list[Related]:
        """What was said, what the enquiry is about, and the enquiries that belong together with it."""
        person, at = reader(self.request), self.request.at
        talk: list[tuple[Any, ...]] = [
            (instant(one.message.at), one.label, one.message.body) for one in said(record, person, at)
        ]
        about: list[tuple[Any, ...]] = [(named, link.reason) for link, named in linked(record, person, at)]
        others = (("followed_by", "Followed by", "No enquiry follows this one."),
                  ("merged", "Merged into it", "No other enquiry is merged into this one."),
                  ("split_off", "Split off it", "Nothing was split off it."))  # fmt: skip
        heads = ("Number", "Received", "Subject")
        return [
            Related("What was said", ("When", "What", "Words"), talk, "No words of it are kept here."),
            Related("About", ("Record", "Why"), about, "It is linked to no record that you may read."),
            *(Related(title, heads, _rows(getattr(record, name), person, at), none) for name, title, none in others),
        ]


def _rows(enquiries: Any, person: Person | None, at: datetime) -> list[tuple[Any, ...]]:
    """Some enquiries as rows, as far as a person may read them."""
    readable = enquiries.visible_to(person, at).order_by("received")
    return [(one, instant(one.received), one.subject) for one in readable]


class EnquiryEntry(EntryPage):
    """Receives an enquiry, or amends one: another category is an amendment."""

    model = Enquiry
    form_class = EnquiryForm
    word, plural, key = "enquiry", "enquiries", "number"
    who: ClassVar[Who] = staticmethod(helpdesk_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Gives the enquiry its number and takes the step that begins it."""
        receive(record, **told)
        if text := form.cleaned_data.get("said"):
            sort = {Channel.TELEPHONE: Sort.CALL, Channel.FORM: Sort.FORM}.get(record.channel, Sort.IN)
            say(
                record, sort, text, said_at=record.received, from_name=record.enquirer, from_address=record.address,
                subject=record.subject, **told,
            )  # fmt: skip
