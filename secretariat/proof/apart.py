"""A check in a process of its own, bounded in time and memory: for files that a stranger hands in.

The file is read by native code; here it can end nothing but itself. The process is given no environment and may
write no file. It answers in JSON, which the caller reads as data.
"""

from __future__ import annotations

import base64
import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final, TypedDict

from secretariat.proof.checking import Checked, check
from secretariat.proof.paper import UnreadableError
from secretariat.proof.reading import Source

SECONDS: Final = 60
MEMORY: Final = 2_000_000_000


class Told(TypedDict):
    """What the process answers: what the paper is, its blocks in order, and the findings."""

    paper: dict[str, Any]
    blocks: list[dict[str, Any]]
    findings: list[dict[str, Any]]


def checked_apart(source: Source, previous: Source | None = None, *, seconds: int = SECONDS) -> Told:
    """The paper and its findings as plain data.

    Raises UnreadableError when the file cannot be read, or not within the time and memory there is.
    """
    asked = [_packed(one) for one in (source, previous) if one is not None]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, by our own interpreter, with nothing of the caller's
            [sys.executable, "-I", "-B", "-c", _PROGRAM, *_PATH, str(seconds)],
            input=json.dumps(asked).encode(), capture_output=True, timeout=seconds + 5, check=False, env={},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"{source.name} took longer than {seconds} seconds to read. Split it.") from None
    if done.returncode:
        raise UnreadableError(f"{source.name} could not be read within the time and memory there is. Split it.")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "unreadable" in answer:
        raise UnreadableError(answer["unreadable"])
    return Told(paper=answer["paper"], blocks=answer["blocks"], findings=answer["findings"])


# Isolated mode leaves out the working directory, where the package may lie: the caller's own paths are given along.
_PATH: Final = (json.dumps([each for each in sys.path if each]),)
_PROGRAM: Final = (
    "import json,sys; sys.path[:] = json.loads(sys.argv[1]); from secretariat.proof import apart; apart.main()"
)


def main() -> None:
    """Reads files from standard input, checks them, and prints the answer."""
    seconds = int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sources = [_unpacked(one) for one in json.load(sys.stdin)]
    try:
        answer: dict[str, Any] = dict(told(check(sources[0], previous=sources[1] if sources[1:] else None)))
    except UnreadableError as error:
        answer = {"unreadable": str(error)}
    sys.stdout.write(json.dumps(answer))


def told(checked: Checked) -> Told:
    """The first paper of a check and its findings as plain data: each block names its kind."""
    paper = checked.papers[0]
    return Told(
        paper={
            "title": paper.title,
            "kind": paper.kind,
            "form": paper.reading.form.value,
            "reference": paper.reference,
            "period": str(paper.period) if paper.period else "",
            "said": paper.period.said if paper.period else "",
            "dated": paper.dated.isoformat() if paper.dated else "",
            "read_on": paper.read_on.isoformat() if paper.read_on else "",
            "classification": paper.classification,
            "pages": paper.reading.pages,
        },
        blocks=[{"is": type(block).__name__, **asdict(block)} for block in paper.blocks],
        findings=[{**asdict(finding), "at": str(finding.place)} for finding in checked.findings],
    )


def _packed(source: Source) -> Sequence[str]:
    return source.name, base64.b64encode(source.content).decode()


def _unpacked(packed: Sequence[str]) -> Source:
    return Source(packed[0], base64.b64decode(packed[1]))
