"""The sample's newsletters: one sent in February 2020, one begun for March, and who subscribes. All is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from secretariat.engagement.newsletter.actions import begin, write
from secretariat.engagement.newsletter.models import Newsletter, Passage
from secretariat.engagement.newsletter.procedure import NEWSLETTER
from secretariat.engagement.subscribing.actions import join
from secretariat.engagement.subscribing.models import Reading, Subscriber, every_topic
from secretariat.engagement.subscribing.procedure import SUBSCRIBER
from secretariat.post.models import Message
from secretariat.post.procedure import MESSAGE
from secretariat.site.sample.crew import Crew, noon, told

WRITES, READS = "party.support", "operations.reviewer"
FEBRUARY, MARCH = date(2020, 2, 20), date(2020, 3, 19)
SINCE = date(2020, 2, 6)
CHOSEN = (every_topic(), ["change"], ["change", "dates"], ["events", "publications"], ["governance", "parties"])
READING = (Reading.SUPPLIER, Reading.NETWORK, Reading.MAKER, Reading.ANY)
SUBSCRIBERS = 14
ENDED, UNCONFIRMED = (3, 11), (12, 13)
"""Which of them ended it again, and which did not confirm."""

IN_FEBRUARY = (
    ("welcome", "", "What happened since [[last issue]], and what comes. All of it is from the record.", ()),
    ("governance", "Your Party Details", "Tell us what changed, so that the right people hear from us. The page "
     "[Becoming a party](/becoming-a-party/) says what each role is told.", ()),
    ("refinement", "For network operators", "Costs are asked for by region in the consultations that are open.",
     (Reading.NETWORK,)),
    ("contact", "", "The Helpdesk answers on Working Days.", ()),
)  # fmt: skip
IN_MARCH = (
    ("welcome", "", "What happened since [[last issue]]: [[proposal:MP081|named]] is being voted on, and there are "
     "[[open_proposals@2020-02]] open proposals.", ()),
    ("governance", "Nominations", "Answer by [[call:2020-03-20 17:00|Nominations]], please.", ()),
    ("events", "Introduction to the SEC", "About 40 places are left.", ()),
)  # fmt: skip
"""March's is not ready: a call closes the day after it is sent, and a figure is typed."""


def enter(crew: Crew) -> None:
    """Enters the subscribers, the newsletter of February, and what there is of March's."""
    for number in range(SUBSCRIBERS):
        _subscribe(number)
    join(crew["small.supplier"], ["change", "dates"], "supplier", "monthly",
         **told(crew["small.supplier"], noon(date(2020, 2, 3))))  # fmt: skip
    february = _begin(crew, "SEC Newsletter, February 2020", FEBRUARY, SINCE, date(2020, 2, 17), IN_FEBRUARY)
    NEWSLETTER.take("approve", february, **told(crew[READS], noon(date(2020, 2, 19))))
    NEWSLETTER.take("send", february, **told(crew[WRITES], noon(FEBRUARY)))
    _deliver()
    _begin(crew, "SEC Newsletter, March 2020", MARCH, None, date(2020, 3, 4), IN_MARCH)


def _subscribe(number: int) -> None:
    """One reader, who asked on a day of January and, mostly, confirmed an hour later."""
    at = datetime(2020, 1, 6 + number, 10, tzinfo=UTC)
    if number in UNCONFIRMED:
        at = datetime(2020, 3, 4, number, tzinfo=UTC)
    row = Subscriber(address=f"reader.{number:02}@example.org", topics=CHOSEN[number % len(CHOSEN)], invented=True,
                     reads_as=READING[number % len(READING)],
                     often="monthly" if number % 5 == 4 else "each")  # fmt: skip
    SUBSCRIBER.take("ask", row, **_alone(at))
    if number in UNCONFIRMED:
        return
    SUBSCRIBER.take("confirm", row, **_alone(at + timedelta(hours=1)))
    if number in ENDED:
        SUBSCRIBER.take("end", row, **_alone(at + timedelta(days=20)))


def _alone(at: datetime) -> dict[str, Any]:
    """Nobody signed in did it."""
    return {"by": None, "at": at, "recorded": max(at, noon(date(2020, 3, 5)))}


Words = tuple[tuple[str, str, str, tuple[Reading, ...]], ...]
"""Block, heading, text, and the readers whom it is for."""


def _begin(crew: Crew, title: str, day: date, since: date | None, begun: date, words: Words) -> Newsletter:
    made = Newsletter(title=title, day=day, since=since, to_roles=["party contact"], invented=True)
    begin(made, **told(crew[WRITES], noon(begun)))
    for position, (block, heading, text, readers) in enumerate(words, start=1):
        passage = Passage(newsletter=made, block=block, heading=heading, text=text, position=position)
        passage.readers = [str(one) for one in readers]
        write(passage, **told(crew[WRITES], noon(begun)))
    return made


def _deliver() -> None:
    """The mails of February went out within minutes; one is uncertain, and waits for a person to decide."""
    at = noon(FEBRUARY) + timedelta(minutes=2)
    sent = list(Message.objects.filter(notice="newsletter").order_by("pk"))
    for message in sent:
        MESSAGE.take("begin", message, **_alone(at))
        if message is sent[-1]:
            MESSAGE.take("lose", message, **_alone(at), words="Invented: the connection broke before an answer came.")
        else:
            MESSAGE.take("send", message, **_alone(at))
