"""What the checker finds against what was put in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Final

from benchmarks.proof.content import Block, Content, Note, printed
from benchmarks.proof.faults import INJECTORS
from benchmarks.proof.faults_between import BETWEEN
from benchmarks.proof.forms import FORMS, Written
from benchmarks.proof.shapes import MONTHLY, SHAPES
from benchmarks.proof.sites import Fault
from secretariat.proof import RULES, Finding, Kind, Severity, Source, UnreadableError, check

SEED: Final = 1978
KINDS: Final = {
    "totals": "column-total row-total percentage-total rounded-total figure-total",
    "numbers": "prose-table-number prose-number-differs count-of-list remainder missing-category",
    "periods": "other-period columns-span impossible-year impossible-date already-past deadline-before-paper "
    "weekday-date two-dates-one-meeting month-sequence",
    "deadlines": "working-days",
    "structure": "caption-number section-number footnote-number missing-target attachment-class heading-content "
    "absent-list",
    "identifiers": "malformed-reference reference-style reference-date two-names abbreviation-differs title-differs",
    "carry-over": "number-agreement carried-paragraph",
    "between papers": "overlapping-series stock-and-flow unexplained-total",
}
KIND_OF: Final = {rule: Kind(kind) for kind, rules in KINDS.items() for rule in rules.split()}


@dataclass
class Tally:
    """What was counted: by (form, rule) faults put in, found, noticed though told too mildly; findings
    that point at a fault, that point at nothing, and that stand on a clean paper."""

    put_in: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    noticed: Counter[tuple[str, str]] = field(default_factory=Counter)
    true: Counter[tuple[str, str]] = field(default_factory=Counter)
    stray: Counter[tuple[str, str]] = field(default_factory=Counter)
    alarms: Counter[tuple[str, str]] = field(default_factory=Counter)
    clean_papers: Counter[str] = field(default_factory=Counter)
    clean_words: Counter[str] = field(default_factory=Counter)
    faulty_papers: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


def clean(shape: str, form: str, seed: int, tally: Tally) -> frozenset[tuple[str, str]]:
    """Counts the false alarms on a clean paper, beside last month's where the shape is monthly; returns their words."""
    content = SHAPES[shape](seed)
    earlier = SHAPES[shape](seed, 1) if shape in MONTHLY else None
    found = _checked([(content, _written(content, form))], form, tally)
    tally.clean_papers[form] += 1
    tally.clean_words[form] += content.words()
    if earlier is not None:
        first = _written(earlier, form)
        compared = _checked([(content, _written(content, form))], form, tally, previous=(earlier, first))
        compared += _checked([(earlier, first), (content, _written(content, form))], form, tally)
        found += [finding for finding in compared if finding.rule in BETWEEN]
    for finding in dict.fromkeys(found):
        tally.alarms[form, finding.rule] += 1
        tally.false.append(
            f"{finding.rule} ({finding.severity}) in {content.name}, {form}, {finding.place}: “{finding.text[:110]}” "
            f"{finding.message}"
        )
    return frozenset((finding.rule, finding.text) for finding in found)


def faulty(
    shape: str, form: str, seed: int, rules: Sequence[str], known: Iterable[tuple[str, str]], tally: Tally
) -> None:
    """Puts a fault of each rule into a copy of the paper, where it can have one, and counts what is found."""
    content = SHAPES[shape](seed)
    earlier = SHAPES[shape](seed, 1) if shape in MONTHLY else None
    draw = Random(f"{shape} {seed} {rules}")
    faults: list[Fault] = []
    for rule in rules:
        tried, old = deepcopy((content, faults))
        fault = (
            BETWEEN[rule](tried, earlier, draw)
            if rule in BETWEEN and earlier
            else INJECTORS[rule](tried, draw)
            if rule in INJECTORS
            else None
        )
        touched = {id(block) for each in old for block in each.blocks}
        if (
            fault is None
            or (rule == "footnote-number" and form == "Word")
            or touched & {id(block) for block in fault.blocks}
        ):
            continue
        content, faults = tried, [*old, fault]
    if not faults:
        return
    written = _written(content, form)
    findings = _checked([(content, written)], form, tally)
    if earlier is not None and any(fault.rule == "carried-paragraph" for fault in faults):
        findings += _checked([(content, written)], form, tally, previous=(earlier, _written(earlier, form)))
    if earlier is not None and any(fault.rule in BETWEEN for fault in faults):
        findings += _checked([(earlier, _written(earlier, form)), (content, written)], form, tally)
    tally.faulty_papers[form] += 1
    _judge(content, form, written, faults, [*dict.fromkeys(findings)], set(known), tally)


