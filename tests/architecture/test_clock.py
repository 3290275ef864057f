"""Time enters at the edge: below it, nothing reads a clock."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.sources import nodes, place

READS_THE_CLOCK = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "timezone.localdate",
    "timezone.localtime", "time.time", "time.localtime", "time.gmtime", "now", "utcnow",
}  # fmt: skip
FIELDS = {"auto_now", "auto_now_add"}
EDGE = {
    "secretariat/site/clock.py": "the clock itself",
    "secretariat/site/middleware.py": "reads it once a request",
    "secretariat/site/commands.py": "reads it once a command",
}
WAITS = {"secretariat/plain/refresh_bank_holidays.py": "a script that says which years it fetched"}


def words(node: ast.expr) -> str:
    """A dotted name, such as "timezone.now"; its last two words."""
    return ".".join(ast.unparse(node).split(".")[-2:])


def reads_the_clock(node: ast.AST) -> bool:
    """Whether a node calls or hands on a clock, or declares a field that reads one."""
    if isinstance(node, ast.Call) and words(node.func) in READS_THE_CLOCK:
        return True
    if isinstance(node, ast.keyword) and node.arg in FIELDS:
        return True
    return isinstance(node, ast.keyword) and node.arg == "default" and words(node.value) in READS_THE_CLOCK


def test_nothing_below_the_edge_reads_the_clock() -> None:
    found = [(place(path).split(":")[0], place(path, node)) for path, node in nodes() if reads_the_clock(node)]
    assert [where for file, where in found if file not in EDGE | WAITS] == []


def test_every_exception_is_still_needed() -> None:
    used = {place(path).split(":")[0] for path, node in nodes() if reads_the_clock(node)}
    assert set(EDGE) <= used


@pytest.mark.parametrize(
    "line",
    [
        "at = timezone.now()", "at = datetime.datetime.now(tz)", "date.today()", "time.time()", "now()",
        "models.DateTimeField(auto_now_add=True)", "models.DateTimeField(default=timezone.now)",
    ],
)  # fmt: skip
def test_every_way_to_read_a_clock_is_found(line: str) -> None:
    assert any(reads_the_clock(node) for node in ast.walk(ast.parse(line)))
