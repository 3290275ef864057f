"""Invented papers, read from Markdown and asked one rule."""

from __future__ import annotations

import secretariat.proof.rules
from secretariat.proof import RULES, Finding, Paper, Source, read

assert secretariat.proof.rules

REPORT = """\
# Operations Report – February 2020

Paper Reference: ABCP_78_1303_30

Pat Example
Secretariat Team
6 March 2020

"""


def paper(text: str, front: str = REPORT) -> Paper:
    """The paper whose words these are, under the front of an operations report unless told."""
    return read(Source("paper.md", (front + text).encode()))


def asked(rule: str, text: str, front: str = REPORT) -> list[Finding]:
    """What the rule finds in the paper."""
    return list(RULES[rule].on(paper(text, front)))


def severities(rule: str, text: str, front: str = REPORT) -> list[str]:
    """How grave each thing is that the rule finds in the paper."""
    return [str(finding.severity) for finding in asked(rule, text, front)]
