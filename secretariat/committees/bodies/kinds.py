"""What a body is for and may do, as kinds of record that pages lead to."""

from __future__ import annotations

from secretariat.committees.bodies.models import Delegation, Duty, Recommendation, TermsOfReference
from secretariat.core.kinds import register
from secretariat.register.kinds import not_named

register("terms of reference", TermsOfReference, not_named)
register("duty of a body", Duty, not_named)
register("delegation of authority", Delegation, not_named)
register("recommendation", Recommendation, not_named)
