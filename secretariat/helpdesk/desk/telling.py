"""What pages tell of one enquiry: what was said, the clock, what it is linked to, which keys sort it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import getaddresses
from typing import Any

from secretariat.core.kinds import kind_of
from secretariat.core.pages import Fact, about
from secretariat.core.people import Person, Team
from secretariat.core.rulebook import RULEBOOK
from secretariat.core.schemes import Heading
from secretariat.helpdesk.actions import OURS
from secretariat.helpdesk.ball import ball_of, is_put_off
from secretariat.helpdesk.clock import in_words, target_minutes, working_hours
from secretariat.helpdesk.mail.links import Found, found
from secretariat.helpdesk.mail.replies import NOTICE as REPLY
from secretariat.helpdesk.mail.replies import keys_of as keys_of_mails
from secretariat.helpdesk.models import Channel, Enquiry, Link, Message, Sort, categories
from secretariat.helpdesk.suggesting import Suggestion, suggestions
from secretariat.plain.dates import instant, local_day
from secretariat.post.folding import Part, folded
from secretariat.post.models import Delivery
from secretariat.post.models import Message as SentMail

ADDRESSES_SHOWN = 3
FATES = {
    Delivery.QUEUED: "Waits to be sent.",
    Delivery.SENDING: "Is being sent.",
    Delivery.UNCERTAIN: "Nobody knows whether it arrived.",
    Delivery.FAILED: "Was not taken.",
    Delivery.WITHHELD: "Was not sent.",
    Delivery.GIVEN_UP: "Was taken back and not sent.",
}
KEYS = "1234567890"
"""A category has the digit of its place in the scheme; the eleventh and later ones have none."""


@dataclass(frozen=True)
class Said:
    """A message as it is read: what it says, and what it quotes and how it signs, folded away."""

    message: Message
    parts: list[Part]
    label: str
    moved_from: str = ""
    fate: str = ""

    @property
    def left(self) -> list[dict[str, str]]:
        """The parts of a mail that were not kept apart from it, each with its name and why."""
        return list(self.message.mail.refused) if self.message.mail is not None else []

    @property
    def as_it_came(self) -> list[str]:
        """Where a mail is downloaded byte for byte."""
        mail = self.message.mail
        return [one.get_absolute_url() for one in mail.arrivals.all()] if mail is not None else []

    @property
    def heard(self) -> list[tuple[str, list[str], int]]:
        """To whom it went and to whom as a copy: the first addresses, and how many more there are."""
        told = [("to", self.message.to), ("copy to", self.message.cc)]
        found = [(word, [one for _, one in getaddresses([text]) if one]) for word, text in told]
        return [(word, some[:ADDRESSES_SHOWN], len(some[ADDRESSES_SHOWN:])) for word, some in found if some]


def said(enquiry: Enquiry, person: Person | None, at: datetime) -> list[Said]:
    """Everything said about an enquiry and those merged into it, as far as a person may read it, oldest first."""
    ids = [enquiry.pk, *enquiry.merged.values_list("pk", flat=True)]
    rows = Message.objects.visible_to(person, at).filter(enquiry__in=ids).select_related("by", "enquiry", "mail")
    fates = _fates(ids)
    return [
        Said(
            one, folded(one.body), Sort(one.sort).label,
            one.enquiry.number if one.enquiry_id != enquiry.pk else "", fates.get(keys_of_mails(one), ""),
        )
        for one in rows.prefetch_related("files", "mail__arrivals").order_by("at", "pk")
    ]  # fmt: skip


def _fates(enquiries: list[int]) -> dict[str, str]:
    """What became of what we wrote, by what the keys of its mails begin with; nothing of what was sent."""
    rows = SentMail.objects.filter(kind=kind_of(Enquiry), record_id__in=enquiries, notice=REPLY)
    told = rows.exclude(state=Delivery.SENT).order_by("pk").values_list("key", "state", "words")
    return {
        key[: key.rindex("/") + 1]: f"{FATES[Delivery(state)]}{f' {words}' if words else ''}"
        for key, state, words in told
    }


def spent_by(enquiry: Enquiry, at: datetime) -> int:
    """Minutes of Working Hours on an enquiry's clock at an instant (rule HLP-1)."""
    if enquiry.running_since is None:
        return enquiry.spent
    return enquiry.spent + working_hours(at).between(enquiry.running_since, at)


