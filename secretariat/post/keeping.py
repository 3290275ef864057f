"""Which files that came by mail are kept apart from it. All others stay in the message as it came, and are named.

Wider than what people hand in on a form: a writer cannot be asked to save a picture again. What is kept is only ever
handed out as a download, under the media type of an ending that its content was checked against.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

from secretariat.core import files

PICTURES: dict[str, tuple[bytes, ...]] = {
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".bmp": (b"BM",),
    ".tif": (b"II*\x00", b"MM\x00*"),
    ".tiff": (b"II*\x00", b"MM\x00*"),
    ".webp": (b"RIFF",),
}
"""Pictures of points, by how their content begins. Drawings that can hold scripts (SVG) are not among them."""
MESSAGES = {".msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}
"""Messages as Outlook saves them."""
OUTLOOKS_OWN = "__substg1.0_".encode("utf-16-le")
"""What a saved message of Outlook holds, and no document does."""
TEXTS = (".txt", ".csv", ".json", ".xml", ".html")
CALENDAR = re.compile(rb"(?i)\s*BEGIN:VCALENDAR\s")
HEAD = re.compile(rb"(?:[!-9;-~]{1,80}:[^\r\n]*\r?\n|[ \t][^\r\n]*\r?\n)+", re.ASCII)
UNICODE_MARKS = (b"\xff\xfe", b"\xfe\xff")
LOOKED_AT = 2_000


def keep(name: str, content: bytes) -> str:
    """Checks and stores a file that came by mail; returns its hash. Raises ValidationError with why it is left."""
    if reason := why_left(name, content):
        raise ValidationError(reason)
    return files.store(content)


def why_left(name: str, content: bytes) -> str:
    """Why a file is left in the message as it came, as a sentence; nothing when it may be kept apart."""
    suffix = Path(name).suffix.lower()
    if not content:
        return "It is empty."
    if len(content) > settings.FILE_LIMIT:
        return f"It is larger than {settings.FILE_LIMIT // 2**20} MiB."
    if not _is_known(suffix):
        kind = f"Files that end in {suffix}" if suffix else "Files without an ending"
        return f"{kind} may be programs, or hold some: they are not kept apart."
    return "" if _holds_what_it_says(suffix, name, content) else "It does not hold what its ending says."


def _is_known(suffix: str) -> bool:
    return suffix in files.ALLOWED or suffix in PICTURES or suffix in MESSAGES or suffix in (".ics", ".eml")


def _holds_what_it_says(suffix: str, name: str, content: bytes) -> bool:
    begins = content[:LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if suffix in PICTURES:
        return begins.startswith(PICTURES[suffix]) and (suffix != ".webp" or begins[8:12] == b"WEBP")
    if suffix in MESSAGES:
        return begins.startswith(MESSAGES[suffix]) and OUTLOOKS_OWN in content
    if suffix == ".ics":
        return CALENDAR.match(begins) is not None and b"\0" not in content
    if suffix == ".eml":
        return HEAD.match(begins) is not None
    if suffix in TEXTS:
        return content.startswith(UNICODE_MARKS) or b"\0" not in content
    try:
        files.check(name, content)
    except ValidationError:
        return False
    return True
