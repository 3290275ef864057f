"""Notices: for each event, who hears and in which words. Rooms declare theirs in their own `notices.py`.

NOTICES = notify(
    Notice("proposal.convert", to=change_contacts, subject="{{ record }} is a proposal", template="change/notices/convert.txt"),
)
"""  # noqa: E501 - the example reads as the line a room writes

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.template import engines
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from secretariat.core.classification import Class
from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.plain.dates import instant, long_date, plain_date

To = Callable[[Event, Any, datetime], Iterable[Person]]
SUBJECT_LENGTH = 200


@dataclass(frozen=True)
class Notice:
    """What one event tells whom. `to` is asked with (event, record, at).

    `subject` is Jinja text; the body is Jinja text too, in the file `template` (in a room's templates) or in `body`.
    Both see event, facts, record, person, link, private_link and at.
    A second notice of the same event needs a `name` of its own.
    """

    event: str
    to: To
    subject: str
    template: str = ""
    body: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        if bool(self.template) == bool(self.body):
            raise ValueError(f"The notice of {self.event} needs a template or a body, and not both.")
        if not self.name:
            object.__setattr__(self, "name", self.event)

    def written(self, event: Event, record: Any, person: Person, at: datetime) -> tuple[str, str]:
        """Subject and body for one person. Raises jinja2.UndefinedError for a name that the template made up."""
        told = {
            "event": event,
            "facts": event.facts,
            "record": record,
            "person": person,
            "link": link(record),
            "private_link": PRIVATE_LINK,
            "at": at,
            "administration": settings.ADMINISTRATION,
            "code_name": settings.CODE_NAME,
        }
        words = environment()
        body = words.get_template(self.template) if self.template else words.from_string(self.body)
        return one_line(words.from_string(self.subject).render(told)), body.render(told).strip() + "\n"


PRIVATE_LINK = "[your private link]"
"""Stands in a message where its person's own link belongs: the link is put in as it is sent, and is never stored."""

PRIVATE_LINKS: dict[str, Callable[[Any, Person], str]] = {}
"""By kind of record: the private link that a person has to a record; nothing for a person who has none."""

NOTICES: dict[str, list[Notice]] = defaultdict(list)
"""Every notice by the name of its event."""


def notify(*notices: Notice) -> tuple[Notice, ...]:
    """Declares notices and returns them. Raises ValueError when two of one event have the same name."""
    for notice in notices:
        if any(known.name == notice.name and known != notice for known in NOTICES[notice.event]):
            raise ValueError(f"Two notices of {notice.event} are called {notice.name}.")
        if notice not in NOTICES[notice.event]:
            NOTICES[notice.event].append(notice)
    return notices


@cache
def environment() -> Environment:
    """The words of mail: plain text, in which an undefined name is an error."""
    words = Environment(
        loader=FileSystemLoader(engines["jinja2"].dirs),
        autoescape=False,  # noqa: S701 - plain text mail is not HTML, so escaping would spoil it
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words.filters.update(
        day=long_date, plain_day=plain_date, instant=instant, class_word=lambda value: Class(value).label
    )
    return words


def one_line(text: str) -> str:
    """A text as a header holds it: one line, not too long."""
    folded = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return folded if len(folded) <= SUBJECT_LENGTH else f"{folded[: SUBJECT_LENGTH - 1]}…"


def link(record: Any) -> str:
    """The full address of a record's page; the home page for a record without one."""
    where = record.get_absolute_url() if hasattr(record, "get_absolute_url") else "/"
    return f"{settings.SITE_URL}{where}"
