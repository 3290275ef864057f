"""Rules asked of papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from secretariat.proof.findings import RULES, Finding, Rule, Severity, merged
from secretariat.proof.paper import Paper
from secretariat.proof.reading import Source, read
from secretariat.proof.settings import Accepted, Settings


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check gives: the papers as read, what was found, and what was found but accepted, with the reason."""

    papers: tuple[Paper, ...]
    findings: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, Accepted], ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are errors."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


def check(
    *sources: Source | Path, previous: Source | Path | None = None, settings: Settings | None = None,
    read_on: date | None = None,
) -> Checked:  # fmt: skip
    """Reads the papers and asks every rule that the settings leave on.

    With `previous`, the first paper is also compared with that earlier one; two or more are compared with each other.
    Raises UnreadableError when a file cannot be read at all; a single unreadable page is a finding.
    """
    papers = tuple(read(source, read_on=read_on) for source in sources)
    earlier = read(previous) if previous is not None else None
    return judged(papers, earlier, settings or Settings())


def judged(papers: Sequence[Paper], previous: Paper | None, settings: Settings) -> Checked:
    """The findings on papers already read."""
    on = [each for name, each in RULES.items() if settings.is_on(name)]
    found = merged(list(_found(papers, previous, on)))
    reasons = [(finding, settings.reason(finding)) for finding in found]
    return Checked(
        tuple(papers),
        tuple(finding for finding, reason in reasons if reason is None),
        tuple((finding, reason) for finding, reason in reasons if reason is not None),
    )


def _found(papers: Sequence[Paper], previous: Paper | None, on: Iterable[Rule]) -> Iterator[Finding]:
    for each in on:
        if each.scope == "paper":
            for paper in papers:
                yield from each.on(paper)
        elif each.scope == "previous" and previous is not None:
            yield from each.on(papers[0], previous)
        elif each.scope == "papers" and len(papers) > 1:
            yield from each.on(*papers)
