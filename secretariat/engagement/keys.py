"""Keys of private links: reckoned from a record, its mark and the installation's own secret, and stored nowhere."""

from __future__ import annotations

import base64
import hmac
import secrets

from django.utils.crypto import salted_hmac


def new_mark() -> str:
    """A mark for a record: who changes it makes every link to the record useless."""
    return secrets.token_hex(32)


def key_for(salt: str, number: int, mark: str) -> str:
    """The key of the record with a number and a mark; another one for each salt."""
    seal = salted_hmac(salt, f"{number}.{mark}", algorithm="sha256").digest()
    return f"{number}.{base64.urlsafe_b64encode(seal).rstrip(b'=').decode()}"


def number_in(key: str) -> int:
    """The number of the record that a key is for; nought for what is no key. The key itself is still to be compared."""
    told = key.partition(".")[0]
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else 0


def is_the_key(key: str, expected: str) -> bool:
    """Whether a key is the one expected, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(key.encode(), expected.encode())
