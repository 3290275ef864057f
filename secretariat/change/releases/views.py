"""Pages of releases, of their scopes, of requests to move them, and of what else must happen."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from secretariat.change.models import Release
from secretariat.change.procedure import change_team
from secretariat.change.releases.filters import MilestoneFilter, MoveRequestFilter, ReleaseFilter, ReleaseItemFilter
from secretariat.change.releases.forms import MilestoneForm, MoveRequestForm, ReleaseForm, ReleaseItemForm
from secretariat.change.releases.models import Milestone, MoveRequest, ReleaseItem
from secretariat.change.releases.page import release_facts, release_tables
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import long_date


class Releases(ListPage):
    """The releases of the code."""

    model = Release
    word = "release"
    plural = "releases"
    template = "change/releases.html"
    columns = (
        Column("name", "Release", "name"),
        Column("go_live_on", "Goes live", "go_live_on"),
        Column("kind", "Kind", "kind", lambda value: Release.Kind(value).label),
        Column("state", "State", "state"),
        class_column(),
    )
    filters = ReleaseFilter
    order = "-go_live_on"
    about = "The releases of the code, with the day on which each goes live. The plan shows them on one page."
    empty = "No release is recorded yet."
    day = "go_live_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)
    loads = "releases"


class ReleasePage(RecordPage):
    """One release: its day and where that moved, its scope, what else must happen, and what does not go together."""

    model = Release
    word = "release"
    plural = "releases"
    editors: ClassVar[Who | None] = staticmethod(change_team)

    def facts(self, record: Release) -> list[Fact]:
        """Its day and kind, its scope, its capacity, and what is to be said of them."""
        return release_facts(record, reader(self.request), self.request.at)

    def related(self, record: Release) -> list[Related]:
        """Its scope, warnings, days, milestones, requests and last days, as far as the person may read them."""
        return release_tables(record, reader(self.request), self.request.at)


class ReleaseEntry(EntryPage):
    """Plans a release, or amends what is told of one."""

    model = Release
    form_class = ReleaseForm
    word = "release"
    plural = "releases"
    who: ClassVar[Who] = staticmethod(change_team)
    begins = "plan"


class ReleaseItems(ListPage):
    """What is in the scope of which release."""

    model = ReleaseItem
    word, plural = "release item", "release items"
    columns = (
        Column("proposal", "Modification", "proposal__reference"),
        Column("part", "Part", "part"),
        Column("title", "Title", "proposal__title"),
        Column("release", "Release", "release__name"),
        Column("go_live_on", "Goes live", "release__go_live_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    filters = ReleaseItemFilter
    order = "-release__go_live_on"
    order_words = "latest release first"
    about = "Every modification, or part of one, that is or was in the scope of a release."
    empty = "No modification has been targeted to a release yet."
    day = "release__go_live_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)


class ReleaseItemPage(RecordPage):
    """One modification in the scope of one release."""

    model = ReleaseItem
    word, plural = "release item", "release items"
    editors: ClassVar[Who | None] = staticmethod(change_team)

    def facts(self, record: ReleaseItem) -> list[Fact]:
        """What, in which release, and since when."""
        days = (
            ("Targeted", record.targeted_on), ("Approved", record.approved_on),
            ("In the baseline", record.baselined_on), ("Implemented", record.implemented_on),
            ("Removed", record.removed_on),
        )  # fmt: skip
        facts = [
            Fact("Modification", str(record.proposal), record.proposal.get_absolute_url()),
            Fact("Part", record.part or "The whole modification"),
            Fact("Release", record.release.name, record.release.get_absolute_url()),
            *(Fact(label, long_date(day)) for label, day in days if day),
        ]
        facts += [Fact("Why removed", record.why_removed)] if record.why_removed else []
        facts += [Fact("Effort points", record.points)] if record.points is not None else []
        return facts


class ReleaseItemEntry(EntryPage):
    """Targets a modification to a release, or amends its part and points."""

    model = ReleaseItem
    form_class = ReleaseItemForm
    word, plural = "release item", "release items"
    who: ClassVar[Who] = staticmethod(change_team)
    begins = "target"


class MoveRequests(ListPage):
    """Requests to the Authority to move the day of a release."""

    model = MoveRequest
    word, plural = "move request", "move requests"
    columns = (
        Column("release", "Release", "release__name"),
        Column("asked_on", "Asked", "asked_on"),
        Column("answered_on", "Answered", "answered_on"),
        Column("window_until", "Window until", "window_until"),
        Column("state", "State", "state"),
        class_column(),
    )
    filters = MoveRequestFilter
    order = "-asked_on"
    about = "Once a modification of a release is approved, the Panel asks the Authority before it moves the day."
    empty = "The Authority has not been asked to move a release."
    day = "asked_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)


class MoveRequestPage(RecordPage):
    """One request."""

    model = MoveRequest
    word, plural = "move request", "move requests"

    def facts(self, record: MoveRequest) -> list[Fact]:
        """What was asked and why, and what the Authority answered."""
        days = (("Asked", record.asked_on), ("Day wished for", record.wanted_for), ("Answered", record.answered_on),
                ("The Panel may set a day until", record.window_until))  # fmt: skip
        facts = [
            Fact("Release", record.release.name, record.release.get_absolute_url()),
            Fact("Reason", record.reason),
            *(Fact(label, long_date(day)) for label, day in days if day),
        ]
        texts = (("Asked by", record.letter), ("Letter of the Authority", record.answer))
        facts += [Fact(label, text) for label, text in texts if text]
        return facts

    def related(self, record: MoveRequest) -> list[Related]:
        """The days set under it."""
        rows: list[tuple[Any, ...]] = [
            (long_date(move.moved_on), long_date(move.new), move.get_moved_by_display(), move.source)
            for move in record.moves.all()
        ]
        return [Related("Days set under it", ("On", "To", "By", "Source"), rows, "No day was set under it.")]


class MoveRequestEntry(EntryPage):
    """Asks the Authority."""

    model = MoveRequest
    form_class = MoveRequestForm
    word, plural = "move request", "move requests"
    who: ClassVar[Who] = staticmethod(change_team)
    begins = "ask"


class Milestones(ListPage):
    """What else must happen for the releases."""

    model = Milestone
    word, plural = "milestone", "milestones"
    columns = (
        Column("release", "Release", "release__name"),
        Column("kind", "Kind", "kind", lambda value: Milestone.Kind(value).label),
        Column("what", "What", "what"),
        Column("version", "Version", "version"),
        Column("owner", "Who has it", "owner"),
        Column("due_on", "Due", "due_on"),
        Column("done_on", "Done", "done_on"),
        class_column(),
    )
    filters = MilestoneFilter
    order = "-due_on"
    about = "Testing approaches, implementation documents, supporting changes and whatever else a release needs."
    empty = "No milestone is recorded yet."
    day = "due_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)


class MilestonePage(RecordPage):
    """One milestone."""

    model = Milestone
    word, plural = "milestone", "milestones"
    editors: ClassVar[Who | None] = staticmethod(change_team)

    def facts(self, record: Milestone) -> list[Fact]:
        """What must happen, for which release, who has it, by when."""
        facts = [
            Fact("Release", record.release.name, record.release.get_absolute_url()),
            Fact("Kind", record.get_kind_display()),
            Fact("Who has it", record.owner),
        ]
        days = (("Due", record.due_on), ("Done", record.done_on))
        facts += [Fact(label, long_date(day)) for label, day in days if day]
        if record.proposal and self._reads(record.proposal):
            facts.append(Fact("Proposal", str(record.proposal), record.proposal.get_absolute_url()))
        return facts

    def _reads(self, record: models.Model) -> bool:
        rows: Any = type(record)._default_manager.filter(pk=record.pk)
        return bool(rows.visible_to(reader(self.request), self.request.at).exists())


class MilestoneEntry(EntryPage):
    """Enters or amends a milestone."""

    model = Milestone
    form_class = MilestoneForm
    word, plural = "milestone", "milestones"
    who: ClassVar[Who] = staticmethod(change_team)
