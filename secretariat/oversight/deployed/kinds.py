"""Counts of installed devices as records that pages lead to."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.oversight.deployed.models import DeployedCount
from secretariat.register.kinds import not_named

register("deployed count", DeployedCount, not_named)
