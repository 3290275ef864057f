"""What is kept sealed: encrypted at rest, with keys that lie neither in the database nor in the files' folder.

AES-256-GCM, which also tells when a byte was changed. Each envelope names the key that sealed it, so that keys can be
renewed: the newest seals, every key of the file unseals, and `secretariat reseal` puts everything under the newest.
An envelope is bound to its place: moved to another one it does not open.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

MAGIC = b"SEALED1:"
KEY_ID, KEY, NONCE = 4, 32, 12
"""Lengths in bytes."""
FOLDER = "sealed"
"""Where sealed files lie in the folder of files, so that a backup of the files holds them."""
ALLOWED_LOOKUPS = ("isnull",)


class Unsealable(Exception):
    """What is sealed cannot be opened, or nothing can be sealed; its words say why and what to do."""


def seal(content: bytes, place: str) -> bytes:
    """The envelope of a content, bound to a place. Raises Unsealable where there is no key to seal with."""
    name, key = list(_keys(making=True).items())[-1]
    nonce = secrets.token_bytes(NONCE)
    head = MAGIC + bytes.fromhex(name)
    return head + nonce + AESGCM(key).encrypt(nonce, content, head + place.encode())


def unseal(envelope: bytes, place: str) -> bytes:
    """The content of an envelope. Raises Unsealable: its key is missing, it was changed, or it is no envelope."""
    name = key_of(envelope)
    key = _keys().get(name)
    if key is None:
        raise Unsealable(
            f"It was sealed with the key {name}, which is not in the file of sealing keys. Put that key back."
        )
    head, rest = envelope[: len(MAGIC) + KEY_ID], envelope[len(MAGIC) + KEY_ID :]
    try:
        return AESGCM(key).decrypt(rest[:NONCE], rest[NONCE:], head + place.encode())
    except (InvalidTag, ValueError) as error:
        raise Unsealable("It was changed after it was sealed, or put in another's place. Restore a backup.") from error


def key_of(envelope: bytes) -> str:
    """The name of the key that sealed an envelope. Raises Unsealable for what is no envelope."""
    if not envelope.startswith(MAGIC) or len(envelope) < len(MAGIC) + KEY_ID + NONCE:
        raise Unsealable("It does not begin as what is sealed does: it was changed or cut short. Restore a backup.")
    return envelope[len(MAGIC) : len(MAGIC) + KEY_ID].hex()


def add_key() -> str:
    """Adds a key to the file, with which everything is sealed from now on, and returns its name."""
    path, name = _path(), secrets.token_hex(KEY_ID)
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="ascii") if path.exists() else ""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    line = f"{name} {base64.b64encode(secrets.token_bytes(KEY)).decode()}\n"
    partial.write_text(before + line, encoding="ascii")
    partial.replace(path)
    return name


def key_names() -> list[str]:
    """The names of the keys at hand, oldest first; none where nothing was sealed yet."""
    return list(_keys()) if _path().exists() else []


def _path() -> Path:
    """The file of keys. Raises Unsealable where it lies among the files that it protects."""
    path = Path(settings.SEALING_KEYS)
    if Path(settings.FILES_ROOT) in path.parents:
        raise Unsealable("The file of sealing keys lies in the folder of files. Keep it elsewhere.")
    return path


def _keys(*, making: bool = False) -> dict[str, bytes]:
    """The keys by name, oldest first; the first one is made when something is first sealed."""
    path = _path()
    if not path.exists():
        if not making or any(sealed_files()):
            raise Unsealable(f"The file of sealing keys, {path.name}, is missing. Put it back where it was.")
        add_key()
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> dict[str, bytes]:
    try:
        rows = [line.split() for line in path.read_text(encoding="ascii").splitlines() if line.strip()]
        keys = {name: base64.b64decode(key, validate=True) for name, key in rows}
    except (ValueError, binascii.Error) as error:
        raise Unsealable(f"The file of sealing keys, {path.name}, does not hold a name and a key a line.") from error
    if not keys or any(len(key) != KEY or len(name) != 2 * KEY_ID for name, key in keys.items()):
        raise Unsealable(f"The file of sealing keys, {path.name}, holds a key of another length.")
    return keys


def keep_sealed(content: bytes) -> str:
    """Seals bytes into a file of their own and returns the file's name, which tells nothing of them."""
    name = secrets.token_hex(16)
    _write(name, seal(content, name))
    return name


def read_sealed(name: str) -> bytes:
    """The bytes of a sealed file. Raises Unsealable: it is gone, it was changed, or its key is missing."""
    return unseal(_envelope(name), name)


