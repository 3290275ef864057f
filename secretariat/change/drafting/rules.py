"""What the legal text of a proposal needs before anybody decides on the proposal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from secretariat.change.drafting.texts import drafts_of
from secretariat.change.models import Proposal
from secretariat.core.procedure import rule
from secretariat.legaltext.drafting.procedure import lacking
from secretariat.legaltext.models import PENDING


@rule("NEW-11, DOC-3")
def legal_text_is_ready(proposal: Proposal, at: datetime, facts: Mapping[str, Any]) -> bool:
    """Every draft of the legal text changes something, fits the newest version of its document without a new error, and
    has no conflict with another draft that nobody has settled; the drafts' pages say what is missing.
    """
    return not any(lacking(draft, at) for draft in drafts_of(proposal).filter(state=PENDING))
