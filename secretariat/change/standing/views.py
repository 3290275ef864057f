"""Pages of urgency, relations, parts and adoption."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms

from secretariat.change.naming.actions import classed
from secretariat.change.standing.actions import adopt
from secretariat.change.standing.filters import PartFilter, RelationFilter, UrgencyFilter
from secretariat.change.standing.forms import AdoptionForm, PartForm, RelationForm, UrgencyForm
from secretariat.change.standing.models import Part, ProposerSpell, Relation, Urgency
from secretariat.change.standing.procedure import URGENCIES
from secretariat.change.who import change_team
from secretariat.core import journal
from secretariat.core.capacities import party_contact
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related
from secretariat.core.people import Person
from secretariat.core.procedure import Who
from secretariat.plain.dates import long_date


def contact_or_team(person: Person | None, record: Any, at: datetime) -> bool:
    """A party's contact, or the secretariat's change team."""
    return party_contact(person, record, at) or change_team(person, record, at)


class Urgencies(ListPage):
    """What was asked to be urgent."""

    model = Urgency
    word, plural = "urgency", "urgencies"
    filters = UrgencyFilter
    about = "Proposals for which urgency was asked, what the Panel recommended and what the Authority determined."
    empty = "Nobody has asked for urgency yet."
    columns = (
        Column("proposal", "Proposal", "proposal__reference"),
        Column("asked_on", "Asked", "asked_on"),
        Column("recommended_on", "Panel recommended", "recommended_on"),
        Column("panel_says", "Recommends urgency", "panel_says"),
        Column("determined_on", "Authority determined", "determined_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-asked_on"
    day = "asked_on"
    enters: ClassVar[Who | None] = staticmethod(contact_or_team)


class UrgencyPage(RecordPage):
    """One request for urgency, and the timetable that it led to."""

    model = Urgency
    word, plural = "urgency", "urgencies"

    def facts(self, record: Urgency) -> list[Fact]:
        """Why, and what the Panel and the Authority said."""
        facts = [Fact("Proposal", str(record.proposal), record.proposal.get_absolute_url()),
                 Fact("Why", record.statement)]  # fmt: skip
        if record.recommended_on:
            says = "urgent" if record.panel_says else "not urgent"
            facts.append(Fact("The Panel recommends", f"{says}, on {long_date(record.recommended_on)}"))
        if record.determined_on:
            facts.append(Fact("The Authority determined", f"{record.state}, on {long_date(record.determined_on)}",
                              note=record.reason))  # fmt: skip
        return facts

    def related(self, record: Urgency) -> list[Related]:
        """Its timetable."""
        rows: list[tuple[Any, ...]] = [
            (row.get_milestone_display(), long_date(row.due_on)) for row in record.dates.all()
        ]
        return [Related("Urgent timetable", ("What", "By"), rows, "No date is set.")]


class UrgencyEntry(EntryPage):
    """Asks for urgency."""

    model = Urgency
    form_class = UrgencyForm
    word, plural = "urgency", "urgencies"
    who: ClassVar[Who] = staticmethod(contact_or_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes its first step."""
        URGENCIES.take("ask", classed(record), **told)


class Relations(ListPage):
    """How proposals stand to each other."""

    model = Relation
    word, plural = "relation", "relations"
    filters = RelationFilter
    about = "Which proposal is overtaken or superseded by, depends on or supports which."
    empty = "No relation is recorded yet."
    columns = (
        Column("proposal", "Proposal", "proposal__reference"),
        Column("kind", "Relation", "kind", lambda value: str(Relation.Kind(value).label)),
        Column("other", "Other proposal", "other__reference"),
        Column("since", "Since", "from_day"),
        class_column(),
    )
    order = "-from_day"
    day = "from_day"
    enters: ClassVar[Who | None] = staticmethod(change_team)


class RelationPage(RecordPage):
    """One relation."""

    model = Relation
    word, plural = "relation", "relations"
    editors: ClassVar[Who | None] = staticmethod(change_team)

    def facts(self, record: Relation) -> list[Fact]:
        """Which two, how, and since when."""
        facts = [
            Fact("Proposal", str(record.proposal), record.proposal.get_absolute_url()),
            Fact(record.get_kind_display().capitalize(), str(record.other), record.other.get_absolute_url()),
            Fact("Since", long_date(record.from_day)),
        ]
        facts += [Fact("Note", record.note)] if record.note else []
        return facts


class RelationEntry(EntryPage):
    """Enters or amends a relation."""

    model = Relation
    form_class = RelationForm
    word, plural = "relation", "relations"
    who: ClassVar[Who] = staticmethod(change_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters it, with the higher class of the two."""
        classed(record)
        if record.other.classification > record.classification:
            record.classification, record.audience = record.other.classification, record.other.audience
        record.recorded = told["recorded"]
        journal.enter(record, **told)


class Parts(ListPage):
    """The parts in which modifications are implemented."""

    model = Part
    word, plural = "part", "parts"
    filters = PartFilter
    about = "Modifications that are implemented in parts, each part with its release and day."
    empty = "No modification is implemented in parts yet."
    columns = (
        Column("proposal", "Modification", "proposal__reference"),
        Column("name", "Part", "name"),
        Column("release", "Release", "release__name"),
        Column("planned_for", "Planned for", "planned_for"),
        Column("implemented_on", "Implemented", "implemented_on"),
        class_column(),
    )
    day = "implemented_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)


class PartPage(RecordPage):
    """One part."""

    model = Part
    word, plural = "part", "parts"
    editors: ClassVar[Who | None] = staticmethod(change_team)

    def facts(self, record: Part) -> list[Fact]:
        """Of which modification, for which release, and its days."""
        facts = [
            Fact("Modification", str(record.proposal), record.proposal.get_absolute_url()),
            Fact("Part", record.name),
        ]
        if record.release is not None:
            facts.append(Fact("Release", record.release.name, record.release.get_absolute_url()))
        days = (("Planned for", record.planned_for), ("Implemented", record.implemented_on))
        facts += [Fact(label, long_date(day)) for label, day in days if day]
        return facts


class PartEntry(EntryPage):
    """Plans a part, or amends its plan."""

    model = Part
    form_class = PartForm
    word, plural = "part", "parts"
    who: ClassVar[Who] = staticmethod(change_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters it with the class of its modification."""
        journal.enter(classed(record), **told)


class AdoptionEntry(EntryPage):
    """A party adopts a withdrawn proposal."""

    model = ProposerSpell
    form_class = AdoptionForm
    word, plural = "adoption", "proposals"
    who: ClassVar[Who] = staticmethod(contact_or_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """The party becomes the Proposer, and the proposal goes on."""
        record.proposal = form.cleaned_data["proposal"]
        adopt(record.proposal, form.cleaned_data["party"], **told)
