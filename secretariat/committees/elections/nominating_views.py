"""Pages of nominations and of expressions of interest."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from secretariat.committees.elections.actions import nominate, write_in
from secretariat.committees.elections.filters import InterestFilter, NominationFilter
from secretariat.committees.elections.forms import InterestForm, NominationForm
from secretariat.committees.elections.models import ACCEPTED, CONTESTED, RECEIVED, Interest, Nomination
from secretariat.committees.elections.nominating import who_wrote_or_stands
from secretariat.committees.seats.models import Constituency
from secretariat.committees.who import committees_team
from secretariat.core.capacities import anyone_signed_in, speaks_for
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Who
from secretariat.plain.dates import instant_words
from secretariat.register.parties import Party


def may_amend(person: Person | None, nomination: Nomination | None, at: datetime) -> bool:
    """Who wrote it or stands, until it is accepted; the committees team until the seats are settled."""
    if nomination is None or nomination.contest.state != CONTESTED:
        return False
    if committees_team(person, nomination, at):
        return nomination.state in (RECEIVED, ACCEPTED)
    in_time = at <= nomination.contest.call.closes_at
    return nomination.state == RECEIVED and in_time and who_wrote_or_stands(person, nomination, at)


class Nominations(ListPage):
    """The nominations that a person may read."""

    model = Nomination
    word, plural = "nomination", "nominations"
    filters = NominationFilter
    about = "Who is put forward for which seats. Until one is accepted, those who wrote it and the secretariat read it."
    columns = (
        Column("name", "Candidate", "name"),
        Column("committee", "Body", "contest__call__committee__name"),
        Column("constituency", "Constituency", "contest__constituency", lambda value: str(Constituency(value).label)),
        Column("party", "Nominated by", "party__name"),
        Column("renominated", "Re-nominated", "renominated"),
        Column("received", "Received", "received_at"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-received_at"
    day = "received_at"
    empty = "There is no nomination that you may read."
    enters: ClassVar[Who | None] = staticmethod(anyone_signed_in)


class NominationPage(RecordPage):
    """One nomination."""

    model = Nomination
    word, plural = "nomination", "nominations"
    editors: ClassVar[Who | None] = staticmethod(may_amend)

    def facts(self, record: Nomination) -> list[Fact]:
        """Who stands for what, put forward by whom, and what became of it."""
        facts = [
            Fact("For", str(record.contest), record.contest.get_absolute_url()),
            Fact("Candidate", record.name),
            Fact("Nominated by", record.party.name if record.party else "an interested person"),
            Fact("Re-nominated", "yes, and holds one of the seats" if record.renominated else "no"),
            Fact("Agrees to stand", "yes" if record.consents else "not yet"),
            Fact("Statement", record.statement),
            Fact("Received", instant_words(record.received_at)),
        ]
        facts += [Fact("Ineligible because", record.reason)] if record.reason else []
        return facts


class NominationEntry(EntryPage):
    """Puts somebody forward, or amends that."""

    model = Nomination
    form_class = NominationForm
    word, plural = "nomination", "nominations"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def enter(self, record: Nomination, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes the first step, and keeps who wrote."""
        nominate(record, **told)

    def _record(self, key: str) -> Nomination | None:
        found: Nomination | None = super()._record(key)
        if found is not None and not may_amend(reader(self.request), found, self.request.at):
            raise PermissionDenied("This nomination is amended by others, or not any more.")
        return found

    def _form(self, form: forms.ModelForm[Any], record: Any | None, status: int = 200) -> HttpResponse:
        person, at = reader(self.request), self.request.at
        if "party" in form.fields and not committees_team(person, None, at):
            own = Party.objects.filter(pk__in=speaks_for(person, at))
            form.fields["party"].queryset = own  # type: ignore[attr-defined]
        return super()._form(form, record, status)


class Interests(ListPage):
    """The expressions of interest that a person may read."""

    model = Interest
    word, plural = "expression of interest", "expressions of interest"
    filters = InterestFilter
    about = "Who wrote in between elections; each is passed on to the Chair and answered with a nomination form."
    columns = (
        Column("name", "Name", "name"),
        Column("committee", "Body", "committee__name"),
        Column("received", "Received", "received_at"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-received_at"
    empty = "Nobody has written in whom you may read of."
    enters: ClassVar[Who | None] = staticmethod(anyone_signed_in)


class InterestPage(RecordPage):
    """One expression of interest."""

    model = Interest
    word, plural = "expression of interest", "expressions of interest"

    def facts(self, record: Interest) -> list[Fact]:
        """Who wrote about which body, and what was answered."""
        facts = [
            Fact("Body", record.committee.name, record.committee.get_absolute_url()),
            Fact("For", record.get_constituency_display() if record.constituency else "any seat"),
            Fact("Name", record.name),
            Fact("E-mail address", record.email),
            Fact("What they wrote", record.words),
            Fact("Received", instant_words(record.received_at)),
        ]
        facts += [Fact("Nomination form for", str(record.call), record.call.get_absolute_url())] if record.call else []
        return facts


class InterestEntry(EntryPage):
    """Writes in."""

    model = Interest
    form_class = InterestForm
    word, plural = "expression of interest", "expressions of interest"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def enter(self, record: Interest, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes the first step, and keeps who wrote."""
        write_in(record, **told)
