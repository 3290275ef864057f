"""Detached Ed25519 signatures of what is published as a file, to be checked with openssl and our public key."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings


def sign(content: bytes) -> bytes:
    """The 64 bytes of the signature over the content.

    `openssl pkeyutl -verify -pubin -inkey signing-key.pem -rawin -in FILE -sigfile FILE.sig` checks it.
    """
    return _key().sign(content)


def public_key() -> bytes:
    """The key that everybody checks signatures with, as PEM."""
    return _key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _key() -> Ed25519PrivateKey:
    """The private key: from the file that the settings name, made there once, readable by its owner only."""
    kept = Path(settings.SIGNING_KEY)
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        kept.touch(mode=0o600)
        kept.write_bytes(made)
    key = load_pem_private_key(kept.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{kept} does not hold an Ed25519 key.")
    return key
