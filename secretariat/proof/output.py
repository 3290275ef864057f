"""Findings as text for people, and as JSON and SARIF for machines."""

from __future__ import annotations

import hashlib
import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from secretariat.plain.dates import plain_date
from secretariat.proof.checking import Checked
from secretariat.proof.findings import RULES, Finding, Rule, Severity
from secretariat.proof.paper import Block, Paper, Table
from secretariat.proof.settings import Accepted
from secretariat.proof.words.said import words

DOCS: Final = "https://secretariat.example/docs/proof/"
_WIDE: Final = 100
_AROUND: Final = 30
_SHORT: Final = 60
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.QUERY: "note"}


# Text


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes words in colour where there is colour."""

    colour: bool = False

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text

    def strong(self, text: str) -> str:
        """A file's name."""
        return self._in("1", text)

    def faint(self, text: str) -> str:
        """What stands beside the findings."""
        return self._in("2", text)

    def severity(self, severity: Severity) -> str:
        """The word of a severity, as wide as the other."""
        return self._in("1;31" if severity is Severity.ERROR else "33", f"{severity.value:5}")

    def mend(self, text: str) -> str:
        """A suggestion."""
        return self._in("32", text)


def text(checked: Checked, *, colour: bool = False, failed: int = 0) -> str:
    """The findings for people: by paper and page, each with its words, what is wrong and what would put it right."""
    pen = Pen(colour)
    parts = [part for paper in checked.papers for part in _paper(paper, checked, pen)]
    return "\n".join([*parts, closing(checked, failed), ""])


def closing(checked: Checked, failed: int = 0) -> str:
    """The last line: "3 errors, 5 queries in 2 papers"."""
    errors = len(checked.errors)
    told = [_many(errors, "error"), _many(len(checked.findings) - errors, "query", "queries")]
    line = f"{', '.join(told)} in {_many(len(checked.papers), 'paper')}"
    if checked.accepted:
        line += f"; {len(checked.accepted)} accepted with a reason"
    return f"{line}; {_many(failed, 'file')} could not be read" if failed else line


def about(paper: Paper) -> str:
    """What a paper is: "operations report for February 2020, dated 6 March 2020, read on 13 March 2020"."""
    told = [paper.kind + (f" for {paper.period}" if paper.period else "")]
    told += [f"dated {plain_date(paper.dated)}"] if paper.dated else ["undated"]
    told += [f"read on {plain_date(paper.read_on)}"] if paper.read_on else []
    return ", ".join(told)


def _paper(paper: Paper, checked: Checked, pen: Pen) -> Iterator[str]:
    yield pen.strong(clean(paper.name))
    yield pen.faint(f"  {about(paper)}")
    found = [finding for finding in checked.findings if finding.file == paper.name]
    for page, findings in groupby(found, key=lambda finding: finding.place.page):
        yield ""
        yield pen.faint(f"  page {page}" if page else "  in the paper")
        for finding in findings:
            yield from _finding(finding, paper, pen)
    if not found:
        yield "  nothing found"
    yield ""


def _finding(finding: Finding, paper: Paper, pen: Pen) -> Iterator[str]:
    place = f"line {finding.place.line}" if finding.place.line else "-"
    yield f"    {place:9} {pen.severity(finding.severity)} {pen.faint(finding.rule)}"
    for line in in_context(finding, paper):
        yield f"      {pen.faint('|')} {line}"
    yield from _wrapped(finding.message, "      ")
    if finding.suggestion:
        yield from (pen.mend(line) for line in _wrapped(f"→ {finding.suggestion}", "      ", "        "))


def _wrapped(told: str, indent: str, after: str = "") -> list[str]:
    return textwrap.wrap(clean(told), _WIDE, initial_indent=indent, subsequent_indent=after or indent)


def in_context(finding: Finding, paper: Paper) -> list[str]:
    """The words in question with some words around them and carets below; long ones, and a row's, stand alone."""
    said = clean(finding.text)
    if not said:
        return []
    around = _around(said, finding, paper) if len(said) <= _SHORT else None
    if around is None:
        return textwrap.wrap(textwrap.shorten(said, 3 * _WIDE, placeholder=" …"), _WIDE - 8)
    before, after = around
    if not before and not after:
        return [said]
    return [before + said + after, " " * len(before) + "^" * len(said)]


