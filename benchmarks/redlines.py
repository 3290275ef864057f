"""The redline of a whole code of 600,000 words of which 3 % changed, against what plain tools do with the same text."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

from rapidfuzz.distance import Indel

from benchmarks.measure import Pair, paired, show
from secretariat.legaltext.redlines.compare import Redline, accepted, redline, rejected
from secretariat.legaltext.redlines.html import html
from secretariat.legaltext.redlines.tokens import tokens
from secretariat.legaltext.redlines.word import word
from secretariat.legaltext.text import Clause, Text, in_order
from secretariat.site.sample.code_text import texts, word_count

Code = Mapping[str, Text]

WORDS, QUICK = 600_000, 60_000
TOUCHED = 12
"""In a hundred clauses so many change, of which three words in twelve: 3 % of all words."""
GIT = ("git", "diff", "--no-index", "--no-color", "--word-diff=porcelain", "old", "new")
AT = datetime(2020, 2, 27, tzinfo=UTC)


def run(*, quick: bool) -> None:
    """Prints time and memory of git, of rapidfuzz alone and of the redline and its forms, with their ratios."""
    old = {code: text for code, (_, text) in texts(words=QUICK if quick else WORDS).items()}
    new = changed(old)
    check(old, new)
    with tempfile.TemporaryDirectory(prefix="secretariat-redlines-") as folder:
        write(Path(folder), old, new)
        git, alone = partial(by_git, folder), partial(by_rapidfuzz, old, new)
        works = {name: partial(work, old, new) for name, work in WORKS.items() if work is not by_rapidfuzz}
        runs = dict(zip(works, (3, 3, 1) if quick else (5, 3, 1), strict=True))
        against_git = {name: paired(cpu(git), cpu(work), runs[name]) for name, work in works.items()}
        against_alone = {name: paired(cpu(alone), cpu(work), runs[name]) for name, work in works.items()}
        memory = {name: grown(partial(work, old, new)) for name, work in WORKS.items()}
        memory["git"] = memory_of_git(folder)
    total = sum(word_count(text) for text in old.values())
    heads = (f"{total:,} words, {share(old, new):.1f} % changed", "git", "ratio", "rapidfuzz alone", "ratio", "ours")
    show("Redline of the whole code, seconds of the processor", heads, [
        (name, *told(against_git[name]), *told(against_alone[name]), f"{against_git[name].ours:.2f}") for name in works
    ])  # fmt: skip
    show("The same, memory at most besides the texts, MiB", heads, [
        (name, *(cell for floor in ("git", "rapidfuzz") for cell in
         (f"{memory[floor]:.0f}", f"{memory[name] / max(memory[floor], 1):.1f}")), f"{memory[name]:.0f}")
        for name in works
    ])  # fmt: skip


def cpu(work: Callable[[], object]) -> Callable[[], float]:
    """Work as a measurement: how many seconds of the processor one call takes, those of the programs it calls too."""

    def measured() -> float:
        gc.collect()
        before = os.times()
        work()
        after = os.times()
        return sum(after[:4]) - sum(before[:4])

    return measured


def told(pair: Pair) -> tuple[str, str]:
    """The floor and the ratio to it."""
    return f"{pair.floor:.2f}", f"{pair.ratio:.2f}"


def changed(code: Code) -> Code:
    """The code with one word in four changed in some clauses, some put in, taken out and moved; always alike."""
    chance = Random(5)
    return {name: _changed(text, chance) for name, text in code.items()}


def _changed(text: Text, chance: Random) -> Text:
    made: list[Clause] = []
    for clause in text.clauses:
        drawn, leaf = chance.randrange(1000), clause.uid not in text.children
        if drawn < TOUCHED * 10:
            made.append(replace(clause, body=_reworded(clause.body, chance)))
        elif drawn < TOUCHED * 10 + 2:
            made.append(replace(clause, place=f"{clause.place[0]}zzz{clause.place}"))
        elif drawn >= TOUCHED * 10 + 8 or not leaf:
            made.append(clause)
        if drawn >= 994 and leaf:
            made.append(replace(clause, uid=f"{clause.uid}-new", place=f"{clause.place}i"))
    return in_order(made)


def _reworded(body: str, chance: Random) -> str:
    parts = body.split(" ")
    kept = [part for part in parts if part.isalpha()]
    return " ".join(chance.choice(kept) if part.isalpha() and chance.random() < 0.25 else part for part in parts)


def share(old: Code, new: Code) -> float:
    """How many words in a hundred the redline finds to have gone out."""
    out, all_ = 0.0, 0
    for name, text in old.items():
        for row in redline(text, new[name]).rows:
            before, after = row.before().body.split(), row.after().body.split()
            all_ += len(before) * (row.state not in ("in", "left"))
            out += len(before) - Indel.normalized_similarity(before, after) * (len(before) + len(after)) / 2
    return 100 * out / all_


def check(old: Code, new: Code) -> None:
    """Both sides read back exactly, or nothing is measured."""
    for name, text in old.items():
        found = redline(text, new[name])
        if accepted(found) != new[name] or rejected(found) != text:
            raise SystemExit(f"The redline of {name} does not read back.")


def write(folder: Path, old: Code, new: Code) -> None:
    """The plain text of both codes, a file for each document, as git compares them."""
    for side, code in (("old", old), ("new", new)):
        (folder / side).mkdir()
        for name, text in code.items():
            lines = (f"{clause.number} {clause.heading}\n{clause.body}\n" for clause in text.clauses)
            (folder / side / f"{name}.txt").write_text("\n".join(lines))


def by_git(folder: str) -> None:
    """What git tells of the same text: no identities, no moves, no tables."""
    subprocess.run(GIT, cwd=folder, check=False, stdout=subprocess.DEVNULL)


def memory_of_git(folder: str) -> float:
    """How many MiB git takes at most, told by a small process that calls it: a child begins as large as its parent."""
    asked = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-S", "-c", asked, *GIT]
    told_ = subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout
    return int(told_) / 1024


def by_rapidfuzz(old: Code, new: Code) -> list[object]:
    """The changes of the words of each clause that changed, by the compiled library and nothing else."""
    found: list[object] = []
    for name, text in old.items():
        for clause in new[name].clauses:
            before = text.by_uid.get(clause.uid)
            if before is not None and before.body != clause.body:
                found.append(Indel.opcodes(tokens(before.body), tokens(clause.body)))
    return found


def redlines(old: Code, new: Code) -> list[Redline]:
    """The redline of every document."""
    return [redline(text, new[name]) for name, text in old.items()]


def pages(old: Code, new: Code) -> list[str]:
    """The redline of every document as HTML of what changed."""
    return [html(redline(text, new[name])) for name, text in old.items()]


def words(old: Code, new: Code) -> list[bytes]:
    """The redline of every document as a Word file of the whole text."""
    return [word(redline(text, new[name]), name, author="A drafter", at=AT) for name, text in old.items()]


WORKS: Mapping[str, Callable[[Code, Code], object]] = {
    "rapidfuzz": by_rapidfuzz,
    "redline": redlines,
    "redline and its HTML": pages,
    "redline and its Word files": words,
}


def grown(work: Callable[[], object]) -> float:
    """How many MiB Python holds at most while a work is done whose outcome is kept, besides what it held before."""
    gc.collect()
    tracemalloc.start()
    kept = work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return most / 2**20
