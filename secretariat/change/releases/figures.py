"""What is told of releases: the scope of each, with the status of every modification."""

from __future__ import annotations

from secretariat.change.releases.models import ReleaseItem
from secretariat.change.releases.states import REMOVED
from secretariat.core.figures import Listing, Records, Row, Span, figure
from secretariat.plain.dates import plain_date


@figure("release_scope", title="Scope of the releases", unit="modifications")
def release_scope(span: Span) -> Listing:
    """The modifications, or parts of them, in the scope of the releases whose go-live day lies in the span, each with
    its status as it now is: targeted, approved, in the baseline or implemented (REL-3, REL-5). What was removed from a
    scope is not counted.
    """
    filters = {"release__go_live_on__range": (span.first, span.last)}
    rows = ReleaseItem.objects.filter(**filters).exclude(state__in=("", REMOVED)).select_related("release", "proposal")
    found = rows.order_by("release__go_live_on", "release__name", "proposal__number", "proposal__suffix", "part")
    told = tuple(
        Row(
            item,
            (
                item.release.name,
                plain_date(item.release.go_live_on),
                item.what,
                item.proposal.title,
                item.state,
            ),
        )
        for item in found
    )
    heads = ("Release", "Goes live", "Modification", "Title", "Status")
    return Listing(heads, told, Records(ReleaseItem, filters | {"pk__in": rows.values("pk")}))