def standing(enquiry: Enquiry, at: datetime) -> list[Fact]:
    """Who has it, how long it has been with us, and until when."""
    holder = ball_of(enquiry)
    target = RULEBOOK.entry("helpdesk.target_hours", enquiry.received)
    clock = f"{in_words(spent_by(enquiry, at))} of {in_words(target_minutes(enquiry.received))} of Working Hours"
    doubt = "" if target.verified else f"{target.doubt} {target.note}"
    hand = str(enquiry.assignee) if enquiry.assignee else "nobody in particular"
    facts = [
        Fact("Waits on", holder.holder.value, note=holder.why),
        Fact("Clock", clock if enquiry.running_since else f"{clock}; it stands still", note=doubt),
        Fact("In the hand of", f"{Team(enquiry.team).label} team, {hand}"),
    ]
    if enquiry.due:
        late = enquiry.due < at
        facts.insert(1, Fact("Answer by", instant(enquiry.due), note="It is overdue." if late else ""))
    if enquiry.snoozed_until and is_put_off(enquiry, at):
        facts.append(Fact("Put off until", instant(enquiry.snoozed_until)))
    return facts


def who_asked(enquiry: Enquiry) -> list[Fact]:
    """Who asked, by which channel, and what belongs together with it."""
    named = [
        ("Name", enquiry.enquirer), ("Address", enquiry.address), ("Telephone", enquiry.telephone),
        ("Organisation", enquiry.organisation), ("Mailbox", enquiry.mailbox),
    ]  # fmt: skip
    links = [
        ("Party", enquiry.party), ("Follows", enquiry.follows), ("Merged into", enquiry.merged_into),
        ("Split off", enquiry.split_from),
    ]  # fmt: skip
    return [
        Fact("Received", instant(enquiry.received), note=Channel(enquiry.channel).label),
        Fact("Category", enquiry.category.name),
        *(Fact(label, text) for label, text in named if text),
        *(Fact(label, str(one), href=one.get_absolute_url()) for label, one in links if one),
    ]


def linked(enquiry: Enquiry, person: Person | None, at: datetime) -> list[tuple[Link, Any]]:
    """The records that an enquiry is about, as far as a person may read them."""
    named = [(one, about(one.about_kind, one.about_id)) for one in enquiry.links.all()]
    return [(one, record) for one, record in named if record is not None and may_read(record, person, at)]


def suggested_links(enquiry: Enquiry, person: Person | None, at: datetime) -> list[Found]:
    """The records that an enquiry may be about by what it says, that a person may read; linked ones left out."""
    first = enquiry.messages.exclude(sort__in=OURS).only("body", "from_address").first()
    body, sender = (first.body, first.from_address) if first is not None else ("", "")
    known = set(enquiry.links.values_list("about_kind", "about_id"))
    known |= {(kind_of(one), one.pk) for one in (enquiry.party, enquiry.person) if one is not None}
    rows = found(enquiry.subject, body, enquiry.address, at)
    if sender.lower() != enquiry.address.lower():
        rows = [*rows, *found("", "", sender, at)]
    once = {(kind_of(one.record), one.record.pk): one for one in reversed(rows)}
    return [
        one
        for one in reversed(once.values())
        if (kind_of(one.record), one.record.pk) not in known and may_read(one.record, person, at)
    ]


def may_read(record: Any, person: Person | None, at: datetime) -> bool:
    """Whether a person may read a record of whatever kind."""
    rows = type(record)._default_manager.filter(pk=record.pk)
    return bool(rows.visible_to(person, at).exists()) if hasattr(rows, "visible_to") else True


@dataclass(frozen=True)
class Key:
    """A category that one keystroke chooses, and why it is suggested, if it is."""

    category: Heading
    key: str
    suggestion: Suggestion | None


def keys_of(enquiry: Enquiry) -> list[Key]:
    """The categories in force on the day on which an enquiry came in, each with its key."""
    day = local_day(enquiry.received)
    first = enquiry.messages.exclude(sort__in=OURS).values_list("body", flat=True).first() or ""
    reasons = {heading.pk: one for heading, one in suggestions(enquiry.subject, first, day)}
    known = categories(day).order_by("position")
    return [Key(one, KEYS[n] if n < len(KEYS) else "", reasons.get(one.pk)) for n, one in enumerate(known)]
