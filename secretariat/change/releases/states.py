"""The states of a release and of a modification in its scope."""

PLANNED, SCOPE_APPROVED, BASELINED, LIVE, CLOSED, CANCELLED = (
    "planned", "scope approved", "baselined", "live", "closed", "cancelled",
)  # fmt: skip
BEFORE_LIVE = (PLANNED, SCOPE_APPROVED, BASELINED)
"""A release that still takes modifications, and whose day can still move."""

TARGETED, APPROVED, IN_BASELINE, IMPLEMENTED, REMOVED = (
    "targeted", "approved", "in the baseline", "implemented", "removed",
)  # fmt: skip
IN_SCOPE = (TARGETED, APPROVED, IN_BASELINE)
"""A modification that the release still has to implement."""

ASKED, ALLOWED, REFUSED, TAKEN_BACK = "asked", "allowed", "refused", "taken back"
"""A request to the Authority to move a day."""
