"""Pages of enquiries."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related
from secretariat.core.procedure import Who
from secretariat.helpdesk.actions import receive
from secretariat.helpdesk.filters import EnquiryFilter
from secretariat.helpdesk.forms import EnquiryForm
from secretariat.helpdesk.models import Channel, Enquiry
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
        """Who asked what, when and by which channel, and when it was answered."""
        optional = [("Mailbox", record.mailbox), ("Subject", record.subject), ("Organisation", record.organisation)]
        links = [("Party", record.party), ("Follows", record.follows)]
        return [
            Fact("Received", instant(record.received), note=Channel(record.channel).label),
            Fact("Category", record.category.name),
            Fact("Answered", instant(record.answered) if record.answered else "not yet"),
            *(Fact(label, text) for label, text in optional if text),
            *(Fact(label, str(found), href=found.get_absolute_url()) for label, found in links if found),
        ]

    def related(self, record: Enquiry) -> list[Related]:
        """The enquiries that follow it."""
        rows: list[tuple[Any, ...]] = [
            (one.number, instant(one.received), one.subject) for one in record.followed_by.order_by("received")
        ]
        return [Related("Followed by", ("Number", "Received", "Subject"), rows, "No enquiry follows this one.")]


class EnquiryEntry(EntryPage):
    """Receives an enquiry, or amends one: another category is an amendment."""

    model = Enquiry
    form_class = EnquiryForm
    word, plural, key = "enquiry", "enquiries", "number"
    who: ClassVar[Who] = staticmethod(helpdesk_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Gives the enquiry its number and takes the step that begins it."""
        receive(record, **told)
