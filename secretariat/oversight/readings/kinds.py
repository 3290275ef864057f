"""Extracts of alerts as a kind of record that pages lead to."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.oversight.readings.models import AlertExtract
from secretariat.register.kinds import not_named

register("alert extract", AlertExtract, not_named)
