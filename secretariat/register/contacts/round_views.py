"""Pages of the yearly confirmation of details."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse

from secretariat.core.capacities import anyone_signed_in, secretariat
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day, long_date
from secretariat.register.contacts.applying import details_of
from secretariat.register.contacts.contact import Purpose
from secretariat.register.contacts.details import OF_ITS_DETAILS, words
from secretariat.register.contacts.figures import standing_of
from secretariat.register.contacts.filters import ConfirmationFilter, ConfirmationRoundFilter
from secretariat.register.contacts.forms import ConfirmationRoundForm
from secretariat.register.contacts.procedure import own_or_party_support
from secretariat.register.contacts.rounds import Confirmation, ConfirmationRound
from secretariat.register.procedure import party_support


class ConfirmationRounds(ListPage):
    """The yearly rounds."""

    model = ConfirmationRound
    word, plural = "confirmation round", "confirmation rounds"
    filters = ConfirmationRoundFilter
    about = "Once a year every party is asked whether its details are still right."
    columns = (
        Column("year", "Year", "year", str),
        Column("opened", "Opened", "opened_on"),
        Column("closed", "Closed", "closed_on"),
        Column("state", "State", "state"),
    )
    order = "-year"
    day = "opened_on"
    who: ClassVar[Who] = staticmethod(secretariat)
    enters: ClassVar[Who | None] = staticmethod(party_support)


class ConfirmationRoundPage(RecordPage):
    """One round and how far it is."""

    model = ConfirmationRound
    word, plural = "confirmation round", "confirmation rounds"
    who: ClassVar[Who] = staticmethod(secretariat)

    def facts(self, record: ConfirmationRound) -> list[Fact]:
        """Its days, and how long parties have."""
        days = (("Opened", record.opened_on), ("Closed", record.closed_on))
        facts = [Fact(label, long_date(day)) for label, day in days if day]
        entry = RULEBOOK.entry("party.confirmation_wd", record.opened_on or local_day(self.request.at))
        facts.append(Fact("Time to confirm", f"{entry.value} Working Days, until 17:00", "", entry.doubt))
        return facts

    def related(self, record: ConfirmationRound) -> list[Related]:
        """How many parties are where."""
        told = [((state or "to be asked").capitalize(), number) for state, number in standing_of(record)]
        href = f"{reverse('confirmations')}?year={record.year}"
        return [Related("Parties", ("Where they are", "Parties"), told, "No party is in this round.", href)]


class ConfirmationRoundEntry(EntryPage):
    """Opens a round."""

    model = ConfirmationRound
    form_class = ConfirmationRoundForm
    word, plural = "confirmation round", "confirmation rounds"
    who: ClassVar[Who] = staticmethod(party_support)
    begins = "open"


class Confirmations(ListPage):
    """Parties' parts in the rounds."""

    model = Confirmation
    word, plural = "confirmation", "confirmations"
    filters = ConfirmationFilter
    about = "Which parties were asked to confirm their details, by when, and whether they did."
    empty = "There is no confirmation that you may read."
    columns = (
        Column("party", "Party", "party__name"),
        Column("year", "Year", "round__year", str),
        Column("asked", "Asked", "asked_on"),
        Column("due", "Confirm by", "due_on"),
        Column("reminders", "Reminders", "reminders", numeric=True),
        Column("confirmed", "Confirmed", "confirmed_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "due_on"
    order_words = "by the last day to confirm"
    day = "due_on"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)


class ConfirmationPage(RecordPage):
    """One party's part: all details on one page, to be confirmed or put right."""

    model = Confirmation
    word, plural = "confirmation", "confirmations"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def facts(self, record: Confirmation) -> list[Fact]:
        """What the party confirms, and by when."""
        facts = [Fact("Party", record.party.name, record.party.get_absolute_url())]
        if record.due_on and record.asked_on:
            entry = RULEBOOK.entry("party.confirmation_wd", record.asked_on)
            note = f"{entry.value} Working Days after {long_date(record.asked_on)}, until 17:00. {entry.doubt}"
            facts.append(Fact("Confirm by", long_date(record.due_on), "", note))
        facts += [Fact("Reminders sent", record.reminders)] if record.reminders else []
        facts += [Fact("Confirmed", long_date(record.confirmed_on))] if record.confirmed_on else []
        party, details = record.party, details_of(record.party)
        facts += [Fact("Legal name", party.name), Fact("Company number", party.company_number or "none")]
        facts += [Fact(label, words(getattr(details, name)) or "none") for name, label in OF_ITS_DETAILS.items()]
        if not own_or_party_support(reader(self.request), record, self.request.at):
            return facts
        change = reverse("change-details", args=[party.key])
        facts.append(Fact("Something is wrong?", "Ask to change the details", change))
        return [*facts, Fact("A contact is missing?", "Name a new contact", f"{change}?contact=new")]

    def related(self, record: Confirmation) -> list[Related]:
        """The contacts that are confirmed with it."""
        day = local_day(self.request.at)
        rows = record.party.contacts.on(day).visible_to(reader(self.request), self.request.at)
        told: list[tuple[Any, ...]] = [
            (row, row.name, row.email, row.telephone, "; ".join(str(Purpose(key).label) for key in row.purpose_keys))
            for row in rows.select_related("party")
        ]
        heads = ("Contact", "Name", "E-mail address", "Telephone", "For")
        return [Related("Contacts", heads, told, "No contact is named: name a main contact before you confirm.")]
