"""The narrative of the sample's February 2020 Operations Report, read from the file beside this one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


def passages() -> Iterator[tuple[str, str, str]]:
    """Each passage in order: the part it belongs to, its kind and its text."""
    for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["passages"]:
        yield row["part"], row["kind"], row["text"]
