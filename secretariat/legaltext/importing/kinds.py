"""Texts that came in, as a kind of record that pages lead to."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.legaltext.importing.models import TextImport
from secretariat.register.kinds import not_named

register("text brought in", TextImport, not_named)
