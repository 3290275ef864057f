"""Procurements and bids as records; no reference in prose names one."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.effort.procurement.models import Bid, Procurement
from secretariat.register.kinds import not_named

register("procurement", Procurement, not_named)
register("bid", Bid, not_named)
