"""The mailboxes that mail comes from, and the addresses that are ours."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings


@dataclass(frozen=True)
class Mailbox:
    """A mailbox that mail is fetched from: where, and the address of ours that it belongs to."""

    url: str
    address: str


def mailboxes() -> list[Mailbox]:
    """The mailboxes that are set up: addresses with blanks between, each such as imaps://user:password@host/INBOX.

    A mailbox whose user name is not its own address says it: imaps://…/INBOX?address=helpdesk@example.org.
    """
    return [Mailbox(url, address_of(url)) for url in settings.MAIL_IN.split()]


def address_of(url: str) -> str:
    """The address of ours to which a mailbox belongs, in lower case."""
    parts = urlsplit(url)
    return (parse_qs(parts.query).get("address") or [unquote(parts.username or "")])[0].lower()


def own_addresses() -> set[str]:
    """The addresses under which we write and receive, in lower case: mail from one of them is a loop."""
    ours = {box.address for box in mailboxes()} | {parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()}
    return {address for address in ours if "@" in address}