def _around(said: str, finding: Finding, paper: Paper) -> tuple[str, str] | None:
    """What stands before and after the words, where they stand in one block."""
    for whole in _told(paper.blocks, finding):
        before, found, after = whole.partition(said)
        if found:
            return _end(before), _start(after)
    return None


def _told(blocks: Iterable[Block], finding: Finding) -> Iterator[str]:
    for block in blocks:
        if block.place == finding.place:
            yield clean(words(block))
        if isinstance(block, Table):
            yield from (clean(cell) for row in block.rows if row.place == finding.place for cell in row.texts)


def _end(before: str) -> str:
    return before if len(before) <= _AROUND else "…" + before[-_AROUND:].partition(" ")[2]


def _start(after: str) -> str:
    return after if len(after) <= _AROUND else after[:_AROUND].rpartition(" ")[0] + " …"


def clean(told: str) -> str:
    """Words on one line, and without the signs by which a file could write to the terminal."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in told).split())


def _many(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


# Rules


def rule_list() -> str:
    """Every rule with its kind and sentence."""
    wide = max(map(len, RULES))
    ordered = sorted(RULES.values(), key=lambda rule: (rule.kind.value, rule.name))
    return "".join(
        f"{rule.name:{wide}}  {rule.severity.value:5}  {rule.kind.value:14}  {rule.title}\n" for rule in ordered
    )


def rule_page(rule: Rule) -> str:
    """A rule's page for the terminal."""
    return f"{rule.name} ({rule.kind.value}, {rule.severity.value})\n\n{rule.about}\n"


# JSON


def as_json(checked: Checked) -> str:
    """A list of objects with file, rule, kind, severity, page, line, text, message and suggestion."""
    return json.dumps([plain(finding) for finding in checked.findings], ensure_ascii=False, indent=2) + "\n"


def plain(finding: Finding) -> dict[str, str | int]:
    """A finding as plain data; page and line are 0 where the form has none."""
    return {
        "file": finding.file,
        "rule": finding.rule,
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "page": finding.place.page,
        "line": finding.place.line,
        "text": finding.text,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }


# SARIF


def as_sarif(checked: Checked) -> str:
    """The findings as a SARIF 2.1.0 log of one run; what is accepted stands in it as suppressed, with its reason."""
    found: list[tuple[Finding, Accepted | None]] = [(finding, None) for finding in checked.findings]
    found += checked.accepted
    driver = {
        "name": "secretariat proof",
        "informationUri": DOCS,
        "rules": [_descriptor(rule) for rule in RULES.values()],
    }
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": list(_results(found))}],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.about},
        "helpUri": f"{DOCS}{rule.name}.md",
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"kind": rule.kind.value},
    }


def _results(found: Iterable[tuple[Finding, Accepted | None]]) -> Iterator[dict[str, Any]]:
    order = {name: at for at, name in enumerate(RULES)}
    times: Counter[str] = Counter()
    for finding, accepted in found:
        print_ = fingerprint(finding)
        times[print_] += 1
        result = {
            "ruleId": finding.rule,
            "ruleIndex": order[finding.rule],
            "level": _LEVELS[finding.severity],
            "message": {"text": finding.message + (f" → {finding.suggestion}" if finding.suggestion else "")},
            "locations": [_location(finding)],
            "partialFingerprints": {"secretariatProof/v1": f"{print_}:{times[print_]}"},
            "properties": {"page": finding.place.page, "suggestion": finding.suggestion},
        }
        if accepted is not None:
            result["suppressions"] = [{"kind": "external", "justification": accepted.reason}]
        yield result


def fingerprint(finding: Finding) -> str:
    """What stays the same when the paper is edited elsewhere: file, rule and words."""
    return hashlib.sha256("\0".join([Path(finding.file).name, finding.rule, finding.text]).encode()).hexdigest()[:32]


def _location(finding: Finding) -> dict[str, Any]:
    """Where a finding stands. A region needs a line: in a form without lines it is the first."""
    region: dict[str, Any] = {"startLine": max(1, finding.place.line)}
    if finding.text:
        region["snippet"] = {"text": finding.text}
    path = Path(finding.file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    told: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
    if finding.place.page:
        told["logicalLocations"] = [{"name": f"page {finding.place.page}"}]
    return told
