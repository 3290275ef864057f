"""Who hears of a withdrawal: all parties, since any of them may adopt the proposal (OLD-8)."""

from __future__ import annotations

from secretariat.post.notices import Notice, notify
from secretariat.register.accession.notices import parties_and_the_authority

NOTICES = notify(
    Notice(
        "change.withdraw",
        to=parties_and_the_authority,
        subject="{{ record.reference }} is withdrawn",
        template="change/notices/withdrawn.txt",
    ),
)
