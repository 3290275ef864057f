"""Pages of the Sub-Committees' interest in proposals: who asked, what they said, and the matrix of both."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from secretariat.change.judging.bases import PROPOSAL, OfProposalEntry, OfProposalPage
from secretariat.change.judging.filters import InterestFilter, ViewFilter
from secretariat.change.judging.forms import InterestForm, ViewForm
from secretariat.change.judging.interest import Interest, SubCommittee, SubCommitteeView
from secretariat.change.models import OPEN_STAGES, Proposal
from secretariat.change.who import change_team
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, Fact, Page, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import local_day, long_date


def _body(value: str) -> str:
    return str(SubCommittee(value).label)


class Interests(ListPage):
    """Who asked to be kept informed of what."""

    model = Interest
    word, plural = "interest", "interests"
    filters = InterestFilter
    columns = (
        PROPOSAL,
        Column("body", "Sub-Committee", "body", _body),
        Column("asked_on", "Asked", "asked_on"),
        Column("until", "Until", "until"),
        Column("why", "Why", "why", sortable=False),
        class_column(),
    )
    order = "-asked_on"
    day = "asked_on"
    about = "Which Sub-Committees asked to be kept informed of which proposals."
    empty = "No Sub-Committee has asked yet."
    enters: ClassVar[Who | None] = staticmethod(change_team)


class InterestPage(OfProposalPage):
    """One interest."""

    model = Interest
    word, plural = "interest", "interests"

    def own(self, record: Interest) -> list[Fact]:
        """Who, since when, until when and why."""
        return [
            Fact("Sub-Committee", record.get_body_display()),
            Fact("Asked on", long_date(record.asked_on)),
            Fact("Until", long_date(record.until) if record.until else "Further notice"),
            Fact("Why", record.why or "Not told"),
        ]


class InterestEntry(OfProposalEntry):
    """Enters, amends or ends an interest."""

    model = Interest
    form_class = InterestForm
    word, plural = "interest", "interests"


class Views(ListPage):
    """What Sub-Committees said of proposals."""

    model = SubCommitteeView
    word, plural = "sub-committee view", "sub-committee views"
    filters = ViewFilter
    columns = (
        PROPOSAL,
        Column("body", "Sub-Committee", "body", _body),
        Column("said_on", "Said on", "said_on"),
        Column("meeting", "Meeting", "meeting"),
        Column("words", "What it said", "words", sortable=False),
        class_column(),
    )
    order = "-said_on"
    day = "said_on"
    about = "What Sub-Committees said of proposals at their meetings; each in its own class."
    empty = "Nothing is kept that you may read."
    enters: ClassVar[Who | None] = staticmethod(change_team)


class ViewPage(OfProposalPage):
    """What one Sub-Committee said."""

    model = SubCommitteeView
    word, plural = "sub-committee view", "sub-committee views"

    def own(self, record: SubCommitteeView) -> list[Fact]:
        """Who, when, at which meeting, and the words."""
        return [
            Fact("Sub-Committee", record.get_body_display()),
            Fact("Said on", long_date(record.said_on)),
            Fact("Meeting", record.meeting or "Not told"),
            Fact("What it said", record.words),
        ]


class ViewEntry(OfProposalEntry):
    """Enters or amends what a Sub-Committee said."""

    model = SubCommitteeView
    form_class = ViewForm
    word, plural = "sub-committee view", "sub-committee views"


class InterestMatrix(Page):
    """Open proposals by Sub-Committee: who is kept informed, and when each last said something."""

    template = "change/interest_matrix.html"
    crumbs = (Crumb("Interest of Sub-Committees"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """A row for each open proposal in which a Sub-Committee takes an interest, or with `?all=1` for every one."""
        person, at = reader(self.request), self.request.at
        day = local_day(at)
        asked: dict[tuple[int, str], Interest] = {}
        lasting = Q(until__isnull=True) | Q(until__gte=day)
        for row in Interest.objects.filter(lasting, asked_on__lte=day).visible_to(person, at):
            asked[row.proposal_id, row.body] = row
        said: dict[tuple[int, str], SubCommitteeView] = {}
        for view in SubCommitteeView.objects.order_by("said_on", "pk").visible_to(person, at):
            said[view.proposal_id, view.body] = view
        open_ones = Proposal.objects.filter(state__in=OPEN_STAGES).order_by("-number", "suffix")
        everything = bool(request.GET.get("all"))
        if not everything:
            open_ones = open_ones.filter(pk__in={proposal for proposal, _ in (*asked, *said)})
        lines = [
            (one, [(asked.get((one.pk, body)), said.get((one.pk, body))) for body in SubCommittee.values])
            for one in open_ones.visible_to(person, at)
        ]
        return self.shown({"bodies": SubCommittee.labels, "lines": lines, "everything": everything})
