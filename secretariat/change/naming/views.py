"""Pages of splits, solutions, issues and Issue Resolution Proposals."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from secretariat.change.models import Proposal
from secretariat.change.naming.actions import classed, split
from secretariat.change.naming.filters import IssueFilter, IssueResolutionFilter, SolutionFilter, SplitFilter
from secretariat.change.naming.forms import IssueForm, IssueResolutionForm, SolutionForm, SplitForm
from secretariat.change.naming.models import Issue, IssueResolution, Solution, Split
from secretariat.change.naming.procedure import SOLUTIONS
from secretariat.change.who import change_team
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import long_date


class Splits(ListPage):
    """The proposals that became several."""

    model = Split
    word, plural = "split proposal", "split proposals"
    filters = SplitFilter
    link = "reference"
    about = "Proposals that were split into separate modifications, each with its letter."
    empty = "No proposal has been split yet."
    columns = (
        Column("reference", "Label before", "reference"),
        Column("split_on", "Split on", "split_on"),
        Column("reason", "Why", "reason"),
        class_column(),
    )
    order = "-split_on"
    day = "split_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)


class SplitPage(RecordPage):
    """One split: what the old label leads to."""

    model = Split
    word, plural, key = "split proposal", "split proposals", "reference"

    def facts(self, record: Split) -> list[Fact]:
        """When and why."""
        return [Fact("Split on", long_date(record.split_on)), Fact("Why", record.reason)]

    def related(self, record: Split) -> list[Related]:
        """The parts into which it was split."""
        parts = Proposal.objects.filter(number=record.number).visible_to(reader(self.request), self.request.at)
        rows: list[tuple[Any, ...]] = [
            (part, part.get_state_display(), long_date(part.raised_on)) for part in parts.order_by("suffix")
        ]
        return [Related("The modifications that it became", ("Modification", "Stage", "Raised"), rows, "None yet.")]


class SplitEntry(EntryPage):
    """Splits a proposal."""

    model = Split
    form_class = SplitForm
    word, plural, key = "split proposal", "split proposals", "reference"
    who: ClassVar[Who] = staticmethod(change_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Splits it, and leads to the page that names its parts."""
        names = ("proposal", "title", "other_title", "reason")
        asked = {name: form.cleaned_data[name] for name in names}
        part = split(asked.pop("proposal"), **asked, **told)
        record.reference = Split.objects.get(number=part.number).reference


class Solutions(ListPage):
    """The solutions of all modifications."""

    model = Solution
    word, plural = "solution", "solutions"
    filters = SolutionFilter
    about = "Proposed and alternative solutions; of one modification at most one is implemented."
    empty = "No solution is recorded yet."
    columns = (
        Column("proposal", "Modification", "proposal__reference"),
        Column("kind", "Kind", "kind", lambda value: str(Solution.Kind(value).label)),
        Column("letter", "Letter", "letter"),
        Column("title", "Solution", "title"),
        Column("state", "State", "state"),
        class_column(),
    )
    enters: ClassVar[Who | None] = staticmethod(change_team)


class SolutionPage(RecordPage):
    """One solution."""

    model = Solution
    word, plural = "solution", "solutions"
    editors: ClassVar[Who | None] = staticmethod(change_team)

    def facts(self, record: Solution) -> list[Fact]:
        """Of which modification, by whom, and what it is."""
        facts = [
            Fact("Modification", str(record.proposal), record.proposal.get_absolute_url()),
            Fact("Kind", f"{record.get_kind_display()} {record.letter}".strip()),
        ]
        facts += [Fact("Put forward by", record.raised_by)] if record.raised_by else []
        facts += [Fact("What it is", record.description)] if record.description else []
        return facts


class SolutionEntry(EntryPage):
    """Puts a solution forward."""

    model = Solution
    form_class = SolutionForm
    word, plural = "solution", "solutions"
    who: ClassVar[Who] = staticmethod(change_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes its first step."""
        SOLUTIONS.take("propose", classed(record), **told)


class Issues(ListPage):
    """What does not work."""

    model = Issue
    word, plural = "issue", "issues"
    filters = IssueFilter
    link = "number"
    about = "What somebody found not to work, before it is a proposal."
    empty = "No issue has been told yet."
    columns = (
        Column("number", "Issue", "number", lambda value: f"ISSUE{value:03d}"),
        Column("title", "Title", "title"),
        Column("raised_by", "Told by", "raised_by"),
        Column("raised_on", "Told on", "raised_on"),
        Column("proposal", "Led to", "proposal__reference"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-number"
    order_words = "highest number first"
    day = "raised_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)


class IssuePage(RecordPage):
    """One issue."""

    model = Issue
    word, plural, key = "issue", "issues", "number"
    editors: ClassVar[Who | None] = staticmethod(change_team)

    def facts(self, record: Issue) -> list[Fact]:
        """Who told it and when, and what came of it."""
        facts = [Fact("Told by", record.raised_by), Fact("Told on", long_date(record.raised_on))]
        facts += [Fact("What does not work", record.text)] if record.text else []
        if record.proposal is not None:
            facts.append(Fact("Led to", str(record.proposal), record.proposal.get_absolute_url()))
        facts += [Fact("Closed because", record.outcome)] if record.outcome else []
        return facts


class IssueEntry(EntryPage):
    """Enters an issue."""

    model = Issue
    form_class = IssueForm
    word, plural, key = "issue", "issues", "number"
    who: ClassVar[Who] = staticmethod(change_team)
    begins = "tell"


class IssueResolutions(ListPage):
    """The Issue Resolution Proposals."""

    model = IssueResolution
    word, plural = "issue resolution", "issue resolutions"
    filters = IssueResolutionFilter
    link = "number"
    about = "Issue Resolution Proposals on the technical specifications; agreed ones are bundled into a modification."
    empty = "No Issue Resolution Proposal is recorded yet."
    columns = (
        Column("number", "IRP", "number", lambda value: f"IRP{value}"),
        Column("title", "Title", "title"),
        Column("document", "Against", "document"),
        Column("category", "Category", "category", numeric=True),
        Column("applies_to_versions", "Applies to versions", "applies_to_versions"),
        Column("raised_on", "Raised", "raised_on"),
        Column("proposal", "Bundled into", "proposal__reference"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-number"
    order_words = "highest number first"
    day = "raised_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)


class IssueResolutionPage(RecordPage):
    """One Issue Resolution Proposal."""

    model = IssueResolution
    word, plural, key = "issue resolution", "issue resolutions", "number"
    editors: ClassVar[Who | None] = staticmethod(change_team)

    def readable(self, key: str) -> Any:
        """The resolution by its number or its label, such as IRP550."""
        return super().readable(key.upper().removeprefix("IRP"))

    def facts(self, record: IssueResolution) -> list[Fact]:
        """What it is raised against, its category, and the modification that carries it."""
        facts = [
            Fact("Raised against", record.get_document_display()),
            Fact("Category", record.get_category_display(), "", "IRP-2"),
            Fact("Applies to versions", record.applies_to_versions or "Open: the latest version only, or earlier too"),
        ]
        facts += [Fact("Raised", long_date(record.raised_on))] if record.raised_on else []
        if record.proposal is not None:
            facts.append(Fact("Bundled into", str(record.proposal), record.proposal.get_absolute_url()))
        return facts


class IssueResolutionEntry(EntryPage):
    """Enters an Issue Resolution Proposal."""

    model = IssueResolution
    form_class = IssueResolutionForm
    word, plural, key = "issue resolution", "issue resolutions", "number"
    who: ClassVar[Who] = staticmethod(change_team)
    begins = "raise"