def _judge(
    content: Content,
    form: str,
    written: Written,
    faults: list[Fault],
    findings: list[Finding],
    known: set[tuple[str, str]],
    tally: Tally,
) -> None:
    pointed: set[int] = set()
    for fault in faults:
        tally.put_in[form, fault.rule] += 1
        told = [
            finding
            for finding in findings
            if points(fault, finding, written) and (finding.rule, finding.text) not in known
        ]
        pointed |= {id(finding) for finding in told}
        pointed |= {id(finding) for finding in findings if _stands_in(fault.beside, finding, written)}
        noticed = [finding for finding in told if _is_right(fault, finding, mildly=True)]
        right = [finding for finding in noticed if _is_right(fault, finding)]
        tally.found[form, fault.rule] += bool(right)
        tally.noticed[form, fault.rule] += bool(noticed)
        for finding in noticed:
            tally.true[form, finding.rule] += 1
        if not right:
            near = (
                "; ".join(f"{finding.rule} ({finding.severity}) “{finding.text[:50]}”" for finding in told) or "nothing"
            )
            said = " / ".join(printed(block)[:150] for block in fault.blocks[:2])
            tally.missed.append(
                f"{fault.rule} in {content.name}, {form}: put “{fault.words[0]}” in “{said}”; told: {near}"
            )
    for finding in findings:
        if id(finding) not in pointed and (finding.rule, finding.text) not in known:
            tally.stray[form, finding.rule] += 1
            tally.false.append(
                f"{finding.rule} ({finding.severity}) stray in {content.name}, {form} beside "
                f"{[fault.rule for fault in faults]}: "
                f"“{finding.text[:110]}” {finding.message}"
            )


def _is_right(fault: Fault, finding: Finding, *, mildly: bool = False) -> bool:
    for name in (fault.rule, *fault.also):
        mild = mildly or fault.mild or name not in RULES or RULES[name].severity is Severity.QUERY
        if finding.kind is KIND_OF[name] and (mild or finding.severity is Severity.ERROR):
            return True
    return False


def points(fault: Fault, finding: Finding, written: Written) -> bool:
    """Whether the finding stands within a block of the fault, or names its words, or quotes such a block."""
    said = _squeezed(finding.text + " " + finding.message)
    if any(len(_squeezed(words)) > 2 and _squeezed(words) in said for words in fault.words):
        return True
    return _stands_in(fault.blocks, finding, written)


def _stands_in(blocks: Iterable[Block], finding: Finding, written: Written) -> bool:
    blocks = tuple(blocks)
    for block in blocks:
        first, last = written.lines.get(id(block), (0, 0))
        if finding.place.line and first <= finding.place.line <= last:
            return True
    # The last word of a long quotation may be cut.
    quoted = _tokens(finding.text.rpartition(" ")[0] if len(finding.text) > 60 else finding.text)
    return bool(quoted) and any(quoted <= _tokens(printed(block)) | _marks(block) for block in blocks)


def _marks(block: object) -> set[str]:
    return {block.mark} if isinstance(block, Note) else set()


def _squeezed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _tokens(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9,.]*[a-z0-9]", text.lower()))


def _written(content: Content, form: str) -> Written:
    return FORMS[form][1](content)


def _checked(
    papers: list[tuple[Content, Written]], form: str, tally: Tally, previous: tuple[Content, Written] | None = None
) -> list[Finding]:  # fmt: skip
    sources = [_source(content, written, form, at) for at, (content, written) in enumerate(papers)]
    try:
        return list(check(*sources, previous=_source(*previous, form, 9) if previous else None).findings)
    except UnreadableError as error:
        tally.unreadable.append(f"{papers[-1][0].name}, {form}: {error}")
        return []


def _source(content: Content, written: Written, form: str, at: int) -> Source:
    return Source(f"{content.name}-{at}{FORMS[form][0]}", written.content)
