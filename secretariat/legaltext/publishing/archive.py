"""Archives on which no clock leaves a mark: the same content is the same bytes for ever."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Final

CONTENTS: Final = "contents.json"


def sha256(content: bytes) -> str:
    """The hash of some bytes, as it is told."""
    return hashlib.sha256(content).hexdigest()


def contents(files: Mapping[str, bytes]) -> bytes:
    """The list of the files with their hashes, as JSON, in the order of their names."""
    told = {name: sha256(files[name]) for name in sorted(files)}
    return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()


def archive(files: Mapping[str, bytes], day: date) -> bytes:
    """Files as one ZIP archive, in the order of their names, all dated `day`, with the list of their hashes.

    They are stored as they are: how well a program packs them makes no difference.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for name, content in sorted({**files, CONTENTS: contents(files)}.items()):
            made.writestr(_entry(name, day), content)
    return out.getvalue()


def _entry(name: str, day: date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
    entry.create_system, entry.external_attr = 0, 0
    return entry
