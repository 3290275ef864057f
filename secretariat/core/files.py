"""Files, kept by the hash of their content: the same bytes are stored once and cannot change unseen."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.sealed import keep_sealed, read_sealed

ALLOWED: dict[str, tuple[str, ...]] = {
    ".pdf": (".pdf",),
    ".docx": (".docx",),
    ".xlsx": (".xlsx",),
    ".html": (),
    ".csv": (),
    ".txt": (),
    ".json": (),
    ".xml": (),
    ".png": (".png",),
}
"""The kinds of file taken in, and what their content may look like; text kinds must be UTF-8."""

SIGNATURE_BYTES = 64
"""A detached Ed25519 signature, the one kind of file that is made here and never taken in."""

OFFICE = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
"""What an archive holds that is a document, or a workbook."""

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".webp": "image/webp",
    ".ics": "text/calendar; charset=utf-8",
    ".eml": "application/octet-stream",
    ".msg": "application/vnd.ms-outlook",
    ".sig": "application/octet-stream",
}


class StoredFile(Classified):
    """One file: its name, its content's hash and size. The bytes lie under the home folder, by hash.

    Those of a sealed file lie encrypted in a place of their own, and no hash of them is kept: it would confirm a guess.
    """

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True, blank=True)
    sealed = models.CharField(max_length=32, blank=True, editable=False, help_text="Where a sealed file lies.")
    size = models.PositiveBigIntegerField(help_text="bytes")
    recorded = models.DateTimeField()

    owned_by: ClassVar[str] = ""

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it is downloaded, for those who may read it."""
        return reverse("file", args=[self.pk, self.name])

    @property
    def suffix(self) -> str:
        """The ending of its name, lower case."""
        return Path(self.name).suffix.lower()

    @property
    def media_type(self) -> str:
        """Its media type, by its checked ending."""
        return MEDIA_TYPES[self.suffix]

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return place(self.sha256)

    def read(self) -> bytes:
        """Its bytes. Raises ValueError, or Unsealable, when they are no longer those that were stored."""
        if self.sealed:
            return read_sealed(self.sealed)
        content = self.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise ValueError(f"The stored bytes of {self.name} have changed since they were kept.")
        return content


def place(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256


def check(name: str, content: bytes) -> None:
    """Refuses what may not be kept. Raises ValidationError: too large, of a kind not taken, or not what it says."""
    suffix = Path(name).suffix.lower()
    if suffix == ".sig" and len(content) == SIGNATURE_BYTES:
        return
    if suffix not in ALLOWED:
        raise ValidationError(f"{name}: files of this kind are not taken. Use one of {', '.join(ALLOWED)}.")
    if len(content) > settings.FILE_LIMIT:
        raise ValidationError(f"{name} is larger than {settings.FILE_LIMIT // 2**20} MiB.")
    looks = ALLOWED[suffix]
    if looks and _looks_like(content) not in looks:
        raise ValidationError(f"{name} does not hold what its ending says. Save it again as {suffix} and retry.")
    if not looks:
        _check_text(name, content)


def _looks_like(content: bytes) -> str:
    if content.startswith(b"PK"):
        return _office_kind(content)
    try:
        return puremagic.from_string(content)
    except puremagic.PureError:
        return ""


def _office_kind(content: bytes) -> str:
    """Documents and workbooks are both ZIP archives; what lies in them tells them apart."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except zipfile.BadZipFile:
        return ""
    return next((ending for name, ending in OFFICE.items() if name in names), ".zip")


def _check_text(name: str, content: bytes) -> None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValidationError(f"{name} is not UTF-8 text (byte {error.start}). Save it as UTF-8 and retry.") from error


def keep(name: str, content: bytes) -> str:
    """Checks and stores bytes; returns their hash. Written whole or not at all; the same bytes are stored once."""
    check(name, content)
    return store(content)


def kept(name: str, content: bytes, *, classification: int, audience: str, recorded: datetime) -> StoredFile:
    """Checks and keeps bytes as a file of a class, which the caller saves; what is Red is sealed."""
    file = StoredFile(name=name, size=len(content), recorded=recorded)
    file.classification, file.audience = classification, audience
    if classification == Class.RED:
        check(name, content)
        file.sealed = keep_sealed(content)
    else:
        file.sha256 = keep(name, content)
    return file


def store(content: bytes) -> str:
    """Stores bytes that nothing opens as a file of a kind, such as mail as it came; returns their hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = place(sha256)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_suffix(f".{os.getpid()}")
        partial.write_bytes(content)
        partial.replace(target)
    return sha256
