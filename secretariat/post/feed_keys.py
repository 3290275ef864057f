"""Private keys to feeds: a calendar program cannot sign in, so its address carries a signed key that can be revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction

from secretariat.core import journal
from secretariat.core.people import Person
from secretariat.post.models import FeedKey

SIGNER = Signer(salt="secretariat.post.feeds", sep=".")


def issue(person: Person, *, at: datetime, recorded: datetime) -> str:
    """A new key for a person, told this once; the one in use before is revoked."""
    secret = secrets.token_urlsafe(24)
    with transaction.atomic():
        revoke(person, at=at, recorded=recorded)
        journal.enter(FeedKey(person=person, sha256=_hash(secret), made=at), by=person, at=at, recorded=recorded)
    return SIGNER.sign(secret)


def revoke(person: Person, *, at: datetime, recorded: datetime) -> None:
    """Ends the person's key, if there is one in use; feeds under it stop at once."""
    for key in FeedKey.objects.filter(person=person, revoked=None):
        journal.amend(key, {"revoked": at}, by=person, at=at, recorded=recorded)


def holder(token: str) -> Person | None:
    """The person whose key this is; None when it is forged, revoked or its person has left."""
    try:
        secret = SIGNER.unsign(token)
    except BadSignature:
        return None
    key = FeedKey.objects.filter(sha256=_hash(secret), revoked=None).select_related("person").first()
    return key.person if key is not None and key.person.is_active else None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
