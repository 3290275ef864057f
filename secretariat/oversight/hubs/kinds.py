"""Records about hubs that pages lead to."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.oversight.hubs.models import (
    ExceptionCategory,
    HubCount,
    HubException,
    HubRequest,
    HubStock,
    HubTransfer,
    Intervention,
    TriageBatch,
)
from secretariat.register.kinds import not_named

register("hub count", HubCount, not_named)
register("hub exception", HubException, not_named)
register("exception category", ExceptionCategory, not_named)
register("hub intervention", Intervention, not_named)
register("triage batch", TriageBatch, not_named)
register("hub request", HubRequest, not_named)
register("hub stock", HubStock, not_named)
register("hub transfer", HubTransfer, not_named)
