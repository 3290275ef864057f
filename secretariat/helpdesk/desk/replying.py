"""Answering: a reply with its fields filled and its sources cited, and what keeps two people from answering at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from secretariat.core import journal
from secretariat.core.files import StoredFile, keep
from secretariat.core.journal import Told
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import RULEBOOK
from secretariat.engagement.guidance.models import Article
from secretariat.helpdesk.actions import link, say
from secretariat.helpdesk.desk import unsent
from secretariat.helpdesk.desk.live import filled, may_be_told
from secretariat.helpdesk.desk.models import OpenReply
from secretariat.helpdesk.desk.quoting import asked_last, quoted
from secretariat.helpdesk.mail.belonging import is_of_the_enquirer
from secretariat.helpdesk.mail.replies import recipients, send_reply, subject_of
from secretariat.helpdesk.models import WORKING, Enquiry, Message, Sort
from secretariat.helpdesk.procedure import ENQUIRY, those_in_hand
from secretariat.helpdesk.public.satisfaction import ask
from secretariat.papers.narrative import UnknownField
from secretariat.plain.dates import instant
from secretariat.post.notices import link as address_of

ANSWER, ASK, REFER, KEEP = "answer", "ask", "refer", "keep"
THEN = (
    (ANSWER, "It is answered"),
    (ASK, "It waits for the enquirer"),
    (REFER, "It waits for a third person"),
    (KEEP, "It stays with us"),
)
"""What a reply leads to."""
CITED = "Cited in the answer."


@dataclass(frozen=True)
class Reply:
    """What an agent writes: the text as typed, what it leads to, and the newest message that they had seen.

    With `quote` the words that it answers go below it.
    """

    text: str
    then: str = ANSWER
    to: str = ""
    seen: int = 0
    cc: str = ""
    quote: bool = True
    cites: tuple[Article, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


def reply(enquiry: Enquiry, given: Reply, **told: Unpack[Told]) -> Message:
    """Sends a reply and takes the step that it leads to; both or neither.

    A reply to somebody else than the enquirer is internal: the enquirer does not read it on their page. Raises
    Refused for a message that came in meanwhile, for a field that cannot be looked up, and for nobody to send it to.
    """
    if not those_in_hand(told["by"], enquiry, told["at"]):
        raise Refused("It is not in your hand. Ask to have it handed over.")
    _refuse_what_was_overtaken(enquiry, given)
    to = given.to or enquiry.address
    if not to:
        raise Refused("There is no address to answer to. Tell one, or answer by telephone and note what was said.")
    body = written(enquiry, given, told["at"])
    internal = not {to.lower(), *(address.lower() for _, address in _copied(given))} & {enquiry.address.lower()}
    with transaction.atomic():
        message = say(
            enquiry, Sort.OUT, body, to=to, cc=given.cc, subject=subject_of(enquiry, ""), internal=internal, **told
        )  # fmt: skip
        for article in given.cites:
            _cite(enquiry, article, told)
        kept = [_kept(name, content, message, told) for name, content in given.files]
        message.files.set(kept)
        send_reply(message, files=kept, **told)
        _take(enquiry, given, to, told)
        ask(enquiry, **told)
        unsent.sent(enquiry, told["by"])
    return message


def _copied(given: Reply) -> list[tuple[str, str]]:
    return recipients(given.cc) if given.cc.strip() else []


def written(enquiry: Enquiry, given: Reply, at: datetime) -> str:
    """The reply as it goes out. Raises Refused.

    Its fields are looked up, guidance is named with its address and its sources, and what it answers goes below.
    """
    outside = goes_outside(enquiry, given)
    try:
        text = filled(given.text, enquiry, at, outside=outside).strip()
    except UnknownField as error:
        raise Refused(str(error)) from error
    if not text:
        raise Refused("Write something to send.")
    hidden = [article.title for article in given.cites if not may_be_told(article, enquiry, at, outside=outside)]
    if hidden:
        raise Refused(*(f"“{title}” is not published to this enquirer." for title in hidden))
    asked = asked_last(enquiry) if given.quote else None
    words = quoted(asked, named=given.to.lower() in ("", enquiry.address.lower())) if asked is not None else ""
    return "\n\n".join([text, *(_source(article) for article in given.cites), *([words] if words else [])])


def goes_outside(enquiry: Enquiry, given: Reply) -> bool:
    """Whether somebody who is not at the enquirer's own place gets a reply."""
    heard = [given.to or enquiry.address, *(address for _, address in _copied(given))]
    return not all(is_of_the_enquirer(enquiry, address) for address in heard if address)


def _source(article: Article) -> str:
    """An article as an answer cites it, with what it rests on."""
    return f"Guidance: {article.citation}\n{address_of(article)}"


def _kept(name: str, content: bytes, message: Message, told: Told) -> StoredFile:
    """A file that goes along, of the class of its message. Raises Refused for one that may not be kept."""
    classes = {"classification": message.classification, "audience": message.audience}
    try:
        sha256 = keep(name, content)
    except ValidationError as error:
        raise Refused(*error.messages) from error
    file = StoredFile(name=name, sha256=sha256, size=len(content), recorded=told["recorded"], **classes)
    journal.enter(file, **told)
    return file


def _cite(enquiry: Enquiry, article: Article, told: Told) -> None:
    if not enquiry.links.filter(about_kind=article._meta.label_lower, about_id=article.pk).exists():
        link(enquiry, article, CITED, **told)


def _take(enquiry: Enquiry, given: Reply, to: str, told: Told) -> None:
    if given.then == REFER:
        ENQUIRY.take(REFER, enquiry, whom=to, **told)
    elif given.then != KEEP:
        ENQUIRY.take(given.then, enquiry, **told)


def newest(enquiry: Enquiry) -> int:
    """The number of the newest message of an enquiry; nothing yet is 0."""
    return enquiry.messages.order_by("-pk").values_list("pk", flat=True).first() or 0


def _refuse_what_was_overtaken(enquiry: Enquiry, given: Reply) -> None:
    later: Iterable[Message] = enquiry.messages.filter(pk__gt=given.seen).select_related("by")
    reasons = [
        f"{Sort(one.sort).label}{f' by {one.by}' if one.by else ''} came since you began ({instant(one.at)}). "
        "Read it below; your text is kept, and can be sent as it is."
        for one in later
    ]
    if reasons:
        raise Refused(*reasons)
    if enquiry.state not in WORKING:
        raise Refused("Somebody finished it since you began. Reopen it first; your text is kept.")


def begin(enquiry: Enquiry, person: Person, at: datetime) -> list[OpenReply]:
    """Notes that somebody has the reply form open, and names the others who opened it within the last minutes."""
    OpenReply.objects.update_or_create(enquiry=enquiry, person=person, defaults={"at": at})
    since = at - timedelta(minutes=RULEBOOK.number("helpdesk.collision_minutes", at))
    others = OpenReply.objects.filter(enquiry=enquiry, at__gte=since).exclude(person=person)
    return list(others.select_related("person").order_by("-at"))
