"""A newsletter to 5,000 readers, against `smtplib` that hands the same ready-made mails to the same server."""

from __future__ import annotations

import resource
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from typing import Any

from django.conf import settings
from django.db import connection

from benchmarks.measure import show, thousandths
from secretariat.core.people import Person, Team
from secretariat.engagement.newsletter import actions
from secretariat.engagement.newsletter.checks import checked
from secretariat.engagement.newsletter.models import Newsletter
from secretariat.engagement.newsletter.procedure import NEWSLETTER
from secretariat.engagement.subscribing.models import CONFIRMED, ENDED, Subscriber, Topic, every_topic
from secretariat.plain.dates import LONDON
from secretariat.post.models import Delivery, Message
from secretariat.post.outbox import drain, email
from secretariat.site.commands import migrate
from secretariat.site.sample.build import build

AT = datetime(2020, 3, 6, 12, tzinfo=LONDON)
SINCE = date(2020, 2, 1)
READERS, FEW = 5_000, 100
FILLED = "from benchmarks.engagement.sending import fill; fill()"
CHOICES = (every_topic(), [Topic.CHANGE], [Topic.CHANGE, Topic.EVENTS], [Topic.GOVERNANCE, Topic.DATES])
"""What the readers chose: a quarter of them each."""


@dataclass
class Spent:
    """What a piece of work took: seconds on the clock and of the processor, and queries."""

    seconds: float = 0.0
    processor: float = 0.0
    queries: int = 0


def run(*, quick: bool) -> None:
    """Prints what queueing and handing over take, a mail, with the ratio to the floor, and the memory of it all."""
    subprocess.run([sys.executable, "-c", f"import django; django.setup(); {FILLED}"], check=True)
    before = memory()
    with mail_server() as port:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = BACKEND, "127.0.0.1", port
        lines = [measured(number, port) for number in (FEW, 500 if quick else READERS)]
    heads = ("readers", "ready-made mails", "ours", "ratio", "of the processor", "queries a mail", "queries to queue")
    show("A newsletter sent over SMTP, a mail", heads, lines)
    print(f"\n  Memory at most {memory():,.0f} MB, of it {before:,.0f} MB before anything was sent.")


BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def fill() -> None:
    """The sample administration, which has what a newsletter tells of; nothing else is queued to be sent."""
    migrate()
    build(lambda line: None)
    Message.objects.filter(state=Delivery.QUEUED).update(state=Delivery.GIVEN_UP)
    Subscriber.objects.update(state=ENDED)


def memory() -> float:
    """The most that this process held at once, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def mail_server() -> Iterator[int]:
    """A mail server in a process of its own; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "benchmarks.engagement.sink", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            server.stdout.readline()
            yield port
        finally:
            server.kill()


def measured(readers: int, port: int) -> tuple[str, ...]:
    """One line of the table. Raises SystemExit unless every reader was sent to."""
    newsletter = approved(readers)
    queued = taken(lambda: send(newsletter))
    waiting = Message.objects.filter(state=Delivery.QUEUED).select_related("person")
    if (number := waiting.count()) != readers:
        raise SystemExit(f"{number} mails are queued for {readers} readers.")
    mails = [ready(message) for message in waiting[:FEW]]
    floor = taken(lambda: hand_over(islice(cycle(mails), readers), port))
    ours = taken(lambda: drain(AT))
    if sent := Message.objects.filter(state=Delivery.QUEUED).count():
        raise SystemExit(f"{sent} mails were not sent.")
    each = (floor.seconds / readers, ours.seconds / readers)
    size = sum(len(content) for _, content in mails) / FEW / 1024
    return (
        f"{readers:,}, {size:,.0f} KB each", *map(thousandths, each), f"{each[1] / each[0]:.1f}",
        thousandths(ours.processor / readers), f"{ours.queries / readers:.1f}", f"{queued.queries:,}",
    )  # fmt: skip


def approved(readers: int) -> Newsletter:
    """An approved newsletter of the sample's record, and that many who subscribe to what it tells."""
    Subscriber.objects.bulk_create(
        Subscriber(address=f"reader{number}@example.org", topics=CHOICES[number % 4], state=CONFIRMED, confirmed_at=AT)
        for number in range(Subscriber.objects.filter(state=CONFIRMED).count(), readers)
    )
    day = AT.date() - timedelta(days=Newsletter.objects.filter(day__gt=SINCE).count())
    editor, reads = one_of(Team.PARTY_SUPPORT), one_of(Team.OPERATIONS)
    told = {"at": AT, "recorded": AT}
    made = actions.begin(Newsletter(title="Newsletter", day=day, since=SINCE), by=editor, **told)
    for finding in checked(made, AT).findings:
        actions.accept(made, finding.rule, finding.words[:300], "For the measure.", by=editor, **told)
    NEWSLETTER.take("approve", made, by=reads, **told)
    return made


def one_of(team: str) -> Person:
    """Somebody of a team of the secretariat."""
    return Person.objects.filter(capacities__team=team, is_active=True).order_by("pk")[0]


def send(newsletter: Newsletter) -> None:
    """Queues it for its readers."""
    NEWSLETTER.take("send", newsletter, by=one_of(Team.PARTY_SUPPORT), at=AT, recorded=AT)


def ready(message: Message) -> tuple[str, bytes]:
    """A message's address and its bytes, as they go over the wire."""
    return message.recipient, email(message, AT).message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]


def hand_over(mails: Iterable[tuple[str, bytes]], port: int) -> None:
    """The floor: ready-made bytes over one connection, with nothing kept of it."""
    with smtplib.SMTP("127.0.0.1", port) as server:
        for address, content in mails:
            server.sendmail(settings.DEFAULT_FROM_EMAIL, [address], content)


def taken(work: Callable[[], Any]) -> Spent:
    """Does some work and says what it took."""
    spent = Spent()

    def count(execute: Any, *told: Any) -> Any:
        spent.queries += 1
        return execute(*told)

    with connection.execute_wrapper(count):
        begun, used = time.perf_counter(), time.process_time()
        work()
        spent.seconds, spent.processor = time.perf_counter() - begun, time.process_time() - used
    return spent
