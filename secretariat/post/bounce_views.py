"""Pages of messages that came back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from secretariat.core.capacities import secretariat
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Fact, RecordPage
from secretariat.core.procedure import Who
from secretariat.post.bounces import suppressed
from secretariat.post.filters import BounceFilter
from secretariat.post.models import Bounce


class Bounces(ListPage):
    """Messages that came back, and to which addresses nothing is sent for it."""

    model = Bounce
    word, plural = "bounce", "bounces"
    filters = BounceFilter
    about = "Addresses to which a message could not be delivered, as mail servers reported it."
    empty = "No message has come back. A report of a mail server appears here when one is fetched."
    columns = (
        Column("address", "Address", "address"),
        Column("permanent", "Takes no mail", "permanent"),
        Column("code", "Code", "code"),
        Column("words", "What was answered", "words"),
        Column("message", "Message", "message__subject"),
        Column("state", "State", "state"),
        Column("reported", "Reported", "reported"),
        class_column(),
    )
    order = "-reported"
    day = "reported"
    who: ClassVar[Who] = staticmethod(secretariat)


class BouncePage(RecordPage):
    """One address that a message did not reach, and what follows from it."""

    model = Bounce
    word, plural = "bounce", "bounces"
    who: ClassVar[Who] = staticmethod(secretariat)

    def facts(self, record: Bounce) -> list[Fact]:
        """Which message, what the server answered, and whether the address still gets mail."""
        message = record.message
        unnamed = "None: the report names no message of ours to this address, so nothing follows from it."
        return [
            Fact("Address", record.address),
            Fact("Message", message or unnamed, message.get_absolute_url() if message else ""),
            Fact("Report", record.mail, record.mail.get_absolute_url()),
            Fact("Code", record.code),
            Fact("What was answered", record.words),
            Fact("Reported", record.reported),
            Fact("Mail to it", _standing(record, self.request.at)),
        ]


def _standing(record: Bounce, at: datetime) -> Any:
    return suppressed([record.address], at).get(record.address, "is sent.")
