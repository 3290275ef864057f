"""The records of accountability that pages and figures lead to."""

from secretariat.core.kinds import register
from secretariat.oversight.accountability.models import (
    IncentiveMilestone,
    JointMilestone,
    MilestoneView,
    PanelScore,
    PlanChange,
    Scheme,
    SchemePart,
)
from secretariat.register.kinds import not_named

register("performance scheme", Scheme, not_named)
register("scheme part", SchemePart, not_named)
register("panel score", PanelScore, not_named)
register("incentive milestone", IncentiveMilestone, not_named)
register("view of a milestone", MilestoneView, not_named)
register("joint plan milestone", JointMilestone, not_named)
register("joint plan change", PlanChange, not_named)
