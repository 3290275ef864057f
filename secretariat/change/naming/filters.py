"""What can be asked of splits, solutions, issues and Issue Resolution Proposals."""

from __future__ import annotations

import django_filters

from secretariat.change.naming import models as naming
from secretariat.change.naming.models import Issue, IssueResolution, Solution, Split
from secretariat.core.filters import MonthFilter, TextFilter


def _states(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, name.capitalize()) for name in names)


SOLUTION_STATES = _states(
    naming.PROPOSED, naming.APPROVED, naming.REJECTED, naming.IMPLEMENTED, naming.TAKEN_BACK
)  # fmt: skip
RESOLUTION_STATES = _states(naming.RAISED, naming.AGREED, naming.BUNDLED, naming.NOT_AGREED)
ISSUE_STATES = _states(naming.OPEN, naming.LED_ON, naming.CLOSED)


class SplitFilter(django_filters.FilterSet):
    """Splits by label and month."""

    text = TextFilter("reference", "reason")
    split_in = MonthFilter("split_on", label="Split in")

    class Meta:
        model = Split
        fields = ()


class SolutionFilter(django_filters.FilterSet):
    """Solutions by words, proposal, kind and state."""

    text = TextFilter("title", "description")
    proposal = django_filters.CharFilter("proposal__reference", "iexact", label="Proposal")
    kind = django_filters.ChoiceFilter(choices=Solution.Kind.choices, label="Kind")
    state = django_filters.ChoiceFilter(choices=SOLUTION_STATES, label="State")

    class Meta:
        model = Solution
        fields = ()


class IssueFilter(django_filters.FilterSet):
    """Issues by words, state and month."""

    text = TextFilter("title", "text", "raised_by")
    state = django_filters.ChoiceFilter(choices=ISSUE_STATES, label="State")
    told_in = MonthFilter("raised_on", label="Told in")

    class Meta:
        model = Issue
        fields = ()


class IssueResolutionFilter(django_filters.FilterSet):
    """Issue Resolution Proposals by words, document, category, state and modification."""

    text = TextFilter("title", "applies_to_versions")
    document = django_filters.ChoiceFilter(choices=IssueResolution.Document.choices, label="Raised against")
    category = django_filters.ChoiceFilter(choices=IssueResolution.Category.choices, label="Category")
    state = django_filters.ChoiceFilter(choices=RESOLUTION_STATES, label="State")
    proposal = django_filters.CharFilter("proposal__reference", "iexact", label="Bundled into")
    raised_in = MonthFilter("raised_on", label="Raised in")

    class Meta:
        model = IssueResolution
        fields = ()
