"""Pages of other codes' changes, their registers, the Steering Group's choices and the forum's issues."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models

from secretariat.change.judging.actions import recheck, tell_issue
from secretariat.change.judging.bases import PROPOSAL, OfProposalEntry, OfProposalPage
from secretariat.change.judging.codes import other_codes
from secretariat.change.judging.cross_code import CodeListing, CrossCode, ForumIssue, Steering
from secretariat.change.judging.filters import CodeListingFilter, CrossCodeFilter, ForumIssueFilter, SteeringFilter
from secretariat.change.judging.forms import CodeListingForm, CrossCodeForm, ForumIssueForm, SteeringForm
from secretariat.change.judging.page import warned
from secretariat.change.judging.procedure import CROSS_CODES, STEERINGS
from secretariat.change.who import change_team
from secretariat.core import journal
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import long_date


class CrossCodes(ListPage):
    """Changes of other codes that go together with ours."""

    model = CrossCode
    word, plural = "cross-code reference", "cross-code references"
    filters = CrossCodeFilter
    columns = (
        PROPOSAL,
        Column("code", "Code", "code"),
        Column("number", "Their number", "number"),
        Column("title", "Their title", "title"),
        Column("relation", "Relation", "relation", lambda value: str(CrossCode.Relation(value).label)),
        Column("since", "Since", "since"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-since"
    day = "since"
    about = "Which changes of other codes lead, follow from or are related to our proposals."
    empty = "No change of another code is recorded yet."
    enters: ClassVar[Who | None] = staticmethod(change_team)


class Disagreements(ListPage):
    """References to other codes whose number or title is not what that code prints (XC-3)."""

    model = CrossCode
    word, plural = "cross-code reference", "cross-code references that do not agree"
    filters = CrossCodeFilter
    columns = (
        PROPOSAL,
        Column("code", "Code", "code"),
        Column("number", "Their number", "number"),
        Column("title", "Title, as we write it", "title"),
        Column(
            "printed_title", "Title, as they print it", "printed_title", lambda value: value or "number not printed"
        ),
        Column("printed_on", "Printed on", "printed_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    about = "Correct what we write, or let the difference stand with its reason."
    empty = "Everything agrees with the registers of other codes that are loaded."

    def rows(self) -> models.QuerySet[Any]:
        """Those that disagree, among what the person may read."""
        readable: Any = super().rows()
        found: models.QuerySet[Any] = readable.disagreeing()
        return found

    @classmethod
    def address(cls, key: Any, base: str = "") -> str:
        """The address of the reference itself."""
        return CrossCodes.address(key)


class CrossCodePage(OfProposalPage):
    """One reference to another code's change, and what that code prints."""

    model = CrossCode
    word, plural = "cross-code reference", "cross-code references"

    def own(self, record: CrossCode) -> list[Fact]:
        """Which change of which code, what it is to ours, and whether number and title agree."""
        line = record.printed()
        return [
            Fact("Other code", f"{record.code}: {other_codes().get(record.code, record.code)}"),
            Fact("Their number", record.number),
            Fact("Their title", record.title),
            Fact("Relation", record.get_relation_display()),
            Fact("Since", long_date(record.since)),
            Fact("Checked", warned(record), line.get_absolute_url() if line else ""),
        ]


class CrossCodeEntry(OfProposalEntry):
    """Enters or amends a reference, and checks it against the register of the other code."""

    model = CrossCode
    form_class = CrossCodeForm
    word, plural = "cross-code reference", "cross-code references"

    def write(self, record: Any, **told: Any) -> None:
        """Takes its first step."""
        CROSS_CODES.take("record", record, **told)

    def _save(self, form: forms.ModelForm[Any], key: str) -> Any:
        saved = super()._save(form, key)
        recheck([saved], **self.told())
        return saved


class CodeListings(ListPage):
    """What other codes print of their changes."""

    model = CodeListing
    word, plural = "code listing", "code listings"
    filters = CodeListingFilter
    columns = (
        Column("code", "Code", "code"),
        Column("number", "Number", "number"),
        Column("title", "Title", "title"),
        Column("printed_on", "As printed on", "printed_on"),
        class_column(),
    )
    order = "-printed_on"
    day = "printed_on"
    about = "Lines of other codes' registers of changes, as they were printed on a day."
    empty = "No register of another code is loaded yet."
    enters: ClassVar[Who | None] = staticmethod(change_team)
    loads = "code-listings"


