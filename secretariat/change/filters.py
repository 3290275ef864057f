"""The choices offered on the lists of the change room."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from secretariat.change.judging.interest import Interest, SubCommittee
from secretariat.change.judging.models import CATEGORIES, Impact, document_name
from secretariat.change.models import OLD_SHAPE, OPEN_STAGES, Proposal, Stage
from secretariat.change.releases.models import ReleaseItem
from secretariat.change.releases.states import REMOVED
from secretariat.change.standing.models import URGENT, Adoption, TargetSpell, Urgency
from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.core.pages import reader
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.plain.references import UnreadableReferenceError, parse_proposal

ERAS = (("old", "SECMP (raised before 1 November 2018)"), ("new", "DP and MP (raised since)"))
ANY_OPEN = "open"
ON_HOLD, IS_URGENT, ADOPTABLE = "on hold", "urgent", "adoption"
STATUSES = ((ON_HOLD, "On hold"), (IS_URGENT, "Urgent"), (ADOPTABLE, "Withdrawn, open to adoption"))


class LabelFilter(TextFilter):
    """Rows that contain the text; a proposal's label, also an older one, finds by number (MOD-1).

    A label without a letter finds every part into which the proposal was split.
    """

    def filter(self, rows: Any, value: str) -> Any:
        """The rows that the label names or that contain the text."""
        try:
            named = parse_proposal(value or "")
        except UnreadableReferenceError:
            return super().filter(rows, value)
        rows = rows.filter(number=named.number)
        return rows.filter(suffix=named.suffix) if named.suffix else rows


class ProposalFilter(django_filters.FilterSet):
    """Choices among proposals: the same for the page, its files, its feeds, the API and who follows the list.

    What belongs to a proposal chooses it only for a person who may read that too.
    """

    request: Any
    text = LabelFilter("reference", "title")
    stage = django_filters.ChoiceFilter(
        choices=((ANY_OPEN, "Open (any stage)"), *Stage.choices), method="in_stage", label="Stage"
    )
    status = django_filters.ChoiceFilter(choices=STATUSES, method="of_status", label="Status")
    era = django_filters.ChoiceFilter(choices=ERAS, method="of_era", label="Era")
    raised = MonthFilter("raised_on", label="Raised in")
    proposer = django_filters.CharFilter("proposer_name", "icontains", label="Proposer")
    category = django_filters.ChoiceFilter(
        choices=tuple(CATEGORIES.items()), method="touches_category", label="Affects Party Category"
    )
    role = django_filters.CharFilter(method="touches_role", label="Affects User Role", help_text="Such as IS.")
    document = django_filters.CharFilter(
        method="touches_document", label="Changes document", help_text="Such as Section F."
    )
    interest = django_filters.ChoiceFilter(
        choices=SubCommittee.choices, method="of_interest_to", label="Sub-Committee kept informed"
    )
    release = django_filters.CharFilter(method="of_release", label="Release", help_text="Part of its name.")

    class Meta:
        model = Proposal
        fields = ()

    def in_stage(self, rows: Any, name: str, value: str) -> Any:
        """The rows in a stage, or in any of those in which a proposal is open."""
        return rows.filter(state__in=OPEN_STAGES if value == ANY_OPEN else (value,))

    def of_status(self, rows: Any, name: str, value: str) -> Any:
        """The rows on hold, determined to be urgent, or withdrawn and still open to adoption."""
        if value == ON_HOLD:
            return rows.filter(on_hold=True)
        if value == IS_URGENT:
            return rows.filter(pk__in=self._readable(Urgency).filter(state=URGENT).values("proposal"))
        today = local_day(self.request.at)
        open_now = Adoption.objects.filter(ended_on__isnull=True, closes_on__gte=today)
        return rows.filter(state=Stage.WITHDRAWN, pk__in=open_now.values("proposal"))

    def of_era(self, rows: Any, name: str, value: str) -> Any:
        """The rows of one shape of label."""
        shapes = RULEBOOK.entries["change.shape"]
        new = next(entry.effective_from for entry in shapes if entry.value != OLD_SHAPE)
        return rows.filter(Q(raised_on__lt=new) if value == OLD_SHAPE else Q(raised_on__gte=new))

    def touches_category(self, rows: Any, name: str, value: str) -> Any:
        """The rows of which it is recorded that they touch this Party Category, by name."""
        return self._touching(rows, Impact.Kind.CATEGORY, Q(subject=value))

    def touches_role(self, rows: Any, name: str, value: str) -> Any:
        """The rows of which it is recorded that they touch this User Role."""
        return self._touching(rows, Impact.Kind.ROLE, Q(subject__iexact=value.strip()))

    def touches_document(self, rows: Any, name: str, value: str) -> Any:
        """The rows of which it is recorded that they change this document, however it is written."""
        return self._touching(rows, Impact.Kind.DOCUMENT, Q(subject__iexact=document_name(value.strip())))

    def _touching(self, rows: Any, kind: str, what: Q) -> Any:
        found = self._readable(Impact).filter(what, kind=kind)
        return rows.filter(pk__in=found.values("proposal"))

    def of_interest_to(self, rows: Any, name: str, value: str) -> Any:
        """The rows of which a Sub-Committee is kept informed today."""
        today = local_day(self.request.at)
        asked = self._readable(Interest).filter(body=value, asked_on__lte=today)
        lasting = asked.filter(Q(until__isnull=True) | Q(until__gte=today))
        return rows.filter(pk__in=lasting.values("proposal"))

    def of_release(self, rows: Any, name: str, value: str) -> Any:
        """The rows that a release implemented, that are in its scope, or that aim at it now."""
        named = Q(release__name__icontains=value.strip())
        items = self._readable(ReleaseItem).filter(named).exclude(state__in=("", REMOVED))
        aims = TargetSpell.objects.filter(named, to_day__isnull=True)
        return rows.filter(named | Q(pk__in=items.values("proposal")) | Q(pk__in=aims.values("proposal")))

    def _readable(self, model: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.visible_to(reader(self.request), self.request.at)
        return found
