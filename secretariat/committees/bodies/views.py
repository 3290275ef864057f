"""Pages of what a body is for and may do."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from secretariat.committees.bodies.actions import keep_terms
from secretariat.committees.bodies.filters import DelegationFilter, DutyFilter, RecommendationFilter, TermsFilter
from secretariat.committees.bodies.forms import DelegationForm, DutyForm, RecommendationForm, TermsForm
from secretariat.committees.bodies.models import Delegation, Duty, Recommendation, TermsOfReference, who_holds
from secretariat.committees.bodies.procedure import RECOMMENDATIONS
from secretariat.committees.who import committees_team
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage
from secretariat.core.procedure import Who
from secretariat.core.rulebook import MARKS
from secretariat.plain.dates import day_words, local_day, long_date


def told(*lines: tuple[str, Any]) -> list[Fact]:
    """The facts among some lines that say anything."""
    return [Fact(label, value) for label, value in lines if value]


def last_day(record: Any) -> str:
    """Its last day in words; nothing while none is known."""
    return day_words(record.to_day)


class Terms(ListPage):
    """The terms of reference of all bodies, version by version."""

    model = TermsOfReference
    word, plural = "terms of reference", "versions of terms of reference"
    filters = TermsFilter
    about = "What each body is there to do, in every version, with the day from which it holds."
    empty = "No terms of reference are kept yet. The committees team adds a version with its file."
    columns = (
        Column("committee", "Body", "committee__name"),
        Column("version", "Version", "version"),
        Column("from", "From", "from_day"),
        Column("meeting", "At the meeting", "meeting"),
        class_column(),
    )
    order = "-from_day"
    day = "from_day"
    enters: ClassVar[Who | None] = staticmethod(committees_team)


class TermsPage(RecordPage):
    """One version."""

    model = TermsOfReference
    word, plural = "terms of reference", "versions of terms of reference"

    def facts(self, record: TermsOfReference) -> list[Fact]:
        """Whose they are, from when until when, and the file."""
        after = record.committee.terms.filter(from_day__gt=record.from_day).order_by("from_day").first()
        until = f"Until version {after.version}, from {long_date(after.from_day)}" if after else "In force since"
        return [
            Fact("Body", record.committee.name, record.committee.get_absolute_url()),
            Fact("Version", record.version),
            Fact("From", long_date(record.from_day), note=until if after else ""),
            *([Fact("File", record.file.name, record.file.get_absolute_url())] if record.file else []),
            *told(("What changed", record.changed), ("At the meeting", record.meeting)),
        ]


class TermsEntry(EntryPage):
    """Adds a version."""

    model = TermsOfReference
    form_class = TermsForm
    word, plural = "version of terms of reference", "versions of terms of reference"
    who: ClassVar[Who] = staticmethod(committees_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Keeps it with its file."""
        file = form.cleaned_data["file"]
        keep_terms(record, file.name, file.read(), **told)


class Duties(ListPage):
    """What is for which body to do."""

    model = Duty
    word, plural = "duty of a body", "duties of bodies"
    filters = DutyFilter
    about = "What is for which body to do, from when. What is delegated or lent stands under delegations of authority."
    empty = "No duty is entered yet."
    columns = (
        Column("what", "Duty", "what"),
        Column("committee", "Body", "committee__name"),
        Column("from", "From", "from_day"),
        Column("until", "Until", "to_day"),
        Column("source", "By", "source"),
        class_column(),
    )
    order = "what"
    order_words = "by name"
    day = "from_day"
    enters: ClassVar[Who | None] = staticmethod(committees_team)


class DutyPage(RecordPage):
    """One duty, with who has it today."""

    model = Duty
    word, plural = "duty of a body", "duties of bodies"
    editors: ClassVar[Who | None] = staticmethod(committees_team)

    def facts(self, record: Duty) -> list[Fact]:
        """Whose it is, and who has it today when it is passed on."""
        today = who_holds(record.what, local_day(self.request.at))
        return [
            Fact("Body", record.committee.name, record.committee.get_absolute_url()),
            Fact("From", long_date(record.from_day)),
            *told(("Until", last_day(record)), ("Has it today", str(today) if today else "Nobody")),
            Fact("By", record.source, note=MARKS[record.mark]),
        ]


