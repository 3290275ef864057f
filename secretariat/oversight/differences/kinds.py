"""The records of differences that pages and figures lead to."""

from secretariat.core.kinds import register
from secretariat.oversight.differences.models import EngagementRules, PartyDifference
from secretariat.register.kinds import not_named

register("party difference", PartyDifference, not_named)
register("rules of engagement", EngagementRules, not_named)
