"""Keeping the record safe: backup, restore, and the seal of the journal's head."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

from secretariat.core import sealed
from secretariat.core.journal import Event

DATABASE = "secretariat.sqlite3"
DUMP = "database.pgdump"


def backup(target: Path) -> int:
    """Writes a gzipped archive of a consistent copy of the database, then the files; returns its size in bytes.

    What is sealed is in it as it lies, and the keys that open it are not.

    Files are added and never changed, but by sealing them anew, so those copied after the database hold everything that
    it names.
    """
    with tempfile.TemporaryDirectory() as folder:
        name = DUMP if connection.vendor == "postgresql" else DATABASE
        copy = Path(folder) / name
        _dump(copy) if connection.vendor == "postgresql" else _copy(copy)
        partial = target.with_name(target.name + ".partial")
        with tarfile.open(partial, "w:gz") as archive:
            archive.add(copy, name)
            if Path(settings.FILES_ROOT).exists():
                archive.add(settings.FILES_ROOT, "files")
            if Path(settings.READINGS_ROOT).exists():
                archive.add(settings.READINGS_ROOT, "readings")
            for extra in ("demo", "clock"):
                if (settings.HOME / extra).exists():
                    archive.add(settings.HOME / extra, extra)
        partial.replace(target)
    return target.stat().st_size


def about_keys() -> list[str]:
    """What is to be said of sealing keys where files are backed up or restored: a backup never holds them."""
    in_use = sealed.keys_in_use()
    if not in_use:
        return []
    keys = ", ".join(sorted(filter(None, in_use)))
    files = f"{sum(in_use.values()):,} of its files are sealed, with the keys {keys}."
    lacking = sorted(set(in_use) - {"", *sealed.key_names()})
    if lacking:
        return [files, f"Of these {', '.join(lacking)} are not in {settings.SEALING_KEYS}: put them back there."]
    return [files, f"The keys are not in a backup. Keep a copy of {settings.SEALING_KEYS} apart from it."]


def _copy(copy: Path) -> None:
    source = sqlite3.connect(str(settings.DATABASES["default"]["NAME"]))
    try:
        with sqlite3.connect(copy) as target:
            source.backup(target)
        target.close()
    finally:
        source.close()


def _dump(copy: Path) -> None:
    _run(["pg_dump", "--format=custom", "--no-owner", f"--file={copy}"])


def _run(program: list[str]) -> None:
    """Runs a PostgreSQL client program against the configured database. Raises ValueError saying what is missing."""
    if shutil.which(program[0]) is None:
        raise ValueError(f"{program[0]} is missing; install PostgreSQL's client (apt install postgresql-client).")
    known = settings.DATABASES["default"]
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = os.environ | {variable: str(known[key]) for variable, key in names.items() if known.get(key)}
    subprocess.run(program, env=environment, check=True)  # noqa: S603 - fixed words


def restore(source: Path) -> None:
    """Unpacks a backup. Raises ValueError when it is no backup, or when there is a record already."""
    if not source.is_file() or not tarfile.is_tarfile(source):
        raise ValueError(f"{source} is not a backup of this program.")
    with tarfile.open(source) as archive:
        names = archive.getnames()
        if connection.vendor == "postgresql":
            _restore_postgresql(archive, names)
        else:
            _restore_sqlite(archive, names)
        kept = ("files", "readings", "demo", "clock")
        members = [member for member in archive.getmembers() if member.name.split("/")[0] in kept]
        archive.extractall(settings.HOME, members=members, filter="data")


def _restore_sqlite(archive: tarfile.TarFile, names: list[str]) -> None:
    target = Path(str(settings.DATABASES["default"]["NAME"]))
    if DATABASE not in names:
        raise ValueError("The backup holds a PostgreSQL database; set DATABASE_URL and restore it there.")
    if target.exists():
        raise ValueError(f"{target} exists; a restore does not overwrite. Move it away first.")
    target.parent.mkdir(parents=True, exist_ok=True)
    content = archive.extractfile(DATABASE) or io.BytesIO()
    partial = target.with_suffix(".partial")
    with partial.open("wb") as out:
        shutil.copyfileobj(content, out)
    partial.replace(target)


def _restore_postgresql(archive: tarfile.TarFile, names: list[str]) -> None:
    if DUMP not in names:
        raise ValueError("The backup holds an SQLite database; unset DATABASE_URL and restore it there.")
    if "core_event" in connection.introspection.table_names():
        raise ValueError("The database holds a record; a restore does not overwrite. Use an empty database.")
    with tempfile.TemporaryDirectory() as folder:
        archive.extract(DUMP, folder, filter="data")
        _run(
            ["pg_restore", "--no-owner", f"--dbname={settings.DATABASES['default']['NAME']}", str(Path(folder) / DUMP)]
        )


def seal(path: Path, count: int, head: str, say: Callable[[str], None], complain: Callable[[str], int]) -> int:
    """Writes the head to a seal file, or checks that the journal still begins with what an earlier seal states."""
    if not path.exists():
        path.write_text(f"{count} {head}\n", encoding="ascii")
        say(f"Sealed in {path}.")
        return 0
    known_count, _, known_head = path.read_text(encoding="ascii").strip().partition(" ")
    there = Event.objects.order_by("pk")[int(known_count) - 1 : int(known_count)].values_list("hash", flat=True).first()
    if there != known_head:
        return complain(f"The journal is not the one that {path} sealed.")
    say(f"The journal still holds what {path} sealed.")
    return 0