class DutyEntry(EntryPage):
    """Enters or amends a duty."""

    model = Duty
    form_class = DutyForm
    word, plural = "duty of a body", "duties of bodies"
    who: ClassVar[Who] = staticmethod(committees_team)


class Delegations(ListPage):
    """Delegations of authority."""

    model = Delegation
    word, plural = "delegation of authority", "delegations of authority"
    filters = DelegationFilter
    about = "Authority that a body gave to another or to a person, or lent for a period."
    empty = "Nothing is delegated. The committees team enters a delegation with the meeting that resolved on it."
    columns = (
        Column("from_body", "From", "from_body__name"),
        Column("to_body", "To the body", "to_body__name"),
        Column("what", "Authority", "what"),
        Column("from", "From", "from_day"),
        Column("until", "Until", "to_day"),
        Column("meeting", "At the meeting", "meeting"),
        class_column(),
    )
    order = "-from_day"
    day = "from_day"
    enters: ClassVar[Who | None] = staticmethod(committees_team)


class DelegationPage(RecordPage):
    """One delegation."""

    model = Delegation
    word, plural = "delegation of authority", "delegations of authority"
    editors: ClassVar[Who | None] = staticmethod(committees_team)

    def facts(self, record: Delegation) -> list[Fact]:
        """From whom, to whom, what and for how long."""
        to = record.to_body
        return [
            Fact("From", record.from_body.name, record.from_body.get_absolute_url()),
            Fact("To", str(record.holder), to.get_absolute_url() if to else ""),
            *told(("Authority", record.what), ("Duty that goes with it", record.duty),
                  ("How", record.get_how_display()), ("From the day", long_date(record.from_day)),
                  ("Until", last_day(record)), ("At the meeting", record.meeting)),
        ]  # fmt: skip


class DelegationEntry(EntryPage):
    """Enters or amends a delegation."""

    model = Delegation
    form_class = DelegationForm
    word, plural = "delegation of authority", "delegations of authority"
    who: ClassVar[Who] = staticmethod(committees_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters it; where it is Amber the body that delegates reads it."""
        record.audience = record.from_body.code
        super().enter(record, form, **told)


class Recommendations(ListPage):
    """What bodies recommend to each other."""

    model = Recommendation
    word, plural = "recommendation", "recommendations"
    filters = RecommendationFilter
    about = "What one body recommends to another, and what came of it."
    empty = "No recommendation is recorded that you may read."
    columns = (
        Column("from_body", "From", "from_body__name"),
        Column("to_body", "To", "to_body__name"),
        Column("what", "Recommends", "what"),
        Column("day", "On", "day"),
        Column("state", "State", "state"),
        Column("answered", "Answered", "answered_on"),
        class_column(),
    )
    order = "-day"
    day = "day"
    enters: ClassVar[Who | None] = staticmethod(committees_team)


class RecommendationPage(RecordPage):
    """One recommendation."""

    model = Recommendation
    word, plural = "recommendation", "recommendations"

    def facts(self, record: Recommendation) -> list[Fact]:
        """From whom to whom, and what came of it."""
        answered = day_words(record.answered_on)
        return [
            Fact("From", record.from_body.name, record.from_body.get_absolute_url()),
            Fact("To", record.to_body.name, record.to_body.get_absolute_url()),
            *told(("Recommends", record.what), ("Reasons", record.reasons), ("On", long_date(record.day)),
                  ("At the meeting", record.meeting), ("Answered", answered), ("In the words", record.answer),
                  ("Answered at the meeting", record.answered_at)),
        ]  # fmt: skip


class RecommendationEntry(EntryPage):
    """Records a recommendation."""

    model = Recommendation
    form_class = RecommendationForm
    word, plural = "recommendation", "recommendations"
    who: ClassVar[Who] = staticmethod(committees_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes the step; where it is Amber the body that recommends reads it."""
        record.audience = record.from_body.code
        RECOMMENDATIONS.take("recommend", record, **told)
