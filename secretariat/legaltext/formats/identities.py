"""Identities of clauses as names of bookmarks, which Word allows small letters, digits and underscores in."""

from __future__ import annotations

import re
from typing import Final

from secretariat.legaltext.formats.bounds import is_identity

PREFIX: Final = "_c_"
LONGEST: Final = 40
_OTHER: Final = re.compile(r"[^a-z0-9]")
_WRITTEN: Final = re.compile(r"_([0-9a-f]+)_")


def bookmark_name(uid: str) -> str:
    """The bookmark of a clause; "" where its identity is too long for one, so that a file cannot carry it.

    Word tells no capital letters from small ones in such names, so capitals are written by their code too.
    """
    made = PREFIX + _OTHER.sub(lambda match: f"_{ord(match[0]):x}_", uid)
    return made if uid and len(made) <= LONGEST else ""


def identity(bookmark: str) -> str:
    """The identity that a bookmark carries; "" for none."""
    if not bookmark.startswith(PREFIX):
        return ""
    try:
        told = _WRITTEN.sub(lambda match: chr(int(match[1], 16)), bookmark.removeprefix(PREFIX))
    except (ValueError, OverflowError):
        return ""
    return told if is_identity(told) else ""
