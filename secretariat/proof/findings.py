"""What the checker says of a paper, and the register of the rules that say it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, TypeAlias

from secretariat.proof.paper import Attachment, Block, DataLabel, Footnote, Link, Paper, Place, Row


class Severity(StrEnum):
    """An error is arithmetic or a contradiction inside the paper; a query is worth a look."""

    ERROR = "error"
    QUERY = "query"


class Kind(StrEnum):
    """What a finding is about."""

    TOTALS = "totals"
    NUMBERS = "numbers"
    PERIODS = "periods"
    STRUCTURE = "structure"
    IDENTIFIERS = "identifiers"
    CARRY_OVER = "carry-over"
    DEADLINES = "deadlines"
    BETWEEN = "between papers"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: the paper's file, the rule, where, the exact words, what is wrong, what would put it right."""

    file: str
    rule: str
    kind: Kind
    severity: Severity
    place: Place
    text: str
    message: str
    suggestion: str = ""


Placed: TypeAlias = Block | Row | Footnote | Attachment | Link | DataLabel | Place
Judged: TypeAlias = Iterator["Remark"]


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule says: where, the exact words, what is wrong in one sentence, what would put it right.

    `severity` stands where this one case is milder than the rule; `paper` where the rule reads several.
    """

    where: Placed
    text: str
    message: str
    suggestion: str = ""
    severity: Severity | None = None
    paper: Paper | None = None


Scope: TypeAlias = Literal["paper", "previous", "papers"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule: what it is about, how grave, whether it reads one paper, its predecessor, or several."""

    name: str
    kind: Kind
    severity: Severity
    scope: Scope
    judge: Callable[..., Judged]

    @property
    def about(self) -> str:
        """The rule's page: its docstring."""
        return inspect.getdoc(self.judge) or ""

    @property
    def title(self) -> str:
        """The rule in one sentence: the first line of its page."""
        return self.about.partition("\n")[0]

    def on(self, paper: Paper, *others: Paper) -> Iterator[Finding]:
        """The rule's findings on a paper; a rule about several is given them all."""
        judged = self.judge((paper, *others)) if self.scope == "papers" else self.judge(paper, *others)
        for said in judged:
            place = said.where if isinstance(said.where, Place) else said.where.place
            yield Finding(
                (said.paper or paper).name, self.name, self.kind, said.severity or self.severity, place,
                said.text, said.message, said.suggestion,
            )  # fmt: skip


RULES: Final[dict[str, Rule]] = {}


def rule(
    name: str, kind: Kind, severity: Severity = Severity.ERROR, *, scope: Scope = "paper"
) -> Callable[[Callable[..., Judged]], Callable[..., Judged]]:
    """Registers a function as the rule of that name.

    Scope "paper": `judge(paper)`. Scope "previous": `judge(paper, previous)`, asked only when an earlier paper is
    given. Scope "papers": `judge(papers)`, asked when two or more are checked together. Its docstring is its page:
    the first line says what holds, the rest says what is looked at, what is left alone, and gives an example.
    """

    def registered(judge: Callable[..., Judged]) -> Callable[..., Judged]:
        assert name not in RULES, f"two rules are named {name}"
        RULES[name] = Rule(name, kind, severity, scope, judge)
        return judge

    return registered


def merged(findings: Sequence[Finding]) -> list[Finding]:
    """The findings in reading order, each once: by file, place and rule."""
    order = {finding.file: at for at, finding in reversed(list(enumerate(findings)))}
    return sorted(dict.fromkeys(findings), key=lambda finding: (order[finding.file], finding.place, finding.rule))
