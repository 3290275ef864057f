"""The code as at a day, and one clause's history, of a code of 600,000 words in thirteen versions, against git.

Git holds the same texts, a commit for each version and a file for each document: what a plain tool would be asked.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from django.core.management import call_command
from django.db import connection

from benchmarks.measure import paired, seconds, show, thousandths
from benchmarks.redlines import grown
from secretariat.legaltext.models import ClauseText, Document, DocumentVersion
from secretariat.legaltext.standing import history, text_of, texts_of
from secretariat.legaltext.text import Edit, Text, edits
from secretariat.site.sample.code_history import amended
from secretariat.site.sample.code_text import texts

WORDS, QUICK = 600_000, 60_000
VERSIONS, ASKED = 13, 7
"""So many versions of every document, and which of them is asked for."""
FIRST = date(2016, 8, 18)
AT = datetime(2020, 2, 27, tzinfo=UTC)
DOCUMENT = "section-h"
GIT = ("git", "-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org")


@dataclass(frozen=True)
class Asked:
    """What is asked of both: the whole code, one document and one clause, as they stood or came about."""

    name: str
    ours: Callable[[], object]
    git: tuple[str, ...]


def run(*, quick: bool) -> None:
    """Prints time and memory of git and of the record, with their ratios."""
    call_command("migrate", verbosity=0, interactive=False)
    with tempfile.TemporaryDirectory(prefix="secretariat-standing-") as folder:
        codes = fill(Path(folder), QUICK if quick else WORDS)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        if texts_of(day(ASKED)) != codes[ASKED]:
            raise SystemExit("The record does not give back the code.")
        asked = questions(folder, codes)
        runs = 5 if quick else 9
        pairs = [paired(seconds(partial(told, folder, one.git)), seconds(one.ours), runs) for one in asked]
        memory = [(memory_of(folder, one.git), grown(partial(alone, one.ours))) for one in asked]
    heads = ("asked of both", "git", "ours", "ratio", "git, MiB", "ours, MiB")
    rows = [
        (one.name, thousandths(pair.floor), thousandths(pair.ours), f"{pair.ratio:.2f}", f"{git:.0f}", f"{ours:.0f}")
        for one, pair, (git, ours) in zip(asked, pairs, memory, strict=True)
    ]
    show(f"The code as at a day: {WORDS if not quick else QUICK:,} words, {VERSIONS} versions", heads, rows)


def day(version: int) -> date:
    """The day on which the n-th version takes effect."""
    return FIRST + timedelta(days=90 * version)


def questions(folder: str, codes: list[dict[str, Text]]) -> list[Asked]:
    """What is asked: of git by the commit that holds the version, and by the lines that hold the clause."""
    commit, document = f"v{ASKED}", Document.objects.get(code=DOCUMENT)
    uid = next(uid for uid in codes[-1][DOCUMENT].by_uid if history(document, uid).count() > 1)
    place = next(at for at, one in enumerate(codes[-1][DOCUMENT].clauses) if one.uid == uid)
    before = sum(len(printed) for printed in lines(Text(codes[-1][DOCUMENT].clauses[:place])))
    first = codes[-1][DOCUMENT].by_uid[uid]
    last = before + len(lines(Text((first,)))[0])
    return [
        Asked("the whole code", lambda: texts_of(day(ASKED)), ("archive", commit)),
        Asked("one document", lambda: text_of(document, day(ASKED)), ("show", f"{commit}:{DOCUMENT}.txt")),
        Asked("one clause's history", lambda: list(history(document, uid)),
              ("log", f"-L{before + 1},{last}:{DOCUMENT}.txt")),
    ]  # fmt: skip


def fill(folder: Path, words: int) -> list[dict[str, Text]]:
    """Writes every version to the database and to git; returns the code as each version left it."""
    chance = Random(11)
    told(str(folder), ("init", "-q"))
    documents = {
        code: Document.objects.create(
            code=code, kind=code.split("-")[0], letter=code.split("-")[1].upper(), title=title
        )
        for code, (title, _) in texts(words).items()
    }
    codes = [{code: text for code, (_, text) in texts(words).items()}]
    for _ in range(VERSIONS - 1):
        codes.append({code: amended(text, chance) for code, text in codes[-1].items()})
    for number, code in enumerate(codes):
        before = codes[number - 1] if number else dict.fromkeys(code, Text(()))
        for name, text in code.items():
            put(documents[name], number, edits(before[name], text))
            (folder / f"{name}.txt").write_text("".join(line for one in lines(text) for line in one))
        told(str(folder), ("add", "."))
        told(str(folder), ("commit", "-q", "-m", f"Version {number}"))
        told(str(folder), ("tag", f"v{number}"))
    told(str(folder), ("gc", "-q"))
    return codes


def put(document: Document, number: int, changes: tuple[Edit, ...]) -> None:
    """A version with its rows, inserted in bulk."""
    version = DocumentVersion.objects.create(
        document=document, number=f"{number + 1}.0", effective_from=day(number), recorded=AT
    )
    ClauseText.objects.bulk_create([ClauseText.of(version, edit) for edit in changes], batch_size=2_000)


def lines(text: Text) -> list[list[str]]:
    """Each clause as the lines of a plain file."""
    return [f"{one.number} {one.heading}\n{one.body}\n".splitlines(keepends=True) for one in text.clauses]


def told(folder: str, command: tuple[str, ...]) -> None:
    """What git tells; it is thrown away. Raises CalledProcessError."""
    subprocess.run((*GIT, *command), cwd=folder, check=True, stdout=subprocess.DEVNULL)


def memory_of(folder: str, command: tuple[str, ...]) -> float:
    """How many MiB git takes at most, told by a small process that calls it."""
    asked = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    called = [sys.executable, "-S", "-c", asked, *GIT, *command]
    return int(subprocess.run(called, cwd=folder, check=True, capture_output=True).stdout) / 1024


def alone(work: Callable[[], object]) -> None:
    """Work in a process that was forked: with a connection of its own."""
    connection.close()
    work()
