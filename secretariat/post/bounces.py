"""Messages that came back, and the addresses that get no more for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day, long_date
from secretariat.post.delivery_reports import Report
from secretariat.post.models import Bounce, IncomingMail, Message

NOTED, LIFTED = "noted", "lifted"


def suppressed(addresses: Iterable[str], at: datetime) -> dict[str, str]:
    """Of these addresses those that get no mail, in lower case, each with the reason as a sentence.

    An address is left out after one report that it takes no mail, or after as many passing failures as the rulebook
    says within its number of days. Only reports about a message of ours to that address count, unless lifted.
    """
    wanted = {address.strip().lower() for address in addresses}
    rows: Any = Bounce.objects.filter(state=NOTED, message__isnull=False, address__in=wanted, reported__lte=at)
    reasons: dict[str, str] = {}
    passing: Counter[str] = Counter()
    since = at - timedelta(days=RULEBOOK.number("post.bounce_days", at))
    for address, permanent, reported in rows.order_by("reported").values_list("address", "permanent", "reported"):
        if permanent:
            day = long_date(local_day(reported))
            reasons[address] = f"Mail to it came back on {day}: the address takes no mail."
        passing[address] += reported >= since
    limit = RULEBOOK.number("post.bounces_allowed", at)
    for address, count in passing.items():
        if count > limit:
            reasons.setdefault(address, f"Mail to it came back {count} times since {long_date(local_day(since))}.")
    return reasons


def bounces_of(report: Report, mail: IncomingMail, recorded: datetime) -> list[Bounce]:
    """The bounces that a report tells of, not yet kept; each with the message of ours that it names, if it does."""
    sent = {one.message_id: one for one in Message.objects.filter(message_id__in=report.originals)}
    message = next((sent[name] for name in report.originals if name in sent), None)
    failures = {failure.address: failure for failure in report.failures}
    return [
        Bounce(
            mail=mail,
            message=message if message is not None and message.recipient.lower() == failure.address else None,
            address=failure.address[:320],
            permanent=failure.permanent,
            code=failure.code,
            words=failure.words,
            reported=mail.received,
            recorded=recorded,
        )
        for failure in failures.values()
    ]