class CodeListingPage(RecordPage):
    """One line of another code's register."""

    model = CodeListing
    word, plural = "code listing", "code listings"

    def facts(self, record: CodeListing) -> list[Fact]:
        """What is printed, and when."""
        return [
            Fact("Code", f"{record.code}: {other_codes().get(record.code, record.code)}"),
            Fact("Number", record.number),
            Fact("Title", record.title),
            Fact("As printed on", long_date(record.printed_on)),
        ]


class CodeListingEntry(EntryPage):
    """Enters a line as it was printed; a line is not amended, a later one takes its place."""

    model = CodeListing
    form_class = CodeListingForm
    word, plural = "code listing", "code listings"
    who: ClassVar[Who] = staticmethod(change_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters the line, and checks the references to that code."""
        record.recorded = told["recorded"]
        journal.enter(record, **told)
        recheck(CrossCode.objects.filter(code=record.code), **told)


class SteeringChoices(ListPage):
    """Choices of the Cross Code Steering Group."""

    model = Steering
    word, plural = "steering choice", "steering choices"
    filters = SteeringFilter
    columns = (
        PROPOSAL,
        Column("decided_on", "Chosen", "decided_on"),
        Column("lead_code", "Lead code", "lead_code"),
        Column("consequential_codes", "Consequential codes", "consequential_codes"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-decided_on"
    day = "decided_on"
    about = "Which code leads and which follow, where several change together; the Panel can appeal to the Authority."
    empty = "The Steering Group has chosen nothing yet that concerns us."
    enters: ClassVar[Who | None] = staticmethod(change_team)


class SteeringPage(OfProposalPage):
    """One choice, with its appeal."""

    model = Steering
    word, plural = "steering choice", "steering choices"

    def own(self, record: Steering) -> list[Fact]:
        """What was chosen, why, and what became of an appeal."""
        facts = [
            Fact("Chosen on", long_date(record.decided_on)),
            Fact("Lead code", record.lead_code),
            Fact("Consequential codes", record.consequential_codes or "None"),
            Fact("Reason", record.reason or "Not told"),
        ]
        if record.appealed_on:
            facts.append(Fact("The Panel appealed on", long_date(record.appealed_on)))
        if record.appeal_decided_on:
            facts.append(Fact("The Authority decided on", f"{long_date(record.appeal_decided_on)}: {record.state}"))
        return facts


class SteeringEntry(OfProposalEntry):
    """Enters or amends a choice."""

    model = Steering
    form_class = SteeringForm
    word, plural = "steering choice", "steering choices"

    def write(self, record: Any, **told: Any) -> None:
        """Takes its first step."""
        STEERINGS.take("record", record, **told)


class ForumIssues(ListPage):
    """Issues of the code administrators' forum."""

    model = ForumIssue
    word, plural = "forum issue", "forum issues"
    filters = ForumIssueFilter
    columns = (
        Column("number", "Number", "number"),
        Column("title", "Title", "title"),
        Column("raised_on", "Raised", "raised_on"),
        Column("closed_on", "Closed", "closed_on"),
        class_column(),
    )
    order = "-raised_on"
    day = "raised_on"
    about = "Issues before the code administrators' forum (CACoP), and the proposals that they touch."
    empty = "No issue of the forum is recorded yet."
    enters: ClassVar[Who | None] = staticmethod(change_team)


class ForumIssuePage(RecordPage):
    """One issue of the forum."""

    model = ForumIssue
    word, plural = "forum issue", "forum issues"
    editors: ClassVar[Who | None] = staticmethod(change_team)

    def facts(self, record: ForumIssue) -> list[Fact]:
        """When it was raised and closed."""
        return [
            Fact("Raised", long_date(record.raised_on)),
            Fact("Closed", long_date(record.closed_on) if record.closed_on else "Open"),
        ]

    def related(self, record: ForumIssue) -> list[Related]:
        """The proposals that it touches."""
        touched: Any = record.proposals
        rows: list[tuple[Any, ...]] = [
            (Crumb(one.reference, one.get_absolute_url()), one.title)
            for one in touched.visible_to(reader(self.request), self.request.at)
        ]
        return [Related("Proposals that it touches", ("Proposal", "Title"), rows, "None that you may read.")]


class ForumIssueEntry(EntryPage):
    """Enters or amends an issue, with the proposals that it touches."""

    model = ForumIssue
    form_class = ForumIssueForm
    word, plural = "forum issue", "forum issues"
    who: ClassVar[Who] = staticmethod(change_team)

    def _save(self, form: forms.ModelForm[Any], key: str) -> Any:
        known = self._record(key)
        told = dict(form.cleaned_data)
        touches = told.pop("touches")
        return tell_issue(known or form.save(commit=False), told, touches, **self.told())
