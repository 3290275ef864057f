"""What is judged of a proposal: kinds that something can be about; a forum issue is named by its number."""

from __future__ import annotations

from secretariat.change.judging.cross_code import CodeListing, CrossCode, ForumIssue, Steering
from secretariat.change.judging.interest import Interest, SubCommitteeView
from secretariat.change.judging.models import Cost, Impact, Judgement, Priority, Summary, SystemImpact
from secretariat.change.naming.kinds import not_named
from secretariat.core.kinds import register


def forum_issue(text: str) -> ForumIssue | None:
    """The issue of the code administrators' forum with this number."""
    found: ForumIssue | None = ForumIssue.objects.filter(number__iexact=text.strip()).first()
    return found


register("judgement", Judgement, not_named)
register("impact", Impact, not_named)
register("system impact", SystemImpact, not_named)
register("cost", Cost, not_named)
register("priority", Priority, not_named)
register("summary", Summary, not_named)
register("cross-code reference", CrossCode, not_named)
register("code listing", CodeListing, not_named)
register("steering choice", Steering, not_named)
register("forum issue", ForumIssue, forum_issue)
register("interest", Interest, not_named)
register("sub-committee view", SubCommitteeView, not_named)
