"""Obligations, as records that pages lead to."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.legaltext.reading.models import Obligation
from secretariat.register.kinds import not_named

register("obligation", Obligation, not_named)