def sealed_files() -> Iterator[str]:
    """The names of all sealed files."""
    folder = Path(settings.FILES_ROOT) / FOLDER
    return (path.name for path in sorted(folder.glob("*/*")) if not path.suffix) if folder.exists() else iter(())


def keys_in_use() -> dict[str, int]:
    """How many files each key seals; what was changed so that it is no envelope is counted under no name."""
    found: dict[str, int] = {}
    for name in sealed_files():
        try:
            key = key_of(_envelope(name))
        except Unsealable:
            key = ""
        found[key] = found.get(key, 0) + 1
    return found


def reseal() -> int:
    """Puts every sealed file and every sealed text under the newest key and returns how many there are.

    Raises Unsealable where one cannot be opened; what came before it is done, and doing it again is safe.
    """
    names = list(sealed_files())
    for name in names:
        _write(name, seal(read_sealed(name), name))
    return len(names) + sum(_resealed(field) for field in sealed_columns())


def sealed_columns() -> list[models.Field[Any, Any]]:
    """Every column whose texts are kept sealed."""
    fields = (field for model in apps.get_models() for field in model._meta.local_concrete_fields)
    return [field for field in fields if isinstance(field, SealedField)]


def _resealed(field: models.Field[Any, Any]) -> int:
    rows = field.model._base_manager.all()
    texts = [(key, text) for key, text in rows.values_list("pk", field.name) if text]
    for key, text in texts:
        rows.filter(pk=key).update(**{field.name: text})
    return len(texts)


def unopenable() -> Iterator[str]:
    """A sentence for every sealed file that does not open."""
    for name in sealed_files():
        try:
            read_sealed(name)
        except Unsealable as reason:
            yield f"The sealed file {name} does not open. {reason}"


def _place(name: str) -> Path:
    return Path(settings.FILES_ROOT) / FOLDER / name[:2] / name


def _envelope(name: str) -> bytes:
    try:
        return _place(name).read_bytes()
    except OSError as error:
        raise Unsealable("Its bytes are not where they were kept. Restore a backup.") from error


def _write(name: str, envelope: bytes) -> None:
    target = _place(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(f".{os.getpid()}")
    partial.write_bytes(envelope)
    partial.replace(target)


class SealedField(models.Field):  # type: ignore[type-arg]
    """A column that the database holds sealed: a copy of the database tells nothing of it, and it cannot be searched.

    What it opens to, `SealedText` and `SealedValues` say.
    """

    @property
    def place(self) -> str:
        """What its envelopes are bound to: the column."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def sealed(self, text: str) -> str:
        """The envelope of a text, as letters; no text stays no text."""
        return base64.b64encode(seal(text.encode(), self.place)).decode() if text else text

    def opened(self, letters: str) -> str:
        """The text of an envelope. Raises Unsealable."""
        try:
            envelope = base64.b64decode(letters, validate=True)
        except binascii.Error as error:
            raise Unsealable("A sealed text was changed in the database. Restore a backup.") from error
        return unseal(envelope, self.place).decode()

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuses to search: the same text is sealed otherwise each time."""
        if lookup_name not in ALLOWED_LOOKUPS:
            raise FieldError(f"{self.name} is sealed and cannot be searched.")
        return super().get_lookup(lookup_name)


class SealedText(SealedField, models.TextField):  # type: ignore[type-arg]
    """A text that is kept sealed."""

    def get_prep_value(self, value: Any) -> Any:
        """The sealed text, as letters; no text stays no text."""
        text = super().get_prep_value(value)
        return self.sealed(text) if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """The text. Raises Unsealable."""
        return self.opened(value) if value else value


class SealedValues(SealedField):
    """Values as JSON holds them, kept sealed; nothing is kept of an empty list or table."""

    def get_internal_type(self) -> str:
        """The column is one of text."""
        return "TextField"

    def get_prep_value(self, value: Any) -> str:
        """The sealed values, as letters."""
        return self.sealed(json.dumps(value)) if value else ""

    def from_db_value(self, value: str, expression: Any, connection: Any) -> Any:
        """The values. Raises Unsealable."""
        return json.loads(self.opened(value)) if value else self.get_default()


@dataclass(frozen=True)
class Withheld:
    """A text that a step is told and its record keeps; printed anywhere, the journal included, it says nothing."""

    text: str

    def __str__(self) -> str:
        return "withheld"

    def __repr__(self) -> str:
        return "Withheld()"


class WithheldField(forms.CharField):
    """A step's fact that is kept in the record, sealed, and not in the journal."""

    def clean(self, value: Any) -> Any:
        """The text, withheld. Raises ValidationError."""
        return Withheld(super().clean(value))
